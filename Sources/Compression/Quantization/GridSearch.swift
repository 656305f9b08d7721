import NeuralNetwork

/// Finds the grids of a kernel: its ranges by extremes, percentile, or least squared error.
enum GridSearch {
  /// The grids that a kernel is rounded to.
  static func grids(
    for kernel: Tensor, _ layout: QuantizedTensor.Layout, _ method: RangeMethod
  ) -> KernelQuantizationParameters {
    if layout.scheme == .symmetric, layout.bits == 1 {
      return KernelQuantizationParameters(
        scales: meanMagnitudes(of: kernel, layout),
        zeroPoints: [Float](repeating: 0, count: layout.blocks * layout.columns))
    }
    switch method {
    case .minimumToMaximum:
      return extremes(of: kernel, layout).grids(layout)
    case .percentile(let percentile):
      return percentiles(of: kernel, layout, percentile).grids(layout)
    case .leastSquaredError:
      let ranges = extremes(of: kernel, layout)
      return ranges.grids(
        layout, ratios: ClippingSearch.ratios(for: kernel, layout, ranges: ranges))
    }
  }

  /// The least and the greatest weight of every block and channel, 0 included.
  private static func extremes(of kernel: Tensor, _ layout: QuantizedTensor.Layout) -> WeightRanges
  {
    let columns = layout.columns
    let isSymmetric = layout.scheme == .symmetric
    var ranges = WeightRanges(
      lower: [Float](repeating: 0, count: layout.blocks * columns),
      upper: [Float](repeating: 0, count: layout.blocks * columns))
    kernel.elements.withUnsafeBufferPointer { weights in
      ranges.lower.withUnsafeMutableBufferPointer { lower in
        ranges.upper.withUnsafeMutableBufferPointer { upper in
          for block in 0..<layout.blocks {
            let span = block * columns..<(block + 1) * columns
            let (low, high) = (
              UnsafeMutableBufferPointer(rebasing: lower[span]),
              UnsafeMutableBufferPointer(rebasing: upper[span])
            )
            for row in layout.rows(ofBlock: block) {
              let line = UnsafeBufferPointer(
                rebasing: weights[row * columns..<(row + 1) * columns])
              if isSymmetric {
                for column in 0..<columns {
                  let magnitude = line[column].magnitude
                  high[column] = magnitude > high[column] ? magnitude : high[column]
                }
              } else {
                for column in 0..<columns {
                  let weight = line[column]
                  high[column] = weight > high[column] ? weight : high[column]
                  low[column] = weight < low[column] ? weight : low[column]
                }
              }
            }
          }
        }
      }
    }
    if layout.granularity == .tensor {
      ranges.lower = repeated(ranges.lower.min() ?? 0, columns)
      ranges.upper = repeated(ranges.upper.max() ?? 0, columns)
    }
    return ranges
  }

  /// The mean magnitude of every block and channel; 1 where all weights are zero.
  private static func meanMagnitudes(
    of kernel: Tensor, _ layout: QuantizedTensor.Layout
  ) -> [Float] {
    let columns = layout.columns
    var sums = [Double](repeating: 0, count: layout.blocks * columns)
    var counts = [Int](repeating: 0, count: layout.blocks * columns)
    kernel.elements.withUnsafeBufferPointer { weights in
      sums.withUnsafeMutableBufferPointer { sums in
        for block in 0..<layout.blocks {
          let line = UnsafeMutableBufferPointer(
            rebasing: sums[block * columns..<(block + 1) * columns])
          for row in layout.rows(ofBlock: block) {
            for column in 0..<columns {
              line[column] += Double(weights[row &* columns &+ column].magnitude)
            }
          }
        }
      }
    }
    for block in 0..<layout.blocks {
      for column in 0..<columns {
        counts[block * columns + column] = layout.rows(ofBlock: block).count
      }
    }
    if layout.granularity == .tensor {
      sums = [Double](repeating: sums.reduce(0, +), count: columns)
      counts = [Int](repeating: kernel.count, count: columns)
    }
    return zip(sums, counts).map { sum, count in
      let mean = count == 0 ? 0 : Float(sum / Double(count))
      return mean > 0 ? mean : 1
    }
  }

  /// The percentile of every block and channel.
  ///
  /// Symmetric: the P-th percentile of the magnitudes. Asymmetric: from the (100−P)-th to the
  /// P-th percentile of the weights, widened to contain 0. Interpolated as numpy does.
  private static func percentiles(
    of kernel: Tensor, _ layout: QuantizedTensor.Layout, _ percentile: Double
  ) -> WeightRanges {
    let columns = layout.columns
    let isSymmetric = layout.scheme == .symmetric
    let isWhole = layout.granularity == .tensor
    var ranges = WeightRanges(lower: [], upper: [])
    func append(_ keys: UnsafeBufferPointer<UInt32>) {
      if isSymmetric {
        ranges.lower.append(0)
        ranges.upper.append(
          OrderStatistic.percentile(percentile, of: keys) { Float(bitPattern: $0) })
      } else {
        let (low, high) = (
          OrderStatistic.percentile(
            100 - percentile, of: keys, value: OrderStatistic.float(ofOrderedKey:)),
          OrderStatistic.percentile(
            percentile, of: keys, value: OrderStatistic.float(ofOrderedKey:))
        )
        ranges.lower.append(min(low, 0))
        ranges.upper.append(max(high, 0))
      }
    }
    kernel.elements.withUnsafeBufferPointer { weights in
      let key = isSymmetric ? OrderStatistic.magnitudeKey : OrderStatistic.orderedKey
      if isWhole {
        weights.map(key).withUnsafeBufferPointer(append)
        return
      }
      // Sixteen channels at once, since a cache line holds sixteen of a row's weights.
      let tile = 16
      withUnsafeTemporaryAllocation(of: UInt32.self, capacity: layout.blockRows * tile) { keys in
        for block in 0..<layout.blocks {
          let rows = layout.rows(ofBlock: block)
          for first in stride(from: 0, to: columns, by: tile) {
            let width = min(tile, columns - first)
            for (place, row) in rows.enumerated() {
              for column in 0..<width {
                keys[column &* rows.count &+ place] = key(
                  weights[row &* columns &+ first &+ column])
              }
            }
            for column in 0..<width {
              append(
                UnsafeBufferPointer(
                  rebasing: keys[column * rows.count..<(column + 1) * rows.count]))
            }
          }
        }
      }
    }
    if isWhole {
      ranges.lower = repeated(ranges.lower.first ?? 0, columns)
      ranges.upper = repeated(ranges.upper.first ?? 0, columns)
    }
    return ranges
  }

  private static func repeated(_ value: Float, _ count: Int) -> [Float] {
    [Float](repeating: value, count: count)
  }
}
