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
      threshold = Array(scores.joined()).withUnsafeBufferPointer {
        OrderStatistic.key(atRank: removed - 1, of: $0)
      }
    }
    var below = 0
    for kernel in kernels.indices {
      let weights = kernels[kernel].count
      kernels[kernel].withUnsafeMutableBufferPointer { weightsPointer in
        scores[kernel].withUnsafeBufferPointer { scores in
          for index in 0..<weights {
            let goes = scores[index] < threshold
            weightsPointer[index] = goes ? 0 : weightsPointer[index]
            below &+= goes ? 1 : 0
          }
        }
      }
    }
    var equalLeft = removed - below
    for kernel in kernels.indices where equalLeft > 0 {
      for index in kernels[kernel].indices where scores[kernel][index] == threshold {
        kernels[kernel][index] = 0
        equalLeft -= 1
        if equalLeft == 0 { return }
      }
    }
  }
}
