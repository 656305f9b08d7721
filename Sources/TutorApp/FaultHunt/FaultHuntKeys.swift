import Localization
import TerminalCanvas

/// The keys of the search for a fault.
enum FaultHuntKeys {
  /// The keys in a state of the search.
  static func bindings(hasBegun: Bool, isAccusing: Bool, isOver: Bool) -> [KeyBinding] {
    guard hasBegun else {
      return [
        KeyBinding(.open, [.enter], Phrase("begin"), Phrase("begin the next case")),
        CommonKeys.back, CommonKeys.help,
      ]
    }
    let choose = [CommonKeys.up, CommonKeys.down, CommonKeys.first, CommonKeys.last]
    if isAccusing {
      return choose + [
        KeyBinding(
          .open, [.enter], Phrase("name it"), Phrase("name the chosen fault; there is one answer")),
        KeyBinding(
          .back, [.escape, .character("q"), .character("f")], Phrase("probes"),
          Phrase("back to the probes")),
      ] + pages
    }
    let accuse = KeyBinding(
      .accuse, [.character("f")], Phrase("name the fault"), Phrase("list the faults to name one"))
    let next = KeyBinding(
      .newCase, [.character("n")], Phrase("next case"), Phrase("another network with another fault")
    )
    return choose + [
      KeyBinding(
        .open, [.enter], Phrase("measure"), Phrase("measure the chosen probe, or show it again"))
    ] + [isOver ? next : accuse] + pages + [CommonKeys.back, CommonKeys.help]
  }

  private static let pages = [
    KeyBinding(
      .nextView, [.character("v"), .tab], Phrase("page"),
      Phrase("report, histogram, what was measured, verdict")),
    KeyBinding(
      .previousView, [.character("V"), .backTab], Phrase("page"), Phrase("the page before"),
      inBar: false),
    CommonKeys.pageUp, CommonKeys.pageDown,
  ]
}
