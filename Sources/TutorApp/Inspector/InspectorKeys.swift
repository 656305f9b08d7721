import Localization
import TerminalCanvas

/// The keys of the step inspector.
enum InspectorKeys {
  /// All keys while an output is shown.
  static let bindings = [
    KeyBinding(
      .increase, [.right, .character("l")], Phrase("place", "位置"),
      Phrase("one output to the right", "右移一个输出"), shown: "←↑↓→"),
    KeyBinding(
      .decrease, [.left, .character("h")], Phrase("place", "位置"),
      Phrase("one output to the left", "左移一个输出"), inBar: false),
    KeyBinding(
      .up, [.up, .character("k")], Phrase("place", "位置"), Phrase("one output up", "上移一个输出"),
      inBar: false),
    KeyBinding(
      .down, [.down, .character("j")], Phrase("place", "位置"), Phrase("one output down", "下移一个输出"),
      inBar: false),
    KeyBinding(
      .nextChannel, [.character("]"), .shiftRight], Phrase("filter", "卷积核"),
      Phrase("the next filter, or unit", "下一个卷积核或神经元"), shown: "[ ]"),
    KeyBinding(
      .previousChannel, [.character("["), .shiftLeft], Phrase("filter", "卷积核"),
      Phrase("the filter, or unit, before", "上一个卷积核或神经元"), inBar: false),
    KeyBinding(
      .nextLayer, [.character("w")], Phrase("layer", "层"), Phrase("the next layer", "下一层")),
    KeyBinding(
      .nextView, [.character("v"), .tab], Phrase("page", "页面"),
      Phrase(
        "where not all fits: steps, products, running sum, bits of all sums, input image",
        "放不下时切换：逐步计算、乘积、累加过程、所有累加和的位数、输入图像")),
    KeyBinding(
      .next, [.character(","), .character("n")], Phrase("image", "图像"),
      Phrase("the next test image", "下一张测试图像"), shown: ", <"),
    KeyBinding(
      .previous, [.character("<"), .character("p")], Phrase("image", "图像"),
      Phrase("the test image before", "上一张测试图像"), inBar: false),
    CommonKeys.back, CommonKeys.help,
    KeyBinding(
      .skip, [.character("N")], Phrase("+100", "+100"),
      Phrase("a hundred test images on", "向后跳一百张测试图像"), inBar: false),
    KeyBinding(
      .strongestOutput, [.character("m")], Phrase("largest", "最大"),
      Phrase("the output of the layer's largest sum", "本层累加和最大的输出"), inBar: false),
    KeyBinding(
      .sortTerms, [.character("o")], Phrase("order", "顺序"),
      Phrase("products in the kernel's order, or the largest first", "乘积按卷积核顺序，或从大到小"), inBar: false
    ),
    CommonKeys.pageUp, CommonKeys.pageDown,
    KeyBinding(
      .first, [.home, .character("g")], Phrase("top", "顶部"),
      Phrase("to the first product", "跳到第一个乘积"), inBar: false),
    KeyBinding(
      .last, [.end, .character("G")], Phrase("end", "末尾"),
      Phrase("to the last product", "跳到最后一个乘积"), inBar: false),
  ]
}
