import NeuralNetwork

/// Finds short lists of values for a kernel's weights.
///
/// Where a kernel has exact zeros, as pruning leaves them, zero is one of the values, and the others
/// are found from the weights that are not zero; so zeros stay zero.
enum CodebookQuantizer {
  /// The most rounds of k-means; it usually stops earlier, when no weight changes its centre.
  static let rounds = 50

  /// Rounds a kernel to a list of 2^bits values for the whole of it, or for each output channel.
  ///
  /// An index is stored as a byte, so more than 8 bits are a programmer's mistake.
  static func quantize(_ kernel: Tensor, _ options: WeightQuantization) -> CodebookTensor {
    precondition(1...8 ~= options.bits, "A codebook's index has 1 to 8 bits.")
    let isPerChannel = options.granularity != .tensor
    let columns = kernel.shape.last ?? 1
    let lists = isPerChannel ? columns : 1
    var levels: [Float] = []
    var indices = [UInt8](repeating: 0, count: kernel.count)
    for list in 0..<lists {
      let places = Array(stride(from: list, to: kernel.count, by: lists))
      let weights = places.map { kernel.elements[$0] }
      let values = values(of: weights, options)
      levels += values
      let nearest = NearestLevel(values)
      for (place, weight) in zip(places, weights) { indices[place] = nearest.index(of: weight) }
    }
    return CodebookTensor(
      shape: kernel.shape, bits: options.bits, isPerChannel: isPerChannel, levels: levels,
      indices: indices)
  }

  /// The values of a list in rising order, the last repeated where fewer are needed.
  private static func values(of weights: [Float], _ options: WeightQuantization) -> [Float] {
    let sorted = weights.filter { $0 != 0 }.sorted()
    let hasZeros = sorted.count < weights.count
    let count = (1 << options.bits) - (hasZeros ? 1 : 0)
    var values =
      options.codebook == .kmeans ? centres(of: sorted, count) : quantileMeans(of: sorted, count)
    if hasZeros { values.append(0) }
    values.sort()
    let last = values.last ?? 0
    return values + [Float](repeating: last, count: (1 << options.bits) - values.count)
  }

  /// The centres of one-dimensional k-means over sorted weights; empty ones are left out.
  ///
  /// They begin at equal distances from the least to the greatest weight, the start that Han et al.
  /// 2016 found the best.
  static func centres(of sorted: [Float], _ count: Int) -> [Float] {
    guard let least = sorted.first, let greatest = sorted.last, count > 0 else { return [] }
    // Sums of the first weights, so that a cluster's mean takes two look-ups.
    var sums = [0.0]
    sums.reserveCapacity(sorted.count + 1)
    for weight in sorted { sums.append((sums.last ?? 0) + Double(weight)) }
    var centres = (0..<count).map { index in
      count == 1
        ? (Double(least) + Double(greatest)) / 2
        : Double(least) + (Double(greatest) - Double(least)) * Double(index) / Double(count - 1)
    }
    var ends: [Int] = []
    for _ in 0..<rounds {
      let borders = zip(centres, centres.dropFirst()).map { ($0 + $1) / 2 }
      let found = borders.map { firstIndex(above: $0, in: sorted) } + [sorted.count]
      if found == ends { break }
      ends = found
      var start = 0
      centres = centres.indices.map { index in
        defer { start = ends[index] }
        return ends[index] > start
          ? (sums[ends[index]] - sums[start]) / Double(ends[index] - start) : centres[index]
      }
    }
    var start = 0
    return centres.indices.compactMap { index in
      defer { start = ends[index] }
      return ends[index] > start ? Float(centres[index]) : nil
    }
  }

  /// The means of sorted weights that are divided into `count` parts of equal size.
  static func quantileMeans(of sorted: [Float], _ count: Int) -> [Float] {
    guard !sorted.isEmpty, count > 0 else { return [] }
    let parts = min(count, sorted.count)
    return (0..<parts).map { part in
      let range = sorted.count * part / parts..<sorted.count * (part + 1) / parts
      let sum = sorted[range].reduce(0.0) { $0 + Double($1) }
      return Float(sum / Double(range.count))
    }
  }

  private static func firstIndex(above border: Double, in sorted: [Float]) -> Int {
    var (low, high) = (0, sorted.count)
    while low < high {
      let middle = (low + high) / 2
      if Double(sorted[middle]) > border { high = middle } else { low = middle + 1 }
    }
    return low
  }
}

/// Finds the nearest of some rising values; of two equally near ones the lower.
private struct NearestLevel {
  private let values: [Float]

  init(_ values: [Float]) { self.values = values }

  func index(of weight: Float) -> UInt8 {
    var (low, high) = (0, values.count)
    while low < high {
      let middle = (low + high) / 2
      if values[middle] >= weight { high = middle } else { low = middle + 1 }
    }
    if low == values.count { return index(ofFirst: values[values.count - 1]) }
    if low == 0 { return 0 }
    let isLower = weight - values[low - 1] <= values[low] - weight
    // A weight other than zero may be as near to zero as to another value; both are allowed.
    return index(ofFirst: values[isLower ? low - 1 : low])
  }

  private func index(ofFirst value: Float) -> UInt8 {
    UInt8(values.firstIndex(of: value) ?? 0)
  }
}
