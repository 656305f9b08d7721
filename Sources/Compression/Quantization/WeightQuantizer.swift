package import NeuralNetwork

/// Rounds kernels to the grids of a recipe.
///
/// A kernel is read as a matrix of inputs × output channels (its last dimension). A block of
/// inputs and a channel share a scale; a block is all inputs, or N of them for groups.
///
/// Symmetric, b bits: scale = max|w| / (2^(b−1)−1), code = round-half-even(w / scale) held to
/// ±(2^(b−1)−1). One bit: code = sign(w) with sign(0) = 0, scale = mean|w| over all weights of the
/// group, zeros included (Rastegari et al. 2016, XNOR-Net). Asymmetric: over a range widened to
/// contain 0, scale = (max−min) / (2^b−1), zero point = round(−min / scale) held to the codes,
/// code = round-half-even(w / scale) + zero point held to 0 … 2^b−1. A group whose weights are all
/// zero has scale 1 and stays zero. Formulas as in Jacob et al. 2018.
package enum WeightQuantizer {
  /// Rounds a kernel.
  ///
  /// - Parameters:
  ///   - kernel: finite weights whose last dimension is the output channel.
  ///   - options: what to do; its bits must be below 32, its choice of layers is not looked at.
  ///   - wraps: whether to make the mistake of `Fault.scale128`, where the options allow for it.
  package static func quantize(
    _ kernel: Tensor, _ options: WeightQuantization, wraps: Bool = false
  ) -> QuantizedTensor {
    if wraps, options.wrapsAtPowerOfTwo { return WrappingQuantizer.quantize(kernel, options) }
    let layout = QuantizedTensor.Layout(
      shape: kernel.shape, bits: options.bits, granularity: options.granularity,
      scheme: options.scheme)
    let grids = GridSearch.grids(for: kernel, layout, options.range)
    // Both arrays are written whole, so neither is set to zero first.
    var dequantized: [Float] = []
    let codes = [Int32](unsafeUninitializedCapacity: kernel.count) { codes, codeCount in
      dequantized = [Float](unsafeUninitializedCapacity: kernel.count) { dequantized, count in
        kernel.elements.withUnsafeBufferPointer { weights in
          round(weights, layout, grids, codes, dequantized)
        }
        count = kernel.count
      }
      codeCount = kernel.count
    }
    return tensor(
      layout, grids, codes: codes,
      dequantized: Tensor(shape: kernel.shape, elements: dequantized))
  }

  /// The kernel of some codes; what they stand for is computed where it is not known.
  static func tensor(
    _ layout: QuantizedTensor.Layout, _ grids: KernelQuantizationParameters, codes: [Int32],
    dequantized: Tensor?
  ) -> QuantizedTensor {
    let step = layout.granularity == .tensor ? max(layout.columns, 1) : 1
    let scales = stride(from: 0, to: grids.scales.count, by: step).map { grids.scales[$0] }
    let zeroPoints =
      layout.scheme == .symmetric
      ? []
      : stride(from: 0, to: grids.zeroPoints.count, by: step).map { Int32(grids.zeroPoints[$0]) }
    guard let dequantized else {
      return QuantizedTensor(
        layout: layout, codes: codes, scales: scales, zeroPoints: zeroPoints)
    }
    return QuantizedTensor(
      layout: layout, codes: codes, scales: scales, zeroPoints: zeroPoints,
      dequantized: dequantized)
  }

  private static func round(
    _ weights: UnsafeBufferPointer<Float>, _ layout: QuantizedTensor.Layout,
    _ grids: KernelQuantizationParameters,
    _ codes: UnsafeMutableBufferPointer<Int32>, _ dequantized: UnsafeMutableBufferPointer<Float>
  ) {
    let columns = layout.columns
    let isSign = layout.scheme == .symmetric && layout.bits == 1
    let (least, greatest) = (Float(layout.qmin), Float(layout.qmax))
    grids.scales.withUnsafeBufferPointer { scales in
      grids.zeroPoints.withUnsafeBufferPointer { zeroPoints in
        for block in 0..<layout.blocks {
          let blockScales = UnsafeBufferPointer(
            rebasing: scales[block * columns..<(block + 1) * columns])
          let blockZeros = UnsafeBufferPointer(
            rebasing: zeroPoints[block * columns..<(block + 1) * columns])
          for row in layout.rows(ofBlock: block) {
            let range = row * columns..<(row + 1) * columns
            let rowWeights = UnsafeBufferPointer(rebasing: weights[range])
            let rowCodes = UnsafeMutableBufferPointer(rebasing: codes[range])
            let rowDequantized = UnsafeMutableBufferPointer(rebasing: dequantized[range])
            if isSign {
              for column in 0..<columns {
                let weight = rowWeights[column]
                let sign: Float = weight > 0 ? 1 : (weight < 0 ? -1 : 0)
                rowDequantized[column] = sign * blockScales[column]
                rowCodes[column] = integer(sign)
              }
            } else {
              for column in 0..<columns {
                let zeroPoint = blockZeros[column]
                let steps =
                  (rowWeights[column] / blockScales[column])
                  .rounded(.toNearestOrEven) + zeroPoint
                let above = steps < least ? least : steps
                let code = above > greatest ? greatest : above
                rowDequantized[column] = (code - zeroPoint) * blockScales[column]
                rowCodes[column] = integer(code)
              }
            }
          }
        }
      }
    }
  }

  /// The integer of a whole float below 2^22 in magnitude.
  ///
  /// Adding 1.5·2^23 leaves the integer in the low bits; unlike a checked conversion this compiles
  /// to vector instructions.
  @inline(__always)
  private static func integer(_ whole: Float) -> Int32 {
    Int32(bitPattern: (whole + 12_582_912).bitPattern &- 0x4B40_0000)
  }
}
