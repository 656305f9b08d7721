import NeuralNetwork

/// The second moments of a layer's inputs, factored so that weights can be compensated one input
/// after another.
///
/// The error of a linear layer's output is quadratic in the change of its weights, with the Hessian
/// H = 2·XᵀX for every output (Hassibi and Stork 1993, Optimal Brain Surgeon; LeCun et al. 1990). The
/// factor 2 does not matter. As in GPTQ (Frantar et al. 2022) a share of 1 % of the mean diagonal is
/// added to the diagonal.
///
/// The factor R is upper triangular with H = R·Rᵀ: a Cholesky factor with the inputs in reversed
/// order. GPTQ and SparseGPT work with U = R⁻¹, for which H⁻¹ = Uᵀ·U; their update of the weights not
/// yet fixed, w_j ← w_j − (w_i − q_i)/U_ii · U_ij, is the same as choosing each weight against
///
///     w'_i = w_i + (1/R_ii) · Σ_{j<i} (w_j − q_j) · R_ji
///
/// where w are the original weights and q the chosen ones, so that U is never needed.
final class InputHessian: Sendable {
  /// The number of inputs.
  let inputs: Int
  /// The lower factor L of the reversed Hessian: R_ji = L[inputs−1−j][inputs−1−i].
  private let factor: PaddedMatrix

  /// The damping, as a share of the mean diagonal.
  static let damping: Float = 0.01
  private static let panel = 64

  /// Factors the moments of rows of inputs.
  ///
  /// - Parameter rows: gives the inputs in pieces of at most some thousand rows, each in reversed
  ///   order of inputs.
  init(
    inputs: Int, threads: Int, isCancelled: () -> Bool,
    rows: (_ body: (_ piece: PaddedMatrix) -> Void) throws -> Void
  ) throws {
    self.inputs = inputs
    let matrix = PaddedMatrix(rows: inputs, columns: inputs)
    try rows { piece in
      InputHessian.update(matrix, by: piece, from: 0, sign: 1, threads: threads)
    }
    InputHessian.damp(matrix)
    var first = 0
    while first < inputs {
      if isCancelled() { throw CompressionError.cancelled }
      InputHessian.factorPanel(matrix, first: first, threads: threads)
      first += InputHessian.panel
    }
    factor = matrix
  }

  /// R_ii: the root of the part of input i's second moment that later inputs do not explain.
  func scale(ofInput input: Int) -> Float { factor[inputs - 1 - input][inputs - 1 - input] }

  /// Chooses the weights of one input after another, each against what the errors so far ask for.
  ///
  /// - Parameters:
  ///   - kernel: weights whose last dimension is the output; the others are inputs.
  ///   - choose: called for each input with the compensated weights of its outputs, which it replaces
  ///     by the chosen ones.
  /// - Returns: The chosen weights.
  func compensate(
    _ kernel: Tensor, isCancelled: () -> Bool,
    choose: (_ input: Int, _ weights: UnsafeMutableBufferPointer<Float>) -> Void
  ) throws -> Tensor {
    let original = PaddedMatrix(kernel)
    let outputs = original.columns
    precondition(original.rows == inputs, "The Hessian belongs to the kernel's inputs.")
    var chosen = kernel.elements
    // Row r holds w − q of the r-th input in reversed order.
    let errors = PaddedMatrix(rows: inputs, columns: outputs)
    let block = InputHessian.panel
    let sums = PaddedMatrix(rows: block, columns: outputs)
    for start in stride(from: 0, to: inputs, by: block) {
      if isCancelled() { throw CompressionError.cancelled }
      let end = min(start + block, inputs)
      // What earlier blocks ask of this one, all at once (GPTQ's lazy batch updates).
      let columns = inputs - end
      sums.clear()
      TransposedGEMM.accumulate(
        into: sums.base, strideC: sums.stride, rows: 0..<(end - start + 3) / 4 * 4,
        columns: (outputs + 15) / 16 * 16, first: factor[inputs - start] + columns,
        strideA: factor.stride, second: errors[inputs - start], strideB: errors.stride,
        depth: start, sign: 1)
      for input in start..<end {
        let place = inputs - 1 - input
        let sum = sums[place - columns]
        for earlier in start..<input {
          let share = factor[inputs - 1 - earlier][place]
          let error = errors[inputs - 1 - earlier]
          for output in 0..<outputs { sum[output] += share * error[output] }
        }
        let divisor = factor[place][place]
        let weights = original[input]
        chosen.withUnsafeMutableBufferPointer { chosen in
          let row = UnsafeMutableBufferPointer(
            rebasing: chosen[input * outputs..<(input + 1) * outputs])
          for output in 0..<outputs { row[output] = weights[output] + sum[output] / divisor }
          choose(input, row)
          for output in 0..<outputs { errors[place][output] = weights[output] - row[output] }
        }
      }
    }
    return Tensor(shape: kernel.shape, elements: chosen)
  }

  /// Adds ± Xᵀ·X to the lower triangle from a row on.
  private static func update(
    _ matrix: PaddedMatrix, by piece: PaddedMatrix, from first: Int, sign: Float, threads: Int
  ) {
    let strip = 32
    let strips = (matrix.rows - first + strip - 1) / strip
    Parallel.forEach(count: strips, threads: threads) { index, _ in
      // Long rows first, so that threads end together.
      let start = (strips - 1 - index) * strip
      let end = min(start + strip, matrix.rows - first)
      TransposedGEMM.accumulate(
        into: matrix[first] + first, strideC: matrix.stride, rows: start..<(end + 3) / 4 * 4,
        columns: (end + 15) / 16 * 16, first: piece.base, strideA: piece.stride,
        second: piece.base, strideB: piece.stride, depth: piece.rows, sign: sign)
    }
  }

  private static func damp(_ matrix: PaddedMatrix) {
    var sum = 0.0
    for row in 0..<matrix.rows { sum += Double(matrix[row][row]) }
    let mean = Float(sum / Double(max(matrix.rows, 1)))
    // Where nothing was ever seen any positive diagonal does.
    let share = mean > 0 ? mean * damping : 1
    for row in 0..<matrix.rows { matrix[row][row] += share }
  }

  /// Factors the columns of one panel and takes their products from the rest.
  private static func factorPanel(_ matrix: PaddedMatrix, first: Int, threads: Int) {
    let end = min(first + panel, matrix.rows)
    for column in first..<end {
      let row = matrix[column]
      for other in column..<end {
        let line = matrix[other]
        var value = Double(line[column])
        for inner in first..<column { value -= Double(row[inner]) * Double(line[inner]) }
        if other == column {
          // Damping keeps this positive but for rounding.
          row[column] = Float(max(value, 1e-12).squareRoot())
        } else {
          line[column] = Float(value / Double(row[column]))
        }
      }
    }
    guard end < matrix.rows else { return }
    let below = matrix.rows - end
    let transposed = PaddedMatrix(rows: end - first, columns: below)
    Parallel.forEach(count: (below + 31) / 32, threads: threads) { strip, _ in
      for other in strip * 32..<min(strip * 32 + 32, below) {
        let line = matrix[end + other]
        for column in first..<end {
          let row = matrix[column]
          var value = line[column]
          for inner in first..<column { value -= row[inner] * line[inner] }
          line[column] = value / row[column]
          transposed[column - first][other] = line[column]
        }
      }
    }
    update(matrix, by: transposed, from: end, sign: -1, threads: threads)
  }
}
