import Localization

extension Knob {
  /// How weights are rounded.
  static let weights: [Knob] = [
    Knob(
      "weights.bits", Phrase("Weight bits"),
      help: Phrase(
        """
        Bits of a weight's code; 32 means float. One symmetric bit is the sign times the mean \
        magnitude and has no range to choose.
        """),
      values: .steps(
        \.weights.bits, WeightQuantization.allowedBits,
        allowed: Phrase("one of 1 … 8, 16, 32")),
      isPerLayer: true, firstStage: roundingStage,
      translation: .saidPerLayer { weights, context in
        context.tunesInKeras && weights.bits == 1 ? ("1", KnobTranslation.kerasGrid) : nil
      }),
    Knob(
      "weights.granularity", Phrase("Granularity"),
      help: Phrase(
        """
        Which weights share a scale: the whole kernel, one output channel, or N consecutive inputs \
        of one output.
        """),
      values: .names(
        \.weights.granularity,
        ["tensor", "channel", "group:128", "group:64", "group:32", "group:16"],
        allowed: Phrase("one of tensor, channel, group:N with N from 2 to 65536")),
      isPerLayer: true, firstStage: roundingStage,
      translation: .saidPerLayer { weights, context in
        guard context.tunesInKeras, case .group = weights.granularity else { return nil }
        return (weights.granularity.rawValue, KnobTranslation.kerasGrid)
      }),
    Knob(
      "weights.scheme", Phrase("Scheme"),
      help: Phrase("Whether the grid lies around zero, or from the least to the greatest weight."),
      values: .names(\.weights.scheme),
      isPerLayer: true, firstStage: gridStage, translation: .said()),
    Knob(
      "weights.range", Phrase("Weight range"),
      help: Phrase(
        "How far the grid reaches: to the extremes, to a percentile, or to the least squared error."
      ),
      values: .names(\.weights.range, rangePositions, allowed: allowedRanges()),
      isPerLayer: true, firstStage: gridStage,
      translation: .said { recipe, dialect in
        recipe.quantizedLayers.flatMap { _, weights -> [KnobTranslation.Obstacle] in
          guard weights.codebook == .uniform, weights.range != .minimumToMaximum else { return [] }
          var obstacles: [KnobTranslation.Obstacle] = []
          if weights.range == .leastSquaredError {
            let reason = Phrase(
              "neither TFMOT 0.8.1 nor torchao 0.18 searches for the clipping of least squared "
                + "error of weights")
            obstacles.append(("mse", reason))
          }
          if dialect == .keras, recipe.tunesQuantized {
            obstacles.append((weights.range.rawValue, KnobTranslation.kerasGrid))
          }
          return obstacles
        }
      }),
    Knob(
      "weights.rounding", Phrase("Rounding"),
      help: Phrase(
        """
        How a weight's place on the grid is chosen: the nearest, by chance, learnt so that the \
        layer's outputs change least (AdaRound), or with later weights making up for errors (GPTQ).
        """),
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
      "weights.codebook", Phrase("Codebook"),
      help: Phrase(
        """
        Levels at equal distances, the centres of k-means, or the means of equally many weights. \
        The last two have no scheme and no range, and take up to 8 bits.
        """),
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
                + "weights")
          )
        case .pytorch:
          return (
            weights.codebook.rawValue,
            Phrase(
              "torchao 0.18's codebook prototype stores groups of weights under shared scales, "
                + "another format")
          )
        }
      }),
    Knob(
      "weights.equalize", Phrase("Equalization"),
      help: Phrase(
        """
        Whether channels are first scaled between neighbouring layers until both have the same range \
        (cross-layer equalization); the float network computes the same.
        """),
      values: .names(\.weights.equalize), firstStage: roundingStage),
    Knob(
      "weights.layers", Phrase("Layers"),
      help: Phrase("The layers whose weights are rounded."),
      values: .names(
        \.weights.layers,
        ["all"] + Recipe.layerNames + ["conv2d,dense", "conv2d,dense_1", "dense,dense_1"],
        allowed: Phrase(
          "all, or names out of \(Phrase.list(Recipe.knownLayerNames)) joined by commas")),
      firstStage: roundingStage, translation: .said()),
    Knob(
      "weights.outlier", Phrase("Weight outlier"),
      help: Phrase(
        """
        Multiplies the most negative weight of the first dense layer by this much before anything \
        else happens. The float network hardly minds; a grid that has to reach so far does.
        """),
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
    Phrase("one of minmax, percentile:P with P from 50 to 100, \(Phrase.list(["mse"] + more))")
  }

  /// The factors that an outlier is planted with.
  static func outlierFactors(_ path: any WritableKeyPath<Recipe, Int> & Sendable) -> KnobValues {
    .count(path, 1...256, positions: [1, 2, 4, 8, 16, 32, 64, 128, 256])
  }

  /// What a network whose layers outliers cannot be planted in needs.
  static let noOutliers = Phrase("weights.outlier=1 and activations.outlier=1")

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
      Phrase("neither TFMOT 0.8.1 nor torchao 0.18 rounds weights stochastically")
    case (.adaround, _):
      Phrase("neither TFMOT 0.8.1 nor torchao 0.18 has AdaRound")
    case (.gptq, .keras):
      Phrase(
        "Keras 3's gptq takes stacks of transformer blocks fed with tokens, and TFMOT has none")
    case (.gptq, .pytorch):
      Phrase(
        "torchao 0.18's GPTQ prototype takes Linear layers at its own 4- and 8-bit grids, no "
          + "convolution")
    }
  }
}
