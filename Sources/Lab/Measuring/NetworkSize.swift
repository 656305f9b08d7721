package import Compression

/// A compressed network as such: its parameters, operations, bytes and errors of its weights.
package struct NetworkSize: Sendable, Equatable {
  /// The share of the kernels' weights that are exactly zero.
  package var sparsity: Double
  /// The number of trainable values, zeros included.
  package var parameters: Int
  /// The multiply-accumulate operations of one image in dense arithmetic.
  package var macs: Int
  /// The length of the file that each format writes.
  package var bytes: [StorageFormat: Int]
  /// What happened to each kernel, in file order.
  package var layers: [CompressedNetwork.KernelReport]

  /// The shortest file that was written, of equally long ones the first by its format's name; nil
  /// before any was.
  package var shortest: (format: StorageFormat, bytes: Int)? {
    bytes.min { ($0.value, $0.key.rawValue) < ($1.value, $1.key.rawValue) }
      .map { (format: $0.key, bytes: $0.value) }
  }

  /// What happened to the kernel of that name.
  package func layer(_ name: String) -> CompressedNetwork.KernelReport? {
    layers.first { $0.name == name }
  }
}
