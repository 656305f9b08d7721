/// A lesson's text with every byte sorted into text, code and formulas.
///
/// Formulas in dollars are found before the Markdown parser sees the text, because its escapes and
/// emphasis marks would tear them apart. In the text for the parser each formula is one
/// private-use character that leads back to it.
struct LessonSource: Sendable {
  /// The file's path as it was given.
  let file: String
  /// The lines.
  let lines: LineTable
  /// What each byte belongs to.
  let regions: [Region]
  /// The formulas in the order of the text.
  let formulas: [String]
  /// The text with a placeholder in the place of each formula.
  let masked: [UInt8]
  /// The offsets of dollars that neither enclose a formula nor stand before an amount of money.
  let strayDollars: [Int]

  /// What a byte of a lesson belongs to.
  enum Region: UInt8, Sendable {
    /// Code blocks, comments and everything else that is not running text.
    case other
    /// Running text.
    case text
    /// A code span, its backticks included.
    case code
    /// A formula, its dollars included.
    case formula
  }

  /// The first placeholder; the n-th formula is the n-th scalar after it.
  private static let firstPlaceholder: UInt32 = 0xF0000
  /// The most formulas a file may have, which is the number of placeholders.
  static let maximumFormulas = 0xFFFD

  /// Finds the formulas of a text; those beyond the limit stay text.
  init(file: String, bytes: [UInt8], textRuns: [TextRun]) {
    self.file = file
    let lines = LineTable(bytes)
    self.lines = lines
    var regions = [Region](repeating: .other, count: bytes.count)
    var spans: [Range<Int>] = []
    var stray: [Int] = []
    for run in textRuns {
      let range =
        lines.range(ofLine: run.firstLine).lowerBound..<lines.range(ofLine: run.lastLine).upperBound
      let scan = FormulaScan(bytes: bytes, range: range)
      for offset in range where regions[offset] == .other {
        regions[offset] = .text
      }
      for span in scan.codeSpans {
        for offset in span { regions[offset] = .code }
      }
      for span in scan.formulas {
        for offset in span { regions[offset] = .formula }
      }
      spans += scan.formulas
      stray += scan.strayDollars
    }
    // Runs do not overlap, but rows of a table may be reported out of order.
    spans.sort { $0.lowerBound < $1.lowerBound }
    spans = Array(spans.prefix(Self.maximumFormulas))
    self.regions = regions
    self.strayDollars = stray.sorted()
    formulas = spans.map { span in
      String(decoding: bytes[span.dropFirst().dropLast()], as: UTF8.self)
    }
    masked = Self.mask(bytes, spans: spans)
  }

  /// The place of a byte.
  func location(ofByte offset: Int) -> SourceLocation {
    SourceLocation(
      file: file, line: lines.line(ofByte: offset), column: lines.column(ofByte: offset))
  }

  /// The place of a byte on a line; the column counts bytes from 1.
  func location(line: Int, byteColumn: Int = 1) -> SourceLocation {
    let range = lines.range(ofLine: line)
    let offset = min(range.lowerBound + max(0, byteColumn - 1), range.upperBound)
    return SourceLocation(file: file, line: line, column: lines.column(ofByte: offset))
  }

  /// The place of the first occurrence of a text on a line, or the line's beginning.
  func location(of text: String, line: Int, after other: String? = nil) -> SourceLocation {
    let range = lines.range(ofLine: line)
    var start = range.lowerBound
    if let other, let found = find(other, in: start..<range.upperBound) {
      start = found + other.utf8.count
    }
    guard let found = find(text, in: start..<range.upperBound) else {
      return location(line: line, byteColumn: 1 + indentation(ofLine: line))
    }
    return location(ofByte: found)
  }

  /// The offset of the first occurrence of a text in a range of bytes.
  func find(_ text: String, in range: Range<Int>) -> Int? {
    let wanted = Array(text.utf8)
    guard let first = wanted.first, wanted.count <= range.count else { return nil }
    let last = range.upperBound - wanted.count
    var offset = range.lowerBound
    while offset <= last {
      if lines.bytes[offset] == first,
        lines.bytes[offset..<offset + wanted.count].elementsEqual(wanted)
      {
        return offset
      }
      offset += 1
    }
    return nil
  }

  /// The number of blanks at the beginning of a line.
  func indentation(ofLine line: Int) -> Int {
    lines.bytes(ofLine: line).prefix { $0 == UInt8(ascii: " ") }.count
  }

  /// Puts the formulas back into a text of the Markdown parser, as TeX in dollars.
  func restored(_ text: String) -> String {
    guard text.utf8.contains(0xF3) else { return text }
    var result = ""
    for scalar in text.unicodeScalars {
      if let formula = formula(for: scalar) {
        result += "$" + formula + "$"
      } else {
        result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  /// Splits a text of the Markdown parser into plain text and formulas.
  func inlines(of text: String) -> [Inline] {
    guard text.utf8.contains(0xF3) else { return text.isEmpty ? [] : [.text(text)] }
    var result: [Inline] = []
    var plain = ""
    for scalar in text.unicodeScalars {
      if let formula = formula(for: scalar) {
        if !plain.isEmpty { result.append(.text(plain)) }
        plain = ""
        result.append(.math(formula))
      } else {
        plain.unicodeScalars.append(scalar)
      }
    }
    if !plain.isEmpty { result.append(.text(plain)) }
    return result
  }

  private func formula(for scalar: Unicode.Scalar) -> String? {
    guard scalar.value >= Self.firstPlaceholder else { return nil }
    let index = Int(scalar.value - Self.firstPlaceholder)
    return index < formulas.count ? formulas[index] : nil
  }

  private static func mask(_ bytes: [UInt8], spans: [Range<Int>]) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count)
    var position = 0
    for (index, span) in spans.enumerated() {
      appendWithoutPlaceholders(bytes[position..<span.lowerBound], to: &result)
      if let scalar = Unicode.Scalar(firstPlaceholder + UInt32(index)) {
        result.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
      }
      position = span.upperBound
    }
    appendWithoutPlaceholders(bytes[position...], to: &result)
    return result
  }

  /// Appends a text in which characters that could be taken for a placeholder are replaced.
  ///
  /// They can also be written as numeric entities, whose ampersand is replaced then.
  private static func appendWithoutPlaceholders(
    _ bytes: ArraySlice<UInt8>, to result: inout [UInt8]
  ) {
    guard bytes.contains(where: { $0 == 0xF3 || $0 == 0xF4 || $0 == UInt8(ascii: "&") }) else {
      result.append(contentsOf: bytes)
      return
    }
    let scalars = Array(String(decoding: bytes, as: UTF8.self).unicodeScalars)
    for (index, scalar) in scalars.enumerated() {
      if scalar == "&", isPlaceholderEntity(scalars[index...].prefix(12)) {
        result.append(contentsOf: UTF8.encodedReplacementCharacter)
        continue
      }
      let kept: Unicode.Scalar = scalar.value >= firstPlaceholder ? "\u{FFFD}" : scalar
      result.append(contentsOf: UTF8.encode(kept) ?? UTF8.encodedReplacementCharacter)
    }
  }

  private static func isPlaceholderEntity(_ text: ArraySlice<Unicode.Scalar>) -> Bool {
    var digits = text.dropFirst()
    guard digits.popFirst() == "#" else { return false }
    let isHexadecimal = digits.first == "x" || digits.first == "X"
    if isHexadecimal { digits.removeFirst() }
    let body = digits.prefix { $0.properties.numericType != nil || $0.properties.isASCIIHexDigit }
    let number = UInt32(String(String.UnicodeScalarView(body)), radix: isHexadecimal ? 16 : 10)
    return number.map { $0 >= firstPlaceholder } ?? false
  }
}
