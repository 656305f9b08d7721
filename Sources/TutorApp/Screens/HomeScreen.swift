import Curriculum
import Lab
import Localization
import NeuralNetwork
import Presentation
import Study
import TerminalCanvas

/// The first screen: the chapters with what is done in each.
struct HomeScreen: TutorScreen {
  private var selection: SelectionState

  /// Makes the screen with a chapter selected.
  init(selection: Int = 0) {
    self.selection = SelectionState(selection)
  }

  var position: ScreenPosition? { .home(selection: selection.index) }

  func title(_ context: TutorContext) -> String { "Nibble" }

  /// The places that the line below the motto names, where the key bar has no room for them.
  private static let menu = [
    KeyBinding(
      .openInterview, [.character("i")], Phrases.interview,
      Phrase("a mock interview against the clock"), inBar: false),
    KeyBinding(
      .openChallenges, [.character("c")], Phrases.challenges, Phrase("budgets to meet in the lab"),
      inBar: false),
    KeyBinding(
      .openStatistics, [.character("t")], Phrases.statistics,
      Phrase("mastery, retention, forecast, calendar"), inBar: false),
    KeyBinding(
      .openFaultHunt, [.character("b")], FaultHuntScreen.name,
      Phrase("one hidden mistake, three probes, name it"), inBar: false),
  ]

  private func menuBar(in area: Rect, _ context: TutorContext) -> (bar: KeyBar, rect: Rect) {
    let items = Self.menu.map { KeyBar.Item($0.keyName, context.text($0.label)) }
    let column = Document.column(in: area)
    return (
      KeyBar(items, isFilled: false),
      Rect(x: column.x, y: area.y + 2, width: column.width, height: 1)
    )
  }

  func bindings(_ context: TutorContext) -> [KeyBinding] {
    [
      CommonKeys.up, CommonKeys.open,
      KeyBinding(.openLab, [.character("l")], Phrases.lab, Phrase("the lab with every knob")),
      KeyBinding(
        .openQuiz, [.character("z")], Phrases.quiz,
        Phrase("due today, mixed, cram, exam, weak spots, flagged")),
      KeyBinding(.search, [.character("/")], Phrase("search"), Phrase("search all questions")),
      KeyBinding(
        .settings, [.character("S")], Phrases.settings,
        Phrase("language, theme, daily limits, interview date")),
      CommonKeys.help,
      KeyBinding(
        .quit, [.character("q"), .control("c")], Phrase("quit"),
        Phrase("end Nibble; your place is kept")),
      CommonKeys.nextUnread, CommonKeys.down, CommonKeys.first, CommonKeys.last,
    ] + Self.menu
  }

  mutating func perform(_ command: Command, _ context: inout TutorContext) -> [TutorEffect] {
    let chapters = context.chapters
    if selection.perform(command, count: chapters.count, visible: chapters.count) { return [] }
    switch command {
    case .open:
      guard chapters.indices.contains(selection.index) else { return [] }
      return [.push(ChapterScreen(chapterID: chapters[selection.index].id))]
    case .openLab: return LabScreen.opening(experiment: nil, context)
    case .openQuiz: return [.push(QuizMenuScreen())]
    case .openInterview: return [.push(InterviewStartScreen(context))]
    case .openChallenges: return [.push(ChallengesScreen())]
    case .openFaultHunt: return [.push(FaultHuntScreen())]
    case .openStatistics: return [.push(StatisticsScreen())]
    case .search: return [.push(SearchScreen())]
    case .nextUnread: return NextUnread.effects(after: nil, replacing: false, &context)
    default: return []
    }
  }

  mutating func point(_ mouse: MouseEvent, _ context: inout TutorContext) -> [TutorEffect] {
    let area = context.screenArea
    guard mouse.action == .press else { return [] }
    let menu = menuBar(in: area, context)
    if let item = menu.bar.item(at: mouse.point, in: menu.rect) {
      let command = Self.menu.first { $0.keyName == item.key }?.command
      return command.map { perform($0, &context) } ?? []
    }
    let visibleRow = mouse.point.y - Self.firstRow(in: area)
    let row = visibleRow + offset(in: area, count: context.chapters.count)
    guard visibleRow >= 0, visibleRow < Self.visibleRows(in: area),
      context.chapters.indices.contains(row)
    else { return [] }
    return selection.press(row) ? perform(.open, &context) : []
  }

  private static func firstRow(in area: Rect) -> Int { area.y + 5 }

  /// The chapters that fit between the title and the foot.
  private static func visibleRows(in area: Rect) -> Int { max(1, area.height - 8) }

  /// The first visible chapter, so that the selected one is among them.
  private func offset(in area: Rect, count: Int) -> Int {
    selection.offset(count: count, visible: Self.visibleRows(in: area))
  }

  func draw(into canvas: inout Canvas, in area: Rect, _ context: TutorContext) {
    let column = Document.column(in: area)
    canvas.write(
      context.text(Phrases.motto), at: Point(x: column.x, y: area.y + 1),
      style: .role(.heading, bold: true), in: column)

    let menu = menuBar(in: area, context)
    canvas.draw(menu.bar, in: menu.rect)
    canvas.write(
      QuizWaiting.today(context), at: Point(x: column.x, y: area.y + 3), style: .role(.accent),
      in: column)
    let readX = column.maxX - 32
    let masteryX = column.maxX - 24
    let dueX = column.maxX - 5
    let headerY = Self.firstRow(in: area) - 1
    let muted = Style.role(.muted)
    canvas.write(context.text(Phrase("read")), at: Point(x: readX, y: headerY), style: muted)
    canvas.write(
      context.text(Phrase("quiz mastery")), at: Point(x: masteryX, y: headerY), style: muted)
    canvas.write(context.text(Phrase("due")), at: Point(x: dueX, y: headerY), style: muted)

    let offset = offset(in: area, count: context.chapters.count)
    let shown = context.chapters.indices.dropFirst(offset).prefix(Self.visibleRows(in: area))
    for row in shown {
      let chapter = context.chapters[row]
      let y = Self.firstRow(in: area) + row - offset
      let line = Rect(x: column.x, y: y, width: column.width, height: 1)
      let seen = chapter.questions.count { context.progress.seenQuestions.contains($0.id) }
      let mastery = context.mastery(of: chapter)
      let isSelected = row == selection.index
      let mark = isSelected ? "▸" : " "
      canvas.write(
        [
          StyledRun(
            "\(mark) \(TextFitting.pad(String(chapter.number), to: 2))  \(chapter.title)",
            .role(.text, bold: isSelected))
        ], row: 0, of: Rect(x: column.x, y: y, width: readX - column.x - 1, height: 1))
      canvas.write(
        "\(seen)/\(chapter.questions.count)", at: Point(x: readX, y: y),
        style: .role(seen == chapter.questions.count ? .good : .text), in: line)
      ProgressBar(fraction: mastery.share).render(
        into: &canvas, in: Rect(x: masteryX, y: y, width: 16, height: 1))
      canvas.write(
        mastery.due == 0 ? "-" : "\(mastery.due)", at: Point(x: dueX, y: y),
        style: .role(mastery.due == 0 ? .muted : .warning), in: line)
      if isSelected { canvas.restyle(line) { $0.background = .role(.selection) } }
    }
    drawFoot(into: &canvas, in: column, y: Self.firstRow(in: area) + shown.count + 1, context)
  }

  private func drawFoot(
    into canvas: inout Canvas, in column: Rect, y: Int, _ context: TutorContext
  ) {
    let network: StyledRun =
      switch context.laboratory {
      case .loading: StyledRun(context.text(Phrases.loadingNetwork), .role(.muted))
      case .failed(let reason): StyledRun(reason, .role(.bad))
      case .ready(let facts):
        StyledRun(
          context.text(
            Phrase(
              "\(facts.source.isBuiltIn ? Phrase("Built-in network") : Phrase("Your network")): \(QuantityFormat.percent(facts.baselineAccuracy)) of "
                + "\(NumberText.grouped(facts.testSet.count)) test images right, "
                + "\(NumberText.grouped(facts.network.parameterCount)) parameters, "
                + "\(NumberText.grouped(facts.network.macs)) MACs an image")))
      }
    var lines = TextWrapping.wrap([network], width: column.width)
    if let guesses = context.progress.predictions {
      let points = NumberText.fixed(guesses.averageError * 100, decimals: 1)
      lines.append([
        StyledRun(
          context.text(
            Phrase("Guesses in the lab: \(guesses.guesses), off by \(points) points on average")),
          .role(.muted))
      ])
    }
    for (row, line) in lines.enumerated() {
      canvas.write(line, at: Point(x: column.x, y: y + row), in: column)
    }
  }
}
