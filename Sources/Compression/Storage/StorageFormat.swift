import Localization
package import NeuralNetwork

/// How a network's tensors are laid out in bytes.
package enum StorageFormat: String, Sendable, Hashable, Codable, CaseIterable {
  /// Every weight in flat order: packed codes, or 32-bit floats.
  case dense
  /// Compressed sparse rows, one for each output: 16-bit column indices and 32-bit row pointers.
  case csr16
  /// One bit a weight that says whether it is stored, then the stored ones.
  case bitmask
  /// The weights that are not zero, each with the number of zeros in front of it (Han et al. 2016,
  /// "Deep Compression").
  case relative
  /// The weights, or the gaps and weights of `relative`, in canonical Huffman codes (Han et al.
  /// 2016).
  case huffman
  /// The dense layout through gzip at level 9.
  case gzip

  /// The byte that names the format in a file's header; gzip wraps a dense file.
  var headerByte: UInt8 {
    switch self {
    case .dense, .gzip: 1
    case .csr16: 2
    case .bitmask: 3
    case .relative: 4
    case .huffman: 5
    }
  }
}

/// Why bytes cannot be written or read as stored tensors.
package enum StorageError: Error, Equatable, Sendable {
  /// The bytes end where more were expected.
  case truncated(what: String)
  /// The bytes go on after the last tensor.
  case trailingBytes(Int)
  /// The header is not that of this format.
  case wrongHeader(String)
  /// The compressed bytes cannot be expanded.
  case gzip(GzipError)
  /// More values than the reader is willing to hold.
  case tooLarge(limit: Int)
  /// A tensor whose description or content is impossible.
  case invalid(tensor: String, String)
  /// A tensor that the format cannot hold.
  case unsupported(tensor: String, String)
}

extension StorageError: CustomStringConvertible {
  /// One line that says what is wrong.
  package var description: String {
    switch self {
    case .truncated(let what): "the file ends before \(what)"
    case .trailingBytes(let count): "\(count) bytes follow the last tensor"
    case .wrongHeader(let sentence): sentence
    case .gzip(let error): error.description
    case .tooLarge(let limit): "the file describes more than \(limit) values"
    case .invalid(let tensor, let sentence): "\(tensor): \(sentence)"
    case .unsupported(let tensor, let sentence): "\(tensor): \(sentence)"
    }
  }
}
