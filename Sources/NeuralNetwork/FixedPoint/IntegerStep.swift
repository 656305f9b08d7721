/// How one output of one layer of the integer network came about, step by step.
///
/// A plain value, ready to be drawn: the products, the bias, the sum, its requantization and the code.
package struct IntegerStep: Sendable, Equatable {
  /// The layer's name.
  package let layer: String
  /// The place of the output: row, column, channel, or the unit alone.
  package let place: [Int]
  /// The shape of the layer's output.
  package let outputShape: [Int]
  /// One product for each input that the output meets, in the kernel's order.
  package let terms: [Term]
  /// How the input's codes relate to values.
  package let input: ActivationCode
  /// The scale of the output channel's weights.
  package let weightScale: Float
  /// The weight code that stands for zero.
  package let weightZeroPoint: Int32
  /// The real bias.
  package let realBias: Float
  /// The bias as a multiple of input scale · weight scale.
  package let bias: Int32
  /// The 32-bit sum of the bias and all products.
  package let accumulator: Int32
  /// How the sum became a code; nil in the last layer, whose sums are the logits.
  package let requantization: Requantized?

  /// One input that the output meets.
  package struct Term: Sendable, Equatable {
    /// The place of the input: row, column, channel, or the number of the input alone.
    package let place: [Int]
    /// The input's code.
    package let input: Int32
    /// The weight's code.
    package let weight: Int32
    /// (input − its zero point) · (weight − its zero point).
    package let product: Int32
  }

  /// How a sum became a code.
  package struct Requantized: Sendable, Equatable {
    /// How the output's codes relate to values.
    package let output: ActivationCode
    /// input scale · weight scale / output scale as integer and shift.
    package let multiplier: FixedPointMultiplier
    /// The product of sum and multiplier, in 64 bits.
    package let product: Int64
    /// The product shifted to the right by `multiplier.totalShift` bits, rounded.
    package let rounded: Int32
    /// The code: rounded plus the output's zero point, held to the least and greatest code.
    package let code: Int32

    /// Whether the code had to be held to an end of the grid.
    package var isClamped: Bool { Int64(rounded) + Int64(output.zeroPoint) != Int64(code) }
  }

  /// What one unit of the sum stands for.
  package var sumScale: Double { Double(input.scale) * Double(weightScale) }

  /// The value that the output stands for: of its code, or in the last layer of its sum.
  package var value: Float {
    requantization.map { $0.output.value($0.code) } ?? Float(Double(accumulator) * sumScale)
  }
}

extension FixedPointNetwork {
  /// How an output of a layer came about.
  ///
  /// - Parameters:
  ///   - layer: The layer's name.
  ///   - place: Row, column and channel of a convolution's output, before pooling; the unit of a dense
  ///     layer.
  ///   - pixels: The image's bytes.
  package func step(
    layer name: String, place: [Int], pixels: ArraySlice<UInt8>
  ) throws(FixedPointError) -> IntegerStep {
    try step(layer: name, place: place, in: trace(pixels))
  }

  /// How an output of a layer came about in an image that was traced before.
  package func step(
    layer name: String, place: [Int], in trace: Trace
  ) throws(FixedPointError) -> IntegerStep {
    let layers = weightedLayers
    guard let index = layers.firstIndex(where: { $0.name == name }) else {
      throw .unknownLayer(name, available: layers.map(\.name))
    }
    let layer = layers[index]
    let shape = layer.outputShape
    guard place.count == shape.count, zip(place, shape).allSatisfy({ 0..<$1 ~= $0 }) else {
      throw .noSuchOutput(place, shape: shape)
    }
    let channel = place[place.count - 1]
    let flat = zip(place, shape).reduce(0) { $0 * $1.1 + $1.0 }
    let accumulator = trace.accumulators[index][flat]
    let requantized = layer.output.map { output in
      let multiplier = layer.multipliers[channel]
      return IntegerStep.Requantized(
        output: output, multiplier: multiplier,
        product: multiplier.product(accumulator),
        rounded: multiplier.apply(accumulator), code: trace.outputs[index][flat])
    }
    return IntegerStep(
      layer: name, place: place, outputShape: shape,
      terms: layer.terms(at: place, inputs: trace.inputs[index]), input: layer.input,
      weightScale: layer.kernel.scale(channel), weightZeroPoint: layer.kernel.zeroPoint(channel),
      realBias: layer.realBiases[channel], bias: layer.biases[channel],
      accumulator: accumulator, requantization: requantized)
  }
}

extension FixedPointLayer {
  /// The products of one output.
  fileprivate func terms(at place: [Int], inputs: [Int32]) -> [IntegerStep.Term] {
    let isImage = place.count == 3
    let (y, x) = isImage ? (place[0], place[1]) : (0, 0)
    let channel = place[place.count - 1]
    let zeroPoint = kernel.zeroPoint(channel)
    var terms: [IntegerStep.Term] = []
    for row in 0..<geometry.kernelHeight {
      for column in 0..<geometry.kernelWidth {
        for inputChannel in isDepthwise ? channel..<channel + 1 : 0..<geometry.channels {
          let inputIndex =
            ((y + row) * geometry.width + x + column) * geometry.channels + inputChannel
          let tap = row * geometry.kernelWidth + column
          let line = isDepthwise ? tap : tap * geometry.channels + inputChannel
          let (code, weight) = (
            inputs[inputIndex], kernel.codes[line * geometry.filters + channel]
          )
          terms.append(
            IntegerStep.Term(
              place: isImage ? [y + row, x + column, inputChannel] : [inputChannel],
              input: code, weight: weight,
              product: (code - input.zeroPoint) * (weight - zeroPoint)))
        }
      }
    }
    return terms
  }
}
