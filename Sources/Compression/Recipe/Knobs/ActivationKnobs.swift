import Localization

extension Knob {
  /// How activations are rounded.
  static let activations: [Knob] = [
    Knob(
      "activations.bits", Phrase("Activation bits", "激活位宽"),
      help: Phrase(
        "Bits of the values between the layers; 32 means float.", "层与层之间数值的编码位数；32 表示浮点。"),
      values: .steps(
        \.activations.bits, [2, 3, 4, 5, 6, 7, 8, 16, 32],
        allowed: Phrase("one of 2 … 8, 16, 32", "2 … 8、16、32 之一")),
      firstStage: gridStage,
      translation: .said { recipe, dialect in
        guard dialect == .keras, recipe.tunesQuantized, recipe.activations.bits < 8 else {
          return []
        }
        return [
          (
            String(recipe.activations.bits),
            Phrase(
              "TFMOT 0.8.1 fixes the input at 8 bits in quantization-aware training",
              "TFMOT 0.8.1 在量化感知训练中把输入固定为 8 位")
          )
        ]
      }),
    Knob(
      "activations.range", Phrase("Activation range", "激活范围"),
      help: Phrase(
        "How far the grid of the activations reaches over what the calibration images show.",
        "激活的网格在校准图像给出的取值上铺到多远。"),
      values: .names(
        \.activations.range, rangePositions + ["entropy"], allowed: allowedRanges(and: "entropy")),
      firstStage: gridStage,
      translation: .said { recipe, dialect in
        let range = recipe.activations.range
        guard recipe.activations.bits < 32, range != .minimumToMaximum else { return [] }
        var obstacles: [KnobTranslation.Obstacle] = []
        if range == .leastSquaredError || range == .entropy {
          let reason = Phrase(
            "neither TFMOT nor torch.ao chooses activation ranges by this criterion on this grid",
            "TFMOT 与 torch.ao 都不会在这一网格上用该准则选择激活范围")
          obstacles.append((range.rawValue, reason))
        }
        if dialect == .keras, recipe.tunesQuantized {
          obstacles.append((range.rawValue, KnobTranslation.kerasGrid))
        }
        return obstacles
      }),
    Knob(
      "activations.samples", Phrase("Calibration images", "校准图像数"),
      help: Phrase(
        """
        How many images, the first of the training set, calibrate the activations' ranges and what \
        else looks at inputs (wanda, obs, gptq, adaround, smoothing).
        """,
        "用训练集前多少张图像来校准激活范围；wanda、obs、gptq、adaround 和平滑也用这些图像。"),
      values: .count(
        \.activations.samples, 1...10_000, positions: [1, 4, 16, 64, 256, 1024, 4096, 10_000]),
      firstStage: { $0.calibrationStage }, translation: .said()),
    Knob(
      "activations.smooth", Phrase("Smoothing", "平滑"),
      help: Phrase(
        "How much of the activations' range moves into the weights first (SmoothQuant's alpha).",
        "先把激活范围的多大一部分移到权重里（SmoothQuant 的 alpha）。"),
      values: .offOrNumber(
        \.activations.smooth, 0...1, positions: [0, 0.25, 0.5, 0.75, 1]),
      firstStage: { _ in .weights },
      baselineNeed: { $0.activations.smooth == nil ? nil : .setting("activations.smooth=off") },
      translation: .said { recipe, dialect in
        guard let alpha = recipe.activations.smooth else { return [] }
        let reason =
          switch dialect {
          case .keras: Phrase("Keras and TFMOT have no SmoothQuant", "Keras 与 TFMOT 没有 SmoothQuant")
          case .pytorch:
            Phrase(
              "torchao 0.18's SmoothQuant prototype takes Linear layers at 8 bits with ranges of "
                + "its own",
              "torchao 0.18 的 SmoothQuant 原型只处理 8 位的 Linear 层，范围由它自己确定")
          }
        return [(RecipeNumber.text(alpha), reason)]
      }),
    Knob(
      "activations.outlier", Phrase("Channel outlier", "离群通道"),
      help: Phrase(
        """
        Multiplies one convolution filter and its bias by this much and divides the weights that \
        read it by the same: the float network computes what it did, but one channel of activations \
        needs a far wider grid than the others.
        """,
        "把一个卷积核连同偏置放大到这么多倍，再把读取它的权重缩小同样的倍数：浮点网络的计算结果不变，但这一个通道的激活需要比其他通道宽得多的网格。"
      ),
      values: outlierFactors(\.injection.activationOutlier),
      baselineNeed: { $0.injection.activationOutlier == 1 ? nil : noOutliers },
      translation: .experimentOnly),
  ]

  /// Grids of activations are part of running, and of fine-tuning that rounds.
  private static let gridStage: @Sendable (Recipe) -> CompressionStage? = {
    $0.activations.bits == 32 ? nil : $0.tunesQuantized ? .preparation : .running
  }
}
