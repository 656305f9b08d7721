/// Collects bytes and counts what they are for; numbers are little-endian.
struct ByteWriter {
  private(set) var bytes: [UInt8] = []
  private var part = StoragePart.frame
  private var partStart = 0
  private var closedParts: [StoragePart: Int] = [:]

  /// Says what the bytes from here on are for.
  mutating func begin(_ part: StoragePart) {
    closedParts[self.part, default: 0] += bytes.count - partStart
    (self.part, partStart) = (part, bytes.count)
  }

  /// How many bytes were written for each part; together they are all.
  var partLengths: [StoragePart: Int] {
    closedParts.merging([part: bytes.count - partStart], uniquingKeysWith: +).filter {
      $0.value > 0
    }
  }

  mutating func write(_ byte: UInt8) { bytes.append(byte) }

  mutating func write(_ value: UInt16) {
    bytes.append(UInt8(truncatingIfNeeded: value))
    bytes.append(UInt8(truncatingIfNeeded: value >> 8))
  }

  mutating func write(_ value: UInt32) {
    for shift in stride(from: 0, to: 32, by: 8) {
      bytes.append(UInt8(truncatingIfNeeded: value >> UInt32(shift)))
    }
  }

  mutating func write(_ values: [Float]) {
    bytes.reserveCapacity(bytes.count + 4 * values.count)
    for value in values { write(value.bitPattern) }
  }

  mutating func write(_ more: [UInt8]) { bytes.append(contentsOf: more) }

  /// Writes codes of a fixed width one after another, the lowest bit first, and fills the last
  /// byte with zeros.
  mutating func write(_ codes: [UInt32], width: Int) {
    precondition((1...32).contains(width), "Codes have 1 … 32 bits.")
    bytes.reserveCapacity(bytes.count + (codes.count * width + 7) / 8)
    var pending: UInt64 = 0
    var count = 0
    for code in codes {
      pending |= UInt64(code) &<< UInt64(count)
      count &+= width
      while count >= 8 {
        bytes.append(UInt8(truncatingIfNeeded: pending))
        pending &>>= 8
        count &-= 8
      }
    }
    if count > 0 { bytes.append(UInt8(truncatingIfNeeded: pending)) }
  }
}
