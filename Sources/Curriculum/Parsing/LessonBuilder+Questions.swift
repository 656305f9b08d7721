import Localization

extension LessonBuilder {
  /// The parts of a question.
  enum QuestionPart: CaseIterable {
    /// What one would say.
    case answer
    /// Why it is so.
    case explanation
    /// What a strong answer contains.
    case keyPoints
    /// What people often get wrong.
    case commonMistake
    /// What is asked next.
    case followUp

    /// The part's name among the passages of a lesson.
    var passage: LessonPassage.Part {
      switch self {
      case .answer: .answer
      case .explanation: .explanation
      case .keyPoints: .keyPoints
      case .commonMistake: .commonMistake
      case .followUp: .followUp
      }
    }

    /// The heading in a language.
    func title(in language: Language) -> String {
      switch (self, language) {
      case (.answer, .english): "Answer"
      case (.answer, .simplifiedChinese): "回答"
      case (.explanation, .english): "Explanation"
      case (.explanation, .simplifiedChinese): "解析"
      case (.keyPoints, .english): "Key points"
      case (.keyPoints, .simplifiedChinese): "要点"
      case (.commonMistake, .english): "Common mistake"
      case (.commonMistake, .simplifiedChinese): "常见误区"
      case (.followUp, .english): "Follow-up"
      case (.followUp, .simplifiedChinese): "追问"
      }
    }
  }

  /// Reads a question.
  mutating func question(_ section: Section) -> Question? {
    let place = location(of: section.heading)
    let title = inlines(of: section.heading)
    var body = section.body
    let metadata = metadata(
      from: &body, under: section.heading, owner: "question",
      keys: ["level", "asked", "experiment"])
    let level = metadata.flatMap { choice("level", of: $0, as: Level.self) }
    let frequency = metadata.flatMap { choice("asked", of: $0, as: Frequency.self) }
    let experiment = metadata?["experiment"]
    if let experiment {
      references.append(
        Reference(kind: .experiment, id: experiment.value, location: experiment.valueLocation))
    }

    let (before, parts) = sections(of: body, level: 4)
    for node in before {
      report(
        "a question's text stands under its headings of level 4, from "
          + "“\(QuestionPart.answer.title(in: language))” on",
        on: node)
    }
    var bodies: [QuestionPart: Section] = [:]
    for part in parts { assign(part, to: &bodies) }

    let answer = text(.answer, of: bodies, at: place)
    let explanation = text(.explanation, of: bodies, at: place)
    var keyPoints: [[Inline]] = []
    if let part = bodies[.keyPoints] {
      keyPoints = points(
        part.body, of: QuestionPart.keyPoints.title(in: language), at: location(of: part.heading))
    } else {
      reportMissing(.keyPoints, at: place)
    }
    let mistake = text(.commonMistake, of: bodies, at: place)
    let followUp = text(.followUp, of: bodies, at: nil)

    guard let metadata, let id = metadata["question"] else { return nil }
    var entry = OutlineEntry(kind: .question, id: id.value, location: place)
    entry.add("level", metadata["level"])
    entry.add("asked", metadata["asked"])
    entry.add("experiment", experiment, ifMissingAt: metadata.location)
    entry.add(
      "number of key points", "\(keyPoints.count)",
      at: bodies[.keyPoints].map { location(of: $0.heading) } ?? place)
    entry.add(
      "presence of a follow-up", "\(!followUp.isEmpty)",
      at: bodies[.followUp].map { location(of: $0.heading) } ?? place)
    entry.add(claims: explanation.claims, at: place)
    outline.append(entry)
    notePassages(
      of: id.value, section: section, title: title,
      texts: [
        (.answer, answer), (.explanation, explanation),
        (.keyPoints, keyPoints.map { .paragraph($0) }), (.commonMistake, mistake),
        (.followUp, followUp),
      ], in: bodies)
    guard accept(id: id, of: "question"), let level, let frequency else { return nil }
    return Question(
      id: id.value, title: title, level: level, frequency: frequency,
      experimentID: experiment?.value, answer: answer, explanation: explanation,
      keyPoints: keyPoints, commonMistake: mistake, followUp: followUp, location: place)
  }

  private mutating func notePassages(
    of id: String, section: Section, title: [Inline], texts: [(QuestionPart, [Block])],
    in bodies: [QuestionPart: Section]
  ) {
    note(
      .title, of: id, nodes: [section.heading], text: [.paragraph(title)],
      at: location(of: section.heading))
    for (part, text) in texts {
      guard let body = bodies[part] else { continue }
      note(part.passage, of: id, nodes: body.body, text: text, at: location(of: body.heading))
    }
  }

  private mutating func assign(_ part: Section, to bodies: inout [QuestionPart: Section]) {
    let title = Self.plainText(inlines(of: part.heading)).trimmed
    let place = location(of: part.heading)
    guard let kind = QuestionPart.allCases.first(where: { $0.title(in: language) == title }) else {
      let titles = QuestionPart.allCases.map { $0.title(in: language) }
      report(
        "unknown part “\(title)” of a question; allowed are \(titles.joined(separator: ", "))",
        at: place)
      return
    }
    guard bodies[kind] == nil else {
      report("the part “\(title)” stands twice", at: place)
      return
    }
    bodies[kind] = part
  }

  /// The text of a part; `place` is where to report that a required part is missing.
  private mutating func text(
    _ part: QuestionPart, of bodies: [QuestionPart: Section], at place: SourceLocation?
  ) -> [Block] {
    guard let section = bodies[part] else {
      if let place { reportMissing(part, at: place) }
      return []
    }
    let text = blocks(section.body, allowsClaims: part == .explanation)
    if text.isEmpty {
      report("“\(part.title(in: language))” is empty", on: section.heading)
    }
    return text
  }

  private mutating func reportMissing(_ part: QuestionPart, at place: SourceLocation) {
    report("the question lacks “\(part.title(in: language))”", at: place)
  }
}

extension OutlineEntry {
  /// Notes the value of a field, or that it is missing when a place for that is given.
  mutating func add(_ name: String, _ field: Field?, ifMissingAt place: SourceLocation? = nil) {
    if let field {
      facts.append(Fact(name: name, value: field.value, location: field.valueLocation))
    } else if let place {
      facts.append(Fact(name: name, value: "", location: place))
    }
  }

  /// Notes a value.
  mutating func add(_ name: String, _ value: String, at place: SourceLocation) {
    facts.append(Fact(name: name, value: value, location: place))
  }

  /// Notes the claims of an explanation, one by one.
  mutating func add(claims: [Claim], at place: SourceLocation) {
    add("number of claims", "\(claims.count)", at: claims.first?.location ?? place)
    for (index, claim) in claims.enumerated() {
      add("claim \(index + 1)", claim.summary, at: claim.location)
    }
  }
}
