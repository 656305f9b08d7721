extension LessonBuilder {
  /// Reads the metadata comment that must be the first thing under a heading, and takes it away.
  ///
  /// - Parameters:
  ///   - body: What stands under the heading.
  ///   - heading: The heading.
  ///   - owner: The key that must come first and holds the id, such as `question`.
  ///   - keys: The other keys that are allowed.
  mutating func metadata(
    from body: inout ArraySlice<MarkdownNode>, under heading: MarkdownNode, owner: String,
    keys: [String]
  ) -> Fields? {
    guard let first = body.first, case .html(let text) = first.kind,
      text.trimmed.hasPrefix("<!--")
    else {
      report(
        "the heading must be followed by a comment <!-- \(owner): … -->",
        on: heading)
      return nil
    }
    body = body.dropFirst()
    let fields = metadata(text, at: location(of: first), keys: [owner] + keys)
    guard let fields else { return nil }
    guard fields[owner] != nil else {
      report("the comment does not name the \(owner)", at: fields.location)
      return nil
    }
    return fields
  }

  private mutating func metadata(
    _ text: String, at location: SourceLocation, keys: [String]
  ) -> Fields? {
    let comment = text.trimmed
    guard comment.hasSuffix("-->"), comment.utf8.count >= 7, !comment.contains("\n") else {
      report("metadata must be one comment on one line", at: location)
      return nil
    }
    let scalars = Array(comment.unicodeScalars)
    var fields = Fields(location: location)
    var start = 4
    let end = scalars.count - 3
    while start <= end {
      let stop = scalars[start..<end].firstIndex(of: ";") ?? end
      let piece = String(String.UnicodeScalarView(scalars[start..<stop]))
      let base = SourceLocation(
        file: location.file, line: location.line, column: location.column + start)
      if let field = field(piece, at: base, keys: keys, place: "comment") {
        append(field, to: &fields)
      }
      start = stop + 1
    }
    return fields
  }

  /// Reads the `key: value` lines of a fence; each key may stand once unless it is repeatable.
  mutating func fields(
    of fence: MarkdownNode, keys: [String], repeatable: Set<String> = [], name: String
  ) -> Fields {
    var fields = Fields(location: location(of: fence))
    for line in fenceLines(of: fence) where !line.text.trimmed.isEmpty {
      if let field = field(
        line.text, at: line.location, keys: keys, place: "“\(name)” block")
      {
        append(field, to: &fields, repeatable: repeatable)
      }
    }
    return fields
  }

  /// The lines of a code block with their places.
  func fenceLines(of fence: MarkdownNode) -> [(text: String, location: SourceLocation)] {
    guard case .code(_, let text, _) = fence.kind else { return [] }
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    if lines.last?.isEmpty == true {
      lines.removeLast()
    }
    return lines.enumerated().map { index, line in
      let number = fence.line + 1 + index
      // Lines inside a list or quotation lost their indentation: count from the end.
      let whole = source.lines.bytes(ofLine: number).count { $0 & 0xC0 != 0x80 }
      let column = 1 + max(0, whole - line.unicodeScalars.count)
      return (
        String(line), SourceLocation(file: source.file, line: number, column: column)
      )
    }
  }

  private mutating func append(
    _ field: Field, to fields: inout Fields, repeatable: Set<String> = []
  ) {
    if !repeatable.contains(field.key), fields[field.key] != nil {
      report("the key “\(field.key)” stands twice", at: field.keyLocation)
    } else {
      fields.all.append(field)
    }
  }

  private mutating func field(
    _ text: String, at location: SourceLocation, keys: [String], place: String
  ) -> Field? {
    let scalars = Array(text.unicodeScalars)
    let indent = scalars.prefix { $0 == " " || $0 == "\t" }.count
    var keyLocation = location
    keyLocation.column += indent
    guard let colon = scalars.firstIndex(of: ":") else {
      report("“\(text.trimmed)” is not of the form “key: value”", at: keyLocation)
      return nil
    }
    let key = String(String.UnicodeScalarView(scalars[..<colon])).trimmed
    let rest = scalars[(colon + 1)...]
    var valueLocation = location
    valueLocation.column += colon + 1 + rest.prefix { $0 == " " || $0 == "\t" }.count
    guard keys.contains(key) else {
      report(
        "unknown key “\(key)” in the \(place); allowed are \(keys.joined(separator: ", "))",
        at: keyLocation)
      return nil
    }
    return Field(
      key: key, value: String(String.UnicodeScalarView(rest)).trimmed, keyLocation: keyLocation,
      valueLocation: valueLocation)
  }

  /// Splits a value at blanks.
  func words(of field: Field) -> [(text: String, location: SourceLocation)] {
    var words: [(text: String, location: SourceLocation)] = []
    var word = ""
    var column = 0
    func close(at end: Int, _ words: inout [(text: String, location: SourceLocation)]) {
      guard !word.isEmpty else { return }
      var location = field.valueLocation
      location.column += end - word.unicodeScalars.count
      words.append((word, location))
      word = ""
    }
    for scalar in field.value.unicodeScalars {
      if scalar == " " || scalar == "\t" {
        close(at: column, &words)
      } else {
        word.unicodeScalars.append(scalar)
      }
      column += 1
    }
    close(at: column, &words)
    return words
  }

  /// Reads recipe settings such as `weights.bits=2 prune.sparsity=0.5`.
  mutating func settings(_ field: Field) -> [Setting] {
    var settings: [Setting] = []
    for word in words(of: field) {
      let parts = word.text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      guard parts.count == 2, !parts[0].isEmpty, !parts[1].isEmpty else {
        report("“\(word.text)” is not of the form key=value", at: word.location)
        continue
      }
      let setting = Setting(key: String(parts[0]), value: String(parts[1]))
      if settings.contains(where: { $0.key == setting.key }) {
        report("the key “\(setting.key)” is set twice", at: word.location)
        continue
      }
      settings.append(setting)
      recipeUses.append(
        RecipeUse(key: setting.key, value: setting.value, location: word.location))
    }
    return settings
  }

  /// Reads one of the words of an enumeration.
  mutating func choice<Value: RawRepresentable & CaseIterable>(
    _ key: String, of fields: Fields, as type: Value.Type
  ) -> Value? where Value.RawValue == String {
    let allowed = Value.allCases.map(\.rawValue).joined(separator: ", ")
    guard let field = fields[key] else {
      report("the comment lacks the key “\(key)”; allowed are \(allowed)", at: fields.location)
      return nil
    }
    guard let value = Value(rawValue: field.value) else {
      report("unknown \(key) “\(field.value)”; allowed are \(allowed)", at: field.valueLocation)
      return nil
    }
    return value
  }
}
