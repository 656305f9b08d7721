package import Curriculum
import Foundation
import Localization
package import Study

/// The progress store as the tutor uses it.
package final class StudyRecords: ProgressRecords {
  private enum Key {
    static let language = "language"
    static let colors = "theme"
    static let glyphs = "glyphs"
  }

  let store: ProgressStore

  /// Makes records on an open store.
  package init(store: ProgressStore) {
    self.store = store
  }

  package func recordAnswer(_ answer: QuizAnswerRecord, at time: Double) throws {
    _ = try store.recordReview(
      Review(
        itemID: answer.itemID, chapterID: answer.chapterID, at: time,
        wasRight: answer.isRight, rating: answer.rating, response: answer.response,
        seconds: answer.seconds, confidence: answer.confidence, session: answer.session))
  }

  package func undoAnswer(itemID: String, givenAt: Double, at time: Double) throws {
    // Of two answers of one moment the first is meant: a new grade is kept before the old one goes.
    guard let entry = try store.reviews(item: itemID).first(where: { $0.review.at == givenAt })
    else { return }
    try store.undoReview(entry.id, at: time)
  }

  package func setFlag(_ itemID: String, _ isSet: Bool, at time: Double) throws {
    try store.setFlag(itemID, to: isSet, at: time)
  }

  package func storeStudySettings(_ settings: StudySettings) throws {
    try store.setStudySettings(settings)
  }

  package func recordQuestionSeen(_ questionID: String, chapter: String, at time: Double) throws {
    try store.recordQuestionSeen(questionID, wasRevealed: true, at: time)
  }

  /// What the keys of bookmarks begin with; the store keeps other things under other keys.
  private static let bookmarkPrefix = "question:"

  package func setBookmark(_ questionID: String, _ isSet: Bool) throws {
    try store.setBookmark(Self.bookmarkPrefix + questionID, to: isSet ? "set" : nil)
  }

  package func recordPrediction(
    experiment: String, recipe: String, guess: Double, truth: Double, at time: Double
  ) throws {
    try store.recordPrediction(
      Study.Prediction(
        experimentID: experiment, guess: guess, truth: truth, at: time, recipe: recipe))
  }

  package func storePreferences(_ preferences: Preferences) throws {
    try store.setSetting(Key.language, to: preferences.language.rawValue)
    try store.setSetting(Key.colors, to: preferences.colors.rawValue)
    try store.setSetting(Key.glyphs, to: preferences.glyphs.rawValue)
  }

  /// The preferences kept, or nil when none were; a value that is no longer known falls back.
  package func preferences() throws -> Preferences? {
    guard let language = try store.setting(Key.language) else { return nil }
    return Preferences(
      language: Language(rawValue: language) ?? .english,
      colors: try store.setting(Key.colors).flatMap(Preferences.Colors.init) ?? .dark,
      glyphs: try store.setting(Key.glyphs).flatMap(Preferences.Glyphs.init) ?? .automatic)
  }

  package func storePosition(_ positions: [ScreenPosition]) throws {
    let json = try JSONEncoder().encode(positions)
    try store.setPosition(String(decoding: json, as: UTF8.self))
  }

  /// Where the learner was; a screen in a form that is no longer understood is left out.
  package func positions() throws -> [ScreenPosition] {
    guard let json = try store.position() else { return [] }
    let stored = try? JSONDecoder().decode([StoredPosition].self, from: Data(json.utf8))
    return (stored ?? []).compactMap(\.position)
  }

  /// A position, or nil for one in another form.
  private struct StoredPosition: Decodable {
    let position: ScreenPosition?

    init(from decoder: any Decoder) { position = try? ScreenPosition(from: decoder) }
  }

  package func snapshot(chapters: [Chapter], at time: Double) throws -> ProgressSnapshot {
    var snapshot = ProgressSnapshot()
    let seen = try store.questionsSeen()
    snapshot.seenQuestions = Set(seen.values.filter(\.wasRevealed).map(\.questionID))
    snapshot.selfGrades = seen.compactMapValues(\.selfGrade)
    snapshot.runningInterview = try runningInterview()
    snapshot.bookmarks = Set(
      try store.bookmarks().keys.filter { $0.hasPrefix(Self.bookmarkPrefix) }
        .map { String($0.dropFirst(Self.bookmarkPrefix.count)) })
    snapshot.cards = try store.cards()
    snapshot.study = try store.studyState(at: time)
    let items = chapters.map {
      ChapterItems(chapterID: $0.id, itemIDs: $0.quizItems.map(\.id))
    }
    for chapter in try store.masteries(items, at: time) {
      snapshot.mastery[chapter.chapterID] = chapter.mastery.share
      snapshot.due[chapter.chapterID] = chapter.mastery.due
    }
    if let accuracy = PredictionAccuracy(try store.predictions()) {
      snapshot.predictionCount = accuracy.guesses
      snapshot.meanPredictionError = accuracy.averageError
    }
    return snapshot
  }
}
