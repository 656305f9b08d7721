/// One layer with weights, prepared for integer arithmetic.
///
/// With input codes x of zero point z_x, weight codes w of zero point z_w (of the output channel) and N
/// inputs an output, Jacob et al. 2018 (equation 7) sum
///
///     Σ (w − z_w)(x − z_x) = Σ w·x − z_w·Σ x − z_x·Σ w + N·z_w·z_x
///
/// in 32 bits. The last two terms depend on no image and are folded into the bias, which is rounded to
/// a multiple of s_x·s_w. A multiplier of s_x·s_w / s_y for each channel then makes output codes.
package struct FixedPointLayer: Sendable {
  /// The layer's name.
  package let name: String
  /// What the layer is multiplied with, and where.
  package let geometry: ConvolutionGeometry
  /// Whether each channel meets its own filter only.
  package let isDepthwise: Bool
  /// The shape of the output: [height, width, filters] or [units].
  package let outputShape: [Int]
  /// The weights as codes.
  package let kernel: AffineKernel
  /// How the input's codes relate to values.
  package let input: ActivationCode
  /// How the output's codes relate to values; nil for the last layer, whose sums are the logits.
  package let output: ActivationCode?
  /// The bias of each output channel as a multiple of its scale of sums.
  package let biases: [Int32]
  /// The same with the products of the input's zero point.
  package let foldedBiases: [Int32]
  /// The real biases.
  package let realBiases: [Float]
  /// The multiplier of each output channel; empty for the last layer.
  package let multipliers: [FixedPointMultiplier]

  /// Prepares a layer.
  init(
    name: String, geometry: ConvolutionGeometry, isDepthwise: Bool, outputShape: [Int],
    kernel: AffineKernel, bias: [Float], input: ActivationCode, output: ActivationCode?
  ) throws(FixedPointError) {
    self.name = name
    self.geometry = geometry
    self.isDepthwise = isDepthwise
    self.outputShape = outputShape
    self.kernel = kernel
    self.input = input
    self.output = output
    realBiases = bias
    let channels = bias.count
    let inputs =
      geometry.kernelHeight * geometry.kernelWidth * (isDepthwise ? 1 : geometry.channels)
    guard kernel.codes.count == inputs * channels,
      kernel.scales.count == 1 || kernel.scales.count == channels
    else { throw .missingCodes(layer: name) }
    var codeSums = [Int64](repeating: 0, count: channels)
    for (index, code) in kernel.codes.enumerated() { codeSums[index % channels] += Int64(code) }
    let largestInput = Int64(max(input.least.magnitude, input.greatest.magnitude))
    var biases: [Int32] = []
    var folded: [Int32] = []
    var multipliers: [FixedPointMultiplier] = []
    for (channel, bias) in bias.enumerated() {
      let scale = Double(input.scale) * Double(kernel.scale(channel))
      let rounded = (Double(bias) / scale).rounded(.toNearestOrEven)
      let zeroPoint = Int64(kernel.zeroPoint(channel))
      let correction =
        Int64(input.zeroPoint) * (Int64(inputs) * zeroPoint - codeSums[channel])
      // Every product and partial sum of the two running terms stays below this.
      let reach =
        Int64(inputs) * largestInput * (Int64(AffineKernel.maxCode) + Swift.abs(zeroPoint))
      guard rounded.magnitude < 0x1p31,
        Swift.abs(Int64(rounded) + correction) + reach <= Int64(Int32.max)
      else { throw .tooLarge(layer: name) }
      biases.append(Int32(rounded))
      folded.append(Int32(Int64(rounded) + correction))
      if let output { multipliers.append(FixedPointMultiplier(scale / Double(output.scale))) }
    }
    self.biases = biases
    foldedBiases = folded
    self.multipliers = multipliers
  }

  /// The number of inputs of one output.
  package var inputsPerOutput: Int {
    geometry.kernelHeight * geometry.kernelWidth * (isDepthwise ? 1 : geometry.channels)
  }

  /// What one unit of a channel's sum stands for: input scale · weight scale.
  package func sumScale(_ channel: Int) -> Double {
    Double(input.scale) * Double(kernel.scale(channel))
  }

  /// The sums of all outputs, in the order height, width, channel, as an accumulator holds them.
  func accumulators(of codes: [Int32], in width: AccumulatorWidth) -> [Int32] {
    let channels = geometry.filters
    let places = geometry.outputHeight * geometry.outputWidth
    var sums = [Int32](repeating: 0, count: places * channels)
    sums.withUnsafeMutableBufferPointer { sums in
      codes.withUnsafeBufferPointer { codes in
        kernel.codes.withUnsafeBufferPointer { weights in
          guard let sums = sums.baseAddress, let codes = codes.baseAddress,
            let weights = weights.baseAddress
          else { return }
          for y in 0..<geometry.outputHeight {
            for x in 0..<geometry.outputWidth {
              let place = sums + (y &* geometry.outputWidth &+ x) &* channels
              for channel in 0..<channels { place[channel] = foldedBiases[channel] }
              if isDepthwise {
                addDepthwise(codes, weights, y: y, x: x, to: place)
              } else {
                add(codes, weights, y: y, x: x, to: place)
              }
            }
          }
        }
      }
    }
    return width == .int32 ? sums : sums.map { Int32(Int16(truncatingIfNeeded: $0)) }
  }

  /// The output codes of sums: requantized and held to the grid, which is ReLU too.
  func codes(of accumulators: [Int32]) -> [Int32] {
    guard let output else { return accumulators }
    var codes = accumulators
    let channels = multipliers.count
    var channel = 0
    for index in codes.indices {
      // Saturates where a multiplier above 1 leaves 32 bits.
      let shifted = multipliers[channel].apply(codes[index])
        .addingReportingOverflow(output.zeroPoint)
      let code = shifted.overflow ? (output.zeroPoint < 0 ? .min : .max) : shifted.partialValue
      codes[index] = min(max(code, output.least), output.greatest)
      channel &+= 1
      if channel == channels { channel = 0 }
    }
    return codes
  }

  @inline(__always)
  private func add(
    _ codes: UnsafePointer<Int32>, _ weights: UnsafePointer<Int32>, y: Int, x: Int,
    to sums: UnsafeMutablePointer<Int32>
  ) {
    let channels = geometry.filters
    let run = geometry.kernelWidth &* geometry.channels
    var inputSum: Int32 = 0
    for row in 0..<geometry.kernelHeight {
      let inputs = codes + ((y &+ row) &* geometry.width &+ x) &* geometry.channels
      for tap in 0..<run {
        let code = inputs[tap]
        if code == 0 { continue }
        inputSum &+= code
        let line = weights + (row &* run &+ tap) &* channels
        for channel in 0..<channels {
          sums[channel] = sums[channel] &+ code &* line[channel]
        }
      }
    }
    guard !kernel.zeroPoints.isEmpty else { return }
    for channel in 0..<channels {
      sums[channel] = sums[channel] &- kernel.zeroPoint(channel) &* inputSum
    }
  }

  @inline(__always)
  private func addDepthwise(
    _ codes: UnsafePointer<Int32>, _ weights: UnsafePointer<Int32>, y: Int, x: Int,
    to sums: UnsafeMutablePointer<Int32>
  ) {
    let channels = geometry.filters
    for row in 0..<geometry.kernelHeight {
      for column in 0..<geometry.kernelWidth {
        let inputs = codes + ((y &+ row) &* geometry.width &+ x &+ column) &* channels
        let line = weights + (row &* geometry.kernelWidth &+ column) &* channels
        for channel in 0..<channels {
          let weight = line[channel] &- kernel.zeroPoint(channel)
          sums[channel] = sums[channel] &+ inputs[channel] &* weight
        }
      }
    }
  }
}

/// How codes of values between layers relate to the values: value = (code − zero point) · scale.
package struct ActivationCode: Sendable, Hashable {
  /// The distance of neighbouring values.
  package let scale: Float
  /// The code of zero, which is the least: no value between layers is negative.
  package let zeroPoint: Int32
  /// The largest code.
  package let greatest: Int32

  /// The smallest code; holding sums to it is ReLU.
  package var least: Int32 { zeroPoint }

  /// The codes of a grid: from 0 (as uint8), or signed around zero (as int8: −128 … 127).
  package init(_ grid: QuantizationParameters, isSigned: Bool = false) {
    scale = grid.scale
    zeroPoint = isSigned ? -Int32((grid.levels + 1) / 2) : 0
    greatest = zeroPoint + Int32(grid.levels)
  }

  /// The value of a code.
  package func value(_ code: Int32) -> Float { Float(code - zeroPoint) * scale }
}
