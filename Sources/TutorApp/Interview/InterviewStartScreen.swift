import Curriculum
import Localization
import Presentation
import Study
import TerminalCanvas

/// Level and length of a mock interview, the one that waits to be resumed, and earlier reports.
struct InterviewStartScreen: TutorScreen {
  private enum Row: Hashable {
    case resume, level, length, start
    case report(Int)
  }

  private var selection: SelectionState
  private var level = Level.mid
  private var length = 1
  /// The reports of all interviews, newest first.
  private var reports: [InterviewRun] = []

  /// Makes the screen; what waits to be resumed, or else the start, is selected.
  init(_ context: TutorContext) {
    selection = SelectionState(context.progress.runningInterview == nil ? 2 : 0)
  }

  mutating func opened(_ context: inout TutorContext) -> [TutorEffect] {
    [.store(.readInterviews)]
  }

  mutating func uncovered(_ context: inout TutorContext) -> [TutorEffect] {
    [.store(.readInterviews)]
  }

  mutating func receive(_ reply: StoreReply, _ context: inout TutorContext) -> [TutorEffect] {
    if case .interviews(let reports) = reply { self.reports = reports }
    return []
  }

  func title(_ context: TutorContext) -> String { context.text(Phrases.interview) }

  private func rows(_ context: TutorContext) -> [Row] {
    let resume: [Row] = context.progress.runningInterview == nil ? [] : [.resume]
    return resume + [.level, .length, .start]
      + reports.indices.map(Row.report)
  }

  private func selected(_ context: TutorContext) -> Row {
    let rows = rows(context)
    return rows[max(0, min(selection.index, rows.count - 1))]
  }

  func bindings(_ context: TutorContext) -> [KeyBinding] {
    var bindings = [CommonKeys.up]
    switch selected(context) {
    case .level, .length:
      bindings += [
        KeyBinding(
          .increase, [.right, .character(" ")], Phrase("change"), Phrase("the next option"),
          shown: "←→"),
        KeyBinding(.decrease, [.left], Phrase("change"), Phrase("the option before"), inBar: false),
      ]
    case .resume:
      bindings.append(
        KeyBinding(
          .finish, [.character("x")], Phrase("end it"),
          Phrase("end the interview and make its report")))
    case .start, .report: break
    }
    return bindings + [
      KeyBinding(
        .open, [.enter], Phrase("start, open"), Phrase("resume, start or read what is selected")),
      CommonKeys.back, CommonKeys.help, CommonKeys.down, CommonKeys.first, CommonKeys.last,
    ]
  }

  mutating func perform(_ command: Command, _ context: inout TutorContext) -> [TutorEffect] {
    let count = rows(context).count
    if selection.perform(command, count: count, visible: count) { return [] }
    let row = selected(context)
    switch command {
    case .back: return [.pop]
    case .increase, .decrease:
      change(row, by: command == .increase ? 1 : -1)
      return []
    case .finish:
      guard let running = context.progress.runningInterview else { return [] }
      return end(running, context)
    case .open: return open(row, &context)
    default: return []
    }
  }

  private mutating func change(_ row: Row, by step: Int) {
    switch row {
    case .level:
      let all = Level.allCases
      level = all[(level.rank + step + all.count) % all.count]
    case .length:
      let count = InterviewLength.choices.count
      length = (length + step + count) % count
    case .resume, .start, .report: break
    }
  }

  private mutating func open(_ row: Row, _ context: inout TutorContext) -> [TutorEffect] {
    switch row {
    case .resume:
      guard let running = context.progress.runningInterview else { return [] }
      return [.push(InterviewScreen(run: running, context))]
    case .level, .length, .start:
      let run = InterviewRun.drawn(
        level: level, length: InterviewLength.choices[length], context)
      guard !run.questionIDs.isEmpty else {
        context.notice = context.text(Phrase("The lessons have no question of this level."))
        return []
      }
      // The new interview takes the place of one that waits, whose answers then get their report.
      var effects: [TutorEffect] = []
      if let running = context.progress.runningInterview, !running.answers.isEmpty {
        let finished = running.finished(at: context.now)
        effects = [.store(.finishInterview(finished, finished.document))]
      }
      return effects
        + [.store(.keepInterview(run)), .push(InterviewScreen(run: run, context))]
    case .report(let index):
      guard reports.indices.contains(index) else { return [] }
      return [.push(InterviewReportScreen(run: reports[index], isNew: false))]
    }
  }

  /// Ends an interview early; without any answer there is nothing to report.
  private func end(_ run: InterviewRun, _ context: TutorContext) -> [TutorEffect] {
    guard !run.answers.isEmpty else { return [.store(.keepInterview(nil))] }
    return [.push(InterviewReportScreen(run: run.finished(at: context.now), isNew: true))]
  }

  mutating func point(_ mouse: MouseEvent, _ context: inout TutorContext) -> [TutorEffect] {
    let area = context.screenArea
    guard mouse.action == .press else { return [] }
    let rows = rows(context)
    for (index, row) in rows.enumerated() where y(of: row, in: area, context) == mouse.point.y {
      guard selection.index == index || row == .level || row == .length else {
        selection.index = index
        return []
      }
      selection.index = index
      if row == .level || row == .length {
        change(row, by: 1)
        return []
      }
      return open(row, &context)
    }
    return []
  }

  // MARK: Drawing

  private func reportTop(in area: Rect) -> Int { area.y + 12 }

  /// The first report that is shown, so that the selected one is.
  private func reportOffset(in area: Rect, _ context: TutorContext) -> Int {
    guard case .report(let index) = selected(context) else { return 0 }
    return max(0, index - (area.maxY - 1 - reportTop(in: area)) + 1)
  }

  private func y(of row: Row, in area: Rect, _ context: TutorContext) -> Int? {
    switch row {
    case .resume: return area.y + 4
    case .level: return area.y + 6
    case .length: return area.y + 7
    case .start: return area.y + 9
    case .report(let index):
      let y = reportTop(in: area) + index - reportOffset(in: area, context)
      return y >= reportTop(in: area) && y < area.maxY - 1 ? y : nil
    }
  }

  func draw(into canvas: inout Canvas, in area: Rect, _ context: TutorContext) {
    let column = Document.column(in: area)
    let intro = Phrase(
      "One question at a time, as in the room: answer first, then grade yourself by the key points."
    )
    for (row, line) in TextWrapping.wrap(
      context.text(intro), style: .role(.muted), width: column.width
    ).enumerated() {
      canvas.write(line, at: Point(x: column.x, y: area.y + 1 + row), in: column)
    }
    for row in rows(context) {
      guard let y = y(of: row, in: area, context) else { continue }
      let line = Rect(x: column.x, y: y, width: column.width, height: 1)
      let isSelected = row == selected(context)
      draw(row, into: &canvas, in: line, isSelected: isSelected, context)
      if isSelected { canvas.restyle(line) { $0.background = .role(.selection) } }
    }
    let heading = Rect(x: column.x, y: reportTop(in: area) - 1, width: column.width, height: 1)
    let title =
      reports.isEmpty
      ? Phrase("Reports of your interviews will be listed here.")
      : Phrase("Reports")
    canvas.write(
      [
        StyledRun(
          context.text(title), .role(reports.isEmpty ? .muted : .heading, bold: !reports.isEmpty))
      ], row: 0, of: heading)
  }

  private func draw(
    _ row: Row, into canvas: inout Canvas, in line: Rect, isSelected: Bool,
    _ context: TutorContext
  ) {
    let mark = isSelected ? "▸ " : "  "
    func write(_ text: String, _ role: Role) {
      canvas.write([StyledRun(mark + text, .role(role, bold: isSelected))], row: 0, of: line)
    }
    switch row {
    case .resume:
      guard let running = context.progress.runningInterview else { return }
      let done = running.answers.count
      let total = running.questionIDs.count
      let when = DateText.minute(running.startedAt)
      let level = context.text(Phrases.level(running.level))
      write(
        context.text(
          Phrase("Resume the interview of \(when), \(level), \(done) of \(total) answered")),
        .warning)
    case .level:
      ChoiceBar(
        label: mark + context.text(Phrase("Level")),
        options: Level.allCases.map { context.text(Phrases.level($0)) }, selection: level.rank,
        isFocused: isSelected, labelWidth: 12
      ).render(into: &canvas, in: line)
    case .length:
      ChoiceBar(
        label: mark + context.text(Phrase("Length")),
        options: InterviewLength.choices.map { context.text($0.name) }, selection: length,
        isFocused: isSelected, labelWidth: 12
      ).render(into: &canvas, in: line)
    case .start:
      write(context.text(Phrase("Start the interview")), .accent)
    case .report(let index):
      guard reports.indices.contains(index) else { return }
      write(Self.label(of: reports[index], context), .text)
    }
  }

  private static func label(of run: InterviewRun, _ context: TutorContext) -> String {
    let share = run.share.map { NumberText.fixed($0 * 100, decimals: 0) + " %" } ?? "-"
    let level = context.text(Phrases.level(run.level))
    let points =
      context.text(Phrase("\(run.answers.count) answers, \(run.made)/\(run.possible) key points"))
    return [
      DateText.minute(run.startedAt), TextFitting.pad(level, to: 7),
      TextFitting.pad(share, to: 5, alignment: .right), points,
    ].joined(separator: "  ")
  }
}
