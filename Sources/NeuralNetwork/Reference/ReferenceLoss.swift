private import Foundation

extension Reference {
  /// The cross-entropy of a softmax: loss = −ln p[label], p[j] = exp(logits[j]) / Σ exp(logits[i]).
  ///
  /// The largest logit is subtracted first, which changes nothing but keeps exp from overflowing.
  /// - Returns: The loss in nats, and the probabilities p.
  package static func softmaxCrossEntropyForward<Scalar: BinaryFloatingPoint>(
    logits: [Scalar], label: Int
  ) -> (loss: Scalar, probabilities: [Scalar]) {
    let largest = logits.max() ?? 0
    let exponentials = logits.map { Scalar(exp(Double($0 - largest))) }
    let sum = exponentials.reduce(0, +)
    let loss = Scalar(log(Double(sum))) - (logits[label] - largest)
    return (loss, exponentials.map { $0 / sum })
  }

  /// The gradient of the loss by the logits: p[j] − 1 for the label, p[j] for the others.
  package static func softmaxCrossEntropyBackward<Scalar: BinaryFloatingPoint>(
    probabilities: [Scalar], label: Int
  ) -> [Scalar] {
    var dLogits = probabilities
    dLogits[label] -= 1
    return dLogits
  }
}
