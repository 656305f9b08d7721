import Curriculum
import Localization
import Presentation
import Study
import TerminalCanvas

/// What was learned, what is coming, and how well the learner judges himself: all from the store.
struct StatisticsScreen: TutorScreen {
  private var scroll = ScrollState()
  /// What the store counted; none until it has answered.
  private var report: StudyReport?

  /// Makes the screen.
  init() {}

  mutating func opened(_ context: inout TutorContext) -> [TutorEffect] { [count(context)] }

  mutating func receive(_ reply: StoreReply, _ context: inout TutorContext) -> [TutorEffect] {
    if case .statistics(let report) = reply { self.report = report }
    return []
  }

  private func count(_ context: TutorContext) -> TutorEffect {
    .store(.readStatistics(context.chapterItems))
  }

  var position: ScreenPosition? { .statistics }

  func title(_ context: TutorContext) -> String { context.text(Phrases.statistics) }

  func bindings(_ context: TutorContext) -> [KeyBinding] {
    [
      CommonKeys.up.shown(inBar: true, as: "↑↓", label: Phrase("scroll")),
      CommonKeys.pageDown.shown(inBar: true, as: "PgUp/Dn", label: Phrase("page", context: "turn")),
      KeyBinding(
        .refresh, [.character("r")], Phrase("refresh"), Phrase("compute the statistics anew")),
      CommonKeys.back, CommonKeys.help, CommonKeys.down, CommonKeys.pageUp, CommonKeys.first,
      CommonKeys.last,
    ]
  }

  mutating func perform(_ command: Command, _ context: inout TutorContext) -> [TutorEffect] {
    let area = context.screenArea
    let layout = StatisticsLayout(area: area, report: report, context: context)
    if scroll.perform(command, lines: layout.height, visible: area.height) { return [] }
    return switch command {
    case .back: [.pop]
    case .refresh: [count(context)]
    default: []
    }
  }

  mutating func point(_ mouse: MouseEvent, _ context: inout TutorContext) -> [TutorEffect] {
    let area = context.screenArea
    let layout = StatisticsLayout(area: area, report: report, context: context)
    scroll.scroll(mouse, lines: layout.height, visible: area.height)
    return []
  }

  func draw(into canvas: inout Canvas, in area: Rect, _ context: TutorContext) {
    let layout = StatisticsLayout(area: area, report: report, context: context)
    let offset = max(0, min(scroll.offset, layout.height - area.height))
    for (panel, rect) in layout.panels {
      // Each panel is drawn on a canvas of its own, of which the window shows a part.
      var own = Canvas(width: rect.width, height: rect.height, glyphs: canvas.glyphs)
      panel.draw(&own, Rect(own.size))
      canvas.draw(own, at: Point(x: rect.x, y: rect.y - offset), in: area)
    }
    ScrollBar(total: layout.height, visible: area.height, offset: offset).render(
      into: &canvas, in: area)
  }
}

/// Where the panels of the statistics stand when nothing is scrolled.
struct StatisticsLayout {
  /// The panels with their places.
  let panels: [(panel: StatisticsPanel, rect: Rect)]
  /// The rows of the longest column.
  let height: Int

  /// Puts the panels into one column, or side by side into as many as there is room for.
  init(area: Rect, report: StudyReport?, context: TutorContext) {
    let columnCount = area.width >= 190 ? 3 : area.width >= 120 ? 2 : 1
    let columns = area.inset(horizontally: 2).splitRight(1).rest
      .columns(weights: Array(repeating: 1, count: columnCount), gap: 4)
    var ends = columns.map { _ in area.y + 1 }
    var placed: [(StatisticsPanel, Rect)] = []
    for panel in StatisticsPanels(context: context, report: report).all(width: columns[0].width) {
      // The shortest column gets the next panel, so that the columns end together.
      let column = ends.indices.min { (ends[$0], $0) < (ends[$1], $1) } ?? 0
      placed.append(
        (
          panel,
          Rect(
            x: columns[column].x, y: ends[column], width: columns[column].width,
            height: panel.height)
        ))
      ends[column] += panel.height + 1
    }
    panels = placed
    height = (ends.max() ?? area.y) - area.y
  }
}

/// A part of the statistics.
struct StatisticsPanel {
  /// The rows it takes.
  var height: Int
  /// Draws it into a rectangle of that height.
  var draw: (inout Canvas, Rect) -> Void
}
