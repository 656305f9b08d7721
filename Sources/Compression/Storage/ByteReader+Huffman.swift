extension ByteReader {
  /// Symbols of a prefix code, the highest bit first; the bits that fill the last byte must be zero.
  ///
  /// Memory is taken for at most as many symbols as asked for, and a file whose codes have at least
  /// one bit must have a bit for each of them.
  mutating func symbols(
    _ count: Int, of code: HuffmanCode, for what: String
  ) throws(StorageError) -> [UInt8] {
    guard count > 0 else { return [] }
    if let only = code.onlySymbol { return [UInt8](repeating: only, count: count) }
    try require((count + 7) / 8, for: what)
    var decoder = HuffmanCode.Decoder(code)
    var symbols: [UInt8] = []
    symbols.reserveCapacity(count)
    var last: UInt8 = 0
    var left = 0
    while symbols.count < count {
      if left == 0 {
        last = try byte(for: what)
        left = 8
      }
      left -= 1
      if let symbol = decoder.take((last &>> UInt8(left)) & 1) { symbols.append(symbol) }
    }
    guard last & ((1 &<< UInt8(left)) &- 1) == 0 else {
      throw .wrongHeader("the bits that fill the last byte of \(what) are not zero")
    }
    return symbols
  }
}
