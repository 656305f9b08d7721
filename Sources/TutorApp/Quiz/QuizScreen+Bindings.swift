import Curriculum
import TerminalCanvas

extension QuizScreen {
  private static let leavesByEscape = KeyBinding(
    .back, [.escape], Phrase("leave", "离开"), Phrase("leave; answers are kept", "离开，已答的题都已保存"))
  private static let leaves = KeyBinding(
    .back, [.escape, .character("q")], Phrase("leave", "离开"),
    Phrase("leave; answers are kept", "离开，已答的题都已保存"))
  private static let scrolls = [
    KeyBinding(.pageUp, [.pageUp], Phrase("up", "上翻"), Phrase("scroll up", "上翻"), inBar: false),
    KeyBinding(
      .pageDown, [.pageDown], Phrase("down", "下翻"), Phrase("scroll down", "下翻"), inBar: false),
  ]

  func bindings(_ context: TutorContext) -> [KeyBinding] {
    guard let state else {
      return [
        KeyBinding(
          .submit, [.enter, .character("z")], Phrase("again", "再来"),
          Phrase("another quiz", "再做一轮")),
        CommonKeys.back, CommonKeys.help,
      ]
    }
    if state.isGraded { return gradedBindings }
    if failure(context) != nil {
      return [
        KeyBinding(
          .skip, [.enter], Phrase("skip", "跳过"), Phrase("leave the item out", "跳过这道题")),
        Self.leavesByEscape,
      ] + Self.scrolls
    }
    return openBindings(for: state)
  }

  private var gradedBindings: [KeyBinding] {
    [
      KeyBinding(
        .submit, [.enter, .character(" "), .character("n")], Phrase("next", "下一题"),
        Phrase("the next item", "下一题")),
      KeyBinding(
        .openLesson, [.character("o")], Phrase("lesson", "课文"),
        Phrase("the question that explains it", "打开讲解它的问题")),
      Self.leaves, CommonKeys.help,
    ] + CommonKeys.scrolling
  }

  private func openBindings(for state: QuizItemState) -> [KeyBinding] {
    var bindings: [KeyBinding] = []
    switch state.item.answer {
    case .numeric:
      return [
        KeyBinding(.submit, [.enter], Phrase("answer", "提交"), Phrase("grade the number", "提交数值")),
        Self.leavesByEscape,
      ] + Self.scrolls
    case .measured:
      return [
        KeyBinding(
          .submit, [.enter], Phrase("answer", "提交"),
          Phrase("compare the estimate with the measurement", "提交估计值，与实测比较")),
        Self.leavesByEscape,
      ] + Self.scrolls
    case .cloze:
      return [
        KeyBinding(
          .next, [.tab, .down], Phrase("next blank", "下一空"), Phrase("the next blank", "跳到下一空")),
        KeyBinding(
          .previous, [.backTab, .up], Phrase("back", "上一空"), Phrase("the blank before", "回到上一空"),
          inBar: false),
        KeyBinding(.submit, [.enter], Phrase("answer", "提交"), Phrase("grade the words", "提交所填的词")),
        Self.leavesByEscape,
      ] + Self.scrolls
    case .choice, .spot:
      bindings = [
        CommonKeys.up,
        KeyBinding(
          .submit, [.enter, .character(" ")], Phrase("answer", "作答"),
          Phrase("answer with the marked row", "以当前行作答")),
      ]
    case .multiple:
      bindings = [
        CommonKeys.up,
        KeyBinding(
          .toggle, [.character(" "), .character("x")], Phrase("mark", "勾选"),
          Phrase("mark or unmark the row", "勾选或取消")),
        KeyBinding(
          .submit, [.enter], Phrase("answer", "作答"),
          Phrase("answer with the marked rows", "以勾选的各项作答")),
      ]
    case .order, .match:
      var isMatch = false
      if case .match = state.item.answer { isMatch = true }
      bindings = [
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
    return bindings + [
      Self.leaves, CommonKeys.help, CommonKeys.down, CommonKeys.pageUp, CommonKeys.pageDown,
    ]
  }
}
