/// Checks and cleans the bytes of a lesson before anything else reads them.
enum LessonText {
  /// The text with line feeds as the only line ends, and what is wrong with it.
  ///
  /// The text is nil when it is not valid UTF-8. Replaced characters keep their line and column.
  static func normalized(_ bytes: [UInt8], file: String) -> ([UInt8]?, [ContentFault]) {
    if let offset = firstInvalidByte(bytes) {
      let lines = LineTable(Array(bytes[..<offset]))
      let place = SourceLocation(
        file: file, line: lines.count, column: lines.column(ofByte: offset))
      return (nil, [ContentFault("the text is not valid UTF-8", at: place)])
    }
    guard bytes.contains(where: { $0 == 13 || $0 == 0 }) else { return (bytes, []) }
    var faults: [ContentFault] = []
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count)
    var line = 1
    var column = 1
    var hasReportedLineEnd = false
    func report(_ message: String) {
      guard faults.count < LessonBuilder.maximumFaults else { return }
      faults.append(
        ContentFault(message, at: SourceLocation(file: file, line: line, column: column)))
    }
    for (offset, byte) in bytes.enumerated() {
      switch byte {
      case 13 where offset + 1 < bytes.count && bytes[offset + 1] == 10:
        // One such fault tells that the whole file has these line ends.
        if !hasReportedLineEnd {
          report("the line ends in a carriage return; lines end in a line feed alone")
        }
        hasReportedLineEnd = true
        continue
      case 13: report("the character U+000D is not allowed: it is a control character")
      case 0: report("the character U+0000 is not allowed: it is a control character")
      default: break
      }
      result.append(byte == 13 || byte == 0 ? 32 : byte)
      if byte == 10 {
        line += 1
        column = 1
      } else if byte & 0xC0 != 0x80 {
        column += 1
      }
    }
    return (result, faults)
  }

  private static func firstInvalidByte(_ bytes: [UInt8]) -> Int? {
    do throws(UTF8.ValidationError) {
      _ = try UTF8Span(validating: bytes.span)
      return nil
    } catch {
      return error.byteOffsets.lowerBound
    }
  }
}
