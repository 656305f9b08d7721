/// Writes messages in the wire format of Protocol Buffers.
///
/// Field keys are (number << 3 | kind) as varints; kind 0 is a varint, 2 a length with bytes (see
/// "Encoding" in the Protocol Buffers documentation).
struct ProtocolBuffer {
  private(set) var bytes: [UInt8] = []

  /// Adds a whole number.
  mutating func add(_ field: Int, _ value: Int) {
    varint(UInt64(field << 3))
    varint(UInt64(bitPattern: Int64(value)))
  }

  /// Adds a text.
  mutating func add(_ field: Int, _ text: String) { add(field, Array(text.utf8)) }

  /// Adds raw bytes.
  mutating func add(_ field: Int, _ content: [UInt8]) {
    varint(UInt64(field << 3 | 2))
    varint(UInt64(content.count))
    bytes += content
  }

  /// Adds a message.
  mutating func add(_ field: Int, _ fill: (inout ProtocolBuffer) -> Void) {
    var message = ProtocolBuffer()
    fill(&message)
    add(field, message.bytes)
  }

  private mutating func varint(_ value: UInt64) {
    var rest = value
    while rest >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(rest))
  }
}
