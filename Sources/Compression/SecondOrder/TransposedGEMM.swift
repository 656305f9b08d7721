import NeuralNetwork
import VectorLanes

/// Matrix products of the form C ± Aᵀ·B, which carry all of the second-order methods.
///
/// A tile of four rows and 64 columns of C stays in registers while the rows of A and B stream by.
enum TransposedGEMM {
  /// Adds sign · Aᵀ·B to C.
  ///
  /// - Parameters:
  ///   - target: C, [rows][strideC]; rows is a multiple of 4.
  ///   - rows: which rows of C, the columns of A.
  ///   - columns: how many columns of C and B; a multiple of 16.
  ///   - first: A, [depth][strideA]; row r of C belongs to column r of A.
  ///   - second: B, [depth][strideB].
  @inline(never)
  static func accumulate(
    into target: UnsafeMutablePointer<Float>, strideC: Int, rows: Range<Int>, columns: Int,
    first: UnsafePointer<Float>, strideA: Int, second: UnsafePointer<Float>, strideB: Int,
    depth: Int, sign: Float
  ) {
    for row in stride(from: rows.lowerBound, to: rows.upperBound, by: 4) {
      var column = 0
      while column &+ 64 <= columns {
        wide(
          target + row &* strideC + column, strideC, first + row, strideA, second + column,
          strideB, depth, sign)
        column &+= 64
      }
      while column < columns {
        narrow(
          target + row &* strideC + column, strideC, first + row, strideA, second + column,
          strideB, depth, sign)
        column &+= laneCount
      }
    }
  }

  @inline(__always)
  private static func add(_ value: Lanes, _ sign: Float, to address: UnsafeMutablePointer<Float>) {
    Lanes(at: address).addingProduct(value, Lanes(repeating: sign)).store(to: address)
  }

  @inline(__always)
  private static func wide(
    _ c: UnsafeMutablePointer<Float>, _ strideC: Int, _ a: UnsafePointer<Float>, _ strideA: Int,
    _ b: UnsafePointer<Float>, _ strideB: Int, _ depth: Int, _ sign: Float
  ) {
    var c00 = Lanes.zero, c01 = Lanes.zero, c02 = Lanes.zero, c03 = Lanes.zero
    var c10 = Lanes.zero, c11 = Lanes.zero, c12 = Lanes.zero, c13 = Lanes.zero
    var c20 = Lanes.zero, c21 = Lanes.zero, c22 = Lanes.zero, c23 = Lanes.zero
    var c30 = Lanes.zero, c31 = Lanes.zero, c32 = Lanes.zero, c33 = Lanes.zero
    var (a, b) = (a, b)
    for _ in 0..<depth {
      let b0 = Lanes(at: b), b1 = Lanes(at: b + 16), b2 = Lanes(at: b + 32), b3 = Lanes(at: b + 48)
      let a0 = Lanes(repeating: a[0]), a1 = Lanes(repeating: a[1])
      c00.addProduct(a0, b0)
      c01.addProduct(a0, b1)
      c02.addProduct(a0, b2)
      c03.addProduct(a0, b3)
      c10.addProduct(a1, b0)
      c11.addProduct(a1, b1)
      c12.addProduct(a1, b2)
      c13.addProduct(a1, b3)
      let a2 = Lanes(repeating: a[2]), a3 = Lanes(repeating: a[3])
      c20.addProduct(a2, b0)
      c21.addProduct(a2, b1)
      c22.addProduct(a2, b2)
      c23.addProduct(a2, b3)
      c30.addProduct(a3, b0)
      c31.addProduct(a3, b1)
      c32.addProduct(a3, b2)
      c33.addProduct(a3, b3)
      a += strideA
      b += strideB
    }
    for (row, values) in [
      (c00, c01, c02, c03), (c10, c11, c12, c13), (c20, c21, c22, c23), (c30, c31, c32, c33),
    ].enumerated() {
      let line = c + row &* strideC
      add(values.0, sign, to: line)
      add(values.1, sign, to: line + 16)
      add(values.2, sign, to: line + 32)
      add(values.3, sign, to: line + 48)
    }
  }

  @inline(__always)
  private static func narrow(
    _ c: UnsafeMutablePointer<Float>, _ strideC: Int, _ a: UnsafePointer<Float>, _ strideA: Int,
    _ b: UnsafePointer<Float>, _ strideB: Int, _ depth: Int, _ sign: Float
  ) {
    var c0 = Lanes.zero, c1 = Lanes.zero, c2 = Lanes.zero, c3 = Lanes.zero
    var (a, b) = (a, b)
    for _ in 0..<depth {
      let values = Lanes(at: b)
      c0.addProduct(Lanes(repeating: a[0]), values)
      c1.addProduct(Lanes(repeating: a[1]), values)
      c2.addProduct(Lanes(repeating: a[2]), values)
      c3.addProduct(Lanes(repeating: a[3]), values)
      a += strideA
      b += strideB
    }
    add(c0, sign, to: c)
    add(c1, sign, to: c + strideC)
    add(c2, sign, to: c + 2 &* strideC)
    add(c3, sign, to: c + 3 &* strideC)
  }
}

/// A matrix of floats in row-major order whose rows are padded to whole vectors with zeros.
final class PaddedMatrix: @unchecked Sendable {
  // Sendable because its users let no two threads touch the same row while one of them writes it.

  /// The rows, without the padding to a multiple of four.
  let rows: Int
  /// The columns, without the padding.
  let columns: Int
  /// Floats from one row to the next: the columns rounded up to a multiple of 64.
  let stride: Int
  /// The first element.
  let base: UnsafeMutablePointer<Float>
  private let count: Int

  /// Makes a matrix of zeros.
  init(rows: Int, columns: Int) {
    self.rows = rows
    self.columns = columns
    stride = (columns + 63) / 64 * 64
    count = (rows + 63) / 64 * 64 * stride
    base = .allocate(capacity: max(count, 1))
    base.initialize(repeating: 0, count: count)
  }

  /// Makes a matrix of a tensor whose last dimension are the columns.
  convenience init(_ tensor: Tensor) {
    let columns = tensor.shape.last ?? 1
    self.init(rows: tensor.count / max(columns, 1), columns: columns)
    for row in 0..<rows {
      for column in 0..<columns { self[row][column] = tensor.elements[row * columns + column] }
    }
  }

  deinit {
    base.deinitialize(count: count)
    base.deallocate()
  }

  /// The beginning of a row.
  subscript(row: Int) -> UnsafeMutablePointer<Float> { base + row &* stride }

  /// The values without the padding, in row-major order.
  var elements: [Float] {
    (0..<rows).flatMap { row in
      Array(UnsafeBufferPointer(start: self[row], count: columns))
    }
  }

  /// Sets all elements, the padding too, to zero.
  func clear() { base.update(repeating: 0, count: count) }
}
