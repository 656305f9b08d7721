package import Compression
package import NeuralNetwork

extension Laboratory {
  /// What somebody sees of a compressed network: accuracy on the first test images, what changed, and
  /// what rounding did.
  ///
  /// - Parameter progress: told how far fine-tuning is.
  package func faultReport(
    of recipe: Recipe, isCancelled: @escaping @Sendable () -> Bool = { false },
    progress: @escaping @Sendable (TrainingProgress) -> Void = { _ in }
  ) throws -> FaultReport {
    _ = try compressed(recipe, isCancelled: isCancelled, progress: progress)
    let evaluation = try evaluation(of: recipe, images: probedImages, isCancelled: isCancelled)
    let size = try size(of: recipe, formats: [.dense], isCancelled: isCancelled)
    var histograms: [String: WeightHistogram] = [:]
    for kernel in size.layers {
      histograms[kernel.name] = try weightHistogram(of: kernel.name, under: recipe, bins: 160)
    }
    return FaultReport(evaluation: evaluation, size: size, histograms: histograms)
  }

  /// Measures one thing on a compressed network in which something may be wrong.
  package func probe(
    _ probe: FaultProbe, on recipe: Recipe,
    isCancelled: @escaping @Sendable () -> Bool = { false }
  ) throws -> ProbeReading {
    switch probe {
    case .floatActivations:
      var varied = recipe
      varied.activations.bits = 32
      return try accuracy(probe, of: recipe, against: varied, isCancelled)
    case .floatWeights:
      var varied = recipe
      varied.weights.bits = 32
      return try accuracy(probe, of: recipe, against: varied, isCancelled)
    case .withoutTuning:
      var varied = recipe
      varied.finetune.epochs = 0
      return try accuracy(probe, of: recipe, against: varied, isCancelled)
    case .floatSums: return try floatSums(of: recipe, isCancelled)
    case .classes: return try classes(of: recipe, isCancelled)
    case .zeros: return zeros(of: try compressed(recipe, isCancelled: isCancelled))
    case .weights: return weightErrors(of: try compressed(recipe, isCancelled: isCancelled))
    case .biases:
      return biasErrors(
        of: try compressed(recipe, isCancelled: isCancelled),
        in: try running(recipe, isCancelled).network)
    case .grids: return try grids(of: recipe, isCancelled)
    case .sums: return try sums(of: recipe, isCancelled)
    case .layers: return try layers(of: recipe, isCancelled)
    }
  }

  private var probedImages: Int { min(FaultProbe.images, test.count) }

  /// The network as it runs, and the grids of its activations.
  private func running(
    _ recipe: Recipe, _ isCancelled: @escaping @Sendable () -> Bool
  ) throws -> (network: Network, grids: ActivationGrids) {
    let compressed = try compressed(recipe, isCancelled: isCancelled)
    let grids = try activationGrids(for: recipe, isCancelled: isCancelled)
    return (compressed.running(recipe.disturbance.fault, grids: grids), grids)
  }

  private var tracedImages: Int { min(FaultProbe.tracedImages, test.count) }

  // MARK: Accuracies

  private func accuracy(
    _ probe: FaultProbe, of recipe: Recipe, against varied: Recipe,
    _ isCancelled: @escaping @Sendable () -> Bool
  ) throws -> ProbeReading {
    func share(_ recipe: Recipe) throws -> Double {
      try evaluation(of: recipe, images: probedImages, isCancelled: isCancelled).accuracy
    }
    return ProbeReading(
      probe, columns: [.accuracy],
      rows: [
        .init(ProbeReading.asItIs, [try share(recipe)]),
        .init(ProbeReading.changed, [try share(varied.withPossibleFault)]),
      ], images: probedImages)
  }

  private func floatSums(
    of recipe: Recipe, _ isCancelled: @escaping @Sendable () -> Bool
  ) throws -> ProbeReading {
    var simulated = recipe
    // Sums in float have no accumulator that could be too narrow.
    if recipe.disturbance.fault.accumulator != .int32 { simulated.disturbance.fault = .none }
    let images = probedImages
    let before = try evaluation(of: recipe, images: images, isCancelled: isCancelled)
    let after = try evaluation(
      of: simulated, in: .simulated, images: images, isCancelled: isCancelled)
    return ProbeReading(
      .floatSums, columns: [.accuracy],
      rows: [
        .init(ProbeReading.asItIs, [before.accuracy]),
        .init(ProbeReading.changed, [after.accuracy]),
      ],
      images: images)
  }

  private func classes(
    of recipe: Recipe, _ isCancelled: @escaping @Sendable () -> Bool
  ) throws -> ProbeReading {
    let images = probedImages
    let evaluation = try evaluation(of: recipe, images: images, isCancelled: isCancelled)
    let before = try self.evaluation(of: Recipe(), images: images, isCancelled: isCancelled)
    let rows = evaluation.confusion.indices.map { label in
      let count = Double(evaluation.confusion[label].reduce(0, +))
      return ProbeReading.Row(
        "\(label)",
        [evaluation, before].map { Double($0.correctByClass[label]) / count })
    }
    return ProbeReading(.classes, columns: [.accuracy, .baseline], rows: rows, images: images)
  }

  // MARK: Values between layers

  private func grids(
    of recipe: Recipe, _ isCancelled: @escaping @Sendable () -> Bool
  ) throws -> ProbeReading {
    let (network, grids) = try running(recipe, isCancelled)
    let images = min(200, test.count)
    var seen: [String: (greatest: Float, clipped: Int, codes: Set<Int>, count: Int)] = [:]
    InferencePlan(network).visitActivations(of: test, in: 0..<images) { site, values in
      guard let grid = grids[site] else { return }
      var found = seen[site] ?? (0, 0, [], 0)
      let end = grid.scale * (Float(grid.levels) + 0.5)
      for value in values {
        found.greatest = max(found.greatest, value)
        if value > end { found.clipped += 1 }
        found.codes.insert(grid.code(value))
      }
      found.count += values.count
      seen[site] = found
    }
    let sites = [Network.inputSite] + network.activationSites.compactMap { $0 }
    let rows = sites.compactMap { site -> ProbeReading.Row? in
      guard let grid = grids[site], let found = seen[site] else { return nil }
      return ProbeReading.Row(
        site,
        [
          Double(grid.scale) * Double(grid.levels), Double(found.greatest),
          Double(found.clipped) / Double(found.count), Double(found.codes.count),
        ])
    }
    return ProbeReading(
      .grids, columns: [.gridEnd, .largestValue, .clipped, .codesInUse], rows: rows, images: images)
  }

  private func sums(
    of recipe: Recipe, _ isCancelled: @escaping @Sendable () -> Bool
  ) throws -> ProbeReading {
    let integers: FixedPointNetwork
    do {
      integers = try fixedPointNetwork(of: recipe, isCancelled: isCancelled)
    } catch FixedPointError.tooLarge(let layer) {
      // A grid so fine that a bias is too many of its steps: no number of bits is enough.
      return ProbeReading(
        .sums, columns: [.bitsNeeded, .bitsKept, .wrongSums],
        rows: [.init(layer, [.infinity, .nan, .nan])], images: 0)
    }
    var counts = integers.weightedLayers.map { _ in (needed: 0, kept: 0, wrong: 0, all: 0) }
    for image in 0..<tracedImages {
      if isCancelled() { throw LabError.cancelled }
      let trace = integers.trace(test.image(image))
      for (index, right) in integers.exactAccumulators(in: trace).enumerated() {
        for (sum, exact) in zip(trace.accumulators[index], right) {
          counts[index].needed = max(counts[index].needed, IntegerWidth.bits(of: Int64(exact)))
          counts[index].kept = max(counts[index].kept, IntegerWidth.bits(of: Int64(sum)))
          counts[index].wrong += sum == exact ? 0 : 1
        }
        counts[index].all += right.count
      }
    }
    let rows = zip(integers.weightedLayers, counts).map { layer, count in
      ProbeReading.Row(
        layer.name,
        [Double(count.needed), Double(count.kept), Double(count.wrong) / Double(max(1, count.all))])
    }
    return ProbeReading(
      .sums, columns: [.bitsNeeded, .bitsKept, .wrongSums], rows: rows, images: tracedImages)
  }

  /// Each layer's output beside the uncompressed network's, in integers where the network runs so.
  private func layers(
    of recipe: Recipe, _ isCancelled: @escaping @Sendable () -> Bool
  ) throws -> ProbeReading {
    let (running, grids) = try running(recipe, isCancelled)
    let integers = try? fixedPointNetwork(of: recipe, isCancelled: isCancelled)
    let names = network.layers.compactMap { $0.weights?.name }
    let isComparable = running.outputShapes == network.outputShapes
    let right = ReferenceNetwork<Float>(network)
    let simulated = ReferenceNetwork<Float>(running, activationGrids: grids)
    let images = isComparable ? tracedImages : 0
    let outputs = Parallel.map(count: images, threads: threads) { image -> [[[Float]]] in
      if isCancelled() { return [] }
      let pixels = self.test.image(image)
      let values = pixels.map { Float($0) / 255 }
      let exact = self.outputs(of: self.network, in: right.forward(values))
      let found =
        integers.map { $0.values(of: $0.trace(pixels)) }
        ?? self.outputs(of: running, in: simulated.forward(values))
      return [exact, found]
    }
    if isCancelled() { throw LabError.cancelled }
    let rows = names.enumerated().map { index, name -> ProbeReading.Row in
      let (exact, found) = (
        outputs.flatMap { $0[0][index] }, outputs.flatMap { $0[1][index] }
      )
      guard !exact.isEmpty else { return ProbeReading.Row(name, [.nan]) }
      let shape = [exact.count]
      return ProbeReading.Row(
        name,
        [
          QuantizationError.signalToNoise(
            of: Tensor(shape: shape, elements: exact),
            rounded: Tensor(shape: shape, elements: found)
          )
        ])
    }
    return ProbeReading(.layers, columns: [.signalToNoise], rows: rows, images: images)
  }

  /// The outputs of the layers with weights.
  private func outputs(
    of network: Network, in trace: ReferenceNetwork<Float>.Trace
  ) -> [[Float]] {
    network.layers.indices.filter { network.layers[$0].weights != nil }.map {
      trace.values[$0 + 1]
    }
  }
}
