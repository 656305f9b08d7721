import Compression
import Curriculum
import Study

/// What `nibble stats --json` prints.
///
/// Shares are numbers from 0 to 1, days are ISO dates in the learner's time zone, times are Unix
/// seconds; what has no value yet is left out.
enum StatsJSON {
  /// The printed form of a report.
  ///
  /// - Parameters:
  ///   - report: The report.
  ///   - lessons: The chapters, in the order of the report's.
  ///   - seen: The questions whose answer was shown.
  static func value(
    _ report: StudyReport, chapters lessons: [Chapter], seen: Set<String>
  ) -> JSONValue {
    let guesses = report.predictions.map(\.error)
    return object([
      ("today", .string(report.today.iso)),
      (
        "chapters",
        .array(
          zip(lessons, report.chapters).map { lesson, chapter in
            object([
              ("id", .string(lesson.id)), ("questions", .integer(lesson.questions.count)),
              ("questionsSeen", .integer(lesson.questions.count { seen.contains($0.id) })),
              ("items", .integer(chapter.mastery.items)),
              ("itemsAnswered", .integer(chapter.mastery.seen)),
              ("mastery", .number(chapter.mastery.share)), ("due", .integer(chapter.mastery.due)),
            ])
          })
      ),
      ("mastery", .number(report.mastery.share)), ("due", .integer(report.mastery.due)),
      ("answers", .integer(report.answers.all.answers)),
      ("right", .integer(report.answers.all.right)), ("periods", periods(report.answers)),
      ("retention", periods(report.retention)),
      (
        "streak",
        object([
          ("current", .integer(report.streak.current)),
          ("longest", .integer(report.streak.longest)),
        ])
      ),
      (
        "activity",
        .array(
          report.activity.map {
            object([
              ("date", .string($0.date.iso)), ("answers", .integer($0.totals.answers)),
              ("right", .integer($0.totals.right)),
            ])
          })
      ),
      (
        "forecast",
        .array(
          report.forecast.map {
            object([("date", .string($0.date.iso)), ("due", .integer($0.items))])
          })
      ),
      (
        "calibration",
        .array(
          report.calibration.map {
            object([
              ("confidence", .string(name(of: $0.confidence))),
              ("answers", .integer($0.totals.answers)), ("right", .integer($0.totals.right)),
              ("share", $0.totals.share.map(JSONValue.number)),
            ])
          })
      ),
      (
        "guesses",
        guesses.isEmpty
          ? nil
          : object([
            ("count", .integer(guesses.count)),
            ("meanError", .number(guesses.reduce(0, +) / Double(guesses.count))),
          ])
      ),
      (
        "predictions",
        .array(
          report.predictions.map {
            object([
              ("experiment", .string($0.experimentID)), ("at", .number($0.at)),
              ("error", .number($0.error)), ("recentError", .number($0.recentAverage)),
            ])
          })
      ),
      (
        "leeches",
        .array(
          report.leeches.map {
            object([("item", .string($0.itemID)), ("lapses", .integer($0.lapses))])
          })
      ),
      ("flagged", .array(report.flagged.map(JSONValue.string))),
      ("settings", settings(report.settings)),
    ])
  }

  /// Answers of spans that end today.
  private static func periods(_ totals: PeriodTotals) -> JSONValue {
    func answers(_ totals: AnswerTotals) -> JSONValue {
      object([
        ("answers", .integer(totals.answers)), ("right", .integer(totals.right)),
        ("seconds", .number(totals.seconds)), ("share", totals.share.map(JSONValue.number)),
      ])
    }
    return object([
      ("today", answers(totals.today)), ("days7", answers(totals.week)),
      ("days30", answers(totals.month)), ("all", answers(totals.all)),
    ])
  }

  private static func settings(_ settings: StudySettings) -> JSONValue {
    object([
      ("desiredRetention", .number(settings.desiredRetention)),
      ("newPerDay", .integer(settings.newPerDay)),
      ("reviewsPerDay", .integer(settings.reviewsPerDay)),
      ("leechThreshold", .integer(settings.leechThreshold)),
      ("interviewDate", settings.interviewDate.map { .string($0.iso) }),
      ("asksConfidence", .boolean(settings.asksConfidence)),
    ])
  }

  private static func name(of confidence: Confidence) -> String {
    switch confidence {
    case .low: "guess"
    case .medium: "unsure"
    case .high: "sure"
    }
  }

  /// An object without the members that have no value.
  private static func object(_ members: [(key: String, value: JSONValue?)]) -> JSONValue {
    .object(members.compactMap { key, value in value.map { (key: key, value: $0) } })
  }

  /// What the keys mean, for the help text.
  static let keys = """
    The keys of --json: today; chapters (id, questions, questionsSeen, items, itemsAnswered,
    mastery, due); mastery and due of all; answers and right ever; periods and retention (today,
    days7, days30, all: answers, right, seconds, share), where retention counts answers at least a
    day after the one before to the same item; streak (current, longest); activity (date, answers,
    right), whole weeks from Monday; forecast (date, due), where today holds what is overdue;
    calibration (confidence: guess, unsure, sure; answers, right, share); guesses (count,
    meanError) and predictions (experiment, at, error, recentError) of the lab; leeches (item,
    lapses); flagged; settings. Shares go from 0 to 1, times are Unix seconds, dates ISO dates.
    """
}
