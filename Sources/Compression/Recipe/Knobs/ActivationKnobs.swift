import Localization

extension Knob {
  /// How activations are rounded.
  static let activations: [Knob] = [
    Knob(
      "activations.bits", Phrase("Activation bits"),
      help: Phrase("Bits of the values between the layers; 32 means float."),
      values: .steps(
        \.activations.bits, [2, 3, 4, 5, 6, 7, 8, 16, 32],
        allowed: Phrase("one of 2 … 8, 16, 32")),
      firstStage: gridStage,
      translation: .said { recipe, dialect in
        guard dialect == .keras, recipe.tunesQuantized, recipe.activations.bits < 8 else {
          return []
        }
        return [
          (
            String(recipe.activations.bits),
            Phrase("TFMOT 0.8.1 fixes the input at 8 bits in quantization-aware training")
          )
        ]
      }),
    Knob(
      "activations.range", Phrase("Activation range"),
      help: Phrase(
        "How far the grid of the activations reaches over what the calibration images show."),
      values: .names(
        \.activations.range, rangePositions + ["entropy"], allowed: allowedRanges(and: "entropy")),
      firstStage: gridStage,
      translation: .said { recipe, dialect in
        let range = recipe.activations.range
        guard recipe.activations.bits < 32, range != .minimumToMaximum else { return [] }
        var obstacles: [KnobTranslation.Obstacle] = []
        if range == .leastSquaredError || range == .entropy {
          let reason = Phrase(
            "neither TFMOT nor torch.ao chooses activation ranges by this criterion on this grid")
          obstacles.append((range.rawValue, reason))
        }
        if dialect == .keras, recipe.tunesQuantized {
          obstacles.append((range.rawValue, KnobTranslation.kerasGrid))
        }
        return obstacles
      }),
    Knob(
      "activations.samples", Phrase("Calibration images"),
      help: Phrase(
        """
        How many images, the first of the training set, calibrate the activations' ranges and what \
        else looks at inputs (wanda, obs, gptq, adaround, smoothing).
        """),
      values: .count(
        \.activations.samples, 1...10_000, positions: [1, 4, 16, 64, 256, 1024, 4096, 10_000]),
      firstStage: { $0.calibrationStage }, translation: .said()),
    Knob(
      "activations.smooth", Phrase("Smoothing"),
      help: Phrase(
        "How much of the activations' range moves into the weights first (SmoothQuant's alpha)."),
      values: .offOrNumber(
        \.activations.smooth, 0...1, positions: [0, 0.25, 0.5, 0.75, 1]),
      firstStage: { _ in .weights },
      baselineNeed: { $0.activations.smooth == nil ? nil : .setting("activations.smooth=off") },
      translation: .said { recipe, dialect in
        guard let alpha = recipe.activations.smooth else { return [] }
        let reason =
          switch dialect {
          case .keras: Phrase("Keras and TFMOT have no SmoothQuant")
          case .pytorch:
            Phrase(
              "torchao 0.18's SmoothQuant prototype takes Linear layers at 8 bits with ranges of "
                + "its own")
          }
        return [(RecipeNumber.text(alpha), reason)]
      }),
    Knob(
      "activations.outlier", Phrase("Channel outlier"),
      help: Phrase(
        """
        Multiplies one convolution filter and its bias by this much and divides the weights that \
        read it by the same: the float network computes what it did, but one channel of activations \
        needs a far wider grid than the others.
        """),
      values: outlierFactors(\.injection.activationOutlier),
      baselineNeed: { $0.injection.activationOutlier == 1 ? nil : noOutliers },
      translation: .experimentOnly),
  ]

  /// Grids of activations are part of running, and of fine-tuning that rounds.
  private static let gridStage: @Sendable (Recipe) -> CompressionStage? = {
    $0.activations.bits == 32 ? nil : $0.tunesQuantized ? .preparation : .running
  }
}
