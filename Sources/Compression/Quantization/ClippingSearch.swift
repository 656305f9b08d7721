import NeuralNetwork

/// Finds how much of a range to keep so that rounding and clipping together cost least.
///
/// The mean squared error is evaluated for the ratios 1.00, 0.95, … 0.05 of the range and then in
/// steps of 0.005 within ±0.045 of the best of them; of equal errors the first one tried wins, so
/// that nothing is clipped without need.
enum ClippingSearch {
  private static let coarse: [Float] = (0..<20).map { 1 - 0.05 * Float($0) }
  private static let fine: [Float] = (1...9).flatMap { [0.005 * Float($0), -0.005 * Float($0)] }

  /// The best ratio for every block and channel.
  static func ratios(
    for kernel: Tensor, _ layout: QuantizedTensor.Layout, ranges: WeightRanges
  ) -> [Float] {
    let count = ranges.upper.count
    var best = [Float](repeating: 1, count: count)
    var leastError = [Double](repeating: .infinity, count: count)
    func attempt(_ ratios: [Float]) {
      let errors = squaredErrors(of: kernel, layout, ranges.grids(layout, ratios: ratios))
      for index in 0..<count where errors[index] < leastError[index] {
        leastError[index] = errors[index]
        best[index] = ratios[index]
      }
    }
    for ratio in coarse {
      attempt([Float](repeating: ratio, count: count))
    }
    let centre = best
    for offset in fine {
      attempt(centre.map { min(max($0 + offset, 0.005), 1) })
    }
    return best
  }

  /// The sum of squared errors of every block and channel; of a whole tensor for `tensor`.
  private static func squaredErrors(
    of kernel: Tensor, _ layout: QuantizedTensor.Layout, _ grids: KernelQuantizationParameters
  ) -> [Double] {
    let columns = layout.columns
    let (least, greatest) = (Float(layout.qmin), Float(layout.qmax))
    var totals = [Double](repeating: 0, count: layout.blocks * columns)
    let inverses = grids.scales.map { 1 / $0 }
    // Float sums are emptied into doubles every so many rows, which keeps their error small.
    let rowsAtOnce = 256
    withUnsafeTemporaryAllocation(of: Float.self, capacity: columns) { sums in
      kernel.elements.withUnsafeBufferPointer { weights in
        grids.scales.withUnsafeBufferPointer { scales in
          grids.zeroPoints.withUnsafeBufferPointer { zeroPoints in
            inverses.withUnsafeBufferPointer { inverses in
              for block in 0..<layout.blocks {
                let span = block * columns..<(block + 1) * columns
                let scale = UnsafeBufferPointer(rebasing: scales[span])
                let inverse = UnsafeBufferPointer(rebasing: inverses[span])
                let zeroPoint = UnsafeBufferPointer(rebasing: zeroPoints[span])
                let rows = layout.rows(ofBlock: block)
                for start in stride(from: rows.lowerBound, to: rows.upperBound, by: rowsAtOnce) {
                  sums.initialize(repeating: 0)
                  for row in start..<min(start + rowsAtOnce, rows.upperBound) {
                    let line = UnsafeBufferPointer(
                      rebasing: weights[row * columns..<(row + 1) * columns])
                    for column in 0..<columns {
                      let zero = zeroPoint[column]
                      let steps =
                        (line[column] * inverse[column]).rounded(.toNearestOrEven) + zero
                      let above = steps < least ? least : steps
                      let code = above > greatest ? greatest : above
                      let error = line[column] - (code - zero) * scale[column]
                      sums[column] += error * error
                    }
                  }
                  for column in 0..<columns {
                    totals[block * columns + column] += Double(sums[column])
                  }
                }
              }
            }
          }
        }
      }
    }
    if layout.granularity == .tensor {
      totals = [Double](repeating: totals.reduce(0, +), count: columns)
    }
    return totals
  }
}
