@testable import NeuralNetwork

/// Training of any network by the reference operations: right, and slow.
final class ReferenceTraining: BatchTraining {
  private let initial: Network
  private var reference: ReferenceNetwork<Float>
  private var means: [ParameterName: [Float]]
  private var squares: [ParameterName: [Float]]
  private let table = PixelValues.table()

  /// Prepares a network.
  init(_ network: Network) {
    precondition(network.inputShape[2] == 1, "Training takes grey images, of one channel.")
    initial = network
    reference = ReferenceNetwork(network)
    means = reference.parameters.mapValues { [Float](repeating: 0, count: $0.count) }
    squares = means
  }

  /// The network as it is now.
  var network: Network {
    var network = initial
    for parameter in initial.parameters {
      network.setParameter(
        parameter.name,
        to: Tensor(
          shape: parameter.tensor.shape, elements: reference.parameters[parameter.name] ?? []))
    }
    return network
  }

  /// Learns from some images by one step of Adam (see `BatchTraining`).
  func step(
    _ dataset: ImageDataset, indices: ArraySlice<Int>, rate: Float, threads: Int
  ) -> BatchResult {
    let outcomes = imageGradients(dataset, indices: indices, threads: threads)
    var result = BatchResult()
    var sums = reference.parameters.mapValues { [Float](repeating: 0, count: $0.count) }
    let share = 1 / Float(indices.count)
    for outcome in outcomes {
      result.loss += Double(outcome.loss)
      result.correct += outcome.isCorrect ? 1 : 0
      for (name, gradient) in outcome.gradients {
        for index in gradient.indices { sums[name]?[index] += share * gradient[index] }
      }
    }
    for (name, gradient) in sums {
      Adam.update(
        weights: &reference.parameters[name, default: []], gradient: gradient,
        mean: &means[name, default: []], square: &squares[name, default: []], rate: rate)
    }
    return result
  }

  private struct Outcome: Sendable {
    let loss: Float
    let isCorrect: Bool
    let gradients: [ParameterName: [Float]]
  }

  private func imageGradients(
    _ dataset: ImageDataset, indices: ArraySlice<Int>, threads: Int
  ) -> [Outcome] {
    Parallel.map(count: indices.count, threads: threads) { [reference, table] offset in
      let index = indices[indices.startIndex + offset]
      let label = Int(dataset.labels[index])
      let trace = reference.forward(dataset.image(index).map { table[Int($0)] })
      let (loss, gradients) = reference.backward(trace, label: label)
      return Outcome(
        loss: loss,
        isCorrect: trace.logits.withUnsafeBufferPointer(largestIndex) == label,
        gradients: gradients)
    }
  }
}
