/// The eigenvalues and eigenvectors of a symmetric matrix, by Jacobi's cyclic rotations.
///
/// A = V · diag(values) · Vᵀ. Every rotation by the angle of Golub and Van Loan (2013, Matrix
/// Computations, algorithm 8.5.1) makes one pair of off-diagonal elements zero; sweeps over all pairs
/// end when what is off the diagonal is below 1e-14 of the whole, or after 60 sweeps.
package struct SymmetricEigen: Sendable {
  /// The eigenvalues, the largest first.
  package let values: [Double]
  /// The eigenvectors, in the order of the values; each has length 1.
  package let vectors: [[Double]]

  private static let maxSweeps = 60

  /// Decomposes a symmetric matrix.
  ///
  /// The matrix must be square, and [i][j] equal to [j][i]; the second is not checked, and where it fails
  /// the result has no meaning. The work grows with the third power of the rows.
  ///
  /// - Parameter matrix: The rows; an empty matrix has no eigenvalues.
  package init(matrix: [[Double]]) {
    let count = matrix.count
    precondition(matrix.allSatisfy { $0.count == count }, "A symmetric matrix is square.")
    var a = matrix
    // Rows of `vectors` are eigenvectors in the making.
    var vectors = (0..<count).map { row in (0..<count).map { $0 == row ? 1.0 : 0.0 } }
    let whole = a.reduce(0) { $1.reduce($0) { $0 + $1 * $1 } }
    var sweeps = 0
    while sweeps < Self.maxSweeps, Self.offDiagonal(a) > 1e-28 * whole {
      sweeps += 1
      for p in 0..<count {
        for q in p + 1..<max(count, p + 1) where a[p][q] != 0 {
          let (cosine, sine) = Self.rotation(a[p][p], a[p][q], a[q][q])
          for k in 0..<count {
            let (first, second) = (a[k][p], a[k][q])
            a[k][p] = cosine * first - sine * second
            a[k][q] = sine * first + cosine * second
          }
          Self.rotate(&a, p, q, cosine, sine)
          Self.rotate(&vectors, p, q, cosine, sine)
        }
      }
    }
    let order = (0..<count).sorted { (a[$0][$0], $1) > (a[$1][$1], $0) }
    values = order.map { a[$0][$0] }
    self.vectors = order.map { vectors[$0] }
  }

  /// Cosine and sine of the rotation that makes the off-diagonal element zero.
  private static func rotation(_ pp: Double, _ pq: Double, _ qq: Double) -> (Double, Double) {
    let tau = (qq - pp) / (2 * pq)
    let tangent =
      tau >= 0
      ? 1 / (tau + (1 + tau * tau).squareRoot()) : 1 / (tau - (1 + tau * tau).squareRoot())
    let cosine = 1 / (1 + tangent * tangent).squareRoot()
    return (cosine, tangent * cosine)
  }

  private static func rotate(
    _ rows: inout [[Double]], _ p: Int, _ q: Int, _ cosine: Double, _ sine: Double
  ) {
    for k in rows[p].indices {
      let (first, second) = (rows[p][k], rows[q][k])
      rows[p][k] = cosine * first - sine * second
      rows[q][k] = sine * first + cosine * second
    }
  }

  private static func offDiagonal(_ a: [[Double]]) -> Double {
    var sum = 0.0
    for row in a.indices {
      for column in a.indices where column != row { sum += a[row][column] * a[row][column] }
    }
    return sum
  }
}
