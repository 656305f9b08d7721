import Curriculum
import Lab
import Localization
import Study
import TerminalCanvas

extension StatisticsPanels {
  /// The names of the days from Monday on.
  private var weekdays: [String] {
    context.text(Phrase("Mo Tu We Th Fr Sa Su")).split(separator: " ").map(String.init)
  }

  // MARK: Forecast

  private static let barHeight = 5

  /// The items that fall due on each of the next days, as bars.
  func forecast(_ report: StudyReport, width: Int) -> StatisticsPanel {
    let title = Phrase("Due in the next 14 days")
    guard report.mastery.seen > 0 else {
      return text(
        title,
        empty: Phrase(
          "Every answered item comes back when you are about to forget it; its day will stand here."
        ), width: width)
    }
    let most = max(1, report.forecast.map(\.items).max() ?? 1)
    let total = report.forecast.map(\.items).reduce(0, +)
    let step = max(3, min(6, width / max(1, report.forecast.count)))
    return panel(title, height: Self.barHeight + 4) { canvas, rect in
      canvas.write(
        [
          StyledRun(
            context.text(Phrase("\(total) items; the first bar is today with what is overdue")),
            .role(.muted))
        ], row: 0, of: rect)
      for (index, day) in report.forecast.enumerated() {
        let x = rect.x + index * step
        draw(
          day, isToday: index == 0, share: Double(day.items) / Double(most), into: &canvas,
          in: Rect(x: x, y: rect.y + 1, width: step, height: Self.barHeight + 3))
      }
    }
  }

  private func draw(
    _ day: DueDay, isToday: Bool, share: Double, into canvas: inout Canvas, in rect: Rect
  ) {
    let width = max(1, rect.width - 1)
    let eighths = Int((share * Double(Self.barHeight * 8)).rounded())
    // What is not nothing is seen.
    let filled = day.items > 0 ? max(1, eighths) : 0
    for row in 0..<Self.barHeight {
      let part = max(0, min(8, filled - row * 8))
      guard part > 0 else { continue }
      canvas.fill(
        Rect(x: rect.x, y: rect.y + Self.barHeight - row, width: width, height: 1),
        with: context.glyphs.lowerEighths(part), style: .role(isToday ? .warning : .series1))
    }
    func label(_ text: String, row: Int, _ role: Role) {
      canvas.write(
        [StyledRun(text, .role(role, bold: isToday))], row: row,
        of: Rect(x: rect.x, y: rect.y, width: width, height: rect.height), alignment: .center)
    }
    let top = Self.barHeight - (filled + 7) / 8
    if day.items > 0 { label("\(day.items)", row: top, .text) }
    label(weekdays[day.date.weekday], row: Self.barHeight + 1, isToday ? .warning : .muted)
    label("\(day.date.day)", row: Self.barHeight + 2, .muted)
  }

  // MARK: Calendar

  /// The answers of each day as shades, a column for each week.
  func calendar(_ report: StudyReport, width: Int) -> StatisticsPanel {
    let title = Phrase("Calendar")
    guard report.answers.all.answers > 0 else {
      return text(
        title, empty: Phrase("One square for each day: the more answers, the darker."), width: width
      )
    }
    let labelWidth = 3
    let weekCount = max(1, (width - labelWidth) / 2)
    // The first day is a Monday, so whole weeks can be left out.
    let skipped = max(0, (report.activity.count + 6) / 7 - weekCount) * 7
    let days = Array(report.activity.dropFirst(skipped))
    let most = max(1, days.map(\.totals.answers).max() ?? 1)
    let sum = days.map(\.totals.answers).reduce(0, +)
    return panel(title, height: 9) { canvas, rect in
      drawMonths(days, into: &canvas, in: rect.splitLeft(labelWidth).rest)
      for row in stride(from: 0, to: 7, by: 2) {
        canvas.write(
          weekdays[row], at: Point(x: rect.x, y: rect.y + 1 + row), style: .role(.muted), in: rect)
      }
      for (index, day) in days.enumerated() {
        let cell = Rect(
          x: rect.x + labelWidth + index / 7 * 2, y: rect.y + 1 + index % 7, width: 2, height: 1)
        let level = Self.level(day.totals.answers, most: most)
        canvas.fill(cell, with: shade(level), style: .role(level == 0 ? .grid : .good))
      }
      var legend: StyledLine = [
        StyledRun(
          context.text(Phrase("\(NumberText.grouped(sum)) answers, at most \(most) a day  ")),
          .role(.muted)),
        StyledRun(context.text(Phrase("less ")), .role(.muted)),
      ]
      for level in 0...4 {
        legend.append(
          StyledRun(String(repeating: shade(level), count: 2), .role(level == 0 ? .grid : .good)))
      }
      legend.append(StyledRun(context.text(Phrase(" more")), .role(.muted)))
      canvas.write(legend, row: 8, of: rect)
    }
  }

  /// The names of the months above the weeks in which they begin.
  private func drawMonths(_ days: [DayActivity], into canvas: inout Canvas, in rect: Rect) {
    var free = rect.x
    for (index, day) in days.enumerated() where index % 7 == 0 {
      let isFirst = index == 0 || days[index - 7].date.month != day.date.month
      let x = rect.x + index / 7 * 2
      guard isFirst, x >= free else { continue }
      let name = months[day.date.month - 1]
      guard x + TextWidth.width(of: name) <= rect.maxX else { return }
      free = x + canvas.write(name, at: Point(x: x, y: rect.y), style: .role(.muted)) + 1
    }
  }

  private var months: [String] {
    context.text(Phrase("Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec"))
      .split(separator: " ").map(String.init)
  }

  /// One of five steps, 0 only for nothing.
  private static func level(_ answers: Int, most: Int) -> Int {
    answers == 0 ? 0 : max(1, min(4, (answers * 4 + most - 1) / most))
  }

  private func shade(_ level: Int) -> Character {
    let glyphs = context.glyphs
    return switch level {
    case 0: glyphs == .unicode ? "·" : "."
    case 1: glyphs == .unicode ? glyphs.lightShade : ":"
    case 2: glyphs.mediumShade
    case 3: glyphs.darkShade
    default: glyphs.fullBlock
    }
  }
}
