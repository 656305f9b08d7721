import Curriculum
import Localization
import Presentation
import Study
import TerminalCanvas

/// The keys of a session.
extension QuizScreen {
  private static let scrolls = [
    KeyBinding(.pageUp, [.pageUp], Phrase("up"), Phrase("scroll up"), inBar: false),
    KeyBinding(
      .pageDown, [.pageDown], Phrase("down", context: "scroll"), Phrase("scroll down"), inBar: false
    ),
  ]

  /// The help's key where a question mark is typed.
  private static let helpWhileTyping = KeyBinding(
    .help, [.function(1)], CommonKeys.help.label, CommonKeys.help.explanation)

  private func leaves(_ keys: [Key]) -> KeyBinding {
    hasClock
      ? KeyBinding(.back, [.escape], Phrase("hand in"), Phrase("hand the exam in; asks once more"))
      : KeyBinding(.back, keys, Phrase("leave"), Phrase("leave; answers are kept"))
  }

  func bindings(_ context: TutorContext) -> [KeyBinding] {
    guard let state else { return overBindings(context) }
    if state.isGraded { return gradedBindings(context) }
    if failure(context) != nil {
      return [
        KeyBinding(.skip, [.enter], Phrase("skip"), Phrase("leave the item out")),
        leaves([.escape]),
      ] + Self.scrolls
    }
    return answerBindings(for: state) + sureBindings(for: state, context)
      + sessionBindings(isTyped: state.isTyped)
      + (state.isTyped
        ? [leaves([.escape]), Self.helpWhileTyping] + Self.scrolls
        : [
          leaves([.escape, .character("q")]), CommonKeys.help, CommonKeys.down,
          CommonKeys.pageUp, CommonKeys.pageDown,
        ])
  }

  // MARK: An open item

  /// The keys that answer, which differ with the kind of item.
  private func answerBindings(for state: QuizItemState) -> [KeyBinding] {
    switch state.item.answer {
    case .numeric:
      return [
        KeyBinding(
          .submit, [.enter], Phrase("answer", context: "submit"), Phrase("grade the number"))
      ]
    case .measured:
      return [
        KeyBinding(
          .submit, [.enter], Phrase("answer", context: "submit"),
          Phrase("compare the estimate with the measurement"))
      ]
    case .cloze:
      return [
        KeyBinding(.next, [.tab, .down], Phrase("next blank"), Phrase("the next blank")),
        KeyBinding(
          .previous, [.backTab, .up], Phrase("back", context: "blank"), Phrase("the blank before"),
          inBar: false),
        KeyBinding(
          .submit, [.enter], Phrase("answer", context: "submit"), Phrase("grade the words")),
      ]
    case .choice, .spot:
      return [
        CommonKeys.up,
        KeyBinding(
          .submit, [.enter, .character(" ")], Phrase("answer"), Phrase("answer with the marked row")
        ),
      ]
    case .multiple:
      return [
        CommonKeys.up,
        KeyBinding(
          .toggle, [.character(" "), .character("x")], Phrase("mark"),
          Phrase("mark or unmark the row")),
        KeyBinding(.submit, [.enter], Phrase("answer"), Phrase("answer with the marked rows")),
      ]
    case .order, .match:
      return moveBindings(for: state)
    }
  }

  private func moveBindings(for state: QuizItemState) -> [KeyBinding] {
    var isMatch = false
    if case .match = state.item.answer { isMatch = true }
    return [
      CommonKeys.up,
      KeyBinding(
        .moveItemUp, [.character("K"), .shiftLeft, .left], Phrase("move"),
        isMatch
          ? Phrase("move the right side up") : Phrase("move the row up"),
        shown: "←→"),
      KeyBinding(
        .moveItemDown, [.character("J"), .shiftRight, .right], Phrase("move"),
        isMatch
          ? Phrase("move the right side down")
          : Phrase("move the row down"), inBar: false),
      KeyBinding(
        .submit, [.enter], Phrase("answer"),
        isMatch
          ? Phrase("answer with these pairs")
          : Phrase("answer with this order")),
    ]
  }

  /// The keys that answer and say how sure the learner is; the screen's foot shows them.
  ///
  /// Where letters are typed, Control goes with the letter.
  func sureBindings(for state: QuizItemState, _ context: TutorContext) -> [KeyBinding] {
    guard context.study.settings.asksConfidence else { return [] }
    func key(_ letter: Character) -> Key {
      state.isTyped ? .control(letter) : .character(letter)
    }
    return [
      KeyBinding(
        .submitSure, [key("s")], Phrase("sure"), Phrase("answer, being sure"), inBar: false),
      KeyBinding(
        .submitThinkSo, [key("t")], Phrase("think so"), Phrase("answer, being rather sure"),
        inBar: false),
      KeyBinding(
        .submitGuess, [key("g")], Phrase("guess", context: "confidence"),
        Phrase("answer, guessing"), inBar: false),
    ]
  }

  private func sessionBindings(isTyped: Bool) -> [KeyBinding] {
    var bindings = [
      KeyBinding(
        .skip, [isTyped ? .control("n") : .character("n")], Phrase("skip"),
        session.rules.returnsSkipped
          ? Phrase("pass over; it comes back at the end")
          : Phrase("pass over without an answer")),
      KeyBinding(
        .flag, [isTyped ? .control("x") : .character("f")], Phrase("flag"),
        Phrase("set or remove a flag; the menu asks flagged items")),
    ]
    if mayUndo { bindings.append(undoBinding(isTyped ? .control("r") : .character("u"))) }
    return bindings
  }

  private func undoBinding(_ key: Key) -> KeyBinding {
    KeyBinding(.undo, [key], Phrase("undo"), Phrase("take the last answer or skip back"))
  }

  // MARK: A graded item

  private func gradedBindings(_ context: TutorContext) -> [KeyBinding] {
    [
      KeyBinding(
        .submit, [.enter, .character(" "), .character("n")], Phrase("next"), Phrase("the next item")
      )
    ] + lessonBindings(context)
      + [
        undoBinding(.character("u")),
        KeyBinding(
          .flag, [.character("f")], Phrase("flag"),
          Phrase("set or remove a flag; the menu asks flagged items")),
        leaves([.escape, .character("q")]), CommonKeys.help,
      ] + gradeBindings + CommonKeys.scrolling.map(\.outOfBar)
  }

  /// The keys that lead to what explains the item at hand.
  private func lessonBindings(_ context: TutorContext) -> [KeyBinding] {
    guard let item = itemAtHand else { return [] }
    return Self.lessonBindings(for: item, context)
  }

  /// The keys that lead to what explains an item, and come back from there with q.
  static func lessonBindings(for item: QuizCandidate, _ context: TutorContext) -> [KeyBinding] {
    var bindings: [KeyBinding] = []
    if item.questionID.map({ context.question($0) != nil }) ?? false {
      bindings.append(
        KeyBinding(
          .openLesson, [.character("o")], Phrase("lesson"),
          Phrase("the question that explains it; q comes back")))
    }
    if context.experiment(for: item) != nil {
      bindings.append(
        KeyBinding(
          .openExperiment, [.character("e")], Phrase("experiment"),
          Phrase("see it happen in the lab; q comes back")))
    }
    return bindings
  }

  /// The keys that say how well a right answer was remembered; the screen's foot shows them.
  var gradeBindings: [KeyBinding] {
    guard mayGrade else { return [] }
    return zip(
      [Command.gradeAgain, .gradeHard, .gradeGood, .gradeEasy], Rating.allCases
    ).map { command, rating in
      KeyBinding(
        command, [.character(Character("\(rating.rawValue)"))], QuizText.name(of: rating),
        QuizText.meaning(of: rating), inBar: false)
    }
  }

  // MARK: The result

  private func overBindings(_ context: TutorContext) -> [KeyBinding] {
    let list = QuizResultList(self)
    guard !list.entries.isEmpty else {
      return [
        KeyBinding(.submit, [.enter], Phrase("back"), Phrase("back to where you came from")),
        CommonKeys.back, CommonKeys.help,
      ]
    }
    var bindings = [
      CommonKeys.up,
      KeyBinding(
        .open, [.enter], Phrase("explain"), Phrase("the chosen item with its explanation")),
    ]
    bindings += lessonBindings(context)
    bindings += [
      KeyBinding(.submit, [.character("z")], Phrase("again"), Phrase("another round")),
      KeyBinding(
        .flag, [.character("f")], Phrase("flag"), Phrase("set or remove the chosen item's flag"),
        inBar: false),
    ]
    if mayUndo { bindings.append(undoBinding(.character("u"))) }
    return bindings + [CommonKeys.back, CommonKeys.help]
      + CommonKeys.scrolling.filter { $0.command != .up }
  }
}

extension KeyBinding {
  /// The same binding, which the key bar leaves out.
  var outOfBar: KeyBinding {
    KeyBinding(command, keys, label, explanation, inBar: false, shown: shownKeys)
  }
}
