import Foundation

/// Values as JSON text.
enum JSONText {
  /// A value as JSON on one line, with sorted keys and a line end.
  static func encode(_ value: some Encodable) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(value), as: UTF8.self) + "\n"
  }
}
