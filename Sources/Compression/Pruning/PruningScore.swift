import NeuralNetwork
import RandomNumbers

/// The scores by which weights, filters and neurons are ranked: the lowest goes first.
enum PruningScore {
  /// The start of the random criterion's order for a recipe's seed of 1.
  ///
  /// For a seed the order is the same in every run and for every sparsity, so that a sparser network's
  /// zeros contain those of a denser one.
  static let randomSeed: UInt64 = 0x6E69_6262_6C65

  /// One score for each weight, in flat order.
  ///
  /// Criteria that look at inputs take the magnitude of weights already multiplied by what they saw.
  ///
  /// - Parameter offset: the number of weights in the kernels before this one, so that equal
  ///   positions of two kernels get different random scores.
  static func scores(
    of weights: [Float], criterion: Pruning.Criterion, offset: Int, seed: Int
  ) -> [UInt32] {
    switch criterion {
    case .magnitude, .wanda, .obs:
      [UInt32](unsafeUninitializedCapacity: weights.count) { scores, count in
        weights.withUnsafeBufferPointer { weights in
          for index in 0..<weights.count {
            scores[index] = weights[index].bitPattern & 0x7FFF_FFFF
          }
        }
        count = weights.count
      }
    case .largest: weights.map { 0x7FFF_FFFF - ($0.bitPattern & 0x7FFF_FFFF) }
    case .random:
      (0..<weights.count).map { randomScore(offset + $0, seed: seed) }
    }
  }

  /// One score for each output channel of a kernel: its L1 norm, the same below zero, or a random
  /// number.
  static func channelScores(
    of kernel: Tensor, criterion: Pruning.Criterion, seed: Int
  ) -> [Double] {
    let channels = kernel.shape.last ?? 0
    switch criterion {
    case .magnitude, .largest, .wanda, .obs:
      var norms = [Double](repeating: 0, count: channels)
      for (index, weight) in kernel.elements.enumerated() {
        norms[index % channels] += Double(weight.magnitude)
      }
      return criterion == .largest ? norms.map { -$0 } : norms
    case .random:
      return (0..<channels).map { Double(randomScore($0, seed: seed)) }
    }
  }

  /// The random score of an index: the upper half of the number at that place of the seed's sequence.
  static func randomScore(_ index: Int, seed: Int) -> UInt32 {
    // Sequences begin far from one another: the factor is no small multiple of the generator's step.
    var numbers = SplitMix64(seed: randomSeed &+ UInt64(seed - 1) &* 0xD1B5_4A32_D192_ED03)
    numbers.skip(index)
    return UInt32(truncatingIfNeeded: numbers.next() >> 32)
  }
}
