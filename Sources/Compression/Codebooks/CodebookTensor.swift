package import NeuralNetwork

/// A kernel as indices into a short list of values.
package struct CodebookTensor: Sendable, Equatable {
  /// The kernel's shape; the last dimension is the output channel.
  package let shape: [Int]
  /// The width of an index: 1 … 8.
  package let bits: Int
  /// Whether every output channel has a list of its own, or the kernel one.
  package let isPerChannel: Bool
  /// The lists, one after another, of 2^bits values each.
  package let levels: [Float]
  /// The indices in the kernel's flat order.
  package let indices: [UInt8]

  /// Makes a tensor.
  package init(
    shape: [Int], bits: Int, isPerChannel: Bool, levels: [Float], indices: [UInt8]
  ) {
    precondition((1...8).contains(bits), "An index has 1 … 8 bits.")
    precondition(shape.reduce(1, *) == indices.count, "Every weight has an index.")
    precondition(
      levels.count == (isPerChannel ? shape.last ?? 1 : 1) << bits, "A list has 2^bits values.")
    precondition(indices.allSatisfy { Int($0) < 1 << bits }, "An index lies within its list.")
    self.shape = shape
    self.bits = bits
    self.isPerChannel = isPerChannel
    self.levels = levels
    self.indices = indices
  }

  /// The output channels.
  var columns: Int { shape.last ?? 1 }

  /// Where the list of an output channel begins.
  func start(ofColumn column: Int) -> Int { isPerChannel ? column << bits : 0 }

  /// The weights that the indices stand for.
  package var dequantized: Tensor {
    let columns = columns
    return Tensor(
      shape: shape,
      elements: indices.enumerated().map { place, index in
        levels[start(ofColumn: place % columns) + Int(index)]
      })
  }

  /// The same lists with the index of zero wherever a tensor of its shape is zero.
  ///
  /// A list without zero gets its value of least magnitude replaced by zero.
  func keepingZeros(of pruned: Tensor) -> CodebookTensor {
    var (levels, indices) = (levels, indices)
    for list in stride(from: 0, to: levels.count, by: 1 << bits) {
      let places = list..<list + 1 << bits
      let least = places.min { levels[$0].magnitude < levels[$1].magnitude }
      let column = isPerChannel ? list >> bits : 0
      let step = isPerChannel ? columns : 1
      let zeros = stride(from: column, to: indices.count, by: step)
        .filter { pruned.elements[$0] == 0 }
      guard let least, !zeros.isEmpty else { continue }
      levels[least] = 0
      for place in zeros { indices[place] = UInt8(least - list) }
    }
    return CodebookTensor(
      shape: shape, bits: bits, isPerChannel: isPerChannel, levels: levels, indices: indices)
  }
}
