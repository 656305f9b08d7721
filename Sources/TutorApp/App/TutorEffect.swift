package import Compression
package import Lab
package import Study

/// What a screen asks of the world outside.
package enum TutorEffect: Sendable {
  // Going from screen to screen.

  /// Shows a screen on top of this one.
  case push(any TutorScreen)
  /// Shows a screen in place of this one.
  case replace(any TutorScreen)
  /// Goes back to the screen below.
  case pop
  /// Goes back to the screen below and gives it a recipe to use.
  case use(Recipe)

  // The program.

  /// Ends the program.
  case quit
  /// Stops the program until it is continued.
  case suspend
  /// Draws every cell anew.
  case redraw
  /// Hands a text to the terminal's clipboard.
  case copy(String)

  // The laboratory.

  /// Asks the laboratory in place of what this screen asked for in the same slot; the replies come to
  /// this screen.
  case ask(LabRequest)
  /// Ends what this screen asked for in a slot.
  case cancel(LabSlot)
  /// Ends the training of the recipe that this screen asked for; what it has learned is measured.
  case endTraining

  // The progress store; done before the next screen is shown.

  /// Keeps an answer to a quiz item.
  case recordAnswer(QuizAnswerRecord)
  /// Takes back the answer to an item that was given at a time, in seconds since 1970.
  case undoAnswer(itemID: String, at: Double)
  /// Sets or removes a quiz item's flag.
  case setFlag(itemID: String, Bool)
  /// Keeps how the learner wants to study.
  case storeStudySettings(StudySettings)
  /// Keeps that the answer of a question was shown.
  case recordQuestionSeen(questionID: String, chapterID: String)
  /// Sets or removes a question's bookmark.
  case setBookmark(questionID: String, Bool)
  /// Keeps a guess made in the lab.
  case recordPrediction(experimentID: String, recipe: String, guess: Double, truth: Double)
  /// Keeps the preferences.
  case storePreferences(Preferences)
  /// Keeps or reads what belongs to interviews, challenges and statistics.
  case records(RecordsRequest)
}

/// An effect with the screen that asks for it.
package struct AskedEffect: Sendable {
  /// The screen that asks.
  package let asker: ScreenID
  /// What it asks for.
  package let effect: TutorEffect
}

/// One answer to a quiz item as it is kept.
package struct QuizAnswerRecord: Sendable, Hashable {
  /// The item.
  package var itemID: String
  /// Its chapter.
  package var chapterID: String
  /// Whether it was right.
  package var isRight: Bool
  /// What was entered, as text.
  package var response: String
  /// How long it took.
  package var seconds: Double
  /// The kind of quiz it was given in.
  package var session: SessionKind
  /// How sure the learner was, if it was said.
  package var confidence: Confidence?
  /// How well the item was remembered.
  package var rating: Rating

  /// Makes a record; a right guess counts as remembered with trouble unless a rating is given.
  package init(
    itemID: String, chapterID: String, isRight: Bool, response: String, seconds: Double,
    session: SessionKind, confidence: Confidence? = nil, rating: Rating? = nil
  ) {
    self.itemID = itemID
    self.chapterID = chapterID
    self.isRight = isRight
    self.response = response
    self.seconds = seconds
    self.session = session
    self.confidence = confidence
    self.rating = rating ?? Rating(isRight: isRight, withTrouble: confidence == .low)
  }
}
