extension LessonBuilder {
  private static let pairCounts = 3...6
  private static let blankCounts = 1...4

  /// Reads the pairs of a match item.
  mutating func match(
    _ body: ArraySlice<MarkdownNode>, at place: SourceLocation
  ) -> ItemParts {
    var (parts, node) = split(body, at: .match, place: place)
    guard let node else { return parts }
    var pairs: [QuizPair] = []
    var lefts: Set<String> = []
    var rights: Set<String> = []
    let lines = fenceLines(of: node).filter { !$0.text.trimmed.isEmpty }
    let count = lines.count
    var isSound = true
    for line in lines.prefix(Self.pairCounts.upperBound) {
      guard let arrow = line.text.firstRange(of: "=>"),
        case let left = String(line.text[..<arrow.lowerBound]).trimmed, !left.isEmpty,
        case let right = String(line.text[arrow.upperBound...]).trimmed, !right.isEmpty
      else {
        report("this line must be of the form “left => right”", at: line.location)
        isSound = false
        continue
      }
      let rightPlace = line.location.shifted(
        by: line.text[..<arrow.upperBound].unicodeScalars.count
          + line.text[arrow.upperBound...].unicodeScalars.prefix { $0 == " " }.count)
      if !lefts.insert(left).inserted {
        report("the left side “\(left)” stands twice", at: line.location)
        isSound = false
      }
      if !rights.insert(right).inserted {
        report("the right side “\(right)” stands twice", at: rightPlace)
        isSound = false
      }
      let indent = line.text.unicodeScalars.prefix { $0 == " " }.count
      pairs.append(
        QuizPair(
          left: inlines(ofLine: left) { line.location.shifted(by: indent + $0) },
          right: inlines(ofLine: right) { rightPlace.shifted(by: $0) }))
    }
    parts.facts.append(
      OutlineEntry.Fact(name: "number of pairs", value: "\(count)", location: location(of: node)))
    if !Self.pairCounts.contains(count) {
      report("a match item has 3 to 6 pairs, but \(count) are given", on: node)
      isSound = false
    }
    if isSound { parts.answer = .match(pairs) }
    return parts
  }

  /// Reads the text of a cloze item.
  mutating func cloze(
    _ body: ArraySlice<MarkdownNode>, at place: SourceLocation
  ) -> ItemParts {
    var (parts, node) = split(body, at: .cloze, place: place)
    guard let node else { return parts }
    let paragraphs = ClozeParagraph.all(in: fenceLines(of: node)).map {
      (paragraph: $0, stretches: $0.stretches(file: source.file))
    }
    let kinds = paragraphs.flatMap(\.stretches).map(\.kind)
    let count = kinds.count { $0 == .blank }
    parts.facts.append(
      OutlineEntry.Fact(name: "number of blanks", value: "\(count)", location: location(of: node)))
    var isSound = true
    if !Self.blankCounts.contains(count), !kinds.contains(.open) {
      report("a cloze item has 1 to 4 blanks, but \(count) are given", on: node)
      isSound = false
    }
    // Beyond that number a text need not be read: it may be very long.
    guard count <= Self.blankCounts.upperBound else { return parts }
    let pieces = paragraphs.map { self.pieces(of: $0.paragraph, $0.stretches, &isSound) }
    if isSound { parts.answer = .cloze(ClozeText(paragraphs: pieces)) }
    return parts
  }

  private mutating func pieces(
    of paragraph: ClozeParagraph, _ stretches: [ClozeParagraph.Stretch], _ isSound: inout Bool
  ) -> [ClozeText.Piece] {
    var pieces: [ClozeText.Piece] = []
    for stretch in stretches {
      let text = String(String.UnicodeScalarView(paragraph.scalars[stretch.range]))
      let start = stretch.range.lowerBound
      switch stretch.kind {
      case .text:
        pieces.append(
          .text(
            spaced(text) { paragraph.locations[min(start + $0, paragraph.locations.count - 1)] })
        )
      case .open:
        report("this “{{” is not closed by “}}”", at: paragraph.locations[start])
        isSound = false
      case .blank:
        let words = text.split(separator: "|", omittingEmptySubsequences: false)
          .map { String($0).trimmed }
        if words.contains("") {
          report(
            words.count == 1
              ? "the blank has no word" : "one of the words of the blank is empty",
            at: paragraph.locations[start])
          isSound = false
        }
        pieces.append(.blank(ClozeBlank(words: words)))
      }
    }
    return pieces
  }

  /// Running text with the blanks at its ends, which Markdown would take away.
  private mutating func spaced(_ text: String, at place: (Int) -> SourceLocation) -> [Inline] {
    let inner = text.trimmed
    guard !inner.isEmpty else { return text.isEmpty ? [] : [.text(" ")] }
    let leading = text.unicodeScalars.prefix { $0 == " " }.count
    let inlines = inlines(ofLine: inner) { place(leading + $0) }
    let end: [Inline] = text.hasSuffix(" ") ? [.text(" ")] : []
    return (leading > 0 ? [.text(" ")] : []) + inlines + end
  }

  /// Reads what a measured item asks for.
  mutating func measured(
    _ body: ArraySlice<MarkdownNode>, at place: SourceLocation
  ) -> ItemParts {
    var (parts, node) = split(body, at: .measured, place: place)
    guard let node else { return parts }
    let keys = ["set", "quantity", "tolerance"]
    let fields = fields(of: node, keys: keys, name: "measured")
    var entry = OutlineEntry(kind: .item, id: "", location: fields.location)
    for key in keys { entry.add(key, fields[key], ifMissingAt: fields.location) }
    parts.facts += entry.facts
    let settings = fields["set"].map { self.settings($0) } ?? []
    for key in ["quantity", "tolerance"] where fields[key] == nil {
      report("the “measured” block lacks the key “\(key)”", at: fields.location)
    }
    let quantity = fields["quantity"].map { self.quantity($0) }
    guard let field = fields["tolerance"], let tolerance = number(field) else { return parts }
    guard tolerance >= 0 else {
      report("the tolerance must not be negative", at: field.valueLocation)
      return parts
    }
    guard let quantity else { return parts }
    parts.answer = .measured(
      MeasuredQuantity(settings: settings, quantity: quantity, tolerance: tolerance))
    return parts
  }
}
