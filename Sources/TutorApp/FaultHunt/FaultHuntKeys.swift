import Localization
import TerminalCanvas

/// The keys of the search for a fault.
enum FaultHuntKeys {
  /// The keys in a state of the search.
  static func bindings(hasBegun: Bool, isAccusing: Bool, isOver: Bool) -> [KeyBinding] {
    guard hasBegun else {
      return [
        KeyBinding(
          .open, [.enter], Phrase("begin", "开始"), Phrase("begin the next case", "开始下一个案例")),
        CommonKeys.back, CommonKeys.help,
      ]
    }
    let choose = [CommonKeys.up, CommonKeys.down, CommonKeys.first, CommonKeys.last]
    if isAccusing {
      return choose + [
        KeyBinding(
          .open, [.enter], Phrase("name it", "指认"),
          Phrase("name the chosen fault; there is one answer", "指认选中的错误；只能答一次")),
        KeyBinding(
          .back, [.escape, .character("q"), .character("f")], Phrase("probes", "回到探测"),
          Phrase("back to the probes", "回到探测列表")),
      ] + pages
    }
    let accuse = KeyBinding(
      .accuse, [.character("f")], Phrase("name the fault", "指认错误"),
      Phrase("list the faults to name one", "列出各种错误，指认其中一个"))
    let next = KeyBinding(
      .newCase, [.character("n")], Phrase("next case", "下一案例"),
      Phrase("another network with another fault", "换一个网络，换一个错误"))
    return choose + [
      KeyBinding(
        .open, [.enter], Phrase("measure", "测量"),
        Phrase("measure the chosen probe, or show it again", "测量选中的一项，或再看一次"))
    ] + [isOver ? next : accuse] + pages + [CommonKeys.back, CommonKeys.help]
  }

  private static let pages = [
    KeyBinding(
      .nextView, [.character("v"), .tab], Phrase("page", "页面"),
      Phrase("report, histogram, what was measured, verdict", "报告、直方图、测量结果、结论")),
    KeyBinding(
      .previousView, [.character("V"), .backTab], Phrase("page", "页面"),
      Phrase("the page before", "上一页"), inBar: false),
    CommonKeys.pageUp, CommonKeys.pageDown,
  ]
}
