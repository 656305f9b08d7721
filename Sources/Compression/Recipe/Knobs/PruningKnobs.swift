import Localization

extension Knob {
  /// What is pruned.
  static let pruning: [Knob] = [
    Knob(
      "prune.pattern", Phrase("Pattern", "剪枝模式"),
      help: Phrase(
        """
        The shape of what is removed. The n:m patterns keep n weights of every m consecutive \
        inputs of a dense layer and fix the sparsity themselves; block zeroes 4×4 squares of the \
        dense kernels; filter and neuron shrink the network.
        """,
        """
        剪掉的是什么形状。n:m 在全连接层每 m 个相邻输入中保留 n 个权重，稀疏度由模式本身决定；filter 与 neuron 会真正缩小网络。
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
      "prune.criterion", Phrase("Criterion", "剪枝准则"),
      help: Phrase(
        """
        What goes first: the smallest magnitude (L1 norm), a random order from the seed, the largest \
        magnitude (for contrast), the smallest magnitude times input norm (Wanda), or the least \
        second-order loss with an update of the rest (OBS). The last two give every kernel in scope \
        the same share.
        """,
        """
        先剪谁：幅值（L1 范数）最小的、随机种子排出的、幅值最大的（作对照）、幅值乘输入范数最小的（Wanda），或二阶损失最小并补偿其余权重的（OBS）。\
        最后两种让范围内每个核剪去同样的比例。
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
      "prune.scope", Phrase("Scope", "排序范围"),
      help: Phrase(
        """
        Over which weights the ranking runs: all kernels together, each kernel by itself, or one \
        layer alone.
        """,
        "在哪些权重之间排序：全部卷积核与矩阵一起排、逐层分别排，或只剪某一层。"),
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
                + "prune.scope=layer works",
              "torch.ao 的 WeightNormSparsifier 只在层内给块排序；改用 prune.scope=layer 即可")
          )
        ]
      }),
    Knob(
      "prune.sparsity", Phrase("Sparsity", "稀疏度"),
      help: Phrase(
        """
        The share of weights that become zero, or of filters or neurons that leave (at least one \
        stays). An n:m pattern fixes the sparsity itself and applies whatever stands here.
        """,
        "置零的权重（或删去的卷积核、神经元）所占比例。n:m 模式自带稀疏度，与此处的值无关。"),
      values: .fraction(\.prune.sparsity, 0...0.99),
      firstStage: pruningStage,
      translation: .said()),
  ]

  /// What becomes of the first dense layer's matrix.
  static let factorization: [Knob] = [
    Knob(
      "factorize.rank", Phrase("Low rank", "低秩分解"),
      help: Phrase(
        """
        Replaces the first dense layer's matrix by the nearest product of two thinner ones of this \
        width (truncated SVD). Below 125 the two hold fewer weights than the one.
        """,
        "把第一个全连接层的矩阵换成两个更窄矩阵之积（截断 SVD），两者之间的宽度就是秩。秩小于 125 时权重才会变少。"),
      values: .offOrCount(\.factorize.rank, 1...128, positions: [1, 2, 4, 8, 16, 32, 64, 128]),
      conflict: { $0.factorizationConflict })
  ]

  private static let pruningStage: @Sendable (Recipe) -> CompressionStage? = {
    $0.prune.isIdentity ? nil : .preparation
  }

  private static func zeroingPattern(not pattern: Pruning.Pattern) -> Phrase {
    Phrase(
      "a prune.pattern that sets weights to zero, not \(pattern.rawValue)",
      "prune.pattern 把权重置零，不能是 \(pattern.rawValue)")
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
          + "network smaller",
        "prune.pattern 把权重置零，不能是会缩小网络的 \(pattern.rawValue)"))
  }

  fileprivate var factorizationConflict: RecipeError? {
    guard let rank = factorize.rank else { return nil }
    let need: Phrase
    if !prune.isIdentity, !prune.pattern.isStructured {
      need = Phrase(
        "prune.pattern to be one of filter, neuron, or prune.sparsity=0: the two matrices would "
          + "not keep single zeros",
        "prune.pattern 为 filter、neuron 之一，或 prune.sparsity=0：两个矩阵留不住单个的零")
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
          "the frameworks draw single weights or whole channels at random, not blocks or n:m groups",
          "两个框架只能随机剪单个权重或整个通道，不能随机剪块或 n:m 组")
    case .largest:
      return Phrase(
        "the frameworks remove the smallest weights first, never the largest",
        "两个框架都先剪最小的权重，不会先剪最大的")
    case .wanda:
      switch dialect {
      case .keras:
        return Phrase("TFMOT 0.8.1 ranks weights by magnitude alone", "TFMOT 0.8.1 只按幅值给权重排序")
      case .pytorch:
        return Phrase(
          "torchao 0.18's WandaSparsifier ranks the weights of a whole layer, not of each output",
          "torchao 0.18 的 WandaSparsifier 在整层范围内排序，而不是逐个输出排序")
      }
    case .obs:
      return Phrase(
        "neither TFMOT 0.8.1 nor torchao 0.18 prunes by second order with an update of the rest",
        "TFMOT 0.8.1 与 torchao 0.18 都没有带权重补偿的二阶剪枝")
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
