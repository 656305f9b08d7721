package import NeuralNetwork

/// The singular value decomposition of a matrix that is at least as tall as wide: W = U · S · Vᵀ.
///
/// V and S² are the eigenvectors and eigenvalues of WᵀW in double precision, and U = W · V / S. Singular
/// values below about 1e-8 of the largest drown in rounding, which is far below what a truncation of
/// single-precision weights keeps.
package struct SingularValues: Sendable {
  /// The singular values, the largest first.
  package let values: [Double]
  /// The right singular vectors in that order, each as long as the matrix is wide.
  package let right: [[Double]]

  private let matrix: Tensor

  /// Decomposes a matrix [rows, columns].
  package init(_ matrix: Tensor) {
    precondition(matrix.shape.count == 2, "Singular values are those of a matrix.")
    let columns = matrix.shape[1]
    var gram = [Double](repeating: 0, count: columns * columns)
    gram.withUnsafeMutableBufferPointer { gram in
      matrix.elements.withUnsafeBufferPointer { elements in
        var line = [Double](repeating: 0, count: columns)
        for row in 0..<matrix.shape[0] {
          for column in 0..<columns { line[column] = Double(elements[row &* columns &+ column]) }
          for first in 0..<columns {
            let value = line[first]
            if value == 0 { continue }
            for second in 0..<columns {
              gram[first &* columns &+ second] += value * line[second]
            }
          }
        }
      }
    }
    let eigen = SymmetricEigen(
      matrix: (0..<columns).map { Array(gram[$0 * columns..<($0 + 1) * columns]) })
    values = eigen.values.map { max($0, 0).squareRoot() }
    right = eigen.vectors
    self.matrix = matrix
  }

  /// Two matrices [rows, rank] and [rank, columns] whose product is the nearest of that rank in the
  /// sense of squared error (Eckart and Young 1936): U·√S and √S·Vᵀ.
  ///
  /// Splitting S evenly gives both factors weights of about the same size, so that rounding hurts neither
  /// more than the other.
  package func factors(rank: Int) -> (first: Tensor, second: Tensor) {
    let (rows, columns) = (matrix.shape[0], matrix.shape[1])
    precondition(1...max(columns, 1) ~= rank, "A rank lies from 1 to the matrix's width.")
    // A singular value of zero has no direction; both factors are zero there.
    let roots = values.prefix(rank).map { $0 > 0 ? $0.squareRoot() : 0 }
    var first = Tensor(zeros: [rows, rank])
    for row in 0..<rows {
      for index in 0..<rank where roots[index] > 0 {
        var sum = 0.0
        for column in 0..<columns {
          sum += Double(matrix.elements[row * columns + column]) * right[index][column]
        }
        first.elements[row * rank + index] = Float(sum / roots[index])
      }
    }
    let second = Tensor(
      shape: [rank, columns],
      elements: (0..<rank).flatMap { index in right[index].map { Float($0 * roots[index]) } })
    return (first, second)
  }
}
