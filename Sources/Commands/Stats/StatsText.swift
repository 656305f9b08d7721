import Curriculum
import Foundation
import Localization
import Study
import TerminalCanvas

/// What `nibble stats` prints for people: lines that a screen reader can follow, in either language.
struct StatsText {
  /// The language of the words.
  let language: Language
  /// The numbers.
  let report: StudyReport
  /// The lessons, as the report lists them.
  let chapters: [Chapter]
  /// The questions whose answer was shown.
  let seen: Set<String>

  /// All lines.
  var lines: [String] {
    var lines = chapterLines
    lines.append("")
    lines += [
      periods(text(Phrase("Answers")), report.answers),
      periods(text(Phrase("Retention")), report.retention),
      text(Phrase("Days in a row: \(report.streak.current), at most \(report.streak.longest)")),
    ]
    if report.answers.all.answers > 0 { lines += [""] + activityLines + [""] + forecastLines }
    if report.calibration.contains(where: { $0.totals.answers > 0 }) {
      lines += [""] + calibrationLines
    }
    lines += otherLines
    return lines
  }

  private func text(_ phrase: Phrase) -> String { phrase(language) }

  private func percent(_ share: Double) -> String { "\(Int((share * 100).rounded())) %" }

  // MARK: Parts

  private var chapterLines: [String] {
    let titles = chapters.map { "\($0.number) \($0.title)" } + [text(Phrase("All chapters"))]
    let width = min(46, titles.map(TextWidth.width(of:)).max() ?? 0)
    let masteries = report.chapters.map(\.mastery) + [report.mastery]
    let questions = chapters.map { chapter in
      (chapter.questions.count { seen.contains($0.id) }, chapter.questions.count)
    }
    let all = questions.reduce((0, 0)) { ($0.0 + $1.0, $0.1 + $1.1) }
    return zip(zip(titles, masteries), questions + [all]).map { row, read in
      let (title, mastery) = row
      return TextFitting.pad(TextFitting.truncate(title, to: width), to: width) + "  "
        + text(
          Phrase(
            "read \(read.0)/\(read.1)  quiz \(mastery.seen)/\(mastery.items)  "
              + "mastery \(percent(mastery.share))  due \(mastery.due)"))
    }
  }

  private func periods(_ title: String, _ totals: PeriodTotals) -> String {
    let spans = [
      (text(Phrase("today")), totals.today), (text(Phrase("7 days")), totals.week),
      (text(Phrase("30 days")), totals.month), (text(Phrase("all")), totals.all),
    ]
    let parts = spans.map { name, totals in
      "\(name) \(totals.answers)" + (totals.share.map { " (\(percent($0)))" } ?? "")
    }
    return title + text(Phrase(": "))
      + parts.joined(separator: text(Phrase(", ", context: "clauses")))
  }

  private var activityLines: [String] {
    // From none to many: the quarters of the busiest day.
    let shades: [Character] = ["·", "░", "▒", "▓", "█"]
    let most = max(1, report.activity.map(\.totals.answers).max() ?? 1)
    let names = text(Phrase("Mon Tue Wed Thu Fri Sat Sun")).split(separator: " ").map(String.init)
    let rows = names.enumerated().map { weekday, name in
      let cells = report.activity.filter { $0.date.weekday == weekday }.map { day in
        shades[day.totals.answers == 0 ? 0 : 1 + (4 * day.totals.answers - 1) / most]
      }
      return TextFitting.pad(name, to: 5) + String(cells)
    }
    let since = report.activity.first?.date.iso ?? ""
    return [
      text(Phrase("Answers of each day since \(since), at most \(most) (· none, █ most):"))
    ] + rows
  }

  private var forecastLines: [String] {
    let most = max(1, report.forecast.map(\.items).max() ?? 1)
    return [text(Phrase("Due each day (today with what is overdue):"))]
      + report.forecast.map { day in
        let bar = Bar.text(Double(day.items) / Double(most), width: min(most, 40), glyphs: .unicode)
        return "\(day.date.iso)  \(TextFitting.pad(String(day.items), to: 4, alignment: .right))"
          + (day.items == 0 ? "" : "  \(bar)")
      }
  }

  private var calibrationLines: [String] {
    [text(Phrase("How sure, and how often right:"))]
      + report.calibration.map { level in
        let name =
          switch level.confidence {
          case .low: text(Phrase("guess", context: "confidence"))
          case .medium: text(Phrase("unsure"))
          case .high: text(Phrase("sure", context: "statistics"))
          }
        let totals = level.totals
        let share = totals.share.map { " (\(percent($0)))" } ?? ""
        return TextFitting.pad(name, to: 10) + "\(totals.right)/\(totals.answers)\(share)"
      }
  }

  private var otherLines: [String] {
    var lines: [String] = []
    if let last = report.predictions.last {
      let errors = report.predictions.map(\.error)
      let mean = points(errors.reduce(0, +) / Double(errors.count))
      let recent = points(last.recentAverage)
      lines.append(
        text(
          Phrase(
            "Guesses in the lab: \(errors.count), off by \(mean) points on average, "
              + "\(recent) of late")))
    }
    if !report.leeches.isEmpty {
      let names = report.leeches.map { "\($0.itemID) (\($0.lapses))" }.joined(separator: ", ")
      lines.append(text(Phrase("Forgotten again and again: \(names)")))
    }
    if !report.flagged.isEmpty {
      let names = report.flagged.joined(separator: ", ")
      lines.append(text(Phrase("Flagged: \(names)")))
    }
    if let date = report.settings.interviewDate, date >= report.today {
      let days = date.dayNumber - report.today.dayNumber
      lines.append(text(Phrase("Interview on \(date.iso), \(days) days ahead")))
    }
    return lines.isEmpty ? [] : [""] + lines
  }

  private func points(_ share: Double) -> String {
    NumberText.fixed(share * 100, decimals: 1)
  }
}
