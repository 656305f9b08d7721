import Localization

extension LessonBuilder {
  private static let challengeKeys = ["bytes", "accuracy", "speedup", "set", "knobs"]

  /// The heading above the hints of a challenge in a language.
  static func hintsTitle(in language: Language) -> String {
    switch language {
    case .english: "Hints"
    case .simplifiedChinese: "提示"
    }
  }

  /// Reads a challenge.
  mutating func challenge(_ section: Section) -> Challenge? {
    let place = location(of: section.heading)
    let title = Self.plainText(inlines(of: section.heading))
    var rest = section.body
    let metadata = metadata(
      from: &rest, under: section.heading, owner: "challenge", keys: ["difficulty"])
    let (body, parts) = sections(of: rest, level: 4)
    let index = body.firstIndex { specialFence($0) == .challenge }
    let text = body[..<(index ?? body.endIndex)]
    let introduction = blocks(text)
    if introduction.isEmpty { report("the challenge has no text before its block", at: place) }
    for node in index.map({ body[($0 + 1)...] }) ?? [] {
      report("nothing stands between the “challenge” block and the hints", on: node)
    }
    let terms = index.map { self.terms(body[$0]) }
    if terms == nil { report("the challenge has no “challenge” block", at: place) }
    let hints = hints(parts, at: place)
    let difficulty = metadata.flatMap { self.difficulty($0) }

    guard let metadata, let id = metadata["challenge"] else { return nil }
    var entry = OutlineEntry(kind: .challenge, id: id.value, location: place)
    entry.add("difficulty", metadata["difficulty"], ifMissingAt: metadata.location)
    if let fields = terms?.fields {
      for key in Self.challengeKeys { entry.add(key, fields[key], ifMissingAt: fields.location) }
    }
    entry.add("number of hints", "\(hints.points.count)", at: hints.location)
    outline.append(entry)
    note(
      .title, of: id.value, nodes: [section.heading], text: [.paragraph([.text(title)])], at: place)
    note(.prompt, of: id.value, nodes: text, text: introduction, at: place)
    note(
      .keyPoints, of: id.value, nodes: parts.first?.body ?? [],
      text: hints.points.map { .paragraph($0) }, at: hints.location)
    guard accept(id: id, of: "challenge"), let terms, !terms.budgets.isEmpty, let difficulty else {
      return nil
    }
    return Challenge(
      id: id.value, title: title, difficulty: difficulty, introduction: introduction,
      budgets: terms.budgets, settings: terms.settings, knobs: terms.knobs, hints: hints.points,
      location: place)
  }

  private mutating func hints(
    _ parts: [Section], at place: SourceLocation
  ) -> (points: [[Inline]], location: SourceLocation) {
    let title = Self.hintsTitle(in: language)
    guard let part = parts.first else {
      report("the challenge lacks “\(title)”", at: place)
      return ([], place)
    }
    for part in parts {
      let found = Self.plainText(inlines(of: part.heading)).trimmed
      if found != title || part.heading.line != parts[0].heading.line {
        report("a challenge has only the part “\(title)”, once", on: part.heading)
      }
    }
    let location = location(of: part.heading)
    return (points(part.body, of: title, at: location), location)
  }

  private mutating func difficulty(_ metadata: Fields) -> Int? {
    let allowed = Challenge.difficulties
    guard let field = metadata["difficulty"] else {
      report("the comment lacks the key “difficulty”", at: metadata.location)
      return nil
    }
    guard let difficulty = wholeNumber(field) else { return nil }
    guard allowed.contains(difficulty) else {
      report(
        "the difficulty is from \(allowed.lowerBound) to \(allowed.upperBound), "
          + "not \(difficulty)", at: field.valueLocation)
      return nil
    }
    return difficulty
  }

  /// What a `challenge` block says.
  private struct Terms {
    var fields: Fields
    var budgets: [Challenge.Budget] = []
    var settings: [Setting] = []
    var knobs: [String] = []
  }

  private mutating func terms(_ node: MarkdownNode) -> Terms {
    checkClosed(node)
    let fields = fields(of: node, keys: Self.challengeKeys, name: "challenge")
    var terms = Terms(fields: fields)
    terms.settings = fields["set"].map { settings($0) } ?? []
    for word in fields["knobs"].map({ words(of: $0) }) ?? [] {
      recipeUses.append(RecipeUse(key: word.text, value: nil, location: word.location))
      if terms.knobs.contains(word.text) {
        report("the knob “\(word.text)” is named twice", at: word.location)
      } else {
        terms.knobs.append(word.text)
      }
    }
    let budgets = fields.all.filter { ["bytes", "accuracy", "speedup"].contains($0.key) }
    terms.budgets = budgets.compactMap { budget($0) }
    if budgets.isEmpty {
      report(
        "the challenge names no budget; allowed are bytes, accuracy, speedup",
        at: fields.location)
    }
    return terms
  }

  private mutating func budget(_ field: Field) -> Challenge.Budget? {
    switch field.key {
    case "bytes":
      guard let limit = wholeNumber(field) else { return nil }
      guard limit > 0 else {
        report("“bytes” must be above 0", at: field.valueLocation)
        return nil
      }
      return Challenge.Budget(quantity: field.key, bound: .atMost(Double(limit)))
    case "accuracy":
      guard let share = number(field) else { return nil }
      guard share > 0, share <= 1 else {
        report("“accuracy” is a share above 0 and at most 1", at: field.valueLocation)
        return nil
      }
      return Challenge.Budget(quantity: field.key, bound: .atLeast(share))
    default:
      guard let factor = number(field) else { return nil }
      guard factor > 1, factor <= 1000 else {
        report("“speedup” is a factor above 1 and at most 1000", at: field.valueLocation)
        return nil
      }
      return Challenge.Budget(quantity: field.key, bound: .atLeast(factor))
    }
  }
}
