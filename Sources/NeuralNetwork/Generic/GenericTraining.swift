/// Training of a network of any layers, one layer after another over the whole batch.
///
/// The images of a batch are shared out to a fixed number of groups; a group's gradients are added in
/// the order of its images, and the groups' in theirs. So the weights do not depend on the threads.
final class GenericTraining: BatchTraining {
  /// The parts that a batch is shared out to.
  private static let groups = 8

  private let initial: Network
  // One for each layer; nil for a view.
  private let stages: [(any TrainingStage)?]
  private let parameters: [(name: ParameterName, values: GroupedParameter)]
  private let values: [BatchValues]
  private let gradientsByOutput: [[BatchValues]]
  private let losses: FloatBuffer
  private let hits: FloatBuffer
  private let pixelValues = FloatBuffer(PixelValues.table())
  private let capacity: Int

  /// What a teacher says of the images; nil learns from the labels alone.
  var distillation: Distillation?

  /// Prepares a network for batches of at most `batchSize` images.
  init(_ network: Network, batchSize: Int) {
    precondition(network.inputShape[2] == 1, "Training takes grey images, of one channel.")
    initial = network
    capacity = batchSize
    let (sources, shapes) = (network.sources, network.shapes)
    // A view has the memory of what it views: `places` leads from each value to the one that owns it.
    var places = [0]
    for (index, layer) in network.layers.enumerated() {
      places.append(layer.isView ? places[sources[index][0]] : index + 1)
    }
    var readers = [Int](repeating: 0, count: places.count)
    for (layer, sources) in zip(network.layers, sources) where !layer.isView {
      for source in sources { readers[places[source]] += 1 }
    }
    let sizes = [network.inputShape.reduce(1, *)] + shapes.map { $0.output.reduce(1, *) }
    func room(_ place: Int) -> BatchValues { BatchValues(images: batchSize, size: sizes[place]) }
    var values: [BatchValues] = []
    for (index, place) in places.enumerated() {
      values.append(place == index ? room(index) : values[place])
    }
    // The image's gradient is not asked for; each reader of another value has one of its own to write.
    let gradients = places.indices.map { place in
      place == 0 || places[place] != place
        ? [] : (0..<max(1, readers[place])).map { _ in room(place) }
    }
    var taken = [Int](repeating: 0, count: places.count)
    stages = network.layers.enumerated().map { index, layer in
      if layer.isView { return nil }
      let owners = sources[index].map { places[$0] }
      let dInputs = owners.map { owner -> BatchValues? in
        defer { taken[owner] += 1 }
        return owner == 0 ? nil : gradients[owner][taken[owner]]
      }
      return layer.makeTrainingStage(
        StageValues(
          inputShapes: shapes[index].inputs, images: batchSize, groups: Self.groups,
          inputs: owners.map { values[$0] }, dInputs: dInputs, output: values[index + 1],
          dOutput: gradients[index + 1][0]))
    }
    parameters = zip(network.layers, stages).flatMap { layer, stage in
      (stage?.parameters ?? [:]).map { (ParameterName(layer.name, $0.key), $0.value) }
    }
    precondition(places.last != 0, "A network in training has a layer with an output of its own.")
    self.values = values
    gradientsByOutput = places.map { gradients[$0] }
    losses = FloatBuffer(count: batchSize)
    hits = FloatBuffer(count: batchSize)
  }

  /// The network as it is now.
  var network: Network {
    Network(
      inputShape: initial.inputShape, layers: zip(initial.layers, stages).map { $1?.layer ?? $0 })
  }

  /// Takes the kernels' zeros as zeros from now on; their Adam means stay zero too.
  func keepZeros() {
    for stage in stages { stage?.keepZeros() }
  }

  /// Learns from some images by one step of Adam (see `BatchTraining`).
  func step(
    _ dataset: ImageDataset, indices: ArraySlice<Int>, rate: Float, threads: Int
  ) -> BatchResult {
    let result = computeGradients(dataset, indices: indices, threads: threads)
    let adam = AdamUpdate(rate: rate)
    let parameters = parameters
    Parallel.forEach(count: parameters.count, threads: threads) { index, _ in
      parameters[index].values.update(by: adam)
    }
    for stage in stages { stage?.finish() }
    return result
  }

  /// Leaves the gradients of the mean loss over some images in the parameters.
  func computeGradients(
    _ dataset: ImageDataset, indices: ArraySlice<Int>, threads: Int
  ) -> BatchResult {
    precondition(indices.count <= capacity, "A batch fits into the memory set aside for it.")
    let images = indices.count
    for stage in stages { stage?.prepare() }
    load(dataset, indices)
    for case let stage? in stages {
      for pass in 0..<stage.passes {
        forEachImage(of: images, threads: threads) { image, _ in
          stage.forward(pass: pass, image: image)
        }
        stage.afterForward(pass: pass, images: images)
      }
    }
    computeLosses(dataset, indices)
    for (index, stage) in stages.enumerated().reversed() {
      guard let stage else { continue }
      let gradients = gradientsByOutput[index + 1]
      for other in gradients.dropFirst() {
        forEachImage(of: images, threads: threads) { image, _ in
          gradients[0].add(other, image: image)
        }
      }
      for pass in 0..<stage.passes {
        forEachImage(of: images, threads: threads) { image, group in
          stage.backward(pass: pass, image: image, group: group)
        }
        stage.afterBackward(pass: pass, images: images)
      }
    }
    return (0..<images).reduce(into: BatchResult()) { result, image in
      result.loss += Double(losses.base[image])
      result.correct += Int(hits.base[image])
    }
  }

  /// The gradients of the trained parameters, group sums added up, in the layout of the kernels.
  var gradients: [ParameterName: [Float]] {
    parameters.reduce(into: [:]) { result, parameter in
      let (count, gradients) = (parameter.values.count, parameter.values.gradients)
      result[parameter.name] = (0..<count).map { index in
        stride(from: index, to: gradients.count, by: count).reduce(Float(0)) {
          $0 + gradients.base[$1]
        }
      }
    }
  }

  private func load(_ dataset: ImageDataset, _ indices: ArraySlice<Int>) {
    let size = dataset.height * dataset.width
    dataset.pixels.withUnsafeBufferPointer { pixels in
      guard let base = pixels.baseAddress else { return }
      for (image, index) in indices.enumerated() {
        PixelValues.convert(
          base + index * size, count: size, table: pixelValues.base, into: values[0][image])
      }
    }
  }

  private func computeLosses(_ dataset: ImageDataset, _ indices: ArraySlice<Int>) {
    guard let dLogits = gradientsByOutput[values.count - 1].first else { return }
    let classes = dLogits.size
    let logits = values[values.count - 1]
    for (image, index) in indices.enumerated() {
      let (label, share) = (Int(dataset.labels[index]), 1 / Float(indices.count))
      losses.base[image] = Float(
        distillation?.lossAndGradient(
          logits: logits[image], image: index, label: label, share: share, dLogits: dLogits[image])
          ?? SoftmaxCrossEntropy.lossAndGradient(
            logits: logits[image], classes: classes, label: label, share: share,
            dLogits: dLogits[image]))
      let predicted = largestIndex(UnsafeBufferPointer(start: logits[image], count: classes))
      hits.base[image] = predicted == label ? 1 : 0
    }
  }

  /// Calls body for every image, group by group; a group's images come in their order.
  private func forEachImage(
    of images: Int, threads: Int, _ body: (_ image: Int, _ group: Int) -> Void
  ) {
    // A stage keeps the memory of images and of groups apart.
    withoutActuallyEscaping(body) { body in
      nonisolated(unsafe) let body = body
      Parallel.forEach(count: Self.groups, threads: threads) { group, _ in
        for image in images * group / Self.groups..<images * (group + 1) / Self.groups {
          body(image, group)
        }
      }
    }
  }
}
