package import NeuralNetwork

/// Applies the pruning of a recipe to a network.
package enum Pruner {
  /// The pruned network by a criterion that looks at weights alone; filter and neuron patterns return a smaller one.
  ///
  /// Biases are never pruned. See the patterns for what exactly is removed.
  ///
  /// - Parameters:
  ///   - seed: What a random order depends on.
  ///   - isTransposed: Whether groups of n:m run along the outputs, which is a mistake.
  package static func prune(
    _ network: Network, _ pruning: Pruning, seed: Int = 1, isTransposed: Bool = false
  ) -> Network {
    if pruning.isIdentity { return network }
    switch pruning.pattern {
    case .unstructured:
      return pruneWeights(of: network, pruning, seed)
    case .kept(let kept, let size):
      return pruneGroups(of: network, pruning, seed) { kernel, scores in
        isTransposed
          ? GroupPruner.pruneTransposed(kernel, scores: scores, keeping: kept, ofEach: size)
          : GroupPruner.prune(kernel, scores: scores, keeping: kept, ofEach: size)
      }
    case .block:
      return pruneBlocks(of: network, pruning, seed)
    case .filter, .neuron:
      return StructuredPruner.remove(from: network, pruning, seed: seed)
    }
  }

  /// The pruned network, by any criterion; some look at training images.
  static func prune(
    _ network: Network, _ recipe: Recipe, context: CompressionContext
  ) throws -> Network {
    guard recipe.prune.criterion.isCalibrated, !recipe.prune.isIdentity else {
      return prune(
        network, recipe.prune, seed: recipe.seed,
        isTransposed: recipe.injection.fault == .transposedPattern)
    }
    return try CalibratedPruner.prune(network, recipe, context: context)
  }

  private static func pruneBlocks(
    of network: Network, _ pruning: Pruning, _ seed: Int
  ) -> Network {
    let kernels = network.kernels.filter { kernel in
      guard kernel.tensor.shape.count == 2 else { return false }
      if case .named = pruning.scope { return isScope(pruning.scope, of: kernel) }
      return true
    }
    let scores = blockScores(of: kernels, pruning, seed)
    let together =
      pruning.scope == .global ? [Array(kernels.indices)] : kernels.indices.map { [$0] }
    var pruned = network
    for group in together {
      let results = BlockPruner.prune(
        group.map { kernels[$0].tensor }, scoredBy: group.map { scores[$0] },
        share: pruning.sparsity)
      for (index, result) in zip(group, results) {
        pruned.setParameter(kernels[index].name, to: result)
      }
    }
    return pruned
  }

  /// For each kernel what its blocks are ranked by, the lowest mean first.
  private static func blockScores(
    of kernels: [NamedParameter], _ pruning: Pruning, _ seed: Int
  ) -> [Tensor] {
    func tensors(_ elements: [[Float]]) -> [Tensor] {
      zip(kernels, elements).map { Tensor(shape: $0.tensor.shape, elements: $1) }
    }
    switch pruning.criterion {
    case .random:
      return tensors(
        scores(of: kernels, criterion: .random, seed).map { keys in keys.map { Float($0) } })
    case .largest:
      let greatest = kernels.flatMap(\.tensor.elements).reduce(Float(0)) { max($0, $1.magnitude) }
      return tensors(kernels.map { $0.tensor.elements.map { greatest - $0.magnitude } })
    case .magnitude, .wanda, .obs:
      return tensors(kernels.map { $0.tensor.elements.map(\.magnitude) })
    }
  }

  private static func pruneWeights(
    of network: Network, _ pruning: Pruning, _ seed: Int
  ) -> Network {
    let kernels = network.kernels
    // Magnitudes are ranked where they stand; only other scores have to be made.
    let scores =
      [.random, .largest].contains(pruning.criterion)
      ? scores(of: kernels, criterion: pruning.criterion, seed) : nil
    let groups =
      pruning.scope == .global
      ? [Array(kernels.indices)]
      : kernels.indices.filter {
        pruning.scope == .layer || isScope(pruning.scope, of: kernels[$0])
      }
      .map { [$0] }
    var pruned = network
    for group in groups {
      var weights = group.map { kernels[$0].tensor.elements }
      UnstructuredPruner.prune(
        &weights, scores: scores.map { scores in group.map { scores[$0] } },
        sparsity: pruning.sparsity)
      for (index, elements) in zip(group, weights) {
        pruned.setParameter(
          kernels[index].name,
          to: Tensor(shape: kernels[index].tensor.shape, elements: elements))
      }
    }
    return pruned
  }

  private static func pruneGroups(
    of network: Network, _ pruning: Pruning, _ seed: Int,
    _ prune: (_ kernel: Tensor, _ scores: [UInt32]) -> Tensor
  ) -> Network {
    let kernels = network.kernels
    let scores = scores(of: kernels, criterion: pruning.criterion, seed)
    var pruned = network
    for (kernel, scores) in zip(kernels, scores) where kernel.tensor.shape.count == 2 {
      if case .named = pruning.scope, !isScope(pruning.scope, of: kernel) { continue }
      pruned.setParameter(kernel.name, to: prune(kernel.tensor, scores))
    }
    return pruned
  }

  private static func scores(
    of kernels: [NamedParameter], criterion: Pruning.Criterion, _ seed: Int
  ) -> [[UInt32]] {
    var offset = 0
    return kernels.map { kernel in
      defer { offset += kernel.tensor.count }
      return PruningScore.scores(
        of: kernel.tensor.elements, criterion: criterion, offset: offset, seed: seed)
    }
  }

  private static func isScope(_ scope: Pruning.Scope, of kernel: NamedParameter) -> Bool {
    scope == .named(kernel.name.layer)
  }
}
