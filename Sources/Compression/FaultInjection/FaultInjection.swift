/// What is made hard, or wrong, on purpose, so that an experiment can show what it does.
package struct FaultInjection: Sendable, Hashable {
  /// The factor on one large weight of the first dense layer.
  package var weightOutlier = 1
  /// The factor on one channel of the convolution, taken back by the weights that read it.
  package var activationOutlier = 1
  /// The mistake that is made.
  package var fault = Fault.none

  /// Makes the injection that changes nothing.
  package init() {}
}

/// A mistake of the kind that is made in compressing and running networks.
package enum Fault: String, Sendable, Hashable, CaseIterable {
  /// Nothing is wrong.
  case none
  /// Calibration sees pixels of 0 … 255: the division by 255 was forgotten there.
  case unscaledCalibration = "unscaled-calibration"
  /// Calibration sees black images alone.
  case blackCalibration = "black-calibration"
  /// Calibration sees images of one class alone, the first one.
  case oneClassCalibration = "one-class-calibration"
  /// Fine-tuning does not set pruned weights back to zero.
  case droppedMask = "dropped-mask"
  /// The rounding of quantization-aware training passes no gradient: there is no straight-through
  /// estimator.
  case noGradient = "no-gradient"
  /// The sums of the integer network have 16 bits and wrap around.
  case int16Accumulator = "int16-accumulator"
  /// Biases are rounded to 8 bits of their own greatest magnitude.
  case int8Bias = "int8-bias"
  /// Biases are stored as 8 bits in units of input scale · weight scale, which takes 32.
  case saturatedBias = "saturated-bias"
  /// The scale is max|w| / 2^(bits − 1), so that the greatest weight's code needs a bit more than
  /// there is and wraps around to the most negative one.
  case scale128 = "scale-128"
  /// The first dense layer takes its inputs for channels, rows, columns; they come as rows, columns,
  /// channels.
  case channelFirstFlatten = "channel-first-flatten"
  /// Weights are read with a zero point that is one too great.
  case shiftedZeroPoint = "shifted-zero-point"
  /// The groups of an n:m pattern run along the outputs instead of the inputs.
  case transposedPattern = "transposed-pattern"
}
