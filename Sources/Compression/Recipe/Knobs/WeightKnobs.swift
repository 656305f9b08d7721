import Localization

extension Knob {
  /// How weights are rounded.
  static let weights: [Knob] = [
    Knob(
      "weights.bits", Phrase("Weight bits", "权重位宽"),
      help: Phrase(
        """
        Bits of a weight's code; 32 means float. One symmetric bit is the sign times the mean \
        magnitude and has no range to choose.
        """,
        "每个权重的编码位数；32 表示浮点。对称 1 bit 取符号乘以平均幅值，没有范围可选。"),
      values: .steps(
        \.weights.bits, WeightQuantization.allowedBits,
        allowed: Phrase("one of 1 … 8, 16, 32", "1 … 8、16、32 之一")),
      isPerLayer: true, firstStage: roundingStage,
      translation: .saidPerLayer { weights, context in
        context.tunesInKeras && weights.bits == 1 ? ("1", KnobTranslation.kerasGrid) : nil
      }),
    Knob(
      "weights.granularity", Phrase("Granularity", "量化粒度"),
      help: Phrase(
        """
        Which weights share a scale: the whole kernel, one output channel, or N consecutive inputs \
        of one output.
        """,
        "哪些权重共用一个缩放因子：整个张量、一个输出通道，或同一输出的 N 个相邻输入。"),
      values: .names(
        \.weights.granularity,
        ["tensor", "channel", "group:128", "group:64", "group:32", "group:16"],
        allowed: Phrase(
          "one of tensor, channel, group:N with N from 2 to 65536",
          "tensor、channel、group:N（N 为 2 到 65536）之一")),
      isPerLayer: true, firstStage: roundingStage,
      translation: .saidPerLayer { weights, context in
        guard context.tunesInKeras, case .group = weights.granularity else { return nil }
        return (weights.granularity.rawValue, KnobTranslation.kerasGrid)
      }),
    Knob(
      "weights.scheme", Phrase("Scheme", "量化方案"),
      help: Phrase(
        "Whether the grid lies around zero, or from the least to the greatest weight.",
        "网格以零为中心（对称），还是从最小权重铺到最大权重（非对称）。"),
      values: .names(\.weights.scheme),
      isPerLayer: true, firstStage: gridStage, translation: .said()),
    Knob(
      "weights.range", Phrase("Weight range", "权重范围"),
      help: Phrase(
        "How far the grid reaches: to the extremes, to a percentile, or to the least squared error.",
        "网格铺到多远：最大最小值、某个百分位，或均方误差最小处。"),
      values: .names(\.weights.range, rangePositions, allowed: allowedRanges()),
      isPerLayer: true, firstStage: gridStage,
      translation: .said { recipe, dialect in
        recipe.quantizedLayers.flatMap { _, weights -> [KnobTranslation.Obstacle] in
          guard weights.codebook == .uniform, weights.range != .minimumToMaximum else { return [] }
          var obstacles: [KnobTranslation.Obstacle] = []
          if weights.range == .leastSquaredError {
            let reason = Phrase(
              "neither TFMOT 0.8.1 nor torchao 0.18 searches for the clipping of least squared "
                + "error of weights",
              "TFMOT 0.8.1 与 torchao 0.18 都不会为权重搜索均方误差最小的截断范围")
            obstacles.append(("mse", reason))
          }
          if dialect == .keras, recipe.tunesQuantized {
            obstacles.append((weights.range.rawValue, KnobTranslation.kerasGrid))
          }
          return obstacles
        }
      }),
    Knob(
      "weights.rounding", Phrase("Rounding", "舍入方式"),
      help: Phrase(
        """
        How a weight's place on the grid is chosen: the nearest, by chance, learnt so that the \
        layer's outputs change least (AdaRound), or with later weights making up for errors (GPTQ).
        """,
        "权重落到网格的哪一级：最近的、按概率、学习使层输出变化最小（AdaRound），或让后面的权重补偿误差（GPTQ）。"),
      values: .names(\.weights.rounding),
      isPerLayer: true, firstStage: roundingStage,
      baselineNeed: {
        $0.calibratedRounding.map {
          .oneOf("weights.rounding", ["nearest", "stochastic"], not: $0.rawValue)
        }
      },
      translation: .saidPerLayer { weights, context in
        weights.rounding.obstacle(in: context.dialect).map { (weights.rounding.rawValue, $0) }
      }),
    Knob(
      "weights.codebook", Phrase("Codebook", "码本"),
      help: Phrase(
        """
        Levels at equal distances, the centres of k-means, or the means of equally many weights. \
        The last two have no scheme and no range, and take up to 8 bits.
        """,
        "等距的各级、k-means 的中心，或每份权重个数相等的均值。后两者没有方案和范围，最多 8 位。"),
      values: .names(\.weights.codebook),
      isPerLayer: true, firstStage: roundingStage,
      conflict: { recipe in
        recipe.quantizedLayers.lazy.compactMap { $0.weights.codebookConflict }.first
      },
      translation: .saidPerLayer { weights, context in
        guard weights.codebook != .uniform else { return nil }
        switch context.dialect {
        case .keras:
          return (
            weights.codebook.rawValue,
            Phrase(
              "TFMOT 0.8.1's cluster_weights finds its centres while training, not from finished "
                + "weights",
              "TFMOT 0.8.1 的 cluster_weights 在训练中求聚类中心，而不是对现成的权重求")
          )
        case .pytorch:
          return (
            weights.codebook.rawValue,
            Phrase(
              "torchao 0.18's codebook prototype stores groups of weights under shared scales, "
                + "another format",
              "torchao 0.18 的码本原型以共享缩放因子存储成组的权重，是另一种格式")
          )
        }
      }),
    Knob(
      "weights.equalize", Phrase("Equalization", "跨层均衡"),
      help: Phrase(
        """
        Whether channels are first scaled between neighbouring layers until both have the same range \
        (cross-layer equalization); the float network computes the same.
        """,
        "先在相邻两层之间缩放各通道，让两层的范围相同（跨层均衡）；浮点网络的计算结果不变。"),
      values: .names(\.weights.equalize), firstStage: roundingStage),
    Knob(
      "weights.layers", Phrase("Layers", "量化层"),
      help: Phrase("The layers whose weights are rounded.", "对哪些层的权重做舍入。"),
      values: .names(
        \.weights.layers,
        ["all"] + Recipe.layerNames + ["conv2d,dense", "conv2d,dense_1", "dense,dense_1"],
        allowed: Phrase(
          "all, or names out of \(Recipe.knownLayerNames.joined(separator: ", ")) joined by commas",
          "all，或用逗号连接的层名（\(Recipe.knownLayerNames.joined(separator: "、"))）")),
      firstStage: roundingStage, translation: .said()),
    Knob(
      "weights.outlier", Phrase("Weight outlier", "权重离群值"),
      help: Phrase(
        """
        Multiplies the most negative weight of the first dense layer by this much before anything \
        else happens. The float network hardly minds; a grid that has to reach so far does.
        """,
        "在一切步骤之前，把第一个全连接层中最负的那个权重放大到这么多倍。浮点网络几乎不受影响；网格要铺到那么远，代价就大了。"),
      values: outlierFactors(\.injection.weightOutlier),
      baselineNeed: { $0.injection.weightOutlier == 1 ? nil : noOutliers },
      translation: .experimentOnly),
  ]

  /// The ways to choose a range that every grid has.
  static let rangePositions = [
    "minmax", "percentile:99.99", "percentile:99.9", "percentile:99", "percentile:95",
    "percentile:90", "percentile:80", "percentile:70", "mse",
  ]

  /// The same, and more, as a phrase that follows "must be".
  static func allowedRanges(and more: String...) -> Phrase {
    let names = ["mse"] + more
    return Phrase(
      (["one of minmax, percentile:P with P from 50 to 100"] + names).joined(separator: ", "),
      (["minmax、percentile:P（P 为 50 到 100）"] + names).joined(separator: "、") + " 之一")
  }

  /// The factors that an outlier is planted with.
  static func outlierFactors(_ path: any WritableKeyPath<Recipe, Int> & Sendable) -> KnobValues {
    .count(path, 1...256, positions: [1, 2, 4, 8, 16, 32, 64, 128, 256])
  }

  /// What a network whose layers outliers cannot be planted in needs.
  static let noOutliers = Phrase(
    "weights.outlier=1 and activations.outlier=1", "weights.outlier=1 且 activations.outlier=1")

  private static let roundingStage: @Sendable (Recipe) -> CompressionStage? = {
    $0.quantizedLayers.isEmpty ? nil : $0.tunesQuantized ? .preparation : .weights
  }

  /// Codebooks have no grid, unless some layer overrules the codebook.
  private static let gridStage: @Sendable (Recipe) -> CompressionStage? = {
    let hasGrid =
      $0.weights.codebook == .uniform || $0.weights.bits == 32 || !$0.overrides.isEmpty
    return hasGrid ? roundingStage($0) : nil
  }
}

extension Recipe {
  /// The first method of rounding some layer that looks at calibration images; nil if none does.
  var calibratedRounding: RoundingMethod? {
    quantizedLayers.lazy.map(\.weights.rounding).first(where: \.isCalibrated)
  }
}

extension WeightQuantization {
  fileprivate var codebookConflict: RecipeError? {
    guard codebook != .uniform else { return nil }
    let need: Phrase
    if bits > 8 {
      need = .oneOf("weights.bits", ["1 … 8", "32"], not: String(bits))
    } else if case .group = granularity {
      need = .oneOf("weights.granularity", ["tensor", "channel"])
    } else if rounding != .nearest {
      need = .setting("weights.rounding=nearest", not: rounding.rawValue)
    } else {
      return nil
    }
    return .needs("weights.codebook=\(codebook.rawValue)", need)
  }
}

extension RoundingMethod {
  /// Why a framework cannot round this way; nil if it can.
  fileprivate func obstacle(in dialect: CodeDialect) -> Phrase? {
    switch (self, dialect) {
    case (.nearest, _): nil
    case (.stochastic, _):
      Phrase(
        "neither TFMOT 0.8.1 nor torchao 0.18 rounds weights stochastically",
        "TFMOT 0.8.1 与 torchao 0.18 都不支持权重的随机舍入")
    case (.adaround, _):
      Phrase(
        "neither TFMOT 0.8.1 nor torchao 0.18 has AdaRound",
        "TFMOT 0.8.1 与 torchao 0.18 都没有 AdaRound")
    case (.gptq, .keras):
      Phrase(
        "Keras 3's gptq takes stacks of transformer blocks fed with tokens, and TFMOT has none",
        "Keras 3 的 gptq 只接受以 token 为输入的 Transformer 块堆叠，TFMOT 没有 GPTQ")
    case (.gptq, .pytorch):
      Phrase(
        "torchao 0.18's GPTQ prototype takes Linear layers at its own 4- and 8-bit grids, no "
          + "convolution",
        "torchao 0.18 的 GPTQ 原型只处理 Linear 层，用自己的 4 位和 8 位网格，不支持卷积")
    }
  }
}
