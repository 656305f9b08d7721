/// Why text is not JSON.
package struct JSONError: Error, Equatable, Sendable, CustomStringConvertible {
  /// The byte at which reading stopped, counted from 0.
  package let offset: Int
  /// What is wrong there.
  package let problem: String

  /// One line that says what is wrong and where.
  package var description: String { "\(problem) at byte \(offset)" }
}

/// Reads JSON of unknown origin: strictly, with bounded nesting, and refusing repeated keys.
package struct JSONParser {
  private let bytes: ArraySlice<UInt8>
  private var position: Int
  private static let maxDepth = 32

  private init(_ bytes: ArraySlice<UInt8>) {
    self.bytes = bytes
    position = bytes.startIndex
  }

  /// The value that the bytes hold, with nothing but white space around it.
  package static func parse(_ bytes: ArraySlice<UInt8>) throws(JSONError) -> JSONValue {
    var parser = JSONParser(bytes)
    let value = try parser.value(depth: 0)
    parser.skipSpace()
    guard parser.position == bytes.endIndex else { throw parser.error("text after the value") }
    return value
  }

  private var current: UInt8? { position < bytes.endIndex ? bytes[position] : nil }

  private func error(_ problem: String) -> JSONError {
    JSONError(offset: position - bytes.startIndex, problem: problem)
  }

  private mutating func skipSpace() {
    while let byte = current, byte == 0x20 || (0x09...0x0A).contains(byte) || byte == 0x0D {
      position += 1
    }
  }

  private mutating func expect(_ byte: UInt8) throws(JSONError) {
    guard current == byte else {
      throw error("no \(Character(Unicode.Scalar(byte))) where one is due")
    }
    position += 1
  }

  private mutating func value(depth: Int) throws(JSONError) -> JSONValue {
    guard depth < JSONParser.maxDepth else { throw error("more than 32 nested values") }
    skipSpace()
    switch current {
    case UInt8(ascii: "{"): return try object(depth: depth)
    case UInt8(ascii: "["): return try array(depth: depth)
    case UInt8(ascii: "\""): return .string(try string())
    case UInt8(ascii: "t"): return try word("true", .boolean(true))
    case UInt8(ascii: "f"): return try word("false", .boolean(false))
    case UInt8(ascii: "n"): return try word("null", .null)
    default: return try number()
    }
  }

  private mutating func word(_ word: String, _ value: JSONValue) throws(JSONError) -> JSONValue {
    guard bytes[position...].starts(with: word.utf8) else { throw error("an unknown word") }
    position += word.utf8.count
    return value
  }

  private mutating func object(depth: Int) throws(JSONError) -> JSONValue {
    try expect(UInt8(ascii: "{"))
    var members: [(key: String, value: JSONValue)] = []
    var keys: Set<String> = []
    skipSpace()
    if current == UInt8(ascii: "}") {
      position += 1
      return .object([])
    }
    while true {
      skipSpace()
      let start = position
      let key = try string()
      guard keys.insert(key).inserted else {
        position = start
        throw error("a repeated key")
      }
      skipSpace()
      try expect(UInt8(ascii: ":"))
      members.append((key, try value(depth: depth + 1)))
      skipSpace()
      if current == UInt8(ascii: ",") {
        position += 1
      } else {
        try expect(UInt8(ascii: "}"))
        return .object(members)
      }
    }
  }

  private mutating func array(depth: Int) throws(JSONError) -> JSONValue {
    try expect(UInt8(ascii: "["))
    var values: [JSONValue] = []
    skipSpace()
    if current == UInt8(ascii: "]") {
      position += 1
      return .array([])
    }
    while true {
      values.append(try value(depth: depth + 1))
      skipSpace()
      if current == UInt8(ascii: ",") {
        position += 1
      } else {
        try expect(UInt8(ascii: "]"))
        return .array(values)
      }
    }
  }

  private mutating func string() throws(JSONError) -> String {
    try expect(UInt8(ascii: "\""))
    var text: [UInt8] = []
    while let byte = current, byte != UInt8(ascii: "\"") {
      guard byte >= 0x20 else { throw error("a control character in a text") }
      position += 1
      if byte == UInt8(ascii: "\\") {
        text += String(try escaped()).utf8
      } else {
        text.append(byte)
      }
    }
    try expect(UInt8(ascii: "\""))
    guard let string = String(validating: text, as: UTF8.self) else {
      throw error("a text that is not UTF-8")
    }
    return string
  }

  private mutating func escaped() throws(JSONError) -> Character {
    guard let byte = current else { throw error("an unfinished text") }
    position += 1
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"):
      return Character(Unicode.Scalar(byte))
    case UInt8(ascii: "b"): return "\u{8}"
    case UInt8(ascii: "f"): return "\u{C}"
    case UInt8(ascii: "n"): return "\n"
    case UInt8(ascii: "r"): return "\r"
    case UInt8(ascii: "t"): return "\t"
    case UInt8(ascii: "u"):
      let first = try unit()
      if let scalar = Unicode.Scalar(first) { return Character(scalar) }
      guard bytes[position...].starts(with: Array("\\u".utf8)) else {
        throw error("half of a surrogate pair")
      }
      position += 2
      let second = try unit()
      guard (0xD800...0xDBFF).contains(first), (0xDC00...0xDFFF).contains(second),
        let scalar = Unicode.Scalar(
          0x10000 + (UInt32(first) - 0xD800) << 10 + (UInt32(second) - 0xDC00))
      else { throw error("half of a surrogate pair") }
      return Character(scalar)
    default: throw error("an unknown escape")
    }
  }

  private mutating func unit() throws(JSONError) -> UInt16 {
    var unit: UInt16 = 0
    for _ in 0..<4 {
      guard let byte = current, let digit = Character(Unicode.Scalar(byte)).hexDigitValue else {
        throw error("an escape without four hexadecimal digits")
      }
      unit = unit << 4 | UInt16(digit)
      position += 1
    }
    return unit
  }

  private mutating func number() throws(JSONError) -> JSONValue {
    let start = position
    if current == UInt8(ascii: "-") { position += 1 }
    let firstDigit = current
    let whole = digits()
    guard whole > 0, firstDigit != UInt8(ascii: "0") || whole == 1 else {
      position = start
      throw error("no value where one is due")
    }
    var isInteger = true
    if current == UInt8(ascii: ".") {
      isInteger = false
      position += 1
      guard digits() > 0 else { throw error("a point without digits") }
    }
    if current == UInt8(ascii: "e") || current == UInt8(ascii: "E") {
      isInteger = false
      position += 1
      if current == UInt8(ascii: "+") || current == UInt8(ascii: "-") { position += 1 }
      guard digits() > 0 else { throw error("an exponent without digits") }
    }
    let text = String(decoding: bytes[start..<position], as: UTF8.self)
    if isInteger, let value = Int(text) { return .integer(value) }
    guard let value = Double(text), value.isFinite else { throw error("a number out of range") }
    return .number(value)
  }

  private mutating func digits() -> Int {
    let start = position
    while let byte = current, (0x30...0x39).contains(byte) { position += 1 }
    return position - start
  }
}
