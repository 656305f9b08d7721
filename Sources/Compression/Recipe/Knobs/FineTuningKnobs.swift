import Localization

extension Knob {
  /// How the network recovers.
  static let finetuning: [Knob] = [
    Knob(
      "finetune.epochs", Phrase("Fine-tuning"),
      help: Phrase("Passes over the training images after pruning, so that the network recovers."),
      values: .steps(
        \.finetune.epochs, Array(0...5), allowed: Phrase("one of 0 … 5")),
      firstStage: tuningStage, translation: .said()),
    Knob(
      "finetune.mode", Phrase("Tuning mode"),
      help: Phrase(
        """
        What fine-tuning computes with: floats, or weights and activations rounded at every step \
        (quantization-aware training). Pruned weights stay zero in both.
        """),
      values: .names(\.finetune.mode),
      firstStage: tuningStage,
      conflict: { recipe in
        recipe.quantizedTuningNeed.map { .needs("finetune.mode=qat", $0) }
      },
      baselineNeed: {
        $0.tunesQuantized
          ? Phrase("finetune.mode=float, or finetune.epochs=0")
          : nil
      },
      translation: .said { recipe, dialect in
        guard dialect == .keras, recipe.tunesQuantized, !recipe.prune.isIdentity,
          !recipe.prune.pattern.isStructured, recipe.order == .pruneFirst
        else { return [] }
        return [
          (
            "qat",
            Phrase(
              "TFMOT 0.8.1 keeps zeros in quantization-aware training only with its fixed 8-bit "
                + "scheme")
          )
        ]
      }),
    Knob(
      "finetune.schedule", Phrase("Schedule"),
      help: Phrase(
        "Whether all pruned weights go before fine-tuning, or along a cubic ramp during it."),
      values: .names(\.finetune.schedule),
      firstStage: { $0.prune.isIdentity ? nil : tuningStage($0) },
      conflict: { recipe in
        recipe.rampNeed.map { .needs("finetune.schedule=polynomial", $0) }
      },
      baselineNeed: { $0.rampsSparsity ? .setting("finetune.schedule=constant") : nil },
      translation: .said { recipe, _ in
        guard recipe.rampsSparsity else { return [] }
        if recipe.prune.pattern != .unstructured {
          let reason = Phrase("TFMOT and torch.ao ramp single weights, not this pattern")
          return [("polynomial", reason)]
        }
        guard recipe.prune.criterion != .magnitude else { return [] }
        return [
          (
            "polynomial",
            Phrase("the ramps of the frameworks rank by magnitude")
          )
        ]
      }),
    Knob(
      "finetune.rate", Phrase("Learning rate"),
      help: Phrase("Adam's learning rate in fine-tuning; the network itself was trained at 0.001."),
      values: .number(
        \.finetune.rate, 0.000_001...0.1,
        positions: [0.000_03, 0.000_1, 0.000_3, 0.001, 0.003, 0.01, 0.03]),
      firstStage: tuningStage, translation: .said()),
    Knob(
      "finetune.distill", Phrase("Distillation"),
      help: Phrase(
        """
        Learns from the float network's answers too (knowledge distillation): its logits are divided \
        by this temperature, so that a higher one shows more of what it holds of the wrong classes.
        """),
      values: .offOrNumber(\.finetune.distill, 1...20, positions: [1, 2, 4, 8, 16]),
      firstStage: distillationStage),
    Knob(
      "finetune.mix", Phrase("Teacher's weight"),
      help: Phrase("How much of the loss is the float network's answers; the rest is the labels."),
      values: .fraction(\.finetune.mix, 0...1), firstStage: distillationStage),
  ]

  private static let tuningStage: @Sendable (Recipe) -> CompressionStage? = {
    $0.finetune.epochs == 0 ? nil : .preparation
  }

  private static let distillationStage: @Sendable (Recipe) -> CompressionStage? = {
    $0.finetune.distill == nil || $0.finetune.mix == 0 ? nil : tuningStage($0)
  }
}

extension Recipe {
  /// Whether pruning goes along a ramp while fine-tuning.
  var rampsSparsity: Bool {
    finetune.epochs > 0 && finetune.schedule == .polynomial && !prune.isIdentity
  }

  /// What quantization-aware training lacks in a recipe; nil if nothing.
  fileprivate var quantizedTuningNeed: Phrase? {
    guard tunesQuantized else { return nil }
    for (_, weights) in quantizedLayers {
      if weights.rounding != .nearest {
        return .setting("weights.rounding=nearest", not: weights.rounding.rawValue)
      }
      if weights.codebook != .uniform {
        return .setting("weights.codebook=uniform", not: weights.codebook.rawValue)
      }
    }
    if activations.smooth != nil { return .setting("activations.smooth=off") }
    let isEqualized = weights.equalize == .on && !quantizedLayers.isEmpty
    return isEqualized ? .setting("weights.equalize=off") : nil
  }

  /// What a ramp lacks in a recipe; nil if nothing.
  fileprivate var rampNeed: Phrase? {
    guard rampsSparsity else { return nil }
    if order != .pruneFirst { return .setting("order=prune-first") }
    if !prune.pattern.followsSparsity || prune.pattern.isStructured {
      return Phrase("a prune.pattern with a sparsity that can grow, not \(prune.pattern.rawValue)")
    }
    return [.magnitude, .random].contains(prune.criterion)
      ? nil
      : .oneOf("prune.criterion", ["magnitude", "random"], not: prune.criterion.rawValue)
  }
}
