import NeuralNetwork

/// Sets single weights to zero: the lowest scores, of equal scores the lower flat index.
enum UnstructuredPruner {
  /// How many of so many things a share removes: floor(share · count + ½).
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
  ///   - scores: one for each weight, likewise.
  static func prune(_ kernels: inout [[Float]], scores: [[UInt32]], sparsity: Double) {
    let count = scores.reduce(0) { $0 + $1.count }
    let removed = removed(sparsity, of: count)
    guard removed > 0 else { return }
    let threshold: UInt32
    if scores.count == 1 {
      threshold = scores[0].withUnsafeBufferPointer {
        OrderStatistic.key(atRank: removed - 1, of: $0)
      }
    } else {
      var together: [UInt32] = []
      together.reserveCapacity(count)
      for kernel in scores { together.append(contentsOf: kernel) }
      threshold = together.withUnsafeBufferPointer {
        OrderStatistic.key(atRank: removed - 1, of: $0)
      }
    }
    var below = 0
    for kernel in kernels.indices {
      below += zero(&kernels[kernel], scores: scores[kernel], below: threshold)
    }
    var equalLeft = removed - below
    for kernel in kernels.indices where equalLeft > 0 {
      let count = kernels[kernel].count
      kernels[kernel].withUnsafeMutableBufferPointer { weights in
        scores[kernel].withUnsafeBufferPointer { scores in
          var index = 0
          while index < count, equalLeft > 0 {
            if scores[index] == threshold {
              weights[index] = 0
              equalLeft -= 1
            }
            index &+= 1
          }
        }
      }
    }
  }

  /// Sets the weights with scores below a threshold to zero and counts them.
  private static func zero(_ weights: inout [Float], scores: [UInt32], below threshold: UInt32)
    -> Int
  {
    let count = weights.count
    return weights.withUnsafeMutableBytes { weights in
      scores.withUnsafeBytes { scores in
        var zeroed = SIMD16<UInt32>.zero
        let limit = SIMD16<UInt32>(repeating: threshold)
        let one = SIMD16<UInt32>(repeating: 1)
        var index = 0
        while index &+ 16 <= count {
          let goes =
            scores.loadUnaligned(fromByteOffset: index &* 4, as: SIMD16<UInt32>.self) .< limit
          let values = weights.loadUnaligned(fromByteOffset: index &* 4, as: SIMD16<Float>.self)
          weights.storeBytes(
            of: values.replacing(with: SIMD16<Float>(repeating: 0), where: goes),
            toByteOffset: index &* 4,
            as: SIMD16<Float>.self)
          zeroed = zeroed &+ SIMD16<UInt32>.zero.replacing(with: one, where: goes)
          index &+= 16
        }
        var total = Int(zeroed.wrappedSum())
        while index < count {
          if scores.loadUnaligned(fromByteOffset: index &* 4, as: UInt32.self) < threshold {
            weights.storeBytes(of: 0, toByteOffset: index &* 4, as: Float.self)
            total += 1
          }
          index &+= 1
        }
        return total
      }
    }
  }
}
