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

  /// The Kullback-Leibler divergence Σ p · ln(p / q) of probabilities q from p, in nats.
  package static func divergence<Scalar: BinaryFloatingPoint>(
    of q: [Scalar], from p: [Scalar]
  ) -> Double {
    zip(p, q).reduce(0) { sum, pair in
      let (p, q) = (Double(pair.0), Double(pair.1))
      // Where p is zero the term is; q is held above zero, where single precision may have lost it.
      return p > 0 ? sum + p * log(p / max(q, 1e-38)) : sum
    }
  }

  /// The distillation loss of an image (see `Distillation`) and its gradient by the student's logits.
  package static func distillation<Scalar: BinaryFloatingPoint>(
    logits: [Scalar], teacher: [Scalar], label: Int, temperature: Scalar, alpha: Scalar
  ) -> (loss: Scalar, dLogits: [Scalar]) {
    let (hard, probabilities) = softmaxCrossEntropyForward(logits: logits, label: label)
    let soft = softmaxCrossEntropyForward(
      logits: logits.map { $0 / temperature }, label: label
    ).probabilities
    let target = softmaxCrossEntropyForward(
      logits: teacher.map { $0 / temperature }, label: label
    ).probabilities
    let dHard = softmaxCrossEntropyBackward(probabilities: probabilities, label: label)
    let divergence = Scalar(divergence(of: soft, from: target))
    return (
      (1 - alpha) * hard + alpha * temperature * temperature * divergence,
      logits.indices.map {
        (1 - alpha) * dHard[$0] + alpha * temperature * (soft[$0] - target[$0])
      }
    )
  }
}
