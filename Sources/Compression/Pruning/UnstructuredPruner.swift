import NeuralNetwork
import VectorLanes

/// Sets single weights to zero: the lowest scores, of equal scores the lower flat index.
enum UnstructuredPruner {
  /// The number that a share of `count` removes: floor(share · count + ½).
  static func removed(_ share: Double, of count: Int) -> Int {
    min(Int((share * Double(count) + 0.5).rounded(.down)), count)
  }

  /// Prunes kernels that are ranked together.
  ///
  /// Exactly floor(sparsity · n + ½) of their n weights are zero afterwards, more only if more
  /// were zero before. A weight's flat index counts through the kernels in the given order.
  ///
  /// - Parameters:
  ///   - kernels: the weights, kernel after kernel.
  ///   - scores: one for each weight, likewise; nil for the weights' magnitudes.
  static func prune(_ kernels: inout [[Float]], scores: [[UInt32]]?, sparsity: Double) {
    let count = kernels.reduce(0) { $0 + $1.count }
    let removed = removed(sparsity, of: count)
    guard removed > 0 else { return }
    var words: [UnsafeBufferPointer<UInt32>] = []
    let threshold: UInt32
    if let scores {
      threshold = withBuffers(of: scores[...], &words) {
        OrderStatistic.key(atRank: removed - 1, of: $0)
      }
    } else {
      threshold = withBuffers(of: kernels[...], &words) {
        OrderStatistic.key(atRank: removed - 1, of: $0, mask: magnitudeMask)
      }
    }
    var below = 0
    for kernel in kernels.indices {
      below += zero(&kernels[kernel], scores: scores?[kernel], below: threshold)
    }
    var equalLeft = removed - below
    for kernel in kernels.indices where equalLeft > 0 {
      equalLeft -= zero(
        &kernels[kernel], scores: scores?[kernel], equalTo: threshold, atMost: equalLeft)
    }
  }

  /// Sets the first weights with a score to zero, at most as many as asked for, and returns their number.
  private static func zero(
    _ weights: inout [Float], scores: [UInt32]?, equalTo score: UInt32, atMost limit: Int
  ) -> Int {
    let count = weights.count
    var zeroed = 0
    weights.withUnsafeMutableBufferPointer { weights in
      var index = 0
      while index < count, zeroed < limit {
        let own = scores?[index] ?? OrderStatistic.magnitudeKey(weights[index])
        if own == score {
          weights[index] = 0
          zeroed += 1
        }
        index &+= 1
      }
    }
    return zeroed
  }

  /// The bits of a float without its sign, which order like its magnitude.
  private static let magnitudeMask: UInt32 = 0x7FFF_FFFF

  /// Calls body with the 32-bit words of several arrays.
  private static func withBuffers<Word, Result>(
    of arrays: ArraySlice<[Word]>, _ buffers: inout [UnsafeBufferPointer<UInt32>],
    _ body: ([UnsafeBufferPointer<UInt32>]) -> Result
  ) -> Result {
    guard let first = arrays.first else { return body(buffers) }
    return first.withUnsafeBytes { bytes in
      bytes.withMemoryRebound(to: UInt32.self) { words in
        buffers.append(words)
        return withBuffers(of: arrays.dropFirst(), &buffers, body)
      }
    }
  }

  /// Sets the weights with scores below a threshold to zero and counts them.
  private static func zero(
    _ weights: inout [Float], scores: [UInt32]?, below threshold: UInt32
  ) -> Int {
    guard let scores else { return zero(&weights, below: Float(bitPattern: threshold)) }
    var zeroed = 0
    for index in weights.indices where scores[index] < threshold {
      weights[index] = 0
      zeroed += 1
    }
    return zeroed
  }

  /// Sets the weights of magnitudes below a threshold to zero and counts them.
  private static func zero(_ weights: inout [Float], below threshold: Float) -> Int {
    weights.withUnsafeMutableBufferPointer { weights in
      guard let base = weights.baseAddress else { return 0 }
      var zeroed = IntegerLanes.zero
      let limit = Lanes(repeating: threshold)
      let vectors = weights.count / laneCount * laneCount
      for index in stride(from: 0, to: vectors, by: laneCount) {
        let values = Lanes(at: base + index)
        let goes = values .< limit .& (values .> -limit)
        values.replacing(with: Lanes.zero, where: goes).store(to: base + index)
        zeroed.count(goes)
      }
      var total = Int(zeroed.wrappedSum())
      for index in vectors..<weights.count where weights[index].magnitude < threshold {
        weights[index] = 0
        total += 1
      }
      return total
    }
  }
}
