/// One grid for each block of inputs and output channel of a kernel, in that order.
///
/// A grid for a whole tensor is repeated for every channel, so that one loop rounds them all.
struct KernelQuantizationParameters {
  /// The distance of neighbouring levels; positive and finite.
  var scales: [Float]
  /// The code of zero, a whole number; 0 when symmetric.
  var zeroPoints: [Float]
}

/// What a grid has to cover: the least and the greatest weight, with 0 between them.
struct WeightRanges {
  /// At most 0; symmetric grids do not look at it.
  var lower: [Float]
  /// At least 0; the greatest magnitude for symmetric grids.
  var upper: [Float]

  /// The grids over these ranges shrunk by a ratio for each.
  func grids(_ layout: QuantizedTensor.Layout, ratios: [Float]? = nil)
    -> KernelQuantizationParameters
  {
    var grids = KernelQuantizationParameters(
      scales: [Float](repeating: 1, count: upper.count),
      zeroPoints: [Float](repeating: 0, count: upper.count))
    let levels = Float(layout.qmax)
    for index in upper.indices {
      let ratio = ratios?[index] ?? 1
      switch layout.scheme {
      case .symmetric:
        grids.scales[index] = WeightRanges.usable(upper[index] * ratio / levels)
      case .asymmetric:
        let (low, high) = (lower[index] * ratio, upper[index] * ratio)
        let width = high - low
        let scale = width.isFinite ? width / levels : high / levels - low / levels
        grids.scales[index] = WeightRanges.usable(scale)
        let zeroPoint = (-low / grids.scales[index]).rounded(.toNearestOrEven)
        grids.zeroPoints[index] = min(max(zeroPoint, 0), levels)
      }
    }
    return grids
  }

  /// A scale that can be divided by: weights that are all zero, or too small for a scale, become
  /// zero with scale 1.
  private static func usable(_ scale: Float) -> Float { scale > 0 ? scale : 1 }
}
