import Curriculum
import Localization
import Study
import TerminalCanvas

/// The keys of a session.
extension QuizScreen {
  private static let scrolls = [
    KeyBinding(.pageUp, [.pageUp], Phrase("up", "上翻"), Phrase("scroll up", "上翻"), inBar: false),
    KeyBinding(
      .pageDown, [.pageDown], Phrase("down", "下翻"), Phrase("scroll down", "下翻"), inBar: false),
  ]

  /// The help's key where a question mark is typed.
  private static let helpWhileTyping = KeyBinding(
    .help, [.function(1)], CommonKeys.help.label, CommonKeys.help.explanation)

  private func leaves(_ keys: [Key]) -> KeyBinding {
    hasClock
      ? KeyBinding(
        .back, [.escape], Phrase("hand in", "交卷"),
        Phrase("hand the exam in; asks once more", "交卷，会再确认一次"))
      : KeyBinding(
        .back, keys, Phrase("leave", "离开"), Phrase("leave; answers are kept", "离开，已答的题都已保存"))
  }

  func bindings(_ context: TutorContext) -> [KeyBinding] {
    guard let state else { return overBindings(context) }
    if state.isGraded { return gradedBindings(context) }
    if failure(context) != nil {
      return [
        KeyBinding(
          .skip, [.enter], Phrase("skip", "跳过"), Phrase("leave the item out", "跳过这道题")),
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
        KeyBinding(.submit, [.enter], Phrase("answer", "提交"), Phrase("grade the number", "提交数值"))
      ]
    case .measured:
      return [
        KeyBinding(
          .submit, [.enter], Phrase("answer", "提交"),
          Phrase("compare the estimate with the measurement", "提交估计值，与实测比较"))
      ]
    case .cloze:
      return [
        KeyBinding(
          .next, [.tab, .down], Phrase("next blank", "下一空"), Phrase("the next blank", "跳到下一空")),
        KeyBinding(
          .previous, [.backTab, .up], Phrase("back", "上一空"), Phrase("the blank before", "回到上一空"),
          inBar: false),
        KeyBinding(.submit, [.enter], Phrase("answer", "提交"), Phrase("grade the words", "提交所填的词")),
      ]
    case .choice, .spot:
      return [
        CommonKeys.up,
        KeyBinding(
          .submit, [.enter, .character(" ")], Phrase("answer", "作答"),
          Phrase("answer with the marked row", "以当前行作答")),
      ]
    case .multiple:
      return [
        CommonKeys.up,
        KeyBinding(
          .toggle, [.character(" "), .character("x")], Phrase("mark", "勾选"),
          Phrase("mark or unmark the row", "勾选或取消")),
        KeyBinding(
          .submit, [.enter], Phrase("answer", "作答"),
          Phrase("answer with the marked rows", "以勾选的各项作答")),
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
        .moveItemUp, [.character("K"), .shiftLeft, .left], Phrase("move", "移动"),
        isMatch
          ? Phrase("move the right side up", "把右侧的一项上移") : Phrase("move the row up", "把这一行上移"),
        shown: "←→"),
      KeyBinding(
        .moveItemDown, [.character("J"), .shiftRight, .right], Phrase("move", "移动"),
        isMatch
          ? Phrase("move the right side down", "把右侧的一项下移")
          : Phrase("move the row down", "把这一行下移"), inBar: false),
      KeyBinding(
        .submit, [.enter], Phrase("answer", "作答"),
        isMatch
          ? Phrase("answer with these pairs", "以此配对作答")
          : Phrase("answer with this order", "以此顺序作答")),
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
        .submitSure, [key("s")], Phrase("sure", "有把握"),
        Phrase("answer, being sure", "作答，并表示有把握"), inBar: false),
      KeyBinding(
        .submitThinkSo, [key("t")], Phrase("think so", "大概"),
        Phrase("answer, being rather sure", "作答，并表示大概如此"), inBar: false),
      KeyBinding(
        .submitGuess, [key("g")], Phrase("guess", "猜的"), Phrase("answer, guessing", "作答，并表示是猜的"),
        inBar: false),
    ]
  }

  private func sessionBindings(isTyped: Bool) -> [KeyBinding] {
    var bindings = [
      KeyBinding(
        .skip, [isTyped ? .control("n") : .character("n")], Phrase("skip", "跳过"),
        session.rules.returnsSkipped
          ? Phrase("pass over; it comes back at the end", "先跳过，最后再出")
          : Phrase("pass over without an answer", "跳过，不作答")),
      KeyBinding(
        .flag, [isTyped ? .control("x") : .character("f")], Phrase("flag", "标记"),
        Phrase("set or remove a flag; the menu asks flagged items", "标记或取消标记，可在菜单里集中练习")),
    ]
    if mayUndo { bindings.append(undoBinding(isTyped ? .control("r") : .character("u"))) }
    return bindings
  }

  private func undoBinding(_ key: Key) -> KeyBinding {
    KeyBinding(
      .undo, [key], Phrase("undo", "撤销"),
      Phrase("take the last answer or skip back", "撤销上一次作答或跳过"))
  }

  // MARK: A graded item

  private func gradedBindings(_ context: TutorContext) -> [KeyBinding] {
    [
      KeyBinding(
        .submit, [.enter, .character(" "), .character("n")], Phrase("next", "下一题"),
        Phrase("the next item", "下一题"))
    ] + lessonBindings(context)
      + [
        undoBinding(.character("u")),
        KeyBinding(
          .flag, [.character("f")], Phrase("flag", "标记"),
          Phrase("set or remove a flag; the menu asks flagged items", "标记或取消标记，可在菜单里集中练习")),
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
          .openLesson, [.character("o")], Phrase("lesson", "课文"),
          Phrase("the question that explains it; q comes back", "打开讲解它的问题，q 返回")))
    }
    if context.experiment(for: item) != nil {
      bindings.append(
        KeyBinding(
          .openExperiment, [.character("e")], Phrase("experiment", "实验"),
          Phrase("see it happen in the lab; q comes back", "到实验室亲眼看，q 返回")))
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
        KeyBinding(
          .submit, [.enter], Phrase("back", "返回"), Phrase("back to where you came from", "回到上一屏")),
        CommonKeys.back, CommonKeys.help,
      ]
    }
    var bindings = [
      CommonKeys.up,
      KeyBinding(
        .open, [.enter], Phrase("explain", "看解析"),
        Phrase("the chosen item with its explanation", "查看所选题目与解析")),
    ]
    bindings += lessonBindings(context)
    bindings += [
      KeyBinding(
        .submit, [.character("z")], Phrase("again", "再来"), Phrase("another round", "再做一轮")),
      KeyBinding(
        .flag, [.character("f")], Phrase("flag", "标记"),
        Phrase("set or remove the chosen item's flag", "标记或取消标记所选题目"), inBar: false),
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
