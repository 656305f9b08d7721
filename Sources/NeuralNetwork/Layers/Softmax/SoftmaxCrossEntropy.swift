private import Foundation

/// Softmax, cross-entropy and their gradient for one image (formulas: see `Reference`).
enum SoftmaxCrossEntropy {
  /// Computes the loss and the gradient of `share` times the loss.
  ///
  /// - Parameters:
  ///   - logits: [classes].
  ///   - classes: The number of classes.
  ///   - label: The image's class.
  ///   - share: The image's share of the batch: 1 / images.
  ///   - dLogits: [classes].
  /// - Returns: The loss in nats, not yet multiplied by the share.
  @inline(never)
  static func lossAndGradient(
    logits: UnsafePointer<Float>, classes: Int, label: Int, share: Float,
    dLogits: UnsafeMutablePointer<Float>
  ) -> Double {
    var largest = logits[0]
    for index in 1..<max(classes, 1) { largest = max(largest, logits[index]) }
    var sum: Float = 0
    for index in 0..<classes {
      dLogits[index] = exp(logits[index] - largest)
      sum += dLogits[index]
    }
    for index in 0..<classes {
      dLogits[index] = (dLogits[index] / sum - (index == label ? 1 : 0)) * share
    }
    return log(Double(sum)) - Double(logits[label] - largest)
  }
}
