import Localization

extension Knob {
  /// What is about the recipe as a whole.
  static let general: [Knob] = [
    Knob(
      "order", Phrase("Order"),
      help: Phrase(
        "Prune, fine-tune, then round; or fine-tune and round, then prune what is rounded."),
      values: .names(\.order),
      firstStage: { $0.prune.isIdentity ? nil : .preparation }, translation: .said()),
    Knob(
      "seed", Phrase("Seed"),
      help: Phrase(
        """
        What random draws depend on: the order of random pruning, stochastic rounding, and the order \
        of the images that fine-tuning and AdaRound learn from.
        """),
      values: .count(\.seed, Recipe.allowedSeeds, positions: Array(Recipe.allowedSeeds)),
      firstStage: { $0.drawingStage }, translation: .said()),
    Knob(
      "fault", Phrase("Fault"),
      help: Phrase(
        """
        A mistake that is made on purpose, to see what it does to the figures. A mistake that the \
        recipe gives no occasion for is refused.
        """),
      values: .names(\.injection.fault),
      firstStage: { $0.injection.fault.firstStage(in: $0) },
      conflict: { recipe in
        let fault = recipe.injection.fault
        return fault.need(in: recipe).map { .needs("fault=\(fault.rawValue)", $0) }
      },
      baselineNeed: {
        let fault = $0.injection.fault
        return [.channelFirstFlatten, .int16Accumulator, .saturatedBias].contains(fault)
          ? Phrase("a fault other than \(fault.rawValue)") : nil
      },
      translation: .experimentOnly),
  ]
}
