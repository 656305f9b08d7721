import Testing

@testable import NeuralNetwork

/// The mean loss of a batch in double precision, normalizations by the batch's own statistics.
struct ReferenceBatch {
  let network: Network
  let dataset: ImageDataset

  /// The parameters, each in its flat order.
  var parameters: [ParameterName: [Double]] {
    network.parameters.reduce(into: [:]) { $0[$1.name] = $1.tensor.elements.map(Double.init) }
  }

  func loss(_ parameters: [ParameterName: [Double]]) throws -> Double {
    var batch = (0..<dataset.count).map { dataset.image($0).map { Double(Float($0) / 255) } }
    var shape = network.inputShape
    for layer in network.layers {
      let known = layer.parameters.reduce(into: [:]) { $0[$1.name.role] = parameters[$1.name] }
      if let norm = layer as? BatchNormalization {
        let size = batch[0].count
        let output = Reference.batchNormalizationForward(
          input: batch.flatMap { $0 }, gamma: try #require(known[.gamma]),
          beta: try #require(known[.beta]), epsilon: Double(BatchNormalization.epsilon)
        ).output
        batch = batch.indices.map { Array(output[$0 * size..<($0 + 1) * size]) }
        if norm.activation == .relu { batch = batch.map(Reference.reluForward) }
      } else {
        batch = batch.map {
          layer.referenceForward(
            ReferenceCall(inputs: [$0], inputShapes: [shape], parameters: known))
        }
      }
      shape = layer.outputShape(for: [shape])
    }
    return zip(batch, dataset.labels).reduce(0) { sum, pair in
      sum
        + Reference.softmaxCrossEntropyForward(logits: pair.0, label: Int(pair.1)).loss
        / Double(dataset.count)
    }
  }
}
