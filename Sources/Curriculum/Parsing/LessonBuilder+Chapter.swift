import Localization

extension LessonBuilder {
  /// A heading with what stands under it.
  struct Section {
    /// The heading.
    var heading: MarkdownNode
    /// The nodes up to the next heading of the same level.
    var body: ArraySlice<MarkdownNode>
  }

  /// The sections of a chapter.
  enum ChapterSection: String, CaseIterable {
    /// What the reader will be able to do.
    case goals
    /// A problem worked through.
    case workedExample
    /// The questions.
    case questions
    /// The experiments.
    case experiments
    /// The budgets to meet; a chapter may do without.
    case challenges
    /// The quiz items.
    case quiz

    /// The heading in a language.
    func title(in language: Language) -> String {
      switch (self, language) {
      case (.goals, .english): "Goals"
      case (.goals, .simplifiedChinese): "目标"
      case (.workedExample, .english): "Worked example"
      case (.workedExample, .simplifiedChinese): "例题"
      case (.questions, .english): "Questions"
      case (.questions, .simplifiedChinese): "问题"
      case (.experiments, .english): "Experiments"
      case (.experiments, .simplifiedChinese): "实验"
      case (.challenges, .english): "Challenges"
      case (.challenges, .simplifiedChinese): "挑战"
      case (.quiz, .english): "Quiz"
      case (.quiz, .simplifiedChinese): "测验"
      }
    }
  }

  /// Splits nodes at the headings of a level; nodes before the first heading come apart.
  func sections(
    of nodes: ArraySlice<MarkdownNode>, level: Int
  ) -> (before: ArraySlice<MarkdownNode>, sections: [Section]) {
    let starts = nodes.indices.filter { nodes[$0].kind == .heading(level) }
    let sections = starts.enumerated().map { position, start in
      let end = position + 1 < starts.count ? starts[position + 1] : nodes.endIndex
      return Section(heading: nodes[start], body: nodes[(start + 1)..<end])
    }
    return (nodes[..<(starts.first ?? nodes.endIndex)], sections)
  }

  private var beginning: SourceLocation { SourceLocation(file: source.file, line: 1) }

  /// Builds the chapter from the whole document.
  mutating func chapter(_ document: MarkdownNode) -> Chapter? {
    for offset in source.strayDollars {
      report(
        "this $ has no partner on its line; write \\$ for a dollar sign",
        atByte: offset)
    }
    let nodes = document.children
    guard let start = nodes.firstIndex(where: { $0.kind == .heading(1) }) else {
      report("the lesson has no title, which is a heading of level 1", at: beginning)
      return nil
    }
    let heading = nodes[start]
    if start > 0 {
      report("a lesson begins with its title, a heading of level 1", on: nodes[0])
    }
    for other in nodes[(start + 1)...] where other.kind == .heading(1) {
      report("a lesson has only one heading of level 1", on: other)
    }
    // A second title is left out so that what follows it is still read.
    let rest = nodes[(start + 1)...].filter { $0.kind != .heading(1) }
    var body = rest[...]
    let metadata = metadata(from: &body, under: heading, owner: "chapter", keys: [])
    let id = metadata?["chapter"]
    if let id {
      if id.value.isIdentifierPart {
        chapterID = id.value
      } else {
        report(
          "the chapter's id “\(id.value)” must be of small letters, digits and hyphens",
          at: id.valueLocation)
      }
    }
    let (introduction, named) = sections(of: body, level: 2)
    var chapter = Chapter(
      id: chapterID, number: 0, stem: "", language: language,
      title: Self.plainText(inlines(of: heading)), introduction: blocks(introduction),
      goals: [], workedExample: [], questions: [], quizItems: [], experiments: [],
      location: location(of: heading))
    if chapter.introduction.isEmpty {
      report("the chapter has no introduction", at: chapter.location)
    }
    note(.introduction, nodes: introduction, text: chapter.introduction, at: chapter.location)
    readName(into: &chapter)
    read(named, into: &chapter)
    return chapterID.isEmpty ? nil : chapter
  }

  /// Takes the number and the stem from the file's name.
  private mutating func readName(into chapter: inout Chapter) {
    let name = source.file.split(separator: "/").last.map(String.init) ?? ""
    chapter.stem = name.hasSuffix(".md") ? String(name.dropLast(3)) : name
    let digits = chapter.stem.prefix { $0.isASCII && $0.isNumber }
    let rest = chapter.stem.dropFirst(digits.count)
    guard digits.count == 2, let number = Int(digits), rest.hasPrefix("-"),
      String(rest.dropFirst()).isIdentifierPart, name.hasSuffix(".md")
    else {
      report(
        "the file's name must be two digits, a hyphen, small letters and “.md”",
        at: beginning)
      return
    }
    chapter.number = number
  }

  private mutating func read(_ named: [Section], into chapter: inout Chapter) {
    var seen: Set<ChapterSection> = []
    let titles = ChapterSection.allCases.map { $0.title(in: language) }
    for section in named {
      let title = Self.plainText(inlines(of: section.heading)).trimmed
      let place = location(of: section.heading)
      guard let kind = ChapterSection.allCases.first(where: { $0.title(in: language) == title })
      else {
        report(
          "unknown section “\(title)”; allowed are \(titles.joined(separator: ", "))", at: place)
        continue
      }
      guard seen.insert(kind).inserted else {
        report("the section “\(title)” stands twice", at: place)
        continue
      }
      if kind == .goals {
        chapter.goals = points(section.body, of: title, at: place)
        note(.goals, nodes: section.body, text: chapter.goals.map { .paragraph($0) }, at: place)
        continue
      }
      if kind == .workedExample {
        chapter.workedExample = blocks(section.body, allowsClaims: true)
        if chapter.workedExample.isEmpty { report("“\(title)” is empty", at: place) }
        note(.workedExample, nodes: section.body, text: chapter.workedExample, at: place)
        var entry = OutlineEntry(kind: .workedExample, id: chapterID, location: place)
        entry.add(claims: chapter.workedExample.claims, at: place)
        outline.append(entry)
        continue
      }
      let (before, elements) = sections(of: section.body, level: 3)
      for node in before {
        report("“\(title)” begins with a heading of level 3", on: node)
      }
      for element in elements {
        switch kind {
        case .questions: if let found = question(element) { chapter.questions.append(found) }
        case .experiments: if let found = experiment(element) { chapter.experiments.append(found) }
        case .challenges: if let found = challenge(element) { chapter.challenges.append(found) }
        case .quiz: if let found = quizItem(element) { chapter.quizItems.append(found) }
        case .goals, .workedExample: break
        }
      }
    }
    // Whether a chapter needs a worked example is for the linter to say.
    let optional: Set<ChapterSection> = [.workedExample, .challenges]
    for kind in ChapterSection.allCases where !optional.contains(kind) && !seen.contains(kind) {
      report("the section “\(kind.title(in: language))” is missing", at: chapter.location)
    }
  }
}
