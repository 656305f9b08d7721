/// Takes bytes from the front; numbers are little-endian, and every read is checked.
struct ByteReader {
  private let bytes: [UInt8]
  private var position = 0

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// How many bytes are left.
  var remaining: Int { bytes.count - position }

  /// Refuses a count of bytes that the file does not have, before anything is allocated for them.
  func require(_ count: Int, for what: String) throws(StorageError) {
    guard count >= 0, count <= remaining else { throw .truncated(what: what) }
  }

  mutating func byte(for what: String) throws(StorageError) -> UInt8 {
    try require(1, for: what)
    position += 1
    return bytes[position - 1]
  }

  mutating func bytes(_ count: Int, for what: String) throws(StorageError) -> ArraySlice<UInt8> {
    try require(count, for: what)
    position += count
    return bytes[position - count..<position]
  }

  mutating func uint16(for what: String) throws(StorageError) -> UInt16 {
    try require(2, for: what)
    position += 2
    return UInt16(bytes[position - 2]) | UInt16(bytes[position - 1]) << 8
  }

  mutating func uint32(for what: String) throws(StorageError) -> UInt32 {
    try require(4, for: what)
    position += 4
    return UInt32(bytes[position - 4]) | UInt32(bytes[position - 3]) << 8
      | UInt32(bytes[position - 2]) << 16 | UInt32(bytes[position - 1]) << 24
  }

  mutating func floats(_ count: Int, for what: String) throws(StorageError) -> [Float] {
    let (size, overflow) = count.multipliedReportingOverflow(by: 4)
    guard !overflow else { throw .truncated(what: what) }
    try require(size, for: what)
    var values: [Float] = []
    values.reserveCapacity(count)
    for _ in 0..<count { values.append(Float(bitPattern: try uint32(for: what))) }
    return values
  }

  /// Codes of a fixed width as `ByteWriter` packs them; the bits that fill the last byte must be
  /// zero, so that one content has one encoding.
  mutating func codes(_ count: Int, width: Int, for what: String) throws(StorageError) -> [UInt32] {
    precondition((1...32).contains(width), "Codes have 1 … 32 bits.")
    let (bits, overflow) = count.multipliedReportingOverflow(by: width)
    guard !overflow, bits <= Int.max - 7 else { throw .truncated(what: what) }
    try require((bits + 7) / 8, for: what)
    var values: [UInt32] = []
    values.reserveCapacity(count)
    let mask = (UInt64(1) << UInt64(width)) - 1
    var pending: UInt64 = 0
    var held = 0
    for _ in 0..<count {
      while held < width {
        pending |= UInt64(bytes[position]) &<< UInt64(held)
        position += 1
        held += 8
      }
      values.append(UInt32(truncatingIfNeeded: pending & mask))
      pending &>>= UInt64(width)
      held -= width
    }
    guard pending == 0 else {
      throw .wrongHeader("the bits that fill the last byte of \(what) are not zero")
    }
    return values
  }
}
