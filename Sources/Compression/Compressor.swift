package import NeuralNetwork

/// Applies a recipe to a network's weights.
package enum Compressor {
  /// Prunes, fine-tunes and rounds in the recipe's order.
  ///
  /// Activations are not part of it: they are rounded while the network runs, on grids that
  /// `ActivationCalibrator` finds.
  ///
  /// - Throws: `RecipeError`, `CompressionError`, or what loading the training set throws.
  package static func compress(
    _ network: Network, _ recipe: Recipe, context: CompressionContext = .withoutImages
  ) throws -> CompressedNetwork {
    try recipe.checkCombination()
    return try quantize(pruneAndTune(network, recipe, context: context), recipe, context: context)
  }

  /// The first half: what happens before the weights are rounded.
  ///
  /// `prune-first` prunes, factorises and fine-tunes what is left; `quantize-first` fine-tunes the whole network.
  package static func pruneAndTune(
    _ network: Network, _ recipe: Recipe, context: CompressionContext
  ) throws -> Network {
    try recipe.checkSupport(by: network)
    let network = Outliers.plant(in: network, recipe.injection)
    let isRamp =
      recipe.finetune.epochs > 0 && recipe.finetune.schedule == .polynomial
      && !recipe.prune.isIdentity
    var start =
      recipe.order == .quantizeFirst || isRamp
      ? network : try Pruner.prune(network, recipe, context: context)
    if let rank = recipe.factorize.rank {
      start = LowRank.factorize(start, rank: rank)
    }
    return try NetworkTuner.tune(start, recipe, teacher: network, context: context)
  }

  /// The second half: rounds the weights; `quantize-first` prunes them afterwards.
  package static func quantize(
    _ prepared: Network, _ recipe: Recipe, context: CompressionContext
  ) throws -> CompressedNetwork {
    try recipe.checkSupport(by: prepared)
    let fault = recipe.injection.fault
    var prepared = ConversionFault.beforeRounding(prepared, fault)
    if let alpha = recipe.activations.smooth {
      let inputs = LayerInputs(
        prepared, images: try context.calibration(recipe), count: recipe.activations.samples)
      prepared = Smoother.smooth(prepared, alpha: alpha, inputs: inputs)
    }
    if recipe.weights.equalize == .on, !recipe.quantizedLayers.isEmpty {
      prepared = Equalizer.equalize(prepared)
    }
    let rounded = try roundKernels(prepared, recipe, context: context)
    guard recipe.order == .quantizeFirst, !recipe.prune.isIdentity else { return rounded }
    let pruned = try Pruner.prune(rounded.network, recipe, context: context)
    let zeroed = rounded.tensors.map { stored in
      let kernel = pruned.parameters.first { $0.name == stored.name }?.tensor
      return kernel.map { stored.keepingZeros(of: $0) } ?? stored
    }
    return CompressedNetwork(unrounded: prepared, tensors: zeroed, inPlaceOf: pruned)
  }

  /// Rounds the kernels of a network that may have been pruned, in file order.
  private static func roundKernels(
    _ network: Network, _ recipe: Recipe, context: CompressionContext
  ) throws -> CompressedNetwork {
    var running = network
    var tensors: [StoredTensor] = []
    var kernels = 0
    for parameter in network.parameters {
      var values = StoredTensor.Values.float(parameter.tensor)
      if parameter.isKernel {
        if let options = recipe.rounding(of: parameter.name.layer) {
          let rounder = WeightRounder(options: options, recipe: recipe, context: context)
          values = try rounder.round(kernels, of: running)
        }
        kernels += 1
      }
      let stored = ConversionFault.afterRounding(
        StoredTensor(name: parameter.name, values: values), recipe.injection.fault)
      if parameter.isKernel { running.setParameter(parameter.name, to: stored.tensor) }
      tensors.append(stored)
    }
    return CompressedNetwork(unrounded: network, tensors: tensors, inPlaceOf: network)
  }
}

extension CompressedNetwork {
  /// Puts stored tensors into a network of their shapes and reports on each kernel.
  init(unrounded: Network, tensors: [StoredTensor], inPlaceOf network: Network) {
    var running = network
    var reports: [KernelReport] = []
    for (stored, parameter) in zip(tensors, unrounded.parameters) {
      let values = stored.tensor
      running.setParameter(stored.name, to: values)
      guard parameter.isKernel else { continue }
      let ratio =
        stored.isFloat && values == parameter.tensor
        ? .infinity : QuantizationError.signalToNoise(of: parameter.tensor, rounded: values)
      reports.append(
        KernelReport(
          name: stored.name.text, shape: values.shape, bits: stored.bits,
          zeroCount: values.zeroCount,
          signalToNoise: ratio))
    }
    self.init(network: running, unrounded: unrounded, tensors: tensors, kernels: reports)
  }
}
