package import Curriculum
package import Study

/// A quiz item in the learner's language with the sheet that it is answered on.
@dynamicMemberLookup
package struct QuizItemState: Sendable {
  /// The item with its numbers drawn.
  package private(set) var item: QuizItem
  /// What is entered.
  package var sheet: AnswerSheet

  /// Makes the state of an item that was not answered yet.
  ///
  /// Numbers are drawn by the seed, as choices are shuffled by it, so that neither can be learnt by
  /// heart.
  package init(item: QuizItem, seed: UInt64, startedAt: Double = 0) {
    self.item = item.variant(seed: seed)
    sheet = AnswerSheet(key: AnswerKey(self.item.answer), seed: seed, startedAt: startedAt)
  }

  /// Brings back an answer that was graded before, or shows what would have been right.
  package init(item: QuizItem, showing step: QuizStep) {
    self.item = item.variant(seed: step.seed)
    sheet = AnswerSheet(key: AnswerKey(self.item.answer), showing: step)
  }

  /// Shows the item in another language, with the same numbers.
  package mutating func translate(to item: QuizItem) {
    self.item = item.variant(seed: sheet.seed)
    sheet.key = AnswerKey(self.item.answer)
  }

  /// What the engine measures for the item, if anything.
  package var measured: MeasuredQuantity? {
    if case .measured(let quantity) = item.answer { quantity } else { nil }
  }

  /// What the sheet says.
  package subscript<Value>(dynamicMember path: KeyPath<AnswerSheet, Value>) -> Value {
    sheet[keyPath: path]
  }

  /// What the sheet says, where it may be changed.
  package subscript<Value>(dynamicMember path: WritableKeyPath<AnswerSheet, Value>) -> Value {
    get { sheet[keyPath: path] }
    set { sheet[keyPath: path] = newValue }
  }
}

extension AnswerKey {
  /// What is right for an item of a lesson.
  package init(_ answer: QuizAnswer) {
    self =
      switch answer {
      case .choice(let choices): Self.key(of: choices, takesSeveral: false)
      case .multiple(let choices): Self.key(of: choices, takesSeveral: true)
      case .numeric(let numeric): .number(numeric.value, tolerance: numeric.tolerance)
      case .order(let lines): .order(Self.names(of: lines))
      case .spot(_, let code, let line): .line(line, count: code.count)
      case .match(let pairs): .match(Self.names(of: pairs.map(\.right)))
      case .cloze(let cloze): .blanks(cloze.blanks.map(\.words))
      case .measured(let quantity):
        .estimate(unit: quantity.unit, tolerance: quantity.tolerance)
      }
  }

  private static func key(of choices: [QuizChoice], takesSeveral: Bool) -> AnswerKey {
    .choices(
      right: Set(choices.indices.filter { choices[$0].isRight }), count: choices.count,
      takesSeveral: takesSeveral)
  }

  /// A number for each text: the place where it stands first.
  private static func names(of texts: [[Inline]]) -> [Int] {
    texts.map { text in texts.firstIndex(of: text) ?? 0 }
  }
}
