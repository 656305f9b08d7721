@testable import NeuralNetwork

/// The mean loss of a batch in double precision, normalizations by the batch's own statistics.
struct ReferenceBatch {
  let network: Network
  let dataset: ImageDataset

  /// The trained parameters, in file order.
  var parameters: [[Double]] {
    network.parameters.filter { !$0.isStatistic }.map { $0.tensor.elements.map(Double.init) }
  }

  func loss(_ parameters: [[Double]]) -> Double {
    var batch = (0..<dataset.count).map { dataset.image($0).map { Double(Float($0) / 255) } }
    var next = 0
    var shape = network.inputShape
    for layer in network.layers {
      let weights = layer.weights
      switch layer {
      case .maxPool2x2:
        batch = batch.map {
          Reference.maxPoolForward(
            input: $0, height: shape[0], width: shape[1], channels: shape[2]
          ).output
        }
      case .flatten: break
      case .batchNormalization(let norm):
        let size = batch[0].count
        let output = Reference.batchNormalizationForward(
          input: batch.flatMap { $0 }, gamma: parameters[next], beta: parameters[next + 1],
          epsilon: Double(BatchNormalization.epsilon)
        ).output
        batch = batch.indices.map { Array(output[$0 * size..<($0 + 1) * size]) }
        if norm.activation == .relu { batch = batch.map(Reference.reluForward) }
        next += 2
      case .conv2d, .depthwiseConv2d, .dense:
        let geometry = layer.geometry(for: shape)
        batch = batch.map { input in
          let (kernel, bias) = (parameters[next], parameters[next + 1])
          let output =
            layer.isDepthwise
            ? Reference.depthwiseForward(
              input: input, kernel: kernel, bias: bias, geometry: geometry)
            : Reference.convolutionForward(
              input: input, kernel: kernel, bias: bias, geometry: geometry)
          return weights?.activation == .relu ? Reference.reluForward(output) : output
        }
        next += 2
      }
      shape = layer.outputShape(for: shape)
    }
    return zip(batch, dataset.labels).reduce(0) { sum, pair in
      sum
        + Reference.softmaxCrossEntropyForward(logits: pair.0, label: Int(pair.1)).loss
        / Double(dataset.count)
    }
  }
}
