import Localization
import TerminalCanvas

/// The keys of the step inspector.
enum InspectorKeys {
  /// All keys while an output is shown.
  static let bindings = [
    KeyBinding(
      .increase, [.right, .character("l")], Phrase("place"), Phrase("one output to the right"),
      shown: "←↑↓→"),
    KeyBinding(
      .decrease, [.left, .character("h")], Phrase("place"), Phrase("one output to the left"),
      inBar: false),
    KeyBinding(
      .up, [.up, .character("k")], Phrase("place"), Phrase("one output up"), inBar: false),
    KeyBinding(
      .down, [.down, .character("j")], Phrase("place"), Phrase("one output down"), inBar: false),
    KeyBinding(
      .nextChannel, [.character("]"), .shiftRight], Phrase("filter"),
      Phrase("the next filter, or unit"), shown: "[ ]"),
    KeyBinding(
      .previousChannel, [.character("["), .shiftLeft], Phrase("filter"),
      Phrase("the filter, or unit, before"), inBar: false),
    KeyBinding(.nextLayer, [.character("w")], Phrase("layer"), Phrase("the next layer")),
    KeyBinding(
      .nextView, [.character("v"), .tab], Phrase("page"),
      Phrase("where not all fits: steps, products, running sum, bits of all sums, input image")),
    KeyBinding(
      .next, [.character(","), .character("n")], Phrase("image"), Phrase("the next test image"),
      shown: ", <"),
    KeyBinding(
      .previous, [.character("<"), .character("p")], Phrase("image"),
      Phrase("the test image before"), inBar: false),
    CommonKeys.back, CommonKeys.help,
    KeyBinding(
      .skip, [.character("N")], Phrase(verbatim: "+100"), Phrase("a hundred test images on"),
      inBar: false),
    KeyBinding(
      .strongestOutput, [.character("m")], Phrase("largest"),
      Phrase("the output of the layer's largest sum"), inBar: false),
    KeyBinding(
      .sortTerms, [.character("o")], Phrase("order"),
      Phrase("products in the kernel's order, or the largest first"), inBar: false),
    CommonKeys.pageUp, CommonKeys.pageDown,
    KeyBinding(
      .first, [.home, .character("g")], Phrase("top"), Phrase("to the first product"), inBar: false),
    KeyBinding(
      .last, [.end, .character("G")], Phrase("end"), Phrase("to the last product"), inBar: false),
  ]
}
