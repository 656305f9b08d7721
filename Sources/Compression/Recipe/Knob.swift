/// One adjustable entry of a recipe: its name, what it may be, and how it is read and written.
package struct Knob: Sendable {
  /// What kind of value a key has.
  package enum Kind: Sendable, Hashable {
    /// One of a few integers.
    case steps([Int])
    /// Any integer of a range.
    case count(ClosedRange<Int>)
    /// Any share of a range.
    case fraction(ClosedRange<Double>)
    /// Any number of a range, where only some have a place on a slider.
    case number(ClosedRange<Double>)
    /// One of some names, some of which take a number after a colon.
    case name
  }

  /// The name as on the command line and in lesson files, such as `weights.bits`.
  package let name: String
  /// A short title for a slider.
  package let title: String
  /// One or two sentences on what the key does.
  package let help: String
  /// What kind of value the key has.
  package let kind: Kind
  /// The allowed values as a phrase that follows "must be".
  package let allowed: String
  /// The values that a slider offers, in order; empty for a fraction.
  package let positions: [String]
  /// The value of the key in a recipe, as text.
  package let read: @Sendable (Recipe) -> String
  /// Sets the key of a recipe from text; false, and no change, if the text is not allowed.
  package let write: @Sendable (inout Recipe, String) -> Bool

  /// The value in the recipe that changes nothing.
  package var defaultValue: String { read(Recipe()) }

  /// The key of that name.
  package static func named(_ name: String) -> Knob? {
    all.first { $0.name == name }
  }
}

extension Knob {
  /// All keys in the order in which a recipe is written.
  package static let all: [Knob] = [
    names(
      "prune.pattern", "Pattern", \.prune.pattern,
      positions: Pruning.Pattern.all.map(\.rawValue),
      help: """
        The shape of what is removed. The n:m patterns keep n weights of every m consecutive \
        inputs of a dense layer and fix the sparsity themselves; block zeroes 4×4 squares of the \
        dense kernels; filter and neuron shrink the network.
        """),
    names(
      "prune.criterion", "Criterion", \.prune.criterion,
      positions: Pruning.Criterion.allCases.map(\.rawValue),
      help:
        """
        What goes first: the smallest magnitude (L1 norm), a random order from the seed, the largest \
        magnitude (for contrast), the smallest magnitude times input norm (Wanda), or the least \
        second-order loss with an update of the rest (OBS). The last two give every kernel in scope \
        the same share.
        """),
    names(
      "prune.scope", "Scope", \.prune.scope,
      positions: ["global", "layer"] + Recipe.layerNames,
      help: """
        Over which weights the ranking runs: all kernels together, each kernel by itself, or one \
        layer alone.
        """),
    fraction(
      "prune.sparsity", "Sparsity", \.prune.sparsity, range: 0...0.99,
      help: """
        The share of weights that become zero, or of filters or neurons that leave (at least one \
        stays). An n:m pattern fixes the sparsity itself and applies whatever stands here.
        """),
    names(
      "factorize.rank", "Low rank", \.factorize.rank,
      positions: ["off", "1", "2", "4", "8", "16", "32", "64", "128"],
      allowed: "off, or a whole number from 1 to 128",
      help: """
        Replaces the first dense layer's matrix by the nearest product of two thinner ones of this \
        width (truncated SVD). Below 125 the two hold fewer weights than the one.
        """),
    steps(
      "weights.bits", "Weight bits", \.weights.bits, WeightQuantization.allowedBits,
      allowed: "one of 1 … 8, 16, 32",
      help: """
        Bits of a weight's code; 32 means float. One symmetric bit is the sign times the mean \
        magnitude and has no range to choose.
        """),
    names(
      "weights.granularity", "Granularity", \.weights.granularity,
      positions: ["tensor", "channel", "group:128", "group:64", "group:32", "group:16"],
      allowed: "one of tensor, channel, group:N with N from 2 to 65536",
      help: """
        Which weights share a scale: the whole kernel, one output channel, or N consecutive inputs \
        of one output.
        """),
    names(
      "weights.scheme", "Scheme", \.weights.scheme,
      positions: WeightQuantization.Scheme.allCases.map(\.rawValue),
      help: "Whether the grid lies around zero, or from the least to the greatest weight."),
    names(
      "weights.range", "Weight range", \.weights.range, positions: rangePositions,
      allowed: rangeAllowed,
      help:
        "How far the grid reaches: to the extremes, to a percentile, or to the least squared error."
    ),
    names(
      "weights.rounding", "Rounding", \.weights.rounding,
      positions: RoundingMethod.allCases.map(\.rawValue),
      help: """
        How a weight's place on the grid is chosen: the nearest, by chance, learnt so that the \
        layer's outputs change least (AdaRound), or with later weights making up for errors (GPTQ).
        """),
    names(
      "weights.codebook", "Codebook", \.weights.codebook,
      positions: Codebook.allCases.map(\.rawValue),
      help: """
        Levels at equal distances, the centres of k-means, or the means of equally many weights. \
        The last two have no scheme and no range, and take up to 8 bits.
        """),
    names(
      "weights.equalize", "Equalization", \.weights.equalize,
      positions: WeightQuantization.Equalization.allCases.map(\.rawValue),
      help: """
        Whether channels are first scaled between neighbouring layers until both have the same range \
        (cross-layer equalization); the float network computes the same.
        """),
    names(
      "weights.layers", "Layers", \.weights.layers,
      positions: ["all"] + Recipe.layerNames + ["conv2d,dense", "conv2d,dense_1", "dense,dense_1"],
      allowed:
        "all, or names out of \(Recipe.knownLayerNames.joined(separator: ", ")) joined by commas",
      help: "The layers whose weights are rounded."),
    count(
      "weights.outlier", "Weight outlier", \.injection.weightOutlier, FaultInjection.allowedFactors,
      positions: FaultInjection.factorPositions,
      help: """
        Multiplies the most negative weight of the first dense layer by this much before anything \
        else happens. The float network hardly minds; a grid that has to reach so far does.
        """),
    steps(
      "activations.bits", "Activation bits", \.activations.bits,
      ActivationQuantization.allowedBits, allowed: "one of 2 … 8, 16, 32",
      help: "Bits of the values between the layers; 32 means float."),
    names(
      "activations.range", "Activation range", \.activations.range,
      positions: rangePositions + ["entropy"], allowed: rangeAllowed + ", entropy",
      help: "How far the grid of the activations reaches over what the calibration images show."),
    count(
      "activations.samples", "Calibration images", \.activations.samples,
      ActivationQuantization.allowedSamples, positions: [1, 4, 16, 64, 256, 1024, 4096, 10_000],
      help: """
        How many images, the first of the training set, calibrate the activations' ranges and what \
        else looks at inputs (wanda, obs, gptq, adaround, smoothing).
        """),
    names(
      "activations.smooth", "Smoothing", \.activations.smooth,
      positions: ["off", "0", "0.25", "0.5", "0.75", "1"],
      allowed: "off, or a number from 0 to 1",
      help: "How much of the activations' range moves into the weights first (SmoothQuant's alpha)."
    ),
    count(
      "activations.outlier", "Channel outlier", \.injection.activationOutlier,
      FaultInjection.allowedFactors, positions: FaultInjection.factorPositions,
      help: """
        Multiplies one convolution filter and its bias by this much and divides the weights that \
        read it by the same: the float network computes what it did, but one channel of activations \
        needs a far wider grid than the others.
        """),
    steps(
      "finetune.epochs", "Fine-tuning", \.finetune.epochs, FineTuning.allowedEpochs,
      allowed: "one of 0 … 5",
      help: "Passes over the training images after pruning, so that the network recovers."),
    names(
      "finetune.mode", "Tuning mode", \.finetune.mode,
      positions: FineTuning.Mode.allCases.map(\.rawValue),
      help: """
        What fine-tuning computes with: floats, or weights and activations rounded at every step \
        (quantization-aware training). Pruned weights stay zero in both.
        """),
    names(
      "finetune.schedule", "Schedule", \.finetune.schedule,
      positions: FineTuning.Schedule.allCases.map(\.rawValue),
      help: "Whether all pruned weights go before fine-tuning, or along a cubic ramp during it."),
    number(
      "finetune.rate", "Learning rate", \.finetune.rate, range: FineTuning.allowedRates,
      positions: [0.000_03, 0.000_1, 0.000_3, 0.001, 0.003, 0.01, 0.03],
      help: "Adam's learning rate in fine-tuning; the network itself was trained at 0.001."),
    names(
      "finetune.distill", "Distillation", \.finetune.distill,
      positions: ["off", "1", "2", "4", "8", "16"], allowed: "off, or a number from 1 to 20",
      help: """
        Learns from the float network's answers too (knowledge distillation): its logits are divided \
        by this temperature, so that a higher one shows more of what it holds of the wrong classes.
        """),
    fraction(
      "finetune.mix", "Teacher's weight", \.finetune.mix, range: 0...1,
      help: "How much of the loss is the float network's answers; the rest is the labels."),
    names(
      "order", "Order", \.order, positions: CompressionOrder.allCases.map(\.rawValue),
      help: """
        Prune, fine-tune, then round; or fine-tune and round, then prune what is rounded.
        """),
    count(
      "seed", "Seed", \.seed, Recipe.allowedSeeds, positions: Array(Recipe.allowedSeeds),
      help: """
        What random draws depend on: the order of random pruning, stochastic rounding, and the order \
        of the images that fine-tuning and AdaRound learn from.
        """),
    names(
      "fault", "Fault", \.injection.fault, positions: Fault.allCases.map(\.rawValue),
      help: """
        A mistake that is made on purpose, to see what it does to the figures. A mistake that the \
        recipe gives no occasion for is refused.
        """),
  ]
}
