import VectorLanes

/// How often values that are never negative occur, in bins of equal relative width.
///
/// A bin holds the floats that share their exponent and their 14 highest mantissa bits, and stands
/// for their mean, which is within 2⁻¹⁴ of each of them, relatively, and exact where a bin holds one
/// value only. Values below 2⁻²⁰ count as 0; values of 2¹² and more share the last bin, which stands
/// for the greatest of them.
struct ActivationHistogram: Sendable {
  /// The greatest value seen, exactly.
  private(set) var greatest: Float = 0
  /// How many values were seen.
  private(set) var count = 0

  private var counts: [UInt32]
  /// For each bin the sum of its values' lowest nine bits, over at most `summed` values.
  private var sums: [UInt32]
  /// So many values of a bin can be summed without overflow: 511 times this is below 2³².
  private static let summed: UInt32 = 8_000_000
  private static let firstKey: UInt32 = (127 - 20) << 14
  private static let bins = 32 << 14

  /// Makes an empty histogram; without bins it only knows the greatest value.
  init(hasBins: Bool) {
    counts = hasBins ? [UInt32](repeating: 0, count: ActivationHistogram.bins) : []
    sums = counts
  }

  /// Makes a histogram without bins of values of which only the greatest is known.
  init(greatest: Float) {
    self.init(hasBins: false)
    self.greatest = greatest
  }

  /// Counts more values, none of which is negative.
  mutating func add(_ values: UnsafeBufferPointer<Float>) {
    guard let first = values.baseAddress else { return }
    count += values.count
    greatest = max(greatest, ActivationHistogram.greatest(first, values.count))
    guard !counts.isEmpty else { return }
    let last = UInt32(ActivationHistogram.bins - 1)
    counts.withUnsafeMutableBufferPointer { counts in
      sums.withUnsafeMutableBufferPointer { sums in
        var index = 0
        while index < values.count {
          let bits = first[index].bitPattern
          let key = max(bits &>> 9, ActivationHistogram.firstKey)
          let bin = Int(min(key &- ActivationHistogram.firstKey, last))
          sums[bin] &+= counts[bin] < ActivationHistogram.summed ? bits & 511 : 0
          counts[bin] &+= 1
          index &+= 1
        }
      }
    }
  }

  /// Adds what another histogram of the same kind counted.
  mutating func merge(_ other: ActivationHistogram) {
    greatest = max(greatest, other.greatest)
    count += other.count
    for bin in counts.indices where other.counts[bin] > 0 {
      let room = ActivationHistogram.summed - min(counts[bin], ActivationHistogram.summed)
      // Where not all fit, the mean of so many values is known well enough from the first of them.
      if min(other.counts[bin], ActivationHistogram.summed) <= room {
        sums[bin] += other.sums[bin]
        counts[bin] += other.counts[bin]
      } else {
        sums[bin] = UInt32(mean(ofBin: bin) * Double(ActivationHistogram.summed))
        counts[bin] &+= other.counts[bin]
      }
    }
  }

  /// The bins that hold something, as the value that stands for each and how many it holds.
  var occupied: [(value: Float, count: Int)] {
    counts.indices.compactMap { bin in
      counts[bin] == 0 ? nil : (value(ofBin: bin), Int(counts[bin]))
    }
  }

  /// A percentile, interpolated between the two nearest ranks as numpy does.
  func percentile(_ percentile: Double) -> Float {
    precondition(!counts.isEmpty, "A percentile needs a histogram with bins.")
    let position = percentile / 100 * Double(max(count - 1, 0))
    let rank = Int(position)
    let (lower, upper) = (value(atRank: rank), value(atRank: min(rank + 1, max(count - 1, 0))))
    return Float(Double(lower) + (Double(upper) - Double(lower)) * (position - Double(rank)))
  }

  private func value(atRank rank: Int) -> Float {
    var seen = 0
    for bin in counts.indices {
      seen += Int(counts[bin])
      if rank < seen { return value(ofBin: bin) }
    }
    return greatest
  }

  private func value(ofBin bin: Int) -> Float {
    if bin == 0 { return 0 }
    if bin == ActivationHistogram.bins - 1 { return greatest }
    let lowest = (ActivationHistogram.firstKey + UInt32(bin)) << 9
    return min(Float(bitPattern: lowest + UInt32(mean(ofBin: bin).rounded())), greatest)
  }

  /// The mean of the lowest nine bits of a bin's values.
  private func mean(ofBin bin: Int) -> Double {
    Double(sums[bin]) / Double(max(1, min(counts[bin], ActivationHistogram.summed)))
  }

  private static func greatest(_ first: UnsafePointer<Float>, _ count: Int) -> Float {
    var lanes = Lanes.zero
    var index = 0
    while index &+ laneCount <= count {
      lanes = lanes.larger(Lanes(at: first + index))
      index &+= laneCount
    }
    var greatest = lanes.max()
    while index < count {
      greatest = max(greatest, first[index])
      index &+= 1
    }
    return greatest
  }
}
