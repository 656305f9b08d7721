import Curriculum
import Localization
import Presentation
import Study
import TerminalCanvas

/// The items of a session that is over, with what became of each.
struct QuizResultList {
  /// One item.
  struct Entry {
    /// The item.
    var item: QuizCandidate
    /// The first answer; nil when there was none.
    var answer: QuizStep?
    /// Whether a wrong answer was made good when the item came back.
    var isRecovered: Bool
  }

  /// The items: wrong ones first, then those without an answer, then right ones, each in the order
  /// they were asked.
  let entries: [Entry]

  /// Lists the items of a session.
  init(_ screen: QuizScreen) {
    let all = screen.session.items.map { item in
      let answers = screen.session.answers.filter { $0.itemID == item.itemID }
      return Entry(
        item: item, answer: answers.first,
        isRecovered: answers.first?.isRight == false
          && answers.dropFirst().contains(where: \.isRight)
      )
    }
    entries =
      all.filter { $0.answer?.isRight == false } + all.filter { $0.answer == nil }
      + all.filter { $0.answer?.isRight == true }
  }

  /// The entry of a row.
  func entry(at row: Int) -> Entry? { entries.indices.contains(row) ? entries[row] : nil }
}

/// What is shown when a session is over.
struct QuizResultText {
  private let screen: QuizScreen
  private let context: TutorContext

  /// Makes the text of a session's result.
  init(_ screen: QuizScreen, _ context: TutorContext) {
    self.screen = screen
    self.context = context
  }

  /// The set lines; those of items lead to them.
  func rows(width: Int) -> [QuizItemTypesetter.Row] {
    let list = QuizResultList(screen)
    guard !list.entries.isEmpty else {
      return plain([
        [
          StyledRun(context.text(Phrase("There is nothing to ask here.")), .role(.muted))
        ]
      ])
    }
    var lines = context.typesetter.sectionTitle(
      screen.setup.kind == .exam
        ? context.text(Phrase("The exam is over"))
        : context.text(Phrase("The quiz is over")), width: width)
    lines += score + times
    lines += confidence
    lines += schedule
    lines.append([])
    lines += context.typesetter.sectionTitle(
      context.text(Phrase("What to review first: Enter explains, o opens the lesson")), width: width
    )
    var rows = plain(lines.flatMap { TextWrapping.wrap($0, width: width, hangingIndent: 2) })
    for (row, entry) in list.entries.enumerated() {
      rows += self.rows(of: entry, row: row, width: width)
    }
    return rows
  }

  private func plain(_ lines: [StyledLine]) -> [QuizItemTypesetter.Row] {
    lines.map { QuizItemTypesetter.Row(line: $0) }
  }

  // MARK: Figures

  private var score: [StyledLine] {
    let summary = screen.session.summary
    let isExam = screen.setup.kind == .exam
    let all = isExam ? screen.session.items.count : summary.answered
    let share = all == 0 ? 0 : Double(summary.right) / Double(all)
    let style = Style.role(share >= 0.8 ? .good : .warning, bold: true)
    let percent = Int((share * 100).rounded())
    var lines: [StyledLine] = []
    if isExam {
      lines.append([
        StyledRun(
          context.text(Phrase("Score: \(summary.right) of \(all) right, \(percent) %")), style)
      ])
      if summary.unanswered > 0 {
        lines.append([
          StyledRun(
            context.text(Phrase("Not answered, counted as wrong: \(summary.unanswered)")),
            .role(.warning))
        ])
      }
      return lines
    }
    lines.append([
      StyledRun(context.text(Phrase("Right at once: \(summary.right) of \(all)")), style)
    ])
    if summary.recovered > 0 {
      lines.append([StyledRun(context.text(Phrase("Right the second time: \(summary.recovered)")))])
    }
    if summary.skipped > 0 {
      lines.append([StyledRun(context.text(Phrase("Skipped: \(summary.skipped)")), .role(.muted))])
    }
    return lines
  }

  private var times: [StyledLine] {
    let seconds =
      screen.setup.kind == .exam ? screen.clock.elapsed : screen.session.summary.seconds
    return [
      [
        StyledRun(
          context.text(Phrase("Time: ")) + context.text(TimeText.length(seconds)), .role(.muted))
      ]
    ]
  }

  /// How often the learner was right at each level of being sure, where it was said.
  private var confidence: [StyledLine] {
    let answers = screen.session.answers
    let parts = Confidence.allCases.reversed().compactMap { level -> String? in
      let some = answers.filter { $0.confidence == level }
      guard !some.isEmpty else { return nil }
      return
        "\(context.text(QuizText.name(of: level))) \(some.count(where: \.isRight))/\(some.count)"
    }
    guard !parts.isEmpty else { return [] }
    return [
      [
        StyledRun(
          context.text(Phrase("Right when you were: "))
            + parts.joined(separator: context.text(Phrase(", ", context: "clauses"))),
          .role(.muted))
      ]
    ]
  }

  /// What the schedule asks for next.
  private var schedule: [StyledLine] {
    guard screen.movesSchedule else {
      return [
        [
          StyledRun(
            context.text(Phrase("These answers are logged; your schedule is as it was.")),
            .role(.muted))
        ]
      ]
    }
    let waiting = context.study.waiting(context.quizCandidates)
    var text = context.text(Phrase("Due today: "))
    text += "\(waiting.due + waiting.new)"
    if waiting.isEmpty, let next = waiting.nextDue {
      text = context.text(Phrase("All done for today. Next review "))
      text += context.text(TimeText.ahead(next, now: context.now))
    }
    return [[StyledRun(text, .role(.accent))]]
  }

  // MARK: Items

  private func rows(
    of entry: QuizResultList.Entry, row: Int, width: Int
  ) -> [QuizItemTypesetter.Row] {
    let mark: StyledRun =
      switch entry.answer?.isRight {
      case true?: StyledRun("✓ ", .role(.good, bold: true))
      case false?: StyledRun("✗ ", .role(.bad, bold: true))
      case nil: StyledRun("- ", .role(.muted))
      }
    var notes: [String] = []
    if entry.isRecovered { notes.append(context.text(Phrase("right later"))) }
    if entry.answer?.isConfidentError == true {
      notes.append(context.text(Phrase("you were sure")))
    }
    if entry.answer == nil { notes.append(context.text(Phrase("no answer"))) }
    let threshold = context.study.settings.leechThreshold
    if context.study.cards[entry.item.itemID]?.isLeech(threshold: threshold) == true {
      notes.append(context.text(Phrase("often forgotten")))
    }
    if context.study.flagged.contains(entry.item.itemID) {
      notes.append(context.text(Phrase("flagged")))
    }
    let note =
      notes.isEmpty
      ? "" : "  " + notes.joined(separator: context.text(Phrase(", ", context: "clauses")))
    let noteWidth = TextWidth.width(of: note)
    let title = TextFitting.truncate(
      context.firstLine(ofItem: entry.item.itemID, seed: entry.answer?.seed ?? screen.seed),
      to: max(8, width - noteWidth - 3))
    return [
      QuizItemTypesetter.Row(
        line: [mark, StyledRun(title), StyledRun(note, .role(.warning))], target: row)
    ]
  }
}
