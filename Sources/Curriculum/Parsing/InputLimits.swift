/// What a lesson file may be at most, so that no file can exhaust time or memory.
///
/// Lessons may come from anyone. Markdown's nesting, tables and long lines let a small text demand
/// work or memory that grows with the square of its length; these limits are far above what a
/// lesson needs and are checked before the Markdown parser sees the text.
enum InputLimits {
  /// The most bytes of a file.
  static let bytes = 2 * 1024 * 1024
  /// The most lines of a file.
  ///
  /// Blank lines cost the parser time for each list that is open.
  static let lineCount = 50_000
  /// The most bytes of a line.
  static let lineBytes = 16 * 1024
  /// The most bytes of lines without a blank one between them.
  static let runBytes = 64 * 1024
  /// The most blanks at the beginning of a line.
  static let indentation = 256
  /// The most markers of quotations and lists at the beginning of a line.
  static let markers = 64
  /// The most columns of a table.
  static let tableColumns = 64
  /// The most cells of all tables of a file.
  static let tableCells = 100_000

  /// Checks a text against all limits and gives the first fault of each line.
  static func faults(in lines: LineTable, file: String) -> [ContentFault] {
    func fault(_ message: String, line: Int) -> ContentFault {
      ContentFault(message, at: SourceLocation(file: file, line: line))
    }
    guard lines.bytes.count <= bytes else {
      return [fault("the file is larger than \(bytes) bytes", line: 1)]
    }
    guard lines.count <= lineCount else {
      return [fault("the file has more than \(lineCount) lines", line: lineCount + 1)]
    }
    var faults: [ContentFault] = []
    var run = 0
    var columns = 0
    var cells = 0
    for line in 1...lines.count {
      let text = lines.bytes(ofLine: line)
      if text.count > lineBytes {
        faults.append(fault("the line is longer than \(lineBytes) bytes", line: line))
      }
      let prefix = leadingMarkers(of: text)
      if prefix.indentation > indentation {
        faults.append(fault("the line is indented by more than \(indentation) blanks", line: line))
      } else if prefix.markers > markers {
        faults.append(fault("the line opens more than \(markers) lists or quotations", line: line))
      }
      if prefix.isBlank {
        run = 0
        columns = 0
        continue
      }
      let before = run
      run += text.count + 1
      if run > runBytes, before <= runBytes {
        faults.append(fault("more than \(runBytes) bytes stand without a blank line", line: line))
      }
      columns = max(columns, delimiterColumns(of: text))
      if columns > tableColumns {
        faults.append(fault("the table has more than \(tableColumns) columns", line: line))
        columns = 0
      }
      let cellsBefore = cells
      cells += columns
      if cells > tableCells, cellsBefore <= tableCells {
        faults.append(fault("the tables have more than \(tableCells) cells", line: line))
      }
      if faults.count >= 20 { break }
    }
    return faults
  }

  private static func leadingMarkers(
    of line: ArraySlice<UInt8>
  ) -> (indentation: Int, markers: Int, isBlank: Bool) {
    var indentation = 0
    var markers = 0
    var blanks = 0
    var previous: UInt8 = 0
    for byte in line {
      defer { previous = byte }
      switch byte {
      case 32: blanks += 1
      case 9: blanks += 4
      case UInt8(ascii: "-"), UInt8(ascii: "*"), UInt8(ascii: "+"):
        // A list's marker is followed by a blank; a row of the same is a horizontal line.
        markers += byte == previous ? 0 : 1
        blanks = 0
      case UInt8(ascii: ">"), UInt8(ascii: "."), UInt8(ascii: ")"):
        markers += 1
        blanks = 0
      case UInt8(ascii: "0")...UInt8(ascii: "9"): blanks = 0
      default: return (max(indentation, blanks), markers, false)
      }
      indentation = max(indentation, blanks)
    }
    return (indentation, markers, markers == 0 && line.allSatisfy { $0 <= 32 })
  }

  /// The number of columns when a line could be the one below a table's header, and 0 otherwise.
  private static func delimiterColumns(of line: ArraySlice<UInt8>) -> Int {
    var columns = 0
    var isInside = false
    for byte in line {
      switch byte {
      case UInt8(ascii: "-"), UInt8(ascii: ":"):
        if !isInside { columns += 1 }
        isInside = true
      case UInt8(ascii: "|"): isInside = false
      case 32, 9, 13, UInt8(ascii: ">"), UInt8(ascii: "*"), UInt8(ascii: "+"): continue
      default: return 0
      }
    }
    return columns
  }
}
