package import Compression
package import NeuralNetwork
import Synchronization

/// From a recipe to the compressed network and its size.
extension Laboratory {
  /// The compressed network; fine-tuning and calibration load the training set.
  ///
  /// - Throws: `RecipeError` for a recipe that the network does not support, `LabError.cancelled`, or what
  ///   loading the training set throws.
  package func compressed(
    _ recipe: Recipe, isCancelled: @escaping @Sendable () -> Bool = { false },
    progress: @escaping @Sendable (TrainingProgress) -> Void = { _ in }
  ) throws -> CompressedNetwork {
    try recipe.checkCombination()
    let key = recipe.weightsKey
    if let known = memory.withLock({ $0.compressed.value(for: key) }) { return known }
    let context = CompressionContext(
      threads: threads, training: { [self] in try training() }, isCancelled: isCancelled,
      progress: progress)
    do {
      let compressed = try Compressor.quantize(
        prepared(key, context: context), key, context: context)
      memory.withLock { $0.compressed.keep(compressed, for: key) }
      return compressed
    } catch CompressionError.cancelled {
      throw LabError.cancelled
    }
  }

  /// The network before its weights are rounded.
  private func prepared(_ recipe: Recipe, context: CompressionContext) throws -> Network {
    let key = recipe.preparationKey
    let known = memory.withLock { $0.prepared.value(for: key) ?? $0.tuned.value(for: key) }
    if let known { return known }
    let prepared = try Compressor.pruneAndTune(network, key, context: context)
    memory.withLock { memory in
      if key.finetune.epochs > 0 {
        memory.tuned.keep(prepared, for: key)
      } else {
        memory.prepared.keep(prepared, for: key)
      }
    }
    return prepared
  }

  /// Whether a recipe trains when it is measured next: it fine-tunes and has not done so yet.
  package func willTrain(_ recipe: Recipe) -> Bool {
    guard recipe.finetune.epochs > 0 else { return false }
    return memory.withLock { $0.tuned.value(for: recipe.weightsKey.preparationKey) } == nil
  }

  /// Fine-tunes a recipe's network while somebody looks on.
  ///
  /// A training that comes to its end is kept, so that measuring the recipe begins with it; one that
  /// the observer ends is not.
  ///
  /// - Returns: what was learnt by a training that the observer ended, nil after a whole one.
  /// - Throws: `RecipeError`, `LabError.cancelled`, or what loading the training set throws.
  func train(
    _ recipe: Recipe, observer: TrainingObserver, isCancelled: @escaping @Sendable () -> Bool
  ) throws -> Network? {
    try recipe.checkCombination()
    let wasEnded = Mutex(false)
    let key = recipe.weightsKey.preparationKey
    var context = CompressionContext(
      threads: threads, training: { [self] in try training() }, isCancelled: isCancelled)
    context.observer = observer
    context.observer.isEnded = {
      let isEnded = observer.isEnded()
      if isEnded { wasEnded.withLock { $0 = true } }
      return isEnded
    }
    do {
      let tuned = try Compressor.pruneAndTune(network, key, context: context)
      if wasEnded.withLock({ $0 }) { return tuned }
      memory.withLock { $0.tuned.keep(tuned, for: key) }
      return nil
    } catch CompressionError.cancelled {
      throw LabError.cancelled
    }
  }

  /// A laboratory of its own that takes a network for what a recipe's training gives.
  ///
  /// What it measures is not found by this one.
  func holding(_ tuned: Network, for recipe: Recipe) -> Laboratory {
    let other = Laboratory(network: network, test: test, threads: threads) { [self] in
      try training()
    }
    let baseline = memory.withLock { $0.baseline }
    other.memory.withLock { memory in
      memory.baseline = baseline
      memory.tuned.keep(tuned, for: recipe.weightsKey.preparationKey)
    }
    return other
  }

  /// What the compressed network is: parameters, operations, bytes, errors of its weights.
  ///
  /// A format that cannot hold the network, such as `csr16` for very long rows, is left out.
  ///
  /// - Throws: What compressing throws (see `compressed`).
  package func size(
    of recipe: Recipe, formats: [StorageFormat] = StorageFormat.allCases,
    isCancelled: @escaping @Sendable () -> Bool = { false }
  ) throws -> NetworkSize {
    let compressed = try compressed(recipe, isCancelled: isCancelled)
    let key = recipe.weightsKey
    var bytes = memory.withLock { $0.sizes.value(for: key) } ?? [:]
    for format in formats where bytes[format] == nil {
      if isCancelled() { throw LabError.cancelled }
      bytes[format] = try Laboratory.length(of: compressed.tensors, as: format)
    }
    memory.withLock { $0.sizes.keep(bytes, for: key) }
    return NetworkSize(
      sparsity: compressed.sparsity, parameters: compressed.network.parameterCount,
      macs: compressed.network.macs, bytes: bytes.filter { formats.contains($0.key) },
      layers: compressed.kernels)
  }

  /// The length of the file that a format writes, or nil if the format cannot hold the tensors.
  private static func length(
    of tensors: [StoredTensor], as format: StorageFormat
  ) throws(StorageError) -> Int? {
    do {
      return try TensorFile.encode(tensors, as: format).count
    } catch {
      if case .unsupported = error { return nil }
      throw error
    }
  }
}
