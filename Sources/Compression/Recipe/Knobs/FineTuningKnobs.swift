import Localization

extension Knob {
  /// How the network recovers.
  static let finetuning: [Knob] = [
    Knob(
      "finetune.epochs", Phrase("Fine-tuning", "微调轮数"),
      help: Phrase(
        "Passes over the training images after pruning, so that the network recovers.",
        "剪枝之后在训练集上训练几遍，让网络恢复。"),
      values: .steps(
        \.finetune.epochs, Array(0...5), allowed: Phrase("one of 0 … 5", "0 … 5 之一")),
      firstStage: tuningStage, translation: .said()),
    Knob(
      "finetune.mode", Phrase("Tuning mode", "微调方式"),
      help: Phrase(
        """
        What fine-tuning computes with: floats, or weights and activations rounded at every step \
        (quantization-aware training). Pruned weights stay zero in both.
        """,
        "用浮点训练，或每一步都对权重和激活做舍入（量化感知训练）。两种方式下被剪的权重都保持为零。"),
      values: .names(\.finetune.mode),
      firstStage: tuningStage,
      conflict: { recipe in
        recipe.quantizedTuningNeed.map { .needs("finetune.mode=qat", $0) }
      },
      baselineNeed: {
        $0.tunesQuantized
          ? Phrase(
            "finetune.mode=float, or finetune.epochs=0", "finetune.mode=float 或 finetune.epochs=0")
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
                + "scheme",
              "TFMOT 0.8.1 只有在固定的 8 位方案下，量化感知训练才能保住零权重")
          )
        ]
      }),
    Knob(
      "finetune.schedule", Phrase("Schedule", "剪枝调度"),
      help: Phrase(
        "Whether all pruned weights go before fine-tuning, or along a cubic ramp during it.",
        "微调之前一次剪完，或在微调中按三次曲线逐步剪。"),
      values: .names(\.finetune.schedule),
      firstStage: { $0.prune.isIdentity ? nil : tuningStage($0) },
      conflict: { recipe in
        recipe.rampNeed.map { .needs("finetune.schedule=polynomial", $0) }
      },
      baselineNeed: { $0.rampsSparsity ? .setting("finetune.schedule=constant") : nil },
      translation: .said { recipe, _ in
        guard recipe.rampsSparsity else { return [] }
        if recipe.prune.pattern != .unstructured {
          let reason = Phrase(
            "TFMOT and torch.ao ramp single weights, not this pattern",
            "TFMOT 与 torch.ao 的稀疏度渐增只支持非结构化剪枝，不支持这种模式")
          return [("polynomial", reason)]
        }
        guard recipe.prune.criterion != .magnitude else { return [] }
        return [
          (
            "polynomial",
            Phrase("the ramps of the frameworks rank by magnitude", "两个框架的稀疏度渐增都按幅值排序")
          )
        ]
      }),
    Knob(
      "finetune.rate", Phrase("Learning rate", "学习率"),
      help: Phrase(
        "Adam's learning rate in fine-tuning; the network itself was trained at 0.001.",
        "微调时 Adam 的学习率；网络本身是以 0.001 训练的。"),
      values: .number(
        \.finetune.rate, 0.000_001...0.1,
        positions: [0.000_03, 0.000_1, 0.000_3, 0.001, 0.003, 0.01, 0.03]),
      firstStage: tuningStage, translation: .said()),
    Knob(
      "finetune.distill", Phrase("Distillation", "知识蒸馏"),
      help: Phrase(
        """
        Learns from the float network's answers too (knowledge distillation): its logits are divided \
        by this temperature, so that a higher one shows more of what it holds of the wrong classes.
        """,
        "微调时也向浮点网络的输出学习（知识蒸馏）：教师的 logits 先除以这个温度；温度越高，越能看出它对错误类别的判断。"),
      values: .offOrNumber(\.finetune.distill, 1...20, positions: [1, 2, 4, 8, 16]),
      firstStage: distillationStage),
    Knob(
      "finetune.mix", Phrase("Teacher's weight", "教师权重"),
      help: Phrase(
        "How much of the loss is the float network's answers; the rest is the labels.",
        "损失中浮点网络（教师）的输出占多大比重；其余来自标签。"),
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
      return Phrase(
        "a prune.pattern with a sparsity that can grow, not \(prune.pattern.rawValue)",
        "prune.pattern 的稀疏度可以逐步增大，不能是 \(prune.pattern.rawValue)")
    }
    return [.magnitude, .random].contains(prune.criterion)
      ? nil
      : .oneOf("prune.criterion", ["magnitude", "random"], not: prune.criterion.rawValue)
  }
}
