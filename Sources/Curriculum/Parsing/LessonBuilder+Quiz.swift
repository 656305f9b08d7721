import Localization

extension LessonBuilder {
  /// How an item is answered, as its metadata say.
  enum ItemKind: String, CaseIterable {
    /// Exactly one choice.
    case choice
    /// One or more choices.
    case multiple
    /// A number.
    case numeric
    /// Lines to be ordered.
    case order
    /// A line of a listing.
    case spot
    /// Pairs to be found.
    case match
    /// A text with blanks.
    case cloze
    /// A number that is measured when it is asked.
    case measured
  }

  /// What an item's body holds.
  struct ItemParts {
    /// The nodes before the answer.
    var prompt: ArraySlice<MarkdownNode>
    /// The answer; nil when it cannot be used.
    var answer: QuizAnswer?
    /// The nodes after the answer.
    var explanation: ArraySlice<MarkdownNode>
    /// What must be the same in every language.
    var facts: [OutlineEntry.Fact] = []
    /// The names that may stand in braces; nil when they could not be read.
    var variables: [String]?
  }

  /// Reads a quiz item.
  mutating func quizItem(_ section: Section) -> QuizItem? {
    let place = location(of: section.heading)
    var body = section.body
    let metadata = metadata(
      from: &body, under: section.heading, owner: "item", keys: ["kind", "question"])
    guard let metadata, let id = metadata["item"] else { return nil }
    let kind = choice("kind", of: metadata, as: ItemKind.self)
    let question = metadata["question"]
    if let question {
      references.append(
        Reference(kind: .question, id: question.value, location: question.valueLocation))
    }
    guard let kind else {
      outline.append(OutlineEntry(kind: .item, id: id.value, location: place))
      _ = accept(id: id, of: "item")
      return nil
    }

    let parts =
      switch kind {
      case .choice, .multiple: choices(body, kind: kind, at: place)
      case .numeric: numeric(body, at: place)
      case .order: order(body, at: place)
      case .spot: spot(body, at: place)
      case .match: match(body, at: place)
      case .cloze: cloze(body, at: place)
      case .measured: measured(body, at: place)
      }
    let prompt = blocks(parts.prompt)
    if prompt.isEmpty {
      report("the item asks nothing", at: place)
    }
    let explanation = blocks(parts.explanation, allowsClaims: true)
    if explanation.isEmpty, parts.answer != nil {
      report("the item has no explanation after its answer", at: place)
    }
    if kind == .numeric { checkPlaceholders(of: parts, at: place) }

    var entry = OutlineEntry(kind: .item, id: id.value, location: place)
    entry.itemKind = kind
    entry.hasVariants = parts.variables?.isEmpty == false
    entry.add("kind", metadata["kind"])
    entry.add("question", question, ifMissingAt: metadata.location)
    entry.facts += parts.facts
    entry.add(claims: explanation.claims, at: place)
    outline.append(entry)
    note(.prompt, of: id.value, nodes: parts.prompt, text: prompt, at: place)
    note(.explanation, of: id.value, nodes: parts.explanation, text: explanation, at: place)
    guard accept(id: id, of: "item"), let answer = parts.answer else { return nil }
    return QuizItem(
      id: id.value, questionID: question?.value, prompt: prompt, answer: answer,
      explanation: explanation, location: place)
  }

  /// Splits a body at its answer's block and reports further ones.
  mutating func split(
    _ body: ArraySlice<MarkdownNode>, at fence: SpecialFence, place: SourceLocation
  ) -> (parts: ItemParts, node: MarkdownNode?) {
    guard let index = body.firstIndex(where: { specialFence($0) == fence }) else {
      report("the item has no “\(fence.rawValue)” block", at: place)
      return (ItemParts(prompt: body, answer: nil, explanation: []), nil)
    }
    checkClosed(body[index])
    return (
      ItemParts(prompt: body[..<index], answer: nil, explanation: body[(index + 1)...]), body[index]
    )
  }

  private mutating func order(
    _ body: ArraySlice<MarkdownNode>, at place: SourceLocation
  ) -> ItemParts {
    var (parts, node) = split(body, at: .order, place: place)
    guard let node else { return parts }
    var lines: [[Inline]] = []
    var isSound = true
    for line in fenceLines(of: node) where !line.text.trimmed.isEmpty {
      let halves = line.text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
      guard halves.count == 2, Int(String(halves[0]).trimmed) == lines.count + 1 else {
        report("this line must begin with “\(lines.count + 1):”", at: line.location)
        isSound = false
        lines.append([])
        continue
      }
      let text = String(halves[1]).trimmed
      if text.isEmpty {
        report("the line to be ordered is empty", at: line.location)
        isSound = false
      }
      let blanks = line.text.unicodeScalars.count - text.unicodeScalars.count
      lines.append(inlines(ofLine: text) { line.location.shifted(by: blanks + $0) })
    }
    parts.facts.append(
      OutlineEntry.Fact(
        name: "number of lines", value: "\(lines.count)", location: location(of: node)))
    if lines.count < 3 {
      report("an order item has at least three lines", on: node)
      isSound = false
    }
    if isSound { parts.answer = .order(lines) }
    return parts
  }

  private mutating func spot(
    _ body: ArraySlice<MarkdownNode>, at place: SourceLocation
  ) -> ItemParts {
    var (parts, node) = split(body, at: .spot, place: place)
    guard let node else { return parts }
    guard let listing = parts.prompt.last, case .code(let info, let text, _) = listing.kind,
      specialFence(listing) == nil
    else {
      report("a listing must stand directly before the “spot” block", on: node)
      return parts
    }
    checkClosed(listing)
    parts.prompt = parts.prompt.dropLast()
    let lines = Self.withoutLastLineEnd(text).split(
      separator: "\n", omittingEmptySubsequences: false
    ).map(String.init)
    parts.facts.append(
      OutlineEntry.Fact(
        name: "number of lines of the listing", value: "\(lines.count)",
        location: location(of: listing)))
    let fields = fields(of: node, keys: ["line"], name: "spot")
    guard let field = fields["line"] else {
      report("the “spot” block lacks the key “line”", at: fields.location)
      return parts
    }
    parts.facts.append(
      OutlineEntry.Fact(name: "line", value: field.value, location: field.valueLocation))
    guard let line = wholeNumber(field) else { return parts }
    guard lines.indices.contains(line - 1) else {
      report(
        "line \(line) is outside of the listing, which has \(lines.count) lines",
        at: field.valueLocation)
      return parts
    }
    parts.answer = .spot(
      language: info.split(separator: " ").first.map(String.init) ?? "", code: lines, line: line)
    return parts
  }
}
