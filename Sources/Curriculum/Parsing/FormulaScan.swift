/// The code spans and formulas of one piece of running text.
///
/// A formula begins at a dollar that is followed by something other than a space and ends at the
/// next dollar of the same line, which must not follow a space and must not stand before a digit:
/// "$5 and $6" are amounts of money. Code spans hide dollars, and a backslash before a dollar makes
/// it an ordinary character.
struct FormulaScan {
  /// The code spans with their backticks.
  private(set) var codeSpans: [Range<Int>] = []
  /// The formulas with their dollars.
  private(set) var formulas: [Range<Int>] = []
  /// Dollars that enclose nothing and are no sign of money.
  private(set) var strayDollars: [Int] = []

  private let bytes: [UInt8]
  private let range: Range<Int>
  private var fences: [Int: [Int]] = [:]
  /// No comment ends between the scan's position and this offset.
  private var commentFreeEnd = 0

  private static let dollar = UInt8(ascii: "$")
  private static let backtick = UInt8(ascii: "`")
  private static let backslash = UInt8(ascii: "\\")

  /// Scans a range of a text.
  init(bytes: [UInt8], range: Range<Int>) {
    self.bytes = bytes
    self.range = range
    collectFences()
    var position = range.lowerBound
    while position < range.upperBound {
      switch bytes[position] {
      case Self.backslash:
        position += 2
      case Self.backtick:
        position = endOfCode(from: position)
      case Self.dollar:
        position = endOfFormula(from: position)
      case UInt8(ascii: "<"):
        position = endOfComment(from: position)
      default:
        position += 1
      }
    }
  }

  /// Notes where runs of backticks of each length begin, so that every search is short.
  private mutating func collectFences() {
    var position = range.lowerBound
    while position < range.upperBound {
      let length = runLength(at: position)
      if length > 0 {
        fences[length, default: []].append(position)
      }
      position += max(1, length)
    }
  }

  private func runLength(at start: Int) -> Int {
    var end = start
    while end < range.upperBound, bytes[end] == Self.backtick { end += 1 }
    return end - start
  }

  private mutating func endOfCode(from start: Int) -> Int {
    let length = runLength(at: start)
    let candidates = fences[length] ?? []
    var low = 0
    var high = candidates.count
    while low < high {
      let middle = (low + high) / 2
      if candidates[middle] < start + length {
        low = middle + 1
      } else {
        high = middle
      }
    }
    guard low < candidates.count else { return start + length }
    codeSpans.append(start..<candidates[low] + length)
    return candidates[low] + length
  }

  private mutating func endOfFormula(from start: Int) -> Int {
    var end = start + 1
    while end < range.upperBound {
      let byte = bytes[end]
      if byte == Self.dollar || byte == 10 || byte == Self.backtick { break }
      end += byte == Self.backslash ? 2 : 1
    }
    let closes =
      end < range.upperBound && bytes[end] == Self.dollar && end > start + 1
      && !isSpace(bytes[start + 1]) && !isSpace(bytes[end - 1])
      && !(end + 1 < range.upperBound && isDigit(bytes[end + 1]))
    if closes {
      formulas.append(start..<end + 1)
      return end + 1
    }
    if !isAmount(at: start) {
      strayDollars.append(start)
    }
    return start + 1
  }

  /// Tells whether a dollar stands before a plain number, as in "$5" or "$1,200.50".
  private func isAmount(at start: Int) -> Bool {
    var end = start + 1
    guard end < range.upperBound, isDigit(bytes[end]) else { return false }
    while end < range.upperBound, isDigit(bytes[end]) || bytes[end] == 44 || bytes[end] == 46 {
      end += 1
    }
    guard end < range.upperBound else { return true }
    return !"^_\\*+=/{}$".utf8.contains(bytes[end])
  }

  private mutating func endOfComment(from start: Int) -> Int {
    guard start >= commentFreeEnd,
      bytes[start..<min(start + 4, range.upperBound)].elementsEqual("<!--".utf8)
    else { return start + 1 }
    var end = start + 4
    while end < range.upperBound, bytes[end] != 10 {
      if bytes[end] == UInt8(ascii: ">"), bytes[end - 1] == 45, bytes[end - 2] == 45 {
        return end + 1
      }
      end += 1
    }
    commentFreeEnd = end
    return start + 1
  }

  private func isSpace(_ byte: UInt8) -> Bool { byte == 32 || byte == 9 || byte == 13 }

  private func isDigit(_ byte: UInt8) -> Bool { (48...57).contains(byte) }
}
