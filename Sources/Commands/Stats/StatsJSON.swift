import Curriculum
import Foundation
import Study

/// What `nibble stats --json` prints.
///
/// Shares are numbers from 0 to 1, days are ISO dates in the learner's time zone, times are Unix
/// seconds; what has no value yet is left out.
struct StatsJSON: Encodable {
  /// One chapter.
  struct ChapterReport: Encodable {
    /// The chapter's id.
    var id: String
    /// Its questions.
    var questions: Int
    /// Those whose answer was shown.
    var questionsSeen: Int
    /// Its quiz items.
    var items: Int
    /// Those that were answered.
    var itemsAnswered: Int
    /// The share of items that the learner is expected to answer right now.
    var mastery: Double
    /// The items due today.
    var due: Int
  }

  /// Answers of a span of days.
  struct Answers: Encodable {
    /// The answers.
    var answers: Int
    /// The right ones.
    var right: Int
    /// The seconds they took.
    var seconds: Double
    /// The share of right ones.
    var share: Double?

    init(_ totals: AnswerTotals) {
      answers = totals.answers
      right = totals.right
      seconds = totals.seconds
      share = totals.share
    }
  }

  /// Answers of spans that end today.
  struct Periods: Encodable {
    /// Today.
    var today: Answers
    /// The last 7 days.
    var days7: Answers
    /// The last 30 days.
    var days30: Answers
    /// Ever.
    var all: Answers

    init(_ totals: PeriodTotals) {
      today = Answers(totals.today)
      days7 = Answers(totals.week)
      days30 = Answers(totals.month)
      all = Answers(totals.all)
    }
  }

  /// One day.
  struct Day: Encodable {
    /// The date.
    var date: String
    /// The answers given on it.
    var answers: Int?
    /// The right ones.
    var right: Int?
    /// The items that fall due on it.
    var due: Int?
  }

  /// Answers at one level of confidence.
  struct Level: Encodable {
    /// `guess`, `unsure` or `sure`.
    var confidence: String
    /// The answers.
    var answers: Int
    /// The right ones.
    var right: Int
    /// The share of right ones.
    var share: Double?
  }

  /// All guesses in the lab.
  struct Guesses: Encodable {
    /// Their number.
    var count: Int
    /// The mean distance from the truth.
    var meanError: Double
  }

  /// One guess in the lab.
  struct Guess: Encodable {
    /// The experiment.
    var experiment: String
    /// When.
    var at: Double
    /// The distance from the truth.
    var error: Double
    /// The mean distance of this guess and up to nine before it.
    var recentError: Double
  }

  /// An item that is forgotten again and again.
  struct Leech: Encodable {
    /// The item.
    var item: String
    /// How often it was forgotten.
    var lapses: Int
  }

  /// Days in a row with answers.
  struct Streak: Encodable {
    /// Until today or yesterday.
    var current: Int
    /// The most there ever were.
    var longest: Int
  }

  /// What the learner chose.
  struct Settings: Encodable {
    /// The share of items to be recalled when they are due.
    var desiredRetention: Double
    /// The most new items a day.
    var newPerDay: Int
    /// The most repeated items a day.
    var reviewsPerDay: Int
    /// The lapses of a leech.
    var leechThreshold: Int
    /// The day of the interview.
    var interviewDate: String?
    /// Whether confidence is asked for.
    var asksConfidence: Bool
  }

  var today: String
  var chapters: [ChapterReport]
  var mastery: Double
  var due: Int
  var answers: Int
  var right: Int
  var periods: Periods
  var retention: Periods
  var streak: Streak
  var activity: [Day]
  var forecast: [Day]
  var calibration: [Level]
  var guesses: Guesses?
  var predictions: [Guess]
  var leeches: [Leech]
  var flagged: [String]
  var settings: Settings

  /// Makes the printed form of a report.
  init(_ report: StudyReport, chapters lessons: [Chapter], seen: Set<String>) {
    today = report.today.iso
    chapters = zip(lessons, report.chapters).map { chapter, mastery in
      ChapterReport(
        id: chapter.id, questions: chapter.questions.count,
        questionsSeen: chapter.questions.count { seen.contains($0.id) },
        items: mastery.mastery.items, itemsAnswered: mastery.mastery.seen,
        mastery: mastery.mastery.share, due: mastery.mastery.due)
    }
    mastery = report.mastery.share
    due = report.mastery.due
    answers = report.answers.all.answers
    right = report.answers.all.right
    periods = Periods(report.answers)
    retention = Periods(report.retention)
    streak = Streak(current: report.streak.current, longest: report.streak.longest)
    activity = report.activity.map {
      Day(date: $0.date.iso, answers: $0.totals.answers, right: $0.totals.right)
    }
    forecast = report.forecast.map { Day(date: $0.date.iso, due: $0.items) }
    calibration = report.calibration.map {
      Level(
        confidence: StatsJSON.name(of: $0.confidence), answers: $0.totals.answers,
        right: $0.totals.right, share: $0.totals.share)
    }
    predictions = report.predictions.map {
      Guess(
        experiment: $0.experimentID, at: $0.at, error: $0.error, recentError: $0.recentAverage)
    }
    if !predictions.isEmpty {
      guesses = Guesses(
        count: predictions.count,
        meanError: predictions.map(\.error).reduce(0, +) / Double(predictions.count))
    }
    leeches = report.leeches.map { Leech(item: $0.itemID, lapses: $0.lapses) }
    flagged = report.flagged
    settings = Settings(
      desiredRetention: report.settings.desiredRetention, newPerDay: report.settings.newPerDay,
      reviewsPerDay: report.settings.reviewsPerDay,
      leechThreshold: report.settings.leechThreshold,
      interviewDate: report.settings.interviewDate?.iso,
      asksConfidence: report.settings.asksConfidence)
  }

  private static func name(of confidence: Confidence) -> String {
    switch confidence {
    case .low: "guess"
    case .medium: "unsure"
    case .high: "sure"
    }
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
