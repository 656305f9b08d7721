import NeuralNetwork

/// Rounds the kernels of a network one after another by a recipe's method.
struct WeightRounder {
  /// How to round.
  let options: WeightQuantization
  /// Gives the calibration images, the seed and the fault.
  let recipe: Recipe
  /// Where training images come from.
  let context: CompressionContext

  /// What a file stores of a kernel.
  ///
  /// - Parameters:
  ///   - index: which of the network's kernels.
  ///   - network: the network in which earlier kernels are rounded already, so that inputs are those
  ///     that this kernel will meet, as in GPTQ.
  func round(_ index: Int, of network: Network) throws -> StoredTensor.Values {
    let kernel = network.kernels[index].tensor
    switch options.codebook {
    case .uniform: break
    case .kmeans, .quantile: return .codebook(CodebookQuantizer.quantize(kernel, options))
    }
    switch options.rounding {
    case .nearest:
      return .quantized(
        WeightQuantizer.quantize(
          kernel, options, wraps: recipe.disturbance.fault == .scale128))
    case .stochastic: return .quantized(stochastic(kernel))
    case .gptq:
      let hessian = try inputs(network).hessian(
        ofKernel: index, threads: context.threads, isCancelled: context.isCancelled)
      return .quantized(try gptq(kernel, hessian))
    case .adaround:
      return .quantized(
        try AdaptiveRounding(
          kernel, options, inputs: inputs(network), index: index, seed: UInt64(recipe.seed),
          context: context
        ).quantized())
    }
  }

  private func inputs(_ network: Network) throws -> LayerInputs {
    LayerInputs(
      network, images: try context.calibration(recipe), count: recipe.activations.samples)
  }

  /// Stochastic rounding with numbers that depend on the seed and the weight's place alone.
  private func stochastic(_ kernel: Tensor) -> QuantizedTensor {
    let grid = RoundingGrid(for: kernel, options)
    let columns = grid.layout.columns
    let codes = kernel.elements.enumerated().map { index, weight in
      // 24 bits are exact as a float below 1.
      let chance = Float(PruningScore.randomScore(index, seed: recipe.seed) >> 8) / 16_777_216
      return grid.drawn(weight, chance: chance, row: index / columns, column: index % columns)
    }
    return grid.tensor(codes)
  }

  /// GPTQ on a grid fixed beforehand; weights that are zero, as pruning leaves them, stay zero.
  func gptq(_ kernel: Tensor, _ hessian: InputHessian) throws -> QuantizedTensor {
    let grid = RoundingGrid(for: kernel, options)
    let columns = grid.layout.columns
    var codes = [Int32](repeating: 0, count: kernel.count)
    _ = try hessian.compensate(kernel, isCancelled: context.isCancelled) { row, weights in
      for column in 0..<columns {
        let place = row * columns + column
        let isZero = kernel.elements[place] == 0
        let code = grid.nearest(isZero ? 0 : weights[column], row: row, column: column)
        codes[place] = code
        weights[column] = grid.value(code, row: row, column: column)
      }
    }
    return grid.tensor(codes)
  }
}
