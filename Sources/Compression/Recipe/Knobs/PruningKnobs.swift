import Localization

extension Knob {
  /// What is pruned.
  static let pruning: [Knob] = [
    Knob(
      "prune.pattern", Phrase("Pattern"),
      help: Phrase(
        """
        The shape of what is removed. The n:m patterns keep n weights of every m consecutive \
        inputs of a dense layer and fix the sparsity themselves; block zeroes 4×4 squares of the \
        dense kernels; filter and neuron shrink the network.
        """),
      values: .names(\.prune.pattern, Pruning.Pattern.all.map(\.rawValue)),
      firstStage: pruningStage,
      conflict: { $0.patternConflict },
      baselineNeed: {
        $0.prune.isIdentity || !$0.prune.pattern.isStructured
          ? nil : zeroingPattern(not: $0.prune.pattern)
      },
      translation: .said()),
    Knob(
      "prune.criterion", Phrase("Criterion"),
      help: Phrase(
        """
        What goes first: the smallest magnitude (L1 norm), a random order from the seed, the largest \
        magnitude (for contrast), the smallest magnitude times input norm (Wanda), or the least \
        second-order loss with an update of the rest (OBS). The last two give every kernel in scope \
        the same share.
        """),
      values: .names(\.prune.criterion),
      firstStage: pruningStage,
      conflict: {
        $0.prune.criterion == .obs && $0.prune.pattern.isStructured
          ? .needs("prune.criterion=obs", zeroingPattern(not: $0.prune.pattern)) : nil
      },
      baselineNeed: {
        $0.prunesByInputs
          ? .oneOf("prune.criterion", ["magnitude", "random"], not: $0.prune.criterion.rawValue)
          : nil
      },
      translation: .said { recipe, dialect in
        recipe.prune.criterionObstacle(in: dialect).map {
          [(recipe.prune.criterion.rawValue, $0)]
        } ?? []
      }),
    Knob(
      "prune.scope", Phrase("Scope"),
      help: Phrase(
        """
        Over which weights the ranking runs: all kernels together, each kernel by itself, or one \
        layer alone.
        """),
      values: .names(\.prune.scope, ["global", "layer"] + Recipe.layerNames),
      firstStage: pruningStage,
      translation: .said { recipe, dialect in
        let prune = recipe.prune
        guard dialect == .pytorch, prune.pattern == .block, prune.scope == .global,
          !prune.isIdentity, prune.criterionObstacle(in: dialect) == nil
        else { return [] }
        return [
          (
            "global",
            Phrase(
              "torch.ao's WeightNormSparsifier ranks the blocks of each layer by itself; "
                + "prune.scope=layer works")
          )
        ]
      }),
    Knob(
      "prune.sparsity", Phrase("Sparsity"),
      help: Phrase(
        """
        The share of weights that become zero, or of filters or neurons that leave (at least one \
        stays). An n:m pattern fixes the sparsity itself and applies whatever stands here.
        """),
      values: .fraction(\.prune.sparsity, 0...0.99),
      firstStage: pruningStage,
      translation: .said()),
  ]

  /// What becomes of the first dense layer's matrix.
  static let factorization: [Knob] = [
    Knob(
      "factorize.rank", Phrase("Low rank"),
      help: Phrase(
        """
        Replaces the first dense layer's matrix by the nearest product of two thinner ones of this \
        width (truncated SVD). Below 125 the two hold fewer weights than the one.
        """),
      values: .offOrCount(\.factorize.rank, 1...128, positions: [1, 2, 4, 8, 16, 32, 64, 128]),
      conflict: { $0.factorizationConflict })
  ]

  private static let pruningStage: @Sendable (Recipe) -> CompressionStage? = {
    $0.prune.isIdentity ? nil : .preparation
  }

  private static func zeroingPattern(not pattern: Pruning.Pattern) -> Phrase {
    Phrase("a prune.pattern that sets weights to zero, not \(pattern.rawValue)")
  }
}

extension Recipe {
  fileprivate var patternConflict: RecipeError? {
    let pattern = prune.pattern
    if case .named(let layer) = prune.scope, let layers = pattern.layers, !layers.contains(layer) {
      return .needs(
        "prune.pattern=\(pattern.rawValue)",
        .oneOf("prune.scope", ["global", "layer"] + layers, not: layer))
    }
    guard order == .quantizeFirst, pattern.isStructured, !prune.isIdentity else { return nil }
    return .needs(
      "order=quantize-first",
      Phrase(
        "a prune.pattern that sets weights to zero, not \(pattern.rawValue), which makes the "
          + "network smaller"))
  }

  fileprivate var factorizationConflict: RecipeError? {
    guard let rank = factorize.rank else { return nil }
    let need: Phrase
    if !prune.isIdentity, !prune.pattern.isStructured {
      need = Phrase(
        "prune.pattern to be one of filter, neuron, or prune.sparsity=0: the two matrices would "
          + "not keep single zeros")
    } else if tunesQuantized {
      need = .setting("finetune.mode=float")
    } else if activations.smooth != nil {
      need = .setting("activations.smooth=off")
    } else if let rounding = calibratedRounding {
      need = .oneOf("weights.rounding", ["nearest", "stochastic"], not: rounding.rawValue)
    } else {
      return nil
    }
    return .needs("factorize.rank=\(rank)", need)
  }
}

extension Pruning {
  /// Why a framework cannot rank by the criterion; nil if it can.
  fileprivate func criterionObstacle(in dialect: CodeDialect) -> Phrase? {
    guard !isIdentity else { return nil }
    switch criterion {
    case .magnitude: return nil
    case .random:
      return pattern == .unstructured || pattern.isStructured
        ? nil
        : Phrase(
          "the frameworks draw single weights or whole channels at random, not blocks or n:m groups"
        )
    case .largest:
      return Phrase("the frameworks remove the smallest weights first, never the largest")
    case .wanda:
      switch dialect {
      case .keras:
        return Phrase("TFMOT 0.8.1 ranks weights by magnitude alone")
      case .pytorch:
        return Phrase(
          "torchao 0.18's WandaSparsifier ranks the weights of a whole layer, not of each output")
      }
    case .obs:
      return Phrase(
        "neither TFMOT 0.8.1 nor torchao 0.18 prunes by second order with an update of the rest")
    }
  }
}

extension Pruning.Pattern {
  /// The layers that a pattern other than single weights can be confined to; nil for any.
  fileprivate var layers: [String]? {
    switch self {
    case .unstructured: nil
    case .kept, .block: ["dense", "dense_1"]
    case .filter: ["conv2d"]
    case .neuron: ["dense"]
    }
  }
}
