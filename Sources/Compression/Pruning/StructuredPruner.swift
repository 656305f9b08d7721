import NeuralNetwork

/// Removes whole filters or neurons; the result is a smaller dense network.
enum StructuredPruner {
  /// Removes the filters of lowest score from every convolution, or the units of lowest score from the
  /// first dense layer.
  ///
  /// floor(share · channels + ½) leave, but at least one stays. A channel's score is the L1 norm of its
  /// incoming weights unless the criterion says otherwise. The inputs that the removed channels fed
  /// leave the next layer with a kernel too; behind a flatten these are the rows with (row mod channels)
  /// among the removed, since values are flattened in the order height, width, channel. A network whose
  /// first dense layer is also its last keeps its units.
  ///
  /// - Parameters:
  ///   - scored: the tensor whose channels are scored instead of the kernel of the layer of that name.
  ///   - seed: what a random order depends on.
  static func remove(
    from network: Network, _ pruning: Pruning, seed: Int,
    scored: (String) -> Tensor? = { _ in nil }
  ) -> Network {
    var layers = network.layers
    let indices = layers.indices.filter {
      pruning.pattern == .filter ? layers[$0] is Conv2D : layers[$0] is Dense
    }
    // The units of a dense layer that is the last one are the classes, so they stay.
    for index in pruning.pattern == .filter
      ? indices[...] : indices.prefix(indices.count > 1 ? 1 : 0)
    {
      guard var layer = layers[index].weights else { continue }
      let kept = keptChannels(
        of: scored(layer.name) ?? layer.kernel, share: pruning.sparsity,
        criterion: pruning.criterion, seed: seed)
      let channels = layer.bias.count
      layer.kernel = selectingLast(kept, of: layer.kernel)
      layer.bias = selectingLast(kept, of: layer.bias)
      layers[index] = layer
      removeInputs(from: &layers, after: index, channels: channels, kept: kept)
    }
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
    from layers: inout [any NetworkLayer], after index: Int, channels: Int, kept: [Int]
  ) {
    for next in layers.indices where next > index {
      guard var layer = layers[next].weights else {
        precondition(
          layers[next].parameters.isEmpty, "Channels leave networks without normalizations only.")
        continue
      }
      precondition(!layer.isDepthwise, "Channels leave networks of dense kernels only.")
      layer.kernel = selectingInputs(kept, of: layer.kernel, inputs: channels)
      layers[next] = layer
      return
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
