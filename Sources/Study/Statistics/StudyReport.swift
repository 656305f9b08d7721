/// Counts of answers over spans of days that end today.
package struct PeriodTotals: Sendable, Hashable {
  /// Today.
  package var today: AnswerTotals
  /// The last 7 days, today included.
  package var week: AnswerTotals
  /// The last 30 days, today included.
  package var month: AnswerTotals
  /// From the first answer on.
  package var all: AnswerTotals
}

/// The answers of one day.
package struct DayActivity: Sendable, Hashable {
  /// The day.
  package var date: StudyDate
  /// Its answers.
  package var totals: AnswerTotals
}

/// The items that fall due on one day.
package struct DueDay: Sendable, Hashable {
  /// The day.
  package var date: StudyDate
  /// Their number; that of today holds what is overdue too.
  package var items: Int
}

/// Days in a row with at least one answer.
package struct StudyStreak: Sendable, Hashable {
  /// Those that end today, or yesterday while today has no answer yet.
  package var current = 0
  /// The most there ever were.
  package var longest = 0

  /// Counts days in a row.
  ///
  /// - Parameters:
  ///   - days: The numbers of the days with answers, rising.
  ///   - today: The number of today.
  package init(days: [Int], today: Int) {
    var length = 0
    var last: Int?
    for day in days {
      length = last == day - 1 ? length + 1 : 1
      last = day
      longest = max(longest, length)
    }
    if let last, last >= today - 1 { current = length }
  }
}

/// The answers given at one level of confidence.
package struct CalibrationLevel: Sendable, Hashable {
  /// The level.
  package var confidence: Confidence
  /// Its answers; learners who judge well are right more often the surer they are.
  package var totals: AnswerTotals
}

/// How far one guess in the lab was off.
package struct PredictionPoint: Sendable, Hashable {
  /// The experiment.
  package var experimentID: String
  /// When, in Unix seconds.
  package var at: Double
  /// The distance between guess and truth, in their unit.
  package var error: Double
  /// The mean distance of this guess and the ones before it, ten at most.
  package var recentAverage: Double

  /// Makes the points of guesses, oldest first.
  package static func points(of predictions: [Prediction]) -> [PredictionPoint] {
    predictions.enumerated().map { place, prediction in
      let recent = predictions[max(0, place - 9)...place].map(\.error)
      return PredictionPoint(
        experimentID: prediction.experimentID, at: prediction.at, error: prediction.error,
        recentAverage: recent.reduce(0, +) / Double(recent.count))
    }
  }
}

/// What a learner did, knows and has to expect.
package struct StudyReport: Sendable {
  /// The day of the report.
  package var today: StudyDate
  /// The mastery of each chapter, in the order given.
  package var chapters: [ChapterMastery]
  /// The mastery of all chapters together.
  package var mastery: Mastery
  /// The answers given.
  package var answers: PeriodTotals
  /// The answers that tested memory, whose share of right ones is the true retention.
  package var retention: PeriodTotals
  /// The answers of each day in whole weeks from Monday on, oldest first; the last day is today.
  package var activity: [DayActivity]
  /// The days in a row with answers.
  package var streak: StudyStreak
  /// The items that fall due each day, from today on.
  package var forecast: [DueDay]
  /// The answers at each level of confidence, the lowest first.
  package var calibration: [CalibrationLevel]
  /// How far guesses in the lab were off, oldest first.
  package var predictions: [PredictionPoint]
  /// The items that are forgotten again and again, among those that lessons have.
  package var leeches: [CardRecord]
  /// The flagged items, among those that lessons have, in the order of the lessons.
  package var flagged: [String]
  /// What the learner chose about how to study.
  package var settings: StudySettings
}

extension ProgressStore {
  /// Sums up a learner's progress.
  ///
  /// - Parameters:
  ///   - chapters: The items that lessons have now.
  ///   - time: The moment, in Unix seconds.
  ///   - calendar: The calendar that days are told by.
  ///   - weeks: The weeks of activity to count, this one included.
  ///   - forecastDays: The days to look ahead, today included.
  package func report(
    _ chapters: [ChapterItems], at time: Double, calendar: StudyCalendar = StudyCalendar(),
    weeks: Int = 26, forecastDays: Int = 14
  ) throws(ProgressStoreError) -> StudyReport {
    precondition(weeks >= 1 && forecastDays >= 1, "A report covers at least a week and a day.")
    let state = try studyState(at: time, calendar: calendar)
    let today = state.day.date
    let past = calendar.days(around: today, before: (weeks - 1) * 7 + today.weekday, after: 0)
    let ahead = calendar.days(around: today, before: 0, after: forecastDays - 1)
    let masteries = state.masteries(chapters)
    let items = chapters.flatMap(\.itemIDs)
    let known = Set(items)
    let starts = calendar.days(around: today, before: 29, after: 0).map(\.start)
    func periods(
      _ totals: (Double?) throws(ProgressStoreError) -> AnswerTotals
    ) throws(ProgressStoreError) -> PeriodTotals {
      PeriodTotals(
        today: try totals(starts[29]), week: try totals(starts[23]), month: try totals(starts[0]),
        all: try totals(nil))
    }
    let calibration = try calibration()
    let activity = try answersPerDay(startingAt: past.map(\.start))
    return StudyReport(
      today: today, chapters: masteries, mastery: Mastery(sumOf: masteries.map(\.mastery)),
      answers: try periods(answerTotals(since:)), retention: try periods(retention(since:)),
      activity: zip(past, activity).map { DayActivity(date: $0.date, totals: $1) },
      streak: StudyStreak(
        days: try daysWithAnswers(calendar).map(\.dayNumber), today: today.dayNumber),
      forecast: state.forecast(items, days: ahead),
      calibration: Confidence.allCases.map {
        CalibrationLevel(confidence: $0, totals: calibration[$0] ?? AnswerTotals())
      },
      predictions: PredictionPoint.points(of: try predictions()),
      leeches: try leeches().filter { known.contains($0.itemID) },
      flagged: items.filter(state.flagged.contains), settings: state.settings)
  }

  /// The days with at least one answer, in order.
  private func daysWithAnswers(
    _ calendar: StudyCalendar
  ) throws(ProgressStoreError) -> [StudyDate] {
    let times = try read { (database) throws(DatabaseError) in
      try database.rows("SELECT at FROM standing_reviews ORDER BY at") { $0.real(0) }
    }
    var days: [StudyDay] = []
    for time in times where days.last.map({ time >= $0.end }) ?? true {
      days.append(calendar.day(at: time))
    }
    return days.map(\.date)
  }
}

extension StudyState {
  /// How many of some items fall due on each of some days in a row; what is overdue counts for the
  /// first.
  package func forecast(_ itemIDs: [String], days: [StudyDay]) -> [DueDay] {
    var counts = days.map { DueDay(date: $0.date, items: 0) }
    for record in Set(itemIDs).compactMap({ cards[$0] }) {
      let due = due(of: record)
      guard let slot = days.firstIndex(where: { due < $0.end }) else { continue }
      counts[slot].items += 1
    }
    return counts
  }
}
