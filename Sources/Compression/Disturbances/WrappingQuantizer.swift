import NeuralNetwork

/// The symmetric grid with 2^(b−1) in place of 2^(b−1) − 1 steps on either side of zero.
///
/// scale = max|w| / 2^(b−1). The greatest magnitude then gets the code ±2^(b−1), of which b bits of two's
/// complement hold only the negative one: a cast of +2^(b−1) to b bits wraps around to −2^(b−1), and the
/// largest positive weights of a group change their sign. A clamp before the cast would hide the
/// mistake; `numpy`'s `astype(int8)`, for one, does not clamp.
enum WrappingQuantizer {
  /// Rounds a kernel by the mistaken scale.
  static func quantize(_ kernel: Tensor, _ options: WeightQuantization) -> QuantizedTensor {
    let right = RoundingGrid(for: kernel, options)
    let layout = right.layout
    let greatest = layout.qmax
    var codes: [Int32] = []
    codes.reserveCapacity(kernel.count)
    for (place, weight) in kernel.elements.enumerated() {
      let (row, column) = (place / layout.columns, place % layout.columns)
      let scale = mistaken(right.scale(row, column), greatest)
      let steps = (weight / scale).rounded(.toNearestOrEven)
      // Beyond a range that clips, values saturate before the cast, as they do on the right grid.
      let held = min(max(steps, -Float(greatest + 1)), Float(greatest + 1))
      let code = Int32(held)
      codes.append(code > greatest ? -code : code)
    }
    let tensor = right.tensor(codes)
    return QuantizedTensor(
      layout: layout, codes: codes, scales: tensor.scales.map { mistaken($0, greatest) },
      zeroPoints: [])
  }

  private static func mistaken(_ scale: Float, _ greatest: Int32) -> Float {
    let wrong = scale * Float(greatest) / Float(greatest + 1)
    return wrong > 0 ? wrong : scale
  }
}

extension WeightQuantization {
  /// Whether the grid lies around zero, so that a power of two as divisor makes its codes overflow.
  var wrapsAtPowerOfTwo: Bool {
    scheme == .symmetric && codebook == .uniform && rounding == .nearest
      && (2...16).contains(bits)
  }
}
