import Localization

extension Knob {
  /// What is about the recipe as a whole.
  static let general: [Knob] = [
    Knob(
      "order", Phrase("Order", "先后顺序"),
      help: Phrase(
        "Prune, fine-tune, then round; or fine-tune and round, then prune what is rounded.",
        "先剪枝、微调再舍入；或先微调并舍入，再剪舍入后的权重。"),
      values: .names(\.order),
      firstStage: { $0.prune.isIdentity ? nil : .preparation }, translation: .said()),
    Knob(
      "seed", Phrase("Seed", "随机种子"),
      help: Phrase(
        """
        What random draws depend on: the order of random pruning, stochastic rounding, and the order \
        of the images that fine-tuning and AdaRound learn from.
        """,
        "决定一切随机过程：随机剪枝的顺序、随机舍入，以及微调和 AdaRound 学习时图像的顺序。"),
      values: .count(\.seed, Recipe.allowedSeeds, positions: Array(Recipe.allowedSeeds)),
      firstStage: { $0.drawingStage }, translation: .said()),
    Knob(
      "fault", Phrase("Fault", "故障"),
      help: Phrase(
        """
        A mistake that is made on purpose, to see what it does to the figures. A mistake that the \
        recipe gives no occasion for is refused.
        """,
        "故意犯的一个错误，用来看它会把各项指标变成什么样。配方里没有机会犯的错误会被拒绝。"),
      values: .names(\.injection.fault),
      firstStage: { $0.injection.fault.firstStage(in: $0) },
      conflict: { recipe in
        let fault = recipe.injection.fault
        return fault.need(in: recipe).map { .needs("fault=\(fault.rawValue)", $0) }
      },
      baselineNeed: {
        let fault = $0.injection.fault
        return [.channelFirstFlatten, .int16Accumulator, .saturatedBias].contains(fault)
          ? Phrase("a fault other than \(fault.rawValue)", "fault 不是 \(fault.rawValue)") : nil
      },
      translation: .experimentOnly),
  ]
}
