/// The values that an unsigned quantized activation can take: 0, scale, 2·scale … levels·scale.
package struct QuantizationParameters: Sendable, Hashable {
  /// The distance between neighbouring values.
  package var scale: Float
  /// The largest code; 2ᵇ − 1 for b bits.
  package var levels: Int

  /// Makes a grid.
  package init(scale: Float, levels: Int) {
    precondition(scale > 0 && scale.isFinite, "A grid's scale is positive and finite.")
    precondition(0 < levels && levels < 1 << 24, "A grid's codes are exact as floats.")
    self.scale = scale
    self.levels = levels
  }

  /// The nearest value of the grid: q · scale with q = x / scale, rounded half to even and clamped to
  /// 0…levels.
  package func rounded(_ value: Float) -> Float {
    Float(code(value)) * scale
  }

  /// The code of the nearest value of the grid, in 0…levels.
  package func code(_ value: Float) -> Int {
    let code = (value / scale).rounded(.toNearestOrEven)
    return Int(min(max(code, 0), Float(levels)))
  }
}

/// The grids that values between layers are rounded to, by site.
///
/// A site is `input`, or the name of a convolution or dense layer with ReLU; a convolution's output
/// is meant after its pooling, which commutes with a rounding that keeps order.
package typealias ActivationGrids = [String: QuantizationParameters]
