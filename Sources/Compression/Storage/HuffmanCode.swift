/// A canonical prefix code for symbols of up to 8 bits, described by the lengths of its codes alone.
///
/// Lengths are the best for the symbols' frequencies among all codes of at most 15 bits (Huffman
/// 1952; Larmore and Hirschberg 1990, "A Fast Algorithm for Optimal Length-Limited Huffman Codes",
/// package-merge). Codes rise with length, then with symbol (RFC 1951, section 3.2.2). A lone symbol
/// takes no bits at all: its length stands as 1 in the table.
struct HuffmanCode: Equatable {
  /// The longest code, which four bits can tell.
  static let maxLength = 15

  /// The length of each symbol's code; 0 for symbols that do not occur.
  let lengths: [UInt8]

  /// The best code for symbols that occur so often.
  init(frequencies: [Int]) {
    precondition(frequencies.count <= 256, "A symbol has at most 8 bits.")
    lengths = HuffmanCode.lengths(for: frequencies)
  }

  /// The code of these lengths, or nil if no prefix code has them, or a better one has shorter ones.
  init?(lengths: [UInt8]) {
    self.lengths = lengths
    let used = lengths.filter { $0 > 0 }
    guard used.count > 1 else {
      guard used.allSatisfy({ $0 == 1 }) else { return nil }
      return
    }
    let whole = 1 << HuffmanCode.maxLength
    guard used.allSatisfy({ $0 <= HuffmanCode.maxLength }),
      used.reduce(0, { $0 + whole >> Int($1) }) == whole
    else { return nil }
  }

  /// The symbol that stands alone, if one does.
  var onlySymbol: UInt8? {
    let used = lengths.indices.filter { lengths[$0] > 0 }
    return used.count == 1 ? UInt8(used[0]) : nil
  }

  /// Whether no symbol has a code.
  var isEmpty: Bool { lengths.allSatisfy { $0 == 0 } }

  /// The bytes that symbols of these frequencies take in this code, the last one filled up.
  func byteCount(frequencies: [Int]) -> Int {
    guard onlySymbol == nil else { return 0 }
    return (zip(frequencies, lengths).reduce(0) { $0 + $1.0 * Int($1.1) } + 7) / 8
  }

  /// The symbols' codes one after another, the highest bit first, the last byte filled with zeros.
  func encode(_ symbols: [UInt8]) -> [UInt8] {
    guard onlySymbol == nil else { return [] }
    let bits = symbols.reduce(0) { $0 &+ Int(lengths[Int($1)]) }
    let codes = codes
    return [UInt8](unsafeUninitializedCapacity: (bits + 7) / 8) { bytes, count in
      var (pending, held) = (UInt64(0), 0)
      for symbol in symbols {
        let length = Int(lengths[Int(symbol)])
        pending = pending &<< UInt64(length) | UInt64(codes[Int(symbol)])
        held &+= length
        while held >= 8 {
          held &-= 8
          bytes[count] = UInt8(truncatingIfNeeded: pending &>> UInt64(held))
          count &+= 1
        }
      }
      guard held > 0 else { return }
      bytes[count] = UInt8(truncatingIfNeeded: pending &<< UInt64(8 - held))
      count += 1
    }
  }

  /// The canonical code of each symbol; 0 for those that do not occur.
  private var codes: [UInt32] {
    var next = firstCodes
    return lengths.map { length in
      guard length > 0 else { return 0 }
      defer { next[Int(length)] += 1 }
      return next[Int(length)]
    }
  }

  /// The first code of each length.
  private var firstCodes: [UInt32] {
    var first = [UInt32](repeating: 0, count: HuffmanCode.maxLength + 1)
    for length in 1...HuffmanCode.maxLength {
      let shorter = lengths.count { Int($0) == length - 1 && $0 > 0 }
      first[length] = (first[length - 1] + UInt32(shorter)) << 1
    }
    return first
  }

  /// Package-merge: every width has a coin for each symbol and packages of two of the cheapest items
  /// of the width below; the 2(n − 1) cheapest items of the last width make the best code.
  ///
  /// Coins stand in one order in every width, so it is enough to remember where they stand.
  private static func lengths(for frequencies: [Int]) -> [UInt8] {
    var lengths = [UInt8](repeating: 0, count: frequencies.count)
    let used = frequencies.indices.filter { frequencies[$0] > 0 }
      .sorted { (frequencies[$0], $0) < (frequencies[$1], $1) }
    guard used.count > 1 else {
      for symbol in used { lengths[symbol] = 1 }
      return lengths
    }
    let coins = used.map { frequencies[$0] }
    var rows = [[Bool](repeating: true, count: coins.count)]
    var weights = coins
    for _ in 1..<maxLength {
      let packages = stride(from: 1, to: weights.count, by: 2).map {
        weights[$0 - 1] + weights[$0]
      }
      (weights, rows) = merge(coins, packages, below: rows)
    }
    var taken = 2 * (coins.count - 1)
    for row in rows.reversed() {
      let coinCount = row.prefix(taken).count { $0 }
      for symbol in used.prefix(coinCount) { lengths[symbol] += 1 }
      taken = 2 * (taken - coinCount)
    }
    return lengths
  }

  /// Both rising lists as one, with a row that tells the coins; of equal weights coins come first.
  private static func merge(
    _ coins: [Int], _ packages: [Int], below rows: [[Bool]]
  ) -> (weights: [Int], rows: [[Bool]]) {
    var (weights, row): ([Int], [Bool]) = ([], [])
    var (coin, package) = (0, 0)
    while coin < coins.count || package < packages.count {
      let takesCoin =
        package == packages.count || (coin < coins.count && coins[coin] <= packages[package])
      weights.append(takesCoin ? coins[coin] : packages[package])
      row.append(takesCoin)
      if takesCoin { coin += 1 } else { package += 1 }
    }
    return (weights, rows + [row])
  }
}

extension HuffmanCode {
  /// Takes a code's bits one after another until they name a symbol.
  struct Decoder {
    private let first: [UInt32]
    private let counts: [UInt32]
    private let offsets: [Int]
    private let symbols: [UInt8]
    private var code: UInt32 = 0
    private var length = 0

    /// Prepares the decoding of a code with at least two symbols.
    init(_ code: HuffmanCode) {
      precondition(code.onlySymbol == nil && !code.isEmpty, "Codes without bits are not decoded.")
      first = code.firstCodes
      let counts = (0...HuffmanCode.maxLength).map { length in
        length == 0 ? 0 : UInt32(code.lengths.count { Int($0) == length })
      }
      self.counts = counts
      var offset = 0
      offsets = counts.map { count in
        defer { offset += Int(count) }
        return offset
      }
      symbols = (1...HuffmanCode.maxLength).flatMap { length in
        code.lengths.indices.filter { Int(code.lengths[$0]) == length }.map { UInt8($0) }
      }
    }

    /// The symbol that this bit completes, or nil if its code goes on.
    ///
    /// A complete prefix code names a symbol after at most its longest length.
    mutating func take(_ bit: UInt8) -> UInt8? {
      code = code << 1 | UInt32(bit)
      length += 1
      let place = code &- first[length]
      guard code >= first[length], place < counts[length] else { return nil }
      defer { (code, length) = (0, 0) }
      return symbols[offsets[length] + Int(place)]
    }
  }
}
