import Curriculum
import Lab
import Localization
import Study
import TerminalCanvas
import Testing

@testable import TutorApp

/// A learner whose answers go into a store, as in the running tutor.
struct DeckStory {
  /// The store.
  let store: ProgressStore
  /// The learner and the screen.
  private(set) var story: Story

  /// Opens the tutor on an empty store, with the deck unless other lessons are given.
  init(
    width: Int = 80, height: Int = 24, language: Language = .english,
    store: ProgressStore? = nil, screens: ((TutorContext) -> [any TutorScreen])? = nil
  ) throws {
    self.store = try store ?? ProgressStore.inMemory()
    story = try Story(
      width: width, height: height, language: language, library: DeckCourse.library(),
      laboratory: .failed("no data"), screens: screens)
    try story.read(self.store)
  }

  /// The screen as one text.
  var text: String { story.text }

  /// The study settings with a change, kept as the learner would have set them.
  mutating func set(_ change: (inout StudySettings) -> Void) throws {
    var settings = try store.studySettings()
    change(&settings)
    _ = try store.perform(.setStudySettings(settings), at: story.model.context.now)
    try story.read(store)
  }

  /// Presses keys one after another; what they ask to keep is kept after each.
  mutating func press(_ keys: Key...) throws {
    for key in keys {
      story.press(key)
      try story.carryOut(with: store)
    }
  }

  /// Types a text.
  mutating func type(_ text: String) throws {
    for character in text { try press(.character(character)) }
  }

  /// Lets some seconds pass.
  mutating func wait(_ seconds: Double) throws {
    story.wait(seconds)
    try story.carryOut(with: store)
    try story.read(store)
  }

  /// Answers the shown choice, right or wrong, with the key that hands it in.
  mutating func answer(_ isRight: Bool, with key: Key = .enter) throws {
    let language = story.model.context.language
    let wanted =
      switch (isRight, language) {
      case (true, .english): " right "
      case (false, .english): " wrong "
      case (true, .simplifiedChinese): " 对 "
      case (false, .simplifiedChinese): " 错 "
      }
    let row = try #require(
      story.rows.first { $0.contains(wanted) && ($0.contains("○") || $0.contains("●")) },
      "\(story.text)")
    let number = try #require(row.first { $0.isNumber })
    try press(.character(number), key)
  }

  /// The number of the question on the screen.
  var shownNumber: Int? {
    let row = story.rows.first { $0.contains("Question number ") || $0.contains(" 题？") }
    return row?.first { $0.isNumber }?.wholeNumberValue
  }

  /// Expects a text on the screen.
  func expect(
    _ text: String, sourceLocation: Testing.SourceLocation = #_sourceLocation
  ) {
    story.expect(text, sourceLocation: sourceLocation)
  }

  /// Expects a text to be absent from the screen.
  func expectNot(
    _ text: String, sourceLocation: Testing.SourceLocation = #_sourceLocation
  ) {
    story.expectNot(text, sourceLocation: sourceLocation)
  }
}
