import NeuralNetwork

/// Fine-tunes a network as a recipe says.
enum NetworkTuner {
  /// The network after fine-tuning; its weights are floats, not rounded.
  ///
  /// - Parameter teacher: The float network, whose answers a distillation learns from.
  static func tune(
    _ network: Network, _ recipe: Recipe, teacher: Network, context: CompressionContext
  ) throws -> Network {
    guard recipe.finetune.epochs > 0 else { return network }
    let training = try context.training()
    let options = TrainingOptions(
      epochs: recipe.finetune.epochs, batchSize: FineTuner.batchSize,
      learningRate: Float(recipe.finetune.rate),
      seed: UInt64(recipe.seed), threads: context.threads)
    var rules = try rules(for: recipe, context: context)
    if let temperature = recipe.finetune.distill, recipe.finetune.mix > 0 {
      rules.distillation = Distillation(
        teacher: teacher, on: training, temperature: Float(temperature),
        alpha: Float(recipe.finetune.mix), threads: context.threads)
    }
    let tuned = FineTuner.tune(
      network, on: training, rules: rules,
      options: options, isCancelled: context.isCancelled, progress: context.progress,
      observer: context.observer)
    guard let tuned else { throw CompressionError.cancelled }
    return tuned
  }

  private static func rules(
    for recipe: Recipe, context: CompressionContext
  ) throws -> FineTuningRules {
    var rules = FineTuningRules()
    let prune = recipe.prune
    if recipe.order == .pruneFirst, !prune.isIdentity, !prune.pattern.isStructured {
      switch recipe.finetune.schedule {
      case .constant: rules.keepsZeros = recipe.injection.fault != .droppedMask
      case .polynomial:
        rules.prune = { network, progress in
          var step = prune
          step.sparsity = prune.sparsity * FineTuning.Schedule.polynomial.share(at: progress)
          return Pruner.prune(network, step, seed: recipe.seed)
        }
      }
    }
    guard recipe.finetune.mode == .qat else { return rules }
    let activations = recipe.activations
    let layers = Dictionary(
      uniqueKeysWithValues: recipe.quantizedLayers.map { ($0.layer, $0.weights) })
    let passesGradient = recipe.injection.fault != .noGradient
    rules.activationsPassGradient = passesGradient
    if !layers.isEmpty {
      rules.round = { kernels in
        kernels.map { kernel in
          layers[kernel.name.layer].map {
            round(kernel, $0, passesGradient: passesGradient)
          }
            ?? RoundedKernel(values: kernel.tensor, clipped: [])
        }
      }
    }
    if activations.bits < 32 {
      let threads = context.threads
      let images = try context.calibration(recipe)
      rules.activationGrids = { network in
        ActivationCalibrator.statistics(
          of: network, on: images, count: activations.samples,
          hasDistribution: activations.range != .minimumToMaximum, threads: threads
        )?.grids(bits: activations.bits, range: activations.range) ?? [:]
      }
    }
    return rules
  }

  /// A kernel on the recipe's grid, as the final rounding would put it.
  static func round(
    _ kernel: NamedParameter, _ options: WeightQuantization, passesGradient: Bool = true
  ) -> RoundedKernel {
    let quantized = WeightQuantizer.quantize(kernel.tensor, options)
    return RoundedKernel(
      values: quantized.dequantized, clipped: clipped(kernel.tensor, quantized, options),
      passesGradient: passesGradient)
  }

  /// The weights beyond the ends of their grid by more than half a step.
  ///
  /// A grid from the least to the greatest weight clips nothing. One bit has no end; its gradient
  /// passes for |w| ≤ 1 (Rastegari et al. 2016, XNOR-Net).
  private static func clipped(
    _ kernel: Tensor, _ quantized: QuantizedTensor, _ options: WeightQuantization
  ) -> [Int] {
    if options.bits == 1, options.scheme == .symmetric {
      return kernel.elements.indices.filter { kernel.elements[$0].magnitude > 1 }
    }
    guard options.range != .minimumToMaximum else { return [] }
    let layout = quantized.layout
    var clipped: [Int] = []
    for block in 0..<layout.blocks {
      for row in layout.rows(ofBlock: block) {
        for column in 0..<layout.columns {
          let index = row * layout.columns + column
          let code = quantized.codes[index]
          guard code == layout.qmax || code == layout.qmin else { continue }
          let scale = quantized.scales[layout.scaleIndex(block: block, column: column)]
          let distance = (kernel.elements[index] - quantized.dequantized.elements[index]).magnitude
          if distance > scale / 2 { clipped.append(index) }
        }
      }
    }
    return clipped
  }
}
