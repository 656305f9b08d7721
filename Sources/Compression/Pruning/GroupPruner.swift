import NeuralNetwork

/// n:m sparsity: of every m consecutive inputs of an output the n highest scores stay.
///
/// Of equal scores the lower input stays; inputs left over after the last whole group stay all.
/// The layout is that of NVIDIA's 2:4 sparsity (Mishra et al. 2021, "Accelerating Sparse Deep
/// Neural Networks"), whose groups run along the dimension that is summed over.
enum GroupPruner {
  /// Prunes a dense kernel with the groups along the outputs: the mistake of transposing.
  static func pruneTransposed(
    _ kernel: Tensor, scores: [UInt32], keeping kept: Int, ofEach size: Int
  ) -> Tensor {
    precondition(kernel.shape.count == 2, "n:m pruning is defined for dense kernels.")
    let (rows, columns) = (kernel.shape[0], kernel.shape[1])
    let transposed = prune(
      Tensor(
        shape: [columns, rows],
        elements: transpose(kernel.elements, rows: rows, columns: columns)),
      scores: transpose(scores, rows: rows, columns: columns), keeping: kept, ofEach: size)
    return Tensor(
      shape: kernel.shape, elements: transpose(transposed.elements, rows: columns, columns: rows))
  }

  private static func transpose<Value>(_ values: [Value], rows: Int, columns: Int) -> [Value] {
    (0..<columns).flatMap { column in (0..<rows).map { values[$0 * columns + column] } }
  }

  /// Prunes a dense kernel.
  ///
  /// - Parameters:
  ///   - kernel: weights of shape [inputs, outputs].
  ///   - scores: one for each weight, in flat order.
  static func prune(
    _ kernel: Tensor, scores: [UInt32], keeping kept: Int, ofEach size: Int
  ) -> Tensor {
    precondition(kernel.shape.count == 2, "n:m pruning is defined for dense kernels.")
    let (inputs, outputs) = (kernel.shape[0], kernel.shape[1])
    var result = kernel
    result.elements.withUnsafeMutableBufferPointer { weights in
      scores.withUnsafeBufferPointer { scores in
        withUnsafeTemporaryAllocation(of: UInt32.self, capacity: outputs) { better in
          for group in 0..<(inputs / size) {
            for candidate in 0..<size {
              let row = (group &* size &+ candidate) &* outputs
              better.initialize(repeating: 0)
              for other in 0..<size where other != candidate {
                let otherRow = (group &* size &+ other) &* outputs
                if other < candidate {
                  for output in 0..<outputs {
                    better[output] &+=
                      scores[otherRow &+ output] >= scores[row &+ output] ? 1 : 0
                  }
                } else {
                  for output in 0..<outputs {
                    better[output] &+= scores[otherRow &+ output] > scores[row &+ output] ? 1 : 0
                  }
                }
              }
              for output in 0..<outputs {
                weights[row &+ output] =
                  better[output] < UInt32(kept) ? weights[row &+ output] : 0
              }
            }
          }
        }
      }
    }
    return result
  }
}
