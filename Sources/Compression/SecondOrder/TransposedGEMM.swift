import NeuralNetwork

/// Matrix products of the form C ± Aᵀ·B, which carry all of the second-order methods.
///
/// A tile of four rows and 64 columns of C stays in registers while the rows of A and B stream by.
enum TransposedGEMM {
  /// Floats of one vector.
  static let lanes = 16

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
        column &+= lanes
      }
    }
  }

  private typealias Vector = SIMD16<Float>

  @inline(__always)
  private static func load(_ address: UnsafePointer<Float>) -> Vector {
    UnsafeRawPointer(address).loadUnaligned(as: Vector.self)
  }

  @inline(__always)
  private static func add(
    _ value: Vector, _ sign: Float, to address: UnsafeMutablePointer<Float>
  ) {
    let sum = load(address).addingProduct(value, Vector(repeating: sign))
    UnsafeMutableRawPointer(address).storeBytes(of: sum, as: Vector.self)
  }

  @inline(__always)
  private static func wide(
    _ c: UnsafeMutablePointer<Float>, _ strideC: Int, _ a: UnsafePointer<Float>, _ strideA: Int,
    _ b: UnsafePointer<Float>, _ strideB: Int, _ depth: Int, _ sign: Float
  ) {
    var c00 = Vector.zero, c01 = Vector.zero, c02 = Vector.zero, c03 = Vector.zero
    var c10 = Vector.zero, c11 = Vector.zero, c12 = Vector.zero, c13 = Vector.zero
    var c20 = Vector.zero, c21 = Vector.zero, c22 = Vector.zero, c23 = Vector.zero
    var c30 = Vector.zero, c31 = Vector.zero, c32 = Vector.zero, c33 = Vector.zero
    var (a, b) = (a, b)
    for _ in 0..<depth {
      let b0 = load(b), b1 = load(b + 16), b2 = load(b + 32), b3 = load(b + 48)
      let a0 = Vector(repeating: a[0]), a1 = Vector(repeating: a[1])
      c00.addProduct(a0, b0)
      c01.addProduct(a0, b1)
      c02.addProduct(a0, b2)
      c03.addProduct(a0, b3)
      c10.addProduct(a1, b0)
      c11.addProduct(a1, b1)
      c12.addProduct(a1, b2)
      c13.addProduct(a1, b3)
      let a2 = Vector(repeating: a[2]), a3 = Vector(repeating: a[3])
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
    var c0 = Vector.zero, c1 = Vector.zero, c2 = Vector.zero, c3 = Vector.zero
    var (a, b) = (a, b)
    for _ in 0..<depth {
      let values = load(b)
      c0.addProduct(Vector(repeating: a[0]), values)
      c1.addProduct(Vector(repeating: a[1]), values)
      c2.addProduct(Vector(repeating: a[2]), values)
      c3.addProduct(Vector(repeating: a[3]), values)
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
