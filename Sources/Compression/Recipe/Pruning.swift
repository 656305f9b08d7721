/// Which weights become zero, or leave the network.
///
/// Only the kernels of convolutions and dense layers are pruned; biases stay as they are.
package struct Pruning: Sendable, Hashable {
  /// The shape of what is removed.
  package var pattern = Pattern.unstructured
  /// What decides which weights go first.
  package var criterion = Criterion.magnitude
  /// Over which weights the ranking runs.
  package var scope = Scope.global
  /// The share of weights, filters or neurons to remove, 0 … 0.99; n:m patterns fix their own.
  package var sparsity = 0.0

  /// Makes the pruning that removes nothing.
  package init() {}

  /// Whether the network stays as it is.
  package var isIdentity: Bool {
    if case .kept = pattern { return false }
    return sparsity == 0
  }
}

extension Pruning {
  /// The shape of what is removed.
  package enum Pattern: Sendable, Hashable, RawRepresentable {
    /// Single weights anywhere in the kernels become zero.
    case unstructured
    /// Of every `ofEach` consecutive inputs of an output, `kept` weights stay (n:m sparsity).
    case kept(Int, ofEach: Int)
    /// Squares of 4 inputs × 4 outputs of the dense kernels become zero (see `BlockPruner`).
    case block
    /// Whole convolution filters leave, and the network shrinks.
    case filter
    /// Whole units of the first dense layer leave, and the network shrinks.
    case neuron

    /// All patterns that the engine runs.
    package static let all: [Pattern] = [
      .unstructured, .kept(2, ofEach: 4), .kept(1, ofEach: 4), .kept(4, ofEach: 8), .block,
      .filter, .neuron,
    ]

    /// The pattern of that text, such as `2:4`.
    package init?(rawValue: String) {
      guard let pattern = Pattern.all.first(where: { $0.rawValue == rawValue }) else { return nil }
      self = pattern
    }

    /// Whether the pattern removes whole channels, so that the network gets smaller.
    package var isStructured: Bool { self == .filter || self == .neuron }

    /// Whether convolutions are left alone.
    var isForDenseLayers: Bool {
      switch self {
      case .kept, .block: true
      case .unstructured, .filter, .neuron: false
      }
    }

    /// Whether `prune.sparsity` decides how much is removed.
    package var followsSparsity: Bool {
      if case .kept = self { return false }
      return true
    }

    /// The pattern as text, such as `2:4`.
    package var rawValue: String {
      switch self {
      case .unstructured: "unstructured"
      case .kept(let kept, let each): "\(kept):\(each)"
      case .block: "block"
      case .filter: "filter"
      case .neuron: "neuron"
      }
    }
  }

  /// What decides which weights go first.
  package enum Criterion: String, Sendable, Hashable, CaseIterable {
    /// The smallest magnitude goes first; a filter's or neuron's is its L1 norm.
    case magnitude
    /// An order drawn by the recipe's seed.
    case random
    /// The greatest magnitude goes first: the ranking turned round, to see what it is worth.
    case largest
    /// Magnitude times the norm of the input that the weight meets, compared within an output (Sun et
    /// al. 2023, "A Simple and Effective Pruning Approach for Large Language Models").
    case wanda
    /// The least loss of second order, with an update of the weights that stay (Hassibi and Stork
    /// 1993, Optimal Brain Surgeon; Frantar and Alistarh 2023, SparseGPT).
    case obs

    /// Whether calibration images are needed.
    package var isCalibrated: Bool { self == .wanda || self == .obs }
  }

  /// Over which weights the ranking runs.
  package enum Scope: Sendable, Hashable, RawRepresentable {
    /// All kernels together.
    case global
    /// Each kernel by itself, with the same share.
    case layer
    /// One layer alone; the others stay dense.
    case named(String)

    /// The scope of that text: `global`, `layer`, or a layer's name.
    package init?(rawValue: String) {
      switch rawValue {
      case "global": self = .global
      case "layer": self = .layer
      default:
        guard Recipe.knownLayerNames.contains(rawValue) else { return nil }
        self = .named(rawValue)
      }
    }

    /// The scope as text.
    package var rawValue: String {
      switch self {
      case .global: "global"
      case .layer: "layer"
      case .named(let name): name
      }
    }
  }
}

/// Whether the first dense layer is replaced by two thinner ones.
package struct Factorization: Sendable, Hashable {
  /// The columns of the first matrix and rows of the second that the layer becomes.
  ///
  /// Truncated singular value decomposition (Denton et al. 2014); nil leaves the layer one matrix.
  package var rank: Int?

  /// Makes the factorization that changes nothing.
  package init() {}
}
