import Curriculum
import Localization
import Study

/// One thing to choose for a kind of session.
enum QuizKnob: Sendable, Hashable {
  /// How many items are asked.
  case count
  /// How many minutes an exam has.
  case minutes
  /// A chapter.
  case chapter
  /// A chapter, or all of them.
  case scope

  /// What can be chosen for a kind of session.
  static func knobs(of kind: QuizSetup.Kind) -> [QuizKnob] {
    switch kind {
    case .due, .flagged: []
    case .chapter: [.chapter]
    case .mixed, .weak: [.count]
    case .cram: [.scope, .count]
    case .exam: [.count, .minutes, .scope]
    }
  }

  /// Its name.
  var name: Phrase {
    switch self {
    case .count: Phrase("items")
    case .minutes: Phrase("minutes")
    case .chapter, .scope: Phrase("from")
    }
  }

  /// What is chosen.
  func value(of setup: QuizSetup, _ context: TutorContext) -> String {
    switch self {
    case .count: return setup.count.map { String($0) } ?? context.text(Phrase("all"))
    case .minutes: return "\(setup.minutes)"
    case .chapter, .scope:
      guard let chapter = setup.chapterID.flatMap({ context.chapter($0) }) else {
        return context.text(Phrase("all chapters"))
      }
      return "\(chapter.number) \(chapter.title)"
    }
  }

  private static let counts = [5, 10, 12, 15, 20, 30, 40, 50, 75, 100]
  private static let lengths = [5, 10, 15, 20, 30, 40, 50, 60, 75, 90, 120]

  /// The setup with another choice, some steps further; numbers stop at their ends, chapters go
  /// round.
  func turned(_ setup: QuizSetup, by step: Int, _ context: TutorContext) -> QuizSetup {
    var setup = Self.completed(setup, context)
    func number(_ value: Int, in steps: [Int]) -> Int {
      (step > 0 ? steps.first { $0 > value } : steps.last { $0 < value }) ?? value
    }
    switch self {
    case .count: setup.count = number(setup.count ?? 0, in: Self.counts)
    case .minutes: setup.minutes = number(setup.minutes, in: Self.lengths)
    case .chapter, .scope:
      let chapters = context.chapters.map { Optional($0.id) }
      let choices = self == .scope ? [nil] + chapters : chapters
      guard !choices.isEmpty else { return setup }
      let place = choices.firstIndex(of: setup.chapterID) ?? 0
      setup.chapterID = choices[(place + step + choices.count) % choices.count]
    }
    return setup
  }

  /// The setup with a chapter where it needs one: the one with most items due, or else the first
  /// that is not known yet.
  static func completed(_ setup: QuizSetup, _ context: TutorContext) -> QuizSetup {
    var setup = setup
    if let id = setup.chapterID, context.chapter(id) == nil { setup.chapterID = nil }
    guard setup.kind == .chapter, setup.chapterID == nil else { return setup }
    let known = context.chapters.map { (id: $0.id, mastery: context.mastery(of: $0)) }
    let mostDue = known.max { $0.mastery.due < $1.mastery.due }.flatMap {
      $0.mastery.due > 0 ? $0 : nil
    }
    let chosen = mostDue ?? known.first { $0.mastery.share < 0.5 } ?? known.first
    setup.chapterID = chosen?.id
    return setup
  }
}
