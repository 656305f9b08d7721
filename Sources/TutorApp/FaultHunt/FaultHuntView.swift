import Compression
import Curriculum
import Lab
import Localization
import Presentation
import Study
import TerminalCanvas

/// Draws the search for a fault.
struct FaultHuntView {
  /// The screen's state.
  let screen: FaultHuntScreen
  /// What all screens share.
  let context: TutorContext
  /// The cells.
  let area: Rect

  // MARK: Layout

  private static let listWidth = 36

  private var showsEverything: Bool { area.width >= 114 && area.height >= 35 }

  private var body: Rect { area.splitTop(1).rest }

  private var list: Rect { body.splitLeft(Self.listWidth).left }

  private var right: Rect { body.splitLeft(Self.listWidth).rest }

  private var listInner: Rect { Frame.inner(of: list) }

  /// The rows of text of a page.
  var pageHeight: Int { Frame.inner(of: right).height }

  /// The row of the list under a cell.
  func listRow(at point: Point) -> Int? {
    guard listInner.contains(point) else { return nil }
    let row = point.y - listInner.y
    let count = screen.isAccusing ? FaultHuntCase.faults.count : FaultProbe.allCases.count
    return row < count ? row : nil
  }

  // MARK: Drawing

  /// Draws everything.
  func draw(into canvas: inout Canvas) {
    switch context.laboratory {
    case .loading:
      return canvas.write(
        [[StyledRun(context.text(Phrases.loadingNetwork), .role(.muted))]],
        in: body.inset(horizontally: 2))
    case .failed(let reason):
      return canvas.write(
        TextWrapping.wrap(reason, style: .role(.bad), width: area.width - 4),
        in: body.inset(horizontally: 2))
    case .ready: break
    }
    guard let current = screen.current else {
      let column = Document.column(in: area).inset(vertically: 1)
      return canvas.write(introduction(width: column.width), in: column)
    }
    let header: StyledLine = [
      StyledRun(context.text(Phrase("Case \(current.number + 1)  ")), .role(.heading, bold: true)),
      StyledRun(current.intended.line, .role(.code)),
    ]
    canvas.write(header, row: 0, of: area.splitTop(1).top.inset(horizontally: 1))
    drawList(into: &canvas)
    if showsEverything {
      drawEverything(into: &canvas)
    } else {
      let number = (screen.pages.firstIndex(of: screen.page) ?? 0) + 1
      draw(
        screen.page, number: "  \(number)/\(screen.pages.count)", offset: screen.scroll.offset,
        into: &canvas, in: right)
    }
  }

  private func drawEverything(into canvas: inout Canvas) {
    let readings = screen.asked.suffix(FaultHuntCase.allowedProbes)
    let needed = readings.map { lines(of: .reading($0)).count + 2 }.reduce(0, +)
    let topHeight = max(right.height / 3, min(right.height - needed, 24))
    let (top, below) = right.splitTop(topHeight)
    if screen.accused == nil {
      let columns = top.columns(weights: [1, 1])
      draw(.report, into: &canvas, in: columns[0])
      draw(.histogram, into: &canvas, in: columns[1])
    } else {
      draw(.verdict, offset: screen.scroll.offset, into: &canvas, in: top)
    }
    var rest = below
    for (index, probe) in readings.enumerated() {
      let isLast = index == readings.count - 1
      let height = isLast ? rest.height : min(rest.height, lines(of: .reading(probe)).count + 2)
      let (rect, remaining) = rest.splitTop(height)
      draw(.reading(probe), into: &canvas, in: rect)
      rest = remaining
    }
  }

  private func draw(
    _ page: FaultHuntScreen.Page, number: String = "", offset: Int = 0, into canvas: inout Canvas,
    in rect: Rect
  ) {
    guard rect.height > 2 else { return }
    canvas.draw(Frame(title: title(of: page) + number), in: rect)
    let inner = Frame.inner(of: rect)
    if page == .histogram, let report = screen.report {
      return drawHistogram(report, into: &canvas, in: inner)
    }
    Document(lines: lines(of: page, width: inner.width)).draw(
      into: &canvas, in: Rect(x: inner.x, y: inner.y, width: inner.width, height: inner.height),
      offset: offset)
  }

  private func title(of page: FaultHuntScreen.Page) -> String {
    switch page {
    case .report: context.text(Phrase("what your colleague reports"))
    case .histogram: context.text(Phrase("weights of dense"))
    case .reading(let probe): context.text(ProbeTexts.title(of: probe))
    case .verdict: context.text(Phrase("verdict"))
    }
  }

  private func drawHistogram(_ report: FaultReport, into canvas: inout Canvas, in rect: Rect) {
    guard let histogram = report.histograms["dense/kernel"] else { return }
    canvas.draw(
      Histogram(
        counts: histogram.counts, range: histogram.range, gridLevels: histogram.levels,
        clipping: histogram.clipping, isLogarithmic: true), in: rect)
  }

  // MARK: The list

  private func drawList(into canvas: inout Canvas) {
    let title: String
    if screen.isAccusing {
      title = context.text(Phrase("which fault is it?"))
    } else if screen.accused != nil {
      title = context.text(Phrase("probes, now free"))
    } else {
      title = context.text(Phrase("probes, \(screen.probesLeft) left"))
    }
    canvas.draw(Frame(title: title, isFocused: true), in: list)
    let inner = listInner
    let rows = screen.isAccusing ? faultRows : probeRows
    ListView(
      rows: rows, selection: screen.isAccusing ? screen.suspect.index : screen.probe.index
    ).render(into: &canvas, in: inner.splitTop(min(rows.count, inner.height)).top)
    let below = inner.splitTop(rows.count + 1).rest
    guard !screen.isAccusing, below.height > 0 else { return }
    let probe = FaultProbe.allCases[
      max(0, min(screen.probe.index, FaultProbe.allCases.count - 1))]
    canvas.write(
      TextWrapping.wrap(
        context.text(ProbeTexts.explanation(of: probe)), style: .role(.muted), width: below.width),
      in: below)
  }

  private var probeRows: [StyledLine] {
    FaultProbe.allCases.map { probe in
      let mark =
        probe == screen.running
        ? "…" : screen.asked.contains(probe) ? "✓" : " "
      return [
        StyledRun("\(mark) ", .role(.good, bold: true)),
        StyledRun(context.text(ProbeTexts.title(of: probe))),
      ]
    }
  }

  private var faultRows: [StyledLine] {
    FaultHuntCase.faults.map { [StyledRun("  " + context.text(FaultTexts.title(of: $0)))] }
  }

  // MARK: Texts

  /// The lines of a page at the width that it has where pages take turns.
  func lines(of page: FaultHuntScreen.Page) -> [StyledLine] {
    lines(of: page, width: Frame.inner(of: right).width)
  }

  private func lines(of page: FaultHuntScreen.Page, width: Int) -> [StyledLine] {
    let text = FaultHuntText(screen: screen, context: context)
    if page != .verdict, let failure = screen.failure {
      return TextWrapping.wrap(failure, style: .role(.bad, bold: true), width: width)
    }
    switch page {
    case .report, .histogram: return text.report(width: width)
    case .reading(let probe): return text.reading(of: probe, width: width)
    case .verdict: return text.verdict(width: width)
    }
  }

  private func introduction(width: Int) -> [StyledLine] {
    let attempts = FaultHuntScreen.attempts(context)
    var lines = context.typesetter.sectionTitle(context.text(FaultHuntScreen.name), width: width)
    let rules = [
      Phrase(
        "A colleague has compressed the network and something went wrong. One mistake is really made by the engine; the report and everything you measure come from the network with the mistake in it."
      ),
      Phrase(
        "You see the recipe that was wanted and what came out. Choose three probes, each a measurement of its own, then name the fault: f lists all \(FaultHuntCase.faults.count). You have one answer."
      ),
      Phrase(
        "The verdict says why the traces point there and gives the line that reproduces them. Cases that train first take longer."
      ),
    ]
    for rule in rules {
      lines += [[]] + TextWrapping.wrap(context.text(rule), width: width)
    }
    if !attempts.isEmpty {
      let named = attempts.count { $0.isMet }
      lines += [
        [],
        [
          StyledRun(
            context.text(Phrase("So far \(named) of \(attempts.count) faults named.")),
            .role(.accent))
        ],
      ]
    }
    return lines
  }
}
