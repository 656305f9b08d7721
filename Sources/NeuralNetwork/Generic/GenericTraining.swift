/// Training of a network of any layers, one layer after another over the whole batch.
///
/// The images of a batch are shared out to a fixed number of groups; a group's gradients are added in
/// the order of its images, and the groups' in theirs. So the weights do not depend on the threads.
final class GenericTraining: BatchTraining {
  /// The parts that a batch is shared out to.
  private static let groups = 8

  private let initial: Network
  private let stages: [any TrainingStage]
  private let values: [BatchValues]
  private let dLogits: BatchValues
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
    let shapes = [network.inputShape] + network.outputShapes
    var values = [BatchValues(images: batchSize, size: shapes[0].reduce(1, *))]
    var gradients: [BatchValues?] = [nil]
    var stages: [any TrainingStage] = []
    for (index, layer) in network.layers.enumerated() {
      if layer == .flatten {
        values.append(values[index])
        gradients.append(gradients[index])
        stages.append(FlatteningStage())
        continue
      }
      let size = shapes[index + 1].reduce(1, *)
      let output = BatchValues(images: batchSize, size: size)
      let dOutput = BatchValues(images: batchSize, size: size)
      let stageValues = StageValues(
        input: values[index], dInput: gradients[index], output: output, dOutput: dOutput)
      values.append(output)
      gradients.append(dOutput)
      if let weights = layer.weights {
        stages.append(
          WeightedStage(
            layer, weights, inputShape: shapes[index], values: stageValues, groups: Self.groups))
      } else if case .batchNormalization(let norm) = layer {
        stages.append(NormalizationStage(norm, values: stageValues, images: batchSize))
      } else {
        stages.append(PoolingStage(inputShape: shapes[index], values: stageValues))
      }
    }
    guard let last = gradients.last, let dLogits = last else {
      preconditionFailure("A network in training has a layer with weights.")
    }
    self.stages = stages
    self.values = values
    self.dLogits = dLogits
    losses = FloatBuffer(count: batchSize)
    hits = FloatBuffer(count: batchSize)
  }

  /// The network as it is now.
  var network: Network {
    Network(inputShape: initial.inputShape, layers: stages.map(\.layer))
  }

  /// Takes the kernels' zeros as zeros from now on; their Adam means stay zero too.
  func keepZeros() {
    for stage in stages { stage.keepZeros() }
  }

  /// Learns from some images by one step of Adam (see `BatchTraining`).
  func step(
    _ dataset: ImageDataset, indices: ArraySlice<Int>, rate: Float, threads: Int
  ) -> BatchResult {
    let result = computeGradients(dataset, indices: indices, threads: threads)
    let parameters = stages.flatMap(\.parameters)
    let adam = AdamUpdate(rate: rate)
    Parallel.forEach(count: parameters.count, threads: threads) { index, _ in
      parameters[index].update(by: adam)
    }
    for stage in stages { stage.finish() }
    return result
  }

  /// Leaves the gradients of the mean loss over some images in the parameters.
  func computeGradients(
    _ dataset: ImageDataset, indices: ArraySlice<Int>, threads: Int
  ) -> BatchResult {
    precondition(indices.count <= capacity, "A batch fits into the memory set aside for it.")
    let images = indices.count
    for stage in stages { stage.prepare() }
    load(dataset, indices)
    for stage in stages {
      for pass in 0..<stage.passes {
        forEachImage(of: images, threads: threads) { image, _ in
          stage.forward(pass: pass, image: image)
        }
        stage.afterForward(pass: pass, images: images)
      }
    }
    computeLosses(dataset, indices)
    for stage in stages.reversed() {
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

  /// The gradients of each trained parameter, group sums added up, in the layout of the kernels.
  var gradients: [[Float]] {
    stages.flatMap(\.parameters).map { parameter in
      let count = parameter.count
      return (0..<count).map { index in
        stride(from: index, to: parameter.gradients.count, by: count).reduce(Float(0)) {
          $0 + parameter.gradients.base[$1]
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
