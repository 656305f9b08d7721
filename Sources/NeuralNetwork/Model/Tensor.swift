import VectorLanes

/// A dense array of 32-bit floats in row-major order.
///
/// The last dimension varies fastest: element `[i, j]` of shape `[m, n]` is `elements[i * n + j]`.
package struct Tensor: Sendable, Equatable {
  /// The extent of each dimension, outermost first.
  package let shape: [Int]

  /// The values in row-major order, `shape`'s product of them.
  package var elements: [Float]

  /// Makes a tensor of the given values.
  package init(shape: [Int], elements: [Float]) {
    precondition(
      shape.reduce(1, *) == elements.count,
      "A tensor of shape \(shape) needs \(shape.reduce(1, *)) elements, not \(elements.count).")
    self.shape = shape
    self.elements = elements
  }

  /// Makes a tensor of zeros.
  package init(zeros shape: [Int]) {
    self.init(shape: shape, elements: [Float](repeating: 0, count: shape.reduce(1, *)))
  }

  /// The number of elements.
  package var count: Int { elements.count }

  /// The number of elements that are zero.
  package var zeroCount: Int {
    elements.withUnsafeBufferPointer { elements in
      guard let base = elements.baseAddress else { return 0 }
      var zeros = IntegerLanes.zero
      let vectors = elements.count / laneCount * laneCount
      for index in stride(from: 0, to: vectors, by: laneCount) {
        zeros.count(Lanes(at: base + index) .== Lanes(repeating: 0))
      }
      return Int(zeros.wrappedSum()) + elements[vectors...].count { $0 == 0 }
    }
  }
}
