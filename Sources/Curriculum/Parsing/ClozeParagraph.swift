/// A paragraph of a cloze text, its lines joined, with the place of every character.
struct ClozeParagraph {
  /// A part of the paragraph.
  struct Stretch {
    /// The sorts of parts.
    enum Kind {
      /// Running text.
      case text
      /// What stands between the braces of a blank.
      case blank
      /// Braces that are not closed, with what follows them.
      case open
    }

    /// What it is.
    var kind: Kind
    /// Its scalars.
    var range: Range<Int>
  }

  /// The text.
  private(set) var scalars: [Unicode.Scalar] = []
  /// The places.
  private(set) var locations: [SourceLocation] = []

  /// The paragraphs of a fence, which blank lines part.
  static func all(in lines: [(text: String, location: SourceLocation)]) -> [ClozeParagraph] {
    var paragraphs: [ClozeParagraph] = []
    var isOpen = false
    for line in lines {
      guard !line.text.trimmed.isEmpty else {
        isOpen = false
        continue
      }
      if !isOpen { paragraphs.append(ClozeParagraph()) }
      paragraphs[paragraphs.count - 1].append(line.text, at: line.location)
      isOpen = true
    }
    return paragraphs
  }

  private mutating func append(_ text: String, at location: SourceLocation) {
    let line = text.trimmed
    let indent = text.unicodeScalars.prefix { $0 == " " }.count
    if let last = scalars.last, let lastPlace = locations.last {
      // A blank takes part in the join with the characters at its ends.
      let previous = last == "}" ? scalars.last { $0 != "}" } ?? last : last
      let next = line.unicodeScalars.first { $0 != "{" }
      if !CJKLineBreaks.vanishes(between: previous, and: next) {
        scalars.append(" ")
        locations.append(lastPlace)
      }
    }
    for (offset, scalar) in line.unicodeScalars.enumerated() {
      scalars.append(scalar)
      locations.append(location.shifted(by: indent + offset))
    }
  }

  /// The running text and the blanks in order; braces inside code and formulas mean nothing.
  func stretches(file: String) -> [Stretch] {
    let bytes = Array(String(String.UnicodeScalarView(scalars)).utf8)
    let line = LessonSource(
      file: file, bytes: bytes, textRuns: [TextRun(firstLine: 1, lastLine: 1)])
    var isText: [Bool] = []
    var offset = 0
    for scalar in scalars {
      isText.append(line.regions[offset] == .text)
      offset += UTF8.width(scalar)
    }
    func isDouble(_ scalar: Unicode.Scalar, at position: Int) -> Bool {
      position + 1 < scalars.count && scalars[position] == scalar
        && scalars[position + 1] == scalar && isText[position] && isText[position + 1]
    }
    var result: [Stretch] = []
    var start = 0
    var position = 0
    func close(at end: Int, _ result: inout [Stretch]) {
      if start < end { result.append(Stretch(kind: .text, range: start..<end)) }
    }
    while position < scalars.count {
      guard isDouble("{", at: position) else {
        position += 1
        continue
      }
      close(at: position, &result)
      guard
        let end = ((position + 2)..<max(position + 2, scalars.count)).first(where: {
          isDouble("}", at: $0)
        })
      else {
        result.append(Stretch(kind: .open, range: position..<scalars.count))
        return result
      }
      result.append(Stretch(kind: .blank, range: (position + 2)..<end))
      position = end + 2
      start = position
    }
    close(at: scalars.count, &result)
    return result
  }
}
