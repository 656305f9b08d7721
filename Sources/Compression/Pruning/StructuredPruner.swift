import NeuralNetwork

/// Removes whole filters or neurons; the result is a smaller dense network.
enum StructuredPruner {
  /// Removes what a pattern that shrinks the network says.
  ///
  /// - Parameters:
  ///   - scored: the tensor whose channels are scored instead of the kernel of that name.
  ///   - seed: what a random order depends on.
  static func remove(
    from network: Network, _ pruning: Pruning, seed: Int,
    scored: (String) -> Tensor? = { _ in nil }
  ) -> Network {
    if pruning.pattern == .filter {
      return removeFilters(
        from: network, share: pruning.sparsity, criterion: pruning.criterion, seed: seed,
        scored: scored)
    }
    return removeNeurons(
      from: network, share: pruning.sparsity, criterion: pruning.criterion, seed: seed,
      scored: scored)
  }

  /// Removes the filters of lowest score from every convolution.
  ///
  /// floor(share · filters + ½) leave, but at least one stays. The inputs that they fed leave the
  /// next layer with kernel too; behind a flatten these are the rows with (row mod filters) among
  /// the removed, since values are flattened in the order height, width, channel.
  ///
  /// - Parameter scored: the tensor whose channels are scored instead of the kernel of that name.
  private static func removeFilters(
    from network: Network, share: Double, criterion: Pruning.Criterion, seed: Int,
    scored: (String) -> Tensor?
  ) -> Network {
    var layers = network.layers
    for index in layers.indices {
      guard case .conv2d(let conv) = layers[index] else { continue }
      let kept = keptChannels(
        of: scored("\(conv.name)/kernel") ?? conv.kernel, share: share, criterion: criterion,
        seed: seed)
      let filters = conv.bias.count
      layers[index] = .conv2d(
        Conv2D(
          name: conv.name, kernel: selectingLast(kept, of: conv.kernel),
          bias: selectingLast(kept, of: conv.bias), activation: conv.activation))
      removeInputs(from: &layers, after: index, channels: filters, kept: kept)
    }
    return Network(inputShape: network.inputShape, layers: layers)
  }

  /// Removes the units of lowest score from the first dense layer.
  ///
  /// floor(share · units + ½) leave, but at least one stays. A unit's score is the L1 norm of its
  /// incoming weights. A network whose first dense layer is also its last stays as it is, since
  /// its units are the classes.
  private static func removeNeurons(
    from network: Network, share: Double, criterion: Pruning.Criterion, seed: Int,
    scored: (String) -> Tensor?
  ) -> Network {
    var layers = network.layers
    let denseIndices = layers.indices.filter { index in
      if case .dense = layers[index] { return true }
      return false
    }
    guard denseIndices.count > 1, let index = denseIndices.first,
      case .dense(let dense) = layers[index]
    else { return network }
    let kept = keptChannels(
      of: scored("\(dense.name)/kernel") ?? dense.kernel, share: share, criterion: criterion,
      seed: seed)
    let units = dense.bias.count
    layers[index] = .dense(
      Dense(
        name: dense.name, kernel: selectingLast(kept, of: dense.kernel),
        bias: selectingLast(kept, of: dense.bias), activation: dense.activation))
    removeInputs(from: &layers, after: index, channels: units, kept: kept)
    return Network(inputShape: network.inputShape, layers: layers)
  }

  /// The output channels that stay, in rising order; of equal scores the lower index leaves first.
  private static func keptChannels(
    of kernel: Tensor, share: Double, criterion: Pruning.Criterion, seed: Int
  ) -> [Int] {
    let scores = PruningScore.channelScores(of: kernel, criterion: criterion, seed: seed)
    let removed = min(UnstructuredPruner.removed(share, of: scores.count), scores.count - 1)
    let ranked = scores.indices.sorted { (scores[$0], $0) < (scores[$1], $1) }
    return ranked.dropFirst(removed).sorted()
  }

  /// The elements whose last index is kept.
  private static func selectingLast(_ kept: [Int], of tensor: Tensor) -> Tensor {
    let channels = tensor.shape[tensor.shape.count - 1]
    var elements: [Float] = []
    elements.reserveCapacity(tensor.count / channels * kept.count)
    for start in stride(from: 0, to: tensor.count, by: channels) {
      for channel in kept { elements.append(tensor.elements[start + channel]) }
    }
    return Tensor(shape: tensor.shape.dropLast() + [kept.count], elements: elements)
  }

  /// Takes the inputs that came from removed channels out of the next layer with a kernel.
  private static func removeInputs(
    from layers: inout [Layer], after index: Int, channels: Int, kept: [Int]
  ) {
    for next in layers.indices where next > index {
      switch layers[next] {
      case .conv2d(let conv):
        layers[next] = .conv2d(
          Conv2D(
            name: conv.name,
            kernel: selectingInputs(kept, of: conv.kernel, inputs: channels),
            bias: conv.bias, activation: conv.activation))
        return
      case .dense(let dense):
        layers[next] = .dense(
          Dense(
            name: dense.name,
            kernel: selectingInputs(kept, of: dense.kernel, inputs: channels),
            bias: dense.bias, activation: dense.activation))
        return
      case .maxPool2x2, .flatten:
        continue
      case .depthwiseConv2d, .batchNormalization:
        preconditionFailure("Filters and neurons leave networks of the baseline CNN's layers only.")
      }
    }
  }

  /// The kernel rows (all dimensions but the last) whose index modulo the inputs is kept.
  private static func selectingInputs(_ kept: [Int], of kernel: Tensor, inputs: Int) -> Tensor {
    let outputs = kernel.shape[kernel.shape.count - 1]
    let rows = kernel.count / outputs
    precondition(rows % inputs == 0, "A layer's inputs are whole pixels of the channels before it.")
    var elements: [Float] = []
    elements.reserveCapacity(rows / inputs * kept.count * outputs)
    for pixel in 0..<(rows / inputs) {
      for channel in kept {
        let start = (pixel * inputs + channel) * outputs
        elements.append(contentsOf: kernel.elements[start..<start + outputs])
      }
    }
    var shape = kernel.shape
    shape[shape.count - 2] = shape[shape.count - 2] / inputs * kept.count
    return Tensor(shape: shape, elements: elements)
  }
}
