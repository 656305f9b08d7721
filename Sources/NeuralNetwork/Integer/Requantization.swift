import VectorLanes

/// From the integer sums of a layer's outputs to the codes of the next layer's input, or to values.
///
/// A sum of codes times codes stands for sum · (input scale) · (weight scale). With the bias b and the
/// output's grid this becomes code = round-half-even(min(max(sum · m + o, 0), levels)) where
/// m = input scale · weight scale / output scale and o = b / output scale; the lower bound is ReLU.
/// Source: Jacob et al. 2018, with a float multiplier in place of the fixed-point one.
struct Requantization: Sendable {
  /// One multiplier for each output, padded with zeros to whole vectors.
  let multipliers: FloatBuffer
  /// One offset for each output, padded likewise.
  let offsets: FloatBuffer
  /// The greatest code.
  let levels: Float
  /// What holds the sums.
  let accumulator: AccumulatorWidth

  /// Prepares outputs that become codes of a grid, or values if there is none.
  init(
    kernel: IntegerKernel, bias: [Float], inputScale: Float, grid: QuantizationParameters?,
    accumulator: AccumulatorWidth = .int32
  ) {
    self.accumulator = accumulator
    let stride = roundedUp(bias.count, to: laneCount)
    multipliers = FloatBuffer(count: stride)
    offsets = FloatBuffer(count: stride)
    levels = Float(grid?.levels ?? 0)
    // In double, so that each constant is rounded once.
    let outputScale = Double(grid?.scale ?? 1)
    for (channel, bias) in bias.enumerated() {
      multipliers.base[channel] = Float(
        Double(inputScale) * Double(kernel.scale(channel)) / outputScale)
      offsets.base[channel] = Float(Double(bias) / outputScale)
    }
  }
}
