import NeuralNetwork

/// Prunes by what calibration images show of the layers' inputs: Wanda, and second order.
///
/// Scores are compared within a layer or an output, never between layers, so that every kernel in
/// scope loses the same share.
enum CalibratedPruner {
  /// The pruned network.
  ///
  /// - Parameter recipe: gives the pruning and the calibration images.
  static func prune(
    _ network: Network, _ recipe: Recipe, context: CompressionContext
  ) throws -> Network {
    let pruning = recipe.prune
    let inputs = LayerInputs(
      network, images: try context.calibration(recipe), count: recipe.activations.samples)
    if pruning.pattern.isStructured {
      let norms = network.kernels.indices.map { inputs.norms(ofKernel: $0) }
      let weighted = zip(network.kernels, norms).reduce(into: [String: Tensor]()) {
        $0[$1.0.name.layer] = CalibratedPruner.weighted($1.0.tensor, by: $1.1)
      }
      return StructuredPruner.remove(from: network, pruning, seed: recipe.seed) { weighted[$0] }
    }
    var pruned = network
    for (index, kernel) in network.kernels.enumerated() where isInScope(kernel, pruning) {
      if context.isCancelled() { throw CompressionError.cancelled }
      let result: Tensor
      switch pruning.criterion {
      case .obs:
        let hessian = try inputs.hessian(
          ofKernel: index, threads: context.threads, isCancelled: context.isCancelled)
        result = try secondOrder(kernel.tensor, hessian, pruning, context)
      default:
        let weighted = weighted(kernel.tensor, by: inputs.norms(ofKernel: index))
        result = wanda(kernel.tensor, weighted, pruning)
      }
      pruned.setParameter(kernel.name, to: result)
    }
    return pruned
  }

  /// Wanda: of every output's weights those of least |w|·‖x‖₂ go.
  ///
  /// Sun et al. 2023, "A Simple and Effective Pruning Approach for Large Language Models".
  private static func wanda(_ kernel: Tensor, _ weighted: Tensor, _ pruning: Pruning) -> Tensor {
    let scores = magnitudeKeys(weighted)
    switch pruning.pattern {
    case .kept(let kept, let size):
      return GroupPruner.prune(kernel, scores: scores, keeping: kept, ofEach: size)
    case .block:
      return BlockPruner.prune([kernel], scoredBy: [weighted], share: pruning.sparsity)[0]
    default:
      let outputs = kernel.shape.last ?? 1
      var result = kernel
      for output in 0..<outputs {
        let places = Array(stride(from: output, to: kernel.count, by: outputs))
        var column = [places.map { kernel.elements[$0] }]
        UnstructuredPruner.prune(
          &column, scores: [places.map { scores[$0] }], sparsity: pruning.sparsity)
        for (place, weight) in zip(places, column[0]) { result.elements[place] = weight }
      }
      return result
    }
  }

  /// Second order with weight update: Optimal Brain Surgeon (Hassibi and Stork 1993) in the one-pass
  /// form of SparseGPT (Frantar and Alistarh 2023).
  ///
  /// A weight's saliency is (w / U_ii)² = (w·R_ii)² (see `InputHessian`). The mask is chosen over the
  /// whole layer, which is SparseGPT with a block as wide as the layer; the weights that stay then
  /// make up for those that went.
  private static func secondOrder(
    _ kernel: Tensor, _ hessian: InputHessian, _ pruning: Pruning, _ context: CompressionContext
  ) throws -> Tensor {
    let weighted = weighted(kernel, by: (0..<hessian.inputs).map(hessian.scale(ofInput:)))
    let scores = magnitudeKeys(weighted)
    var marks = [Tensor(shape: kernel.shape, elements: kernel.elements.map { _ in 1 })]
    switch pruning.pattern {
    case .kept(let kept, let size):
      marks[0] = GroupPruner.prune(marks[0], scores: scores, keeping: kept, ofEach: size)
    case .block:
      marks = BlockPruner.prune(marks, scoredBy: [weighted], share: pruning.sparsity)
    default:
      var elements = [marks[0].elements]
      UnstructuredPruner.prune(&elements, scores: [scores], sparsity: pruning.sparsity)
      marks[0].elements = elements[0]
    }
    let outputs = kernel.shape.last ?? 1
    let mask = marks[0].elements
    return try hessian.compensate(kernel, isCancelled: context.isCancelled) { input, weights in
      for output in 0..<outputs where mask[input * outputs + output] == 0 { weights[output] = 0 }
    }
  }

  private static func isInScope(_ kernel: NamedParameter, _ pruning: Pruning) -> Bool {
    if pruning.pattern.isForDenseLayers, kernel.tensor.shape.count != 2 { return false }
    guard case .named(let layer) = pruning.scope else { return true }
    return kernel.name.layer == layer
  }

  private static func magnitudeKeys(_ tensor: Tensor) -> [UInt32] {
    tensor.elements.map(OrderStatistic.magnitudeKey)
  }

  /// Weights times a factor for each input.
  static func weighted(_ kernel: Tensor, by factors: [Float]) -> Tensor {
    let outputs = kernel.shape.last ?? 1
    return Tensor(
      shape: kernel.shape,
      elements: kernel.elements.enumerated().map { $1 * factors[$0 / outputs] })
  }
}
