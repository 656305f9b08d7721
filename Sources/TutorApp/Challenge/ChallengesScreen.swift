import Curriculum
import Lab
import Localization
import Presentation
import Study
import TerminalCanvas

/// All challenges with the best attempt at each, and the attempts at the selected one as a plot.
struct ChallengesScreen: TutorScreen {
  private var selection: SelectionState

  /// Makes the screen with a challenge selected.
  init(selection: Int = 0) {
    self.selection = SelectionState(selection)
  }

  var position: ScreenPosition? { .challenges(selection: selection.index) }

  func title(_ context: TutorContext) -> String { context.text(Phrases.challenges) }

  func bindings(_ context: TutorContext) -> [KeyBinding] {
    [
      CommonKeys.up,
      KeyBinding(
        .open, [.enter, .character("l")], Phrase("to the lab"),
        Phrase("try the selected challenge in the lab")),
      CommonKeys.back, CommonKeys.help, CommonKeys.down, CommonKeys.pageUp, CommonKeys.pageDown,
      CommonKeys.first, CommonKeys.last,
    ]
  }

  mutating func perform(_ command: Command, _ context: inout TutorContext) -> [TutorEffect] {
    let area = context.screenArea
    let challenges = context.challenges
    let visible = Self.listRect(in: area, count: challenges.count).height
    if selection.perform(command, count: challenges.count, visible: visible) { return [] }
    switch command {
    case .back: return [.pop]
    case .open:
      guard challenges.indices.contains(selection.index) else { return [] }
      return [.push(LabScreen(challenge: challenges[selection.index], settings: nil))]
    default: return []
    }
  }

  mutating func point(_ mouse: MouseEvent, _ context: inout TutorContext) -> [TutorEffect] {
    let area = context.screenArea
    let challenges = context.challenges
    let list = Self.listRect(in: area, count: challenges.count)
    guard mouse.action == .press, list.contains(mouse.point) else { return [] }
    let row =
      mouse.point.y - list.y + selection.offset(count: challenges.count, visible: list.height)
    guard challenges.indices.contains(row) else { return [] }
    return selection.press(row) ? perform(.open, &context) : []
  }

  // MARK: Drawing

  private static func isWide(_ area: Rect) -> Bool { area.width >= 120 }

  private static func listRect(in area: Rect, count: Int) -> Rect {
    let inner = area.inset(horizontally: 2)
    if isWide(area) {
      return Rect(x: inner.x, y: inner.y + 3, width: inner.width / 2 - 2, height: inner.height - 4)
    }
    return Rect(
      x: inner.x, y: inner.y + 2, width: inner.width, height: min(count, max(3, inner.height - 13)))
  }

  func draw(into canvas: inout Canvas, in area: Rect, _ context: TutorContext) {
    let challenges = context.challenges
    let list = Self.listRect(in: area, count: challenges.count)
    guard !challenges.isEmpty else {
      canvas.write(
        context.text(Phrase("These lessons hold no challenge.")),
        at: Point(x: list.x, y: area.y + 1), style: .role(.muted))
      return
    }
    let attempts = context.progress.attempts
    let met = challenges.count { challenge in
      attempts.contains { $0.challengeID == challenge.id && $0.isMet }
    }
    canvas.write(
      [
        StyledRun(
          context.text(Phrase("Meet a budget with any knobs: \(met) of \(challenges.count) met")),
          .role(.heading, bold: true))
      ], row: 0, of: Rect(x: list.x, y: list.y - 2, width: list.width, height: 1))
    let offset = selection.offset(count: challenges.count, visible: list.height)
    for row in 0..<list.height where offset + row < challenges.count {
      drawRow(
        challenges[offset + row], isSelected: offset + row == selection.index, attempts,
        into: &canvas, in: Rect(x: list.x, y: list.y + row, width: list.width, height: 1), context)
    }
    if challenges.count > list.height {
      ScrollBar(total: challenges.count, visible: list.height, offset: offset).render(
        into: &canvas, in: Rect(x: list.maxX, y: list.y, width: 1, height: list.height))
    }
    drawDetail(
      challenges[max(0, min(selection.index, challenges.count - 1))], attempts, into: &canvas,
      area: area, list: list, context)
  }

  private func drawRow(
    _ challenge: Challenge, isSelected: Bool, _ attempts: [ChallengeAttempt],
    into canvas: inout Canvas, in line: Rect, _ context: TutorContext
  ) {
    let best = challenge.best(of: attempts)
    let mark = isSelected ? "▸" : " "
    let state: (String, Role) =
      best.map { $0.isMet ? ("✓", .good) : (Self.tried, .warning) }
      ?? (" ", .muted)
    let (left, right) = line.splitRight(30)
    canvas.write(
      [
        StyledRun("\(mark) "), StyledRun(state.0 + " ", .role(state.1, bold: true)),
        StyledRun(String(repeating: "*", count: challenge.difficulty), .role(.accent)),
        StyledRun(String(repeating: " ", count: 6 - min(5, challenge.difficulty))),
        StyledRun(challenge.title, .role(.text, bold: isSelected)),
      ], row: 0, of: left.splitRight(1).rest)
    let result =
      best.map {
        StyledRun(Self.summary(of: $0, context), .role($0.isMet ? .good : .warning))
      } ?? StyledRun(challenge.budgetLine, .role(.muted))
    canvas.write([result], row: 0, of: right)
    if isSelected { canvas.restyle(line) { $0.background = .role(.selection) } }
  }

  private static let tried = "~"

  /// What an attempt measured, in words.
  static func summary(of attempt: ChallengeAttempt, _ context: TutorContext) -> String {
    let latency = attempt.latency.map { "  " + NumberText.fixed($0, decimals: 1) + " µs" } ?? ""
    return
      "\(NumberText.grouped(attempt.bytes)) B  \(QuantityFormat.percent(attempt.accuracy))\(latency)"
  }

  private func drawDetail(
    _ challenge: Challenge, _ attempts: [ChallengeAttempt], into canvas: inout Canvas,
    area: Rect, list: Rect, _ context: TutorContext
  ) {
    let own = attempts.filter { $0.challengeID == challenge.id }
    let isWide = Self.isWide(area)
    let pane =
      isWide
      ? Rect(
        x: list.maxX + 4, y: area.y + 1, width: area.maxX - list.maxX - 6, height: area.height - 2)
      : Rect(x: list.x, y: list.maxY, width: list.width, height: area.maxY - list.maxY)
    var lines: [StyledLine] = []
    if isWide {
      lines = context.typesetter.sectionTitle(challenge.title, width: pane.width)
      lines += context.typesetter.lines(for: challenge.introduction, width: pane.width)
      lines.append([])
    }
    let count =
      context.text(own.count == 1 ? Phrase("1 attempt") : Phrase("\(own.count) attempts"))
    lines.append([
      StyledRun(challenge.budgetLine, .role(.accent, bold: true)),
      StyledRun("   " + count, .role(.muted)),
    ])
    if isWide {
      for attempt in own.suffix(4).reversed() {
        lines.append([
          StyledRun(attempt.isMet ? "✓ " : "  ", .role(.good, bold: true)),
          StyledRun(Self.summary(of: attempt, context) + "  "),
          StyledRun(attempt.recipe, .role(.code)),
        ])
      }
    }
    let (top, plotRect) = pane.splitTop(min(lines.count, max(0, pane.height - 8)))
    canvas.write(lines, in: top)
    ChallengePlot(
      challenge: challenge, attempts: own, language: context.language, glyphs: context.glyphs
    ).draw(into: &canvas, in: plotRect)
  }
}

extension TutorContext {
  /// The challenges of all chapters, the easier ones first.
  var challenges: [Challenge] {
    chapters.flatMap(\.challenges).enumerated().sorted {
      ($0.element.difficulty, $0.offset) < ($1.element.difficulty, $1.offset)
    }.map(\.element)
  }

  /// The challenge of an id.
  func challenge(_ id: String) -> Challenge? {
    chapters.lazy.flatMap(\.challenges).first { $0.id == id }
  }
}
