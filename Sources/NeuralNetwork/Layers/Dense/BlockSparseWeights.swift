import VectorLanes

/// The weights of a dense layer in squares of four inputs × four outputs, without the squares that are
/// all zero.
///
/// Four outputs take what they need of an input while it is in registers, so that a product costs its
/// multiplication alone; single weights cost a load of the input each. Blocks of inputs follow one
/// another as in `SparseDenseWeights`.
final class BlockSparseWeights: Sendable {
  /// Inputs and outputs of a square.
  static let side = 4

  /// The inputs of a block, which stay in the first-level cache.
  static let blockInputs = 128
  /// The number of blocks of inputs.
  let blocks: Int
  /// The number of groups of four outputs; the last group may have padding.
  let groups: Int
  /// The squares' weights, block after block, group after group, [input][output] in each.
  let values: [Float]
  /// For each square the position of its first input in the block.
  let positions: [UInt16]
  /// For each block and group, where its squares begin; one more than there are of them.
  let starts: [Int32]

  /// Collects the squares of a kernel [inputs][outputs]; nil where they are so sparse inside that
  /// single weights cost less.
  init?(kernel: [Float], inputs: Int, outputs: Int, nonzero: Int) {
    let side = Self.side
    groups = (outputs + side - 1) / side
    blocks = (inputs + Self.blockInputs - 1) / Self.blockInputs
    var values: [Float] = []
    var positions: [UInt16] = []
    var starts: [Int32] = [0]
    // On AVX-512 a square takes as long as eleven single weights (`nibble bench`, 80 % zero in both
    // patterns, without the transposition); the twelfth is a margin.
    let most = nonzero / 12
    var square = [Float](repeating: 0, count: side * side)
    for block in 0..<blocks {
      let first = block * Self.blockInputs
      for group in 0..<groups {
        for input in stride(from: first, to: min(first + Self.blockInputs, inputs), by: side) {
          var isZero = true
          for row in 0..<side {
            for column in 0..<side {
              let (k, output) = (input &+ row, group &* side &+ column)
              let weight = k < inputs && output < outputs ? kernel[k &* outputs &+ output] : 0
              square[row &* side &+ column] = weight
              if weight != 0 { isZero = false }
            }
          }
          guard !isZero else { continue }
          guard positions.count < most else { return nil }
          values += square
          positions.append(UInt16(truncatingIfNeeded: input - first))
        }
        starts.append(Int32(positions.count))
      }
    }
    self.values = values
    self.positions = positions
    self.starts = starts
  }
}

extension SparseDenseForward {
  /// Adds the products of all squares to the sums of a group of images, in the order of k.
  ///
  /// - Parameters:
  ///   - input: [inputs rounded up to four][64].
  ///   - sums: [outputs rounded up to 16][64].
  @inline(never)
  static func add(
    _ weights: BlockSparseWeights, input: UnsafePointer<Float>, to sums: UnsafeMutablePointer<Float>
  ) {
    weights.values.withUnsafeBufferPointer { values in
      weights.positions.withUnsafeBufferPointer { positions in
        weights.starts.withUnsafeBufferPointer { starts in
          // An empty array has no address, and then there is no square.
          guard let values = values.baseAddress, let positions = positions.baseAddress,
            let starts = starts.baseAddress
          else { return }
          for block in 0..<weights.blocks {
            let blockInput = input + block &* BlockSparseWeights.blockInputs &* groupImages
            for group in 0..<weights.groups {
              let entries = starts + (block &* weights.groups &+ group)
              let target = sums + group &* BlockSparseWeights.side &* groupImages
              addSquares(
                Int(entries[0])..<Int(entries[1]), values, positions, blockInput, to: target)
            }
          }
        }
      }
    }
  }

  @inline(__always)
  private static func addSquares(
    _ entries: Range<Int>, _ values: UnsafePointer<Float>, _ positions: UnsafePointer<UInt16>,
    _ input: UnsafePointer<Float>, to target: UnsafeMutablePointer<Float>
  ) {
    guard !entries.isEmpty else { return }
    var s0 = ImageSums(at: target)
    var s1 = ImageSums(at: target + groupImages)
    var s2 = ImageSums(at: target + 2 &* groupImages)
    var s3 = ImageSums(at: target + 3 &* groupImages)
    var entry = entries.lowerBound
    while entry < entries.upperBound {
      var weight = values + 16 &* entry
      var row = input + Int(positions[entry]) &* groupImages
      for _ in 0..<BlockSparseWeights.side {
        let images = ImageSums(at: row)
        s0.accumulate(weight[0], images)
        s1.accumulate(weight[1], images)
        s2.accumulate(weight[2], images)
        s3.accumulate(weight[3], images)
        weight += 4
        row += groupImages
      }
      entry &+= 1
    }
    s0.store(to: target)
    s1.store(to: target + groupImages)
    s2.store(to: target + 2 &* groupImages)
    s3.store(to: target + 3 &* groupImages)
  }
}
