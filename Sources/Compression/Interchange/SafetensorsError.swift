package import Localization

/// Why bytes are not a safetensors file that holds a network.
package enum SafetensorsError: UserFacingError, Hashable {
  /// The file is shorter than what its beginning promises.
  case truncated(needed: Int, found: Int)
  /// The header is longer than the file or than what any network needs.
  case headerTooLong(length: UInt64)
  /// The header is not the JSON that the format asks for.
  case badHeader(String)
  /// A tensor whose description or values are wrong.
  case badTensor(name: String, String)
  /// A tensor that the network needs is not there.
  case missing(name: String)
  /// A tensor that the network has no place for.
  case unexpected(name: String)
  /// Bytes that belong to no tensor.
  case unusedBytes(Int)
}

extension SafetensorsError {
  /// One line that names the tensor and says what is wrong.
  package var text: Phrase {
    switch self {
    case .truncated(let needed, let found):
      Phrase("the file is truncated: it needs \(needed) bytes and has \(found)")
    case .headerTooLong(let length):
      Phrase("the header claims to have \(length) bytes, more than the file or than 1000000")
    case .badHeader(let sentence): Phrase("the header is wrong: \(sentence)")
    case .badTensor(let name, let sentence): Phrase("\(name): \(sentence)", context: "tensor")
    case .missing(let name): Phrase("\(name): the tensor is missing")
    case .unexpected(let name): Phrase("\(name): the network has no such tensor")
    case .unusedBytes(let count): Phrase("\(count) bytes of the file belong to no tensor")
    }
  }

  /// A name of unknown origin, made fit for one line of a message.
  static func printable(_ name: String) -> String {
    let visible = name.unicodeScalars.prefix(60).map { scalar in
      (0x20...0x7E).contains(scalar.value) ? Character(scalar) : "?"
    }
    return visible.isEmpty ? "(a tensor without name)" : String(visible)
  }
}
