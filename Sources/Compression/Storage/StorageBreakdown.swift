/// What bytes of a stored network are for.
package enum StoragePart: Int, Sendable, Hashable, CaseIterable {
  /// The weights that are stored: packed codes, Huffman codes or floats.
  case values
  /// Where the stored weights are: row pointers and columns, a mask, or gaps.
  case indices
  /// What turns codes into weights: scales, zero points, lists of values, and the tables of Huffman
  /// codes.
  case scales
  /// The biases, and the names and shapes of all tensors.
  case frame
  /// A gzip stream, in which the parts of the dense file can no longer be told apart.
  case stream
}

/// The bytes of a network in one format, by what they are for.
package struct StorageBreakdown: Sendable, Hashable {
  /// The format.
  package let format: StorageFormat
  /// The number of bytes of each part; parts without bytes are left out.
  package let bytes: [StoragePart: Int]

  /// Makes a breakdown.
  package init(format: StorageFormat, bytes: [StoragePart: Int]) {
    self.format = format
    self.bytes = bytes
  }

  /// The length of the file.
  package var total: Int { bytes.values.reduce(0, +) }
}
