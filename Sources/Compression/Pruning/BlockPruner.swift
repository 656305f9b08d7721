import NeuralNetwork

/// Block sparsity: squares of 4 inputs × 4 outputs of dense kernels become zero together.
///
/// Blocks as in Gray et al. 2017, "GPU Kernels for Block-Sparse Weights", ranked by their mean
/// magnitude as the average pooling of TensorFlow's Model Optimization Toolkit does; blocks at the
/// edges may be smaller.
enum BlockPruner {
  /// Inputs and outputs of a block.
  static let side = 4

  /// Prunes dense kernels that are ranked together.
  ///
  /// floor(share · blocks + ½) blocks of lowest score go; of equal scores the earlier kernel, then
  /// the block of the lower input, then of the lower output.
  ///
  /// - Parameter scores: for each kernel a tensor of its shape whose mean magnitude in a block ranks it.
  static func prune(_ kernels: [Tensor], scoredBy scores: [Tensor], share: Double) -> [Tensor] {
    var blocks: [(score: Double, kernel: Int, inputs: Range<Int>, outputs: Range<Int>)] = []
    for (index, tensor) in scores.enumerated() {
      precondition(tensor.shape.count == 2, "Blocks are defined for dense kernels.")
      let (inputs, outputs) = (tensor.shape[0], tensor.shape[1])
      for input in stride(from: 0, to: inputs, by: side) {
        for output in stride(from: 0, to: outputs, by: side) {
          let (rows, columns) = (
            input..<min(input + side, inputs), output..<min(output + side, outputs)
          )
          var sum = 0.0
          for row in rows {
            for column in columns {
              sum += Double(tensor.elements[row &* outputs &+ column].magnitude)
            }
          }
          blocks.append((sum / Double(rows.count * columns.count), index, rows, columns))
        }
      }
    }
    let removed = UnstructuredPruner.removed(share, of: blocks.count)
    let ranked = blocks.indices.sorted { (blocks[$0].score, $0) < (blocks[$1].score, $1) }
    var result = kernels
    for index in ranked.prefix(removed) {
      let block = blocks[index]
      let outputs = kernels[block.kernel].shape[1]
      for row in block.inputs {
        for column in block.outputs { result[block.kernel].elements[row * outputs + column] = 0 }
      }
    }
    return result
  }
}
