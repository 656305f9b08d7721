/// Where the lines of a text begin, for turning bytes into lines and columns.
struct LineTable: Sendable {
  /// The text.
  let bytes: [UInt8]
  private let starts: [Int]

  /// Finds the lines of a text; a line ends with a line feed.
  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    var starts = [0]
    for (offset, byte) in bytes.enumerated() where byte == 10 {
      starts.append(offset + 1)
    }
    self.starts = starts
  }

  /// The number of lines; a text that ends with a line feed has an empty one after it.
  var count: Int { starts.count }

  /// The offsets of a line's bytes without its line feed; lines count from 1.
  func range(ofLine line: Int) -> Range<Int> {
    guard line >= 1, line <= starts.count else { return bytes.count..<bytes.count }
    let start = starts[line - 1]
    let end = line < starts.count ? starts[line] - 1 : bytes.count
    return start..<end
  }

  /// The bytes of a line without its line feed.
  func bytes(ofLine line: Int) -> ArraySlice<UInt8> {
    bytes[range(ofLine: line)]
  }

  /// The text of a line without its line feed and carriage return.
  func text(ofLine line: Int) -> String {
    var slice = bytes(ofLine: line)
    if slice.last == 13 {
      slice.removeLast()
    }
    return String(decoding: slice, as: UTF8.self)
  }

  /// The line that holds a byte, from 1.
  func line(ofByte offset: Int) -> Int {
    var low = 0
    var high = starts.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if starts[middle] <= offset {
        low = middle
      } else {
        high = middle
      }
    }
    return low + 1
  }

  /// The column of a byte on its line in Unicode scalars, from 1.
  func column(ofByte offset: Int) -> Int {
    let start = range(ofLine: line(ofByte: offset)).lowerBound
    let end = min(offset, bytes.count)
    return 1 + bytes[start..<max(start, end)].count { $0 & 0xC0 != 0x80 }
  }
}
