import VectorLanes

/// The nonzero weights of a dense layer, in blocks of inputs and by output within each.
///
/// A block's inputs stay in the first-level cache while every output takes what it needs of them.
/// A weight is stored with the position of its input in the block.
final class SparseDenseWeights: Sendable {
  /// The share of zeros from which skipping them pays: multiplying 64 images by one weight needs its
  /// four vectors loaded anew, where the dense product keeps them in registers.
  static let minSparsity = 0.5

  /// The inputs of a block.
  let blockInputs: Int
  /// The number of blocks.
  let blocks: Int
  /// The number of outputs.
  let outputs: Int
  /// The nonzero weights, block after block, output after output.
  let values: [Float]
  /// For each weight the position of its input in the block.
  let positions: [UInt16]
  /// For each block and output, where its weights begin; one more than there are of them.
  let starts: [Int32]

  /// The same weights in squares, where that is faster for many images at once.
  let squares: BlockSparseWeights?

  /// All weights, [inputs][outputs].
  let kernel: [Float]

  /// Collects the nonzero weights of a kernel [inputs, outputs].
  init(_ tensor: Tensor) {
    precondition(tensor.shape.count == 2, "A kernel has a weight for each pair.")
    let (inputs, outputs) = (tensor.shape[0], tensor.shape[1])
    let kernel = tensor.elements
    let nonzero = tensor.count - tensor.zeroCount
    // With few weights in a block the reading and writing of sums would outweigh the products; larger
    // blocks stay in the second-level cache.
    let blockInputs = nonzero * 20 <= kernel.count ? 512 : 128
    let blocks = (inputs + blockInputs - 1) / blockInputs
    // How many weights each block and output has, then where they begin.
    var starts = [Int32](repeating: 0, count: blocks * outputs + 1)
    var values = [Float](repeating: 0, count: nonzero)
    var positions = [UInt16](repeating: 0, count: nonzero)
    kernel.withUnsafeBufferPointer { kernel in
      starts.withUnsafeMutableBufferPointer { starts in
        for input in 0..<inputs {
          let counts = input / blockInputs &* outputs &+ 1
          for output in 0..<outputs {
            starts[counts &+ output] &+= kernel[input &* outputs &+ output] == 0 ? 0 : 1
          }
        }
        for index in 1..<starts.count { starts[index] &+= starts[index &- 1] }
      }
      var next = starts
      next.withUnsafeMutableBufferPointer { next in
        for input in 0..<inputs {
          let block = input / blockInputs &* outputs
          for output in 0..<outputs {
            let weight = kernel[input &* outputs &+ output]
            guard weight != 0 else { continue }
            let place = Int(next[block &+ output])
            next[block &+ output] &+= 1
            values[place] = weight
            positions[place] = UInt16(truncatingIfNeeded: input % blockInputs)
          }
        }
      }
    }
    squares = BlockSparseWeights(
      kernel: kernel, inputs: inputs, outputs: outputs, nonzero: nonzero)
    self.blockInputs = blockInputs
    self.blocks = blocks
    self.outputs = outputs
    self.values = values
    self.positions = positions
    self.starts = starts
    self.kernel = kernel
  }

  /// Whether enough weights of a kernel are zero for skipping them to pay.
  static func pays(for kernel: Tensor) -> Bool {
    Double(kernel.zeroCount) >= minSparsity * Double(kernel.count)
  }
}
