/// The optimizer Adam (Kingma and Ba 2015) with the defaults and the form of Keras.
///
/// With gradient g at step t (from 1):
///
///     m ← m + (1 − β₁)(g − m)
///     v ← v + (1 − β₂)(g² − v)
///     w ← w − rate · √(1 − β₂ᵗ) / (1 − β₁ᵗ) · m / (√v + ε)
///
/// which is the paper's bias-corrected update with its ε̂ (end of section 2).
package struct Adam: Sendable {
  /// The decay of the mean of gradients, β₁.
  package static let beta1 = 0.9
  /// The decay of the mean of squared gradients, β₂.
  package static let beta2 = 0.999
  /// The smallest divisor, ε.
  package static let epsilon: Float = 1e-7

  /// The learning rate.
  package let learningRate: Float

  /// Makes an optimizer.
  package init(learningRate: Float) {
    self.learningRate = learningRate
  }

  /// The learning rate with the bias corrections of a step, counted from 1.
  package func rate(atStep step: Int) -> Float {
    precondition(step > 0, "Adam's steps are counted from 1.")
    return Float(
      Double(learningRate) * (1 - power(Self.beta2, step)).squareRoot()
        / (1 - power(Self.beta1, step)))
  }

  /// Updates weights and both means by one step of the given corrected rate.
  package static func update(
    weights: inout [Float], gradient: [Float], mean: inout [Float], square: inout [Float],
    rate: Float
  ) {
    for index in weights.indices {
      mean[index] += Float(1 - beta1) * (gradient[index] - mean[index])
      square[index] += Float(1 - beta2) * (gradient[index] * gradient[index] - square[index])
      weights[index] -= rate * mean[index] / (square[index].squareRoot() + epsilon)
    }
  }

  /// A power by squaring, which is the same on every platform, unlike a library's pow.
  private func power(_ base: Double, _ exponent: Int) -> Double {
    var (result, factor, rest) = (1.0, base, exponent)
    while rest > 0 {
      if rest & 1 == 1 { result *= factor }
      factor *= factor
      rest >>= 1
    }
    return result
  }
}
