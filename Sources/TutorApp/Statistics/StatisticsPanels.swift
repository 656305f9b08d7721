import Curriculum
import Lab
import Localization
import Presentation
import Study
import TerminalCanvas

/// The panels of the statistics, made from the report that was read last.
struct StatisticsPanels {
  /// What all screens share.
  let context: TutorContext
  /// What the store counted; none until it has answered.
  let report: StudyReport?

  /// All panels for a column of some width, in the order in which they are read.
  func all(width: Int) -> [StatisticsPanel] {
    guard let report else {
      return [text(Phrase("Statistics"), empty: Phrase("Counting…"), width: width)]
    }
    return [
      mastery(report), reviews(report, width: width), forecast(report, width: width),
      calendar(report, width: width), calibration(report, width: width),
      predictions(report, width: width),
    ]
  }

  // MARK: Parts

  /// A panel with a title and rows that a closure draws below it.
  func panel(
    _ title: Phrase, height: Int, draw: @escaping (inout Canvas, Rect) -> Void
  ) -> StatisticsPanel {
    StatisticsPanel(height: height + 1) { canvas, rect in
      let (head, body) = rect.splitTop(1)
      let line = context.typesetter.sectionTitle(context.text(title), width: head.width)
      canvas.write(line[0], row: 0, of: head)
      draw(&canvas, body)
    }
  }

  /// A panel of lines.
  func panel(_ title: Phrase, _ lines: [StyledLine]) -> StatisticsPanel {
    panel(title, height: lines.count) { canvas, rect in
      canvas.write(lines, in: rect)
    }
  }

  /// A panel that says what will stand in it.
  func text(_ title: Phrase, empty: Phrase, width: Int) -> StatisticsPanel {
    panel(title, TextWrapping.wrap(context.text(empty), style: .role(.muted), width: max(1, width)))
  }

  /// A share as whole percent.
  func percent(_ share: Double) -> String { NumberText.fixed(share * 100, decimals: 0) + " %" }

  // MARK: Mastery

  private func mastery(_ report: StudyReport) -> StatisticsPanel {
    func item(_ name: String, _ mastery: Mastery) -> BarList.Item {
      let width = max(4, "\(mastery.items)/\(mastery.items)".count)
      let seen = TextFitting.pad("\(mastery.seen)/\(mastery.items)", to: width, alignment: .right)
      let role: Role = mastery.share >= 0.8 ? .good : .series1
      return BarList.Item(
        name, value: mastery.share,
        valueText: TextFitting.pad(percent(mastery.share), to: 5, alignment: .right) + "  " + seen,
        role: role)
    }
    var items = report.chapters.map { chapter -> BarList.Item in
      let known = context.chapter(chapter.chapterID)
      return item(known.map { "\($0.number) \($0.title)" } ?? chapter.chapterID, chapter.mastery)
    }
    items.append(item(context.text(Phrase("all chapters")), report.mastery))
    let note = Phrase("share expected to be answered right now; seen/items")
    return panel(Phrase("Mastery by chapter"), height: items.count + 1) { canvas, rect in
      canvas.write([StyledRun(context.text(note), .role(.muted))], row: 0, of: rect)
      canvas.draw(BarList(items, maximum: 1, labelLimit: 30), in: rect.splitTop(1).rest)
    }
  }

  // MARK: Reviews

  private func reviews(_ report: StudyReport, width: Int) -> StatisticsPanel {
    let title = Phrase("Answers and retention")
    guard report.answers.all.answers > 0 else {
      return text(
        title,
        empty: Phrase(
          "After your first quiz: how many answers you gave and how many were right, and how much you still knew after a day or more."
        ), width: width)
    }
    let headers = [
      Phrase(verbatim: ""), Phrase("answers"), Phrase("right"), Phrase("minutes"),
      Phrase("retention"), Phrase("of reviews"),
    ].map { [StyledRun(context.text($0), .role(.heading))] }
    let spans = [
      (Phrase("today"), report.answers.today, report.retention.today),
      (Phrase("7 days"), report.answers.week, report.retention.week),
      (Phrase("30 days"), report.answers.month, report.retention.month),
      (Phrase("all"), report.answers.all, report.retention.all),
    ]
    let rows = spans.map { name, answers, retention -> [StyledLine] in
      let kept = retention.share
      let isEnough = (kept ?? 0) >= report.settings.desiredRetention
      return [
        [StyledRun(context.text(name))],
        [StyledRun(NumberText.grouped(answers.answers), .role(.text, bold: true))],
        [StyledRun(answers.share.map(percent) ?? "-")],
        [StyledRun(NumberText.fixed(answers.seconds / 60, decimals: 0))],
        [
          StyledRun(
            kept.map(percent) ?? "-", .role(kept == nil ? .muted : isEnough ? .good : .warning))
        ],
        [StyledRun(retention.answers == 0 ? "-" : "\(retention.answers)", .role(.muted))],
      ]
    }
    var lines = Table(
      headers: headers, rows: rows, alignments: [.left] + Array(repeating: .right, count: 5)
    ).lines(width: width, glyphs: context.glyphs)
    let target = percent(report.settings.desiredRetention)
    let streak = report.streak
    lines += TextWrapping.wrap(
      context.text(
        Phrase(
          "Retention counts answers a day or more after the last one; target \(target). "
            + "Days in a row: \(streak.current), longest \(streak.longest).")),
      style: .role(.muted), width: width)
    return panel(title, lines)
  }

  // MARK: Calibration

  private func calibration(_ report: StudyReport, width: Int) -> StatisticsPanel {
    let title = Phrase("How well you know what you know")
    guard report.calibration.contains(where: { $0.totals.answers > 0 }) else {
      return text(
        title,
        empty: Phrase(
          "When you say in a quiz how sure you are, this shows how often you were right at each level."
        ), width: width)
    }
    let items = report.calibration.reversed().map { level -> BarList.Item in
      let name =
        switch level.confidence {
        case .high: Phrase("sure", context: "statistics")
        case .medium: Phrase("think so")
        case .low: Phrase("guess", context: "confidence")
        }
      let share = level.totals.share
      let count = level.totals.answers
      let counts =
        context.text(Phrase("\(level.totals.right) of \(count) right", context: "guesses"))
      return BarList.Item(
        context.text(name), value: share ?? 0,
        valueText: TextFitting.pad(share.map(percent) ?? "-", to: 5, alignment: .right) + "  "
          + counts,
        role: level.confidence == .high && (share ?? 1) < 0.8 ? .bad : .series1)
    }
    return panel(title, height: items.count) { canvas, rect in
      canvas.draw(BarList(items, maximum: 1), in: rect)
    }
  }

  // MARK: Predictions

  private func predictions(_ report: StudyReport, width: Int) -> StatisticsPanel {
    let title = Phrase("Guesses in the lab: how far off")
    guard let last = report.predictions.last else {
      return text(
        title,
        empty: Phrase(
          "When you predict an experiment's accuracy before it runs (p in the lab), this shows your error shrink over time."
        ), width: width)
    }
    let count = report.predictions.count
    let guesses = count == 1 ? Phrase("1 guess") : Phrase("\(count) guesses")
    let error = QuantityFormat.points(last.recentAverage)
    let summary = context.text(Phrase("\(guesses), the last ten off by \(error) points on average"))
    let points = report.predictions.enumerated().map { index, point in
      PlotPoint(x: Double(index + 1), y: point.error * 100)
    }
    let averages = report.predictions.enumerated().map { index, point in
      PlotPoint(x: Double(index + 1), y: point.recentAverage * 100)
    }
    let top = max(5, points.map(\.y).max() ?? 5)
    let plot = LinePlot(
      series: [
        PlotSeries(
          context.text(Phrase("each")), role: .series2, points: points, stroke: .none,
          marksPoints: true),
        PlotSeries(context.text(Phrase("mean of ten")), role: .series1, points: averages),
      ],
      xAxis: PlotAxis(
        label: context.text(Phrase("guess number")), range: 0...Double(count + 1)),
      yAxis: PlotAxis(label: context.text(Phrase("points off")), range: 0...top))
    return panel(title, height: 11) { canvas, rect in
      canvas.write([StyledRun(summary, .role(.muted))], row: 0, of: rect)
      canvas.draw(plot, in: rect.splitTop(1).rest)
    }
  }
}
