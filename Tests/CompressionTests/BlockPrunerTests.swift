import NeuralNetwork
import Testing

@testable import Compression

@Suite struct BlockPrunerTests {
  /// A kernel of 8 inputs × 6 outputs whose blocks have means that can be read off: two rows of a
  /// block of 4×4 and one at the edge of 4×2.
  private static let kernel: Tensor = {
    let means: [[Float]] = [[1, 4], [3, 2]]
    return Tensor(
      shape: [8, 6],
      elements: (0..<48).map { index in
        let (row, column) = (index / 6, index % 6)
        let mean = means[row / 4][column / 4]
        // Signs differ and the mean of the magnitudes is the block's number.
        return (row + column) % 2 == 0 ? mean + 0.5 : -(mean - 0.5)
      })
  }()

  private static func zeroBlocks(_ kernel: Tensor) -> [[Bool]] {
    (0..<2).map { blockRow in
      (0..<2).map { blockColumn in
        let elements = (0..<4).flatMap { row in
          (0..<(blockColumn == 0 ? 4 : 2)).map { column in
            kernel.elements[(blockRow * 4 + row) * 6 + blockColumn * 4 + column]
          }
        }
        #expect(elements.allSatisfy { $0 == 0 } || elements.allSatisfy { $0 != 0 })
        return elements[0] == 0
      }
    }
  }

  @Test func theBlocksOfLeastMeanMagnitudeGo() {
    for (share, expected) in [
      (0.0, [[false, false], [false, false]]), (0.25, [[true, false], [false, false]]),
      (0.5, [[true, false], [false, true]]), (0.75, [[true, false], [true, true]]),
    ] {
      let pruned = BlockPruner.prune([Self.kernel], scoredBy: [Self.kernel], share: share)
      #expect(Self.zeroBlocks(pruned[0]) == expected)
      for (old, new) in zip(Self.kernel.elements, pruned[0].elements) {
        #expect(new == 0 || new == old)
      }
    }
  }

  /// Among kernels that are ranked together a block of the weaker one goes, and of equal blocks that
  /// of the earlier kernel and the lower input.
  @Test func kernelsAreRankedTogetherAndEqualBlocksInOrder() {
    let weak = Tensor(shape: [4, 4], elements: [Float](repeating: 0.1, count: 16))
    let both = BlockPruner.prune([Self.kernel, weak], scoredBy: [Self.kernel, weak], share: 0.2)
    #expect(both[0] == Self.kernel)
    #expect(both[1].zeroCount == 16)
    let equal = Tensor(shape: [8, 4], elements: [Float](repeating: 1, count: 32))
    let pruned = BlockPruner.prune([equal, equal], scoredBy: [equal, equal], share: 0.25)
    #expect(
      pruned[0].elements == [Float](repeating: 0, count: 16) + [Float](repeating: 1, count: 16))
    #expect(pruned[1] == equal)
  }

  @Test func onlyDenseKernelsHaveBlocks() throws {
    let network = TestNetworks.seedShaped(filters: 3, units: 8)
    for line in ["prune.scope=global", "prune.scope=layer", "prune.criterion=random"] {
      let pruned = try Compressor.compress(
        network, Recipe(line: "prune.pattern=block prune.sparsity=0.5 \(line)")
      ).network
      #expect(pruned.kernels[0] == network.kernels[0])
      // 507 inputs × 8 outputs have 127 · 2 blocks, 8 × 10 have 2 · 3.
      let zeros = pruned.kernels[1...].map(\.tensor.zeroCount)
      if line == "prune.scope=layer" {
        #expect(zeros[0] >= 127 * 16 - 16 && zeros[0] <= 127 * 16)
        #expect(zeros[1] > 0)
      }
      #expect(zeros.reduce(0, +) > 1_800)
    }
  }
}
