import Testing

@testable import Study

/// Mastery and what else is counted.
@Suite struct StatisticsTests {
  private let day = 86_400.0

  @Test func masteryIsTheExpectedShareOfRightAnswers() throws {
    let store = try ProgressStore.inMemory(scheduler: FSRS(learningSteps: []))
    try store.recordReview(.sample("right", at: moment))
    try store.recordReview(.sample("wrong", at: moment, right: false))
    try store.recordReview(.sample("removed", at: moment))
    let chapters = [
      ChapterItems(chapterID: "quantization", itemIDs: ["right", "wrong", "unseen", "unseen too"]),
      ChapterItems(chapterID: "empty", itemIDs: []),
    ]

    let now = try store.studyState(at: moment).masteries(chapters)
    #expect(now.map(\.chapterID) == ["quantization", "empty"])
    #expect(now[0].mastery.share == 0.25)
    #expect(now[0].mastery.seen == 2)
    #expect(now[0].mastery.unseen == 2)
    #expect(now[0].mastery.right == 1)
    #expect(now[0].mastery.due == 0)
    #expect(now[1].mastery.share == 0)

    // First answer good: S = w2 = 2.3065, so R(5 days) = (1 + 0.98035·5/2.3065)^−0.1542 = 0.83886,
    // computed apart from the formula with F = 0.9^(−1/0.1542) − 1.
    let later = try store.studyState(at: moment + 5 * day).masteries(chapters)[0].mastery
    #expect(abs(later.share - 0.838861 / 4) < 1e-6)
    #expect(later.due == 2)
    let card = try #require(try store.card(item: "right"))
    #expect(
      later.recalled == FSRS(learningSteps: []).retrievability(of: card.card, at: moment + 5 * day))
  }

  @Test func reportAddsUpChapters() throws {
    let store = try ProgressStore.inMemory()
    try store.recordReview(.sample("a1", at: moment - 2 * day))
    try store.recordReview(.sample("a2", at: moment, right: false))
    let undone = try store.recordReview(.sample("b1", at: moment + 1))
    try store.recordReview(.sample("b2", at: moment + 2))
    try store.undoReview(undone.id, at: moment + 3)
    let report = try store.report(
      [
        ChapterItems(chapterID: "a", itemIDs: ["a1", "a2"]),
        ChapterItems(chapterID: "b", itemIDs: ["b1", "b2", "b3"]),
      ], at: moment + 100, calendar: .utc)
    #expect(report.mastery.items == 5)
    #expect(report.mastery.seen == 3)
    #expect(report.mastery.right == 2)
    // a1 was due ten minutes after its answer, a2 one minute.
    #expect(report.mastery.due == 2)
    #expect(report.chapters.map(\.mastery.seen) == [2, 1])
    #expect(report.answers.today == AnswerTotals(answers: 2, right: 1, seconds: 8.5))
    #expect(report.answers.week.answers == 3)
    #expect(report.answers.all == report.answers.month)
  }

  @Test func retentionCountsOnlyAnswersAfterADay() throws {
    let store = try ProgressStore.inMemory()
    #expect(try store.retention().share == nil)
    try store.recordReview(.sample("a", at: moment))
    try store.recordReview(.sample("a", at: moment + 600, right: false))
    try store.recordReview(.sample("b", at: moment + 700))
    try store.recordReview(.sample("a", at: moment + 600 + day))
    try store.recordReview(.sample("b", at: moment + 700 + 3 * day, right: false))
    #expect(try store.retention() == AnswerTotals(answers: 2, right: 1, seconds: 8.5))
    #expect(
      try store.retention(since: moment + 2 * day)
        == AnswerTotals(answers: 1, right: 0, seconds: 4.25))
    #expect(try store.answerTotals() == AnswerTotals(answers: 5, right: 3, seconds: 21.25))
  }

  @Test func calibrationSplitsByConfidence() throws {
    let store = try ProgressStore.inMemory()
    try store.recordReview(.sample("a", right: true, confidence: .high))
    try store.recordReview(.sample("b", right: false, confidence: .high))
    try store.recordReview(.sample("c", right: false, confidence: .low))
    try store.recordReview(.sample("d", right: true))
    let calibration = try store.calibration()
    #expect(calibration.count == 2)
    #expect(calibration[.high]?.share == 0.5)
    #expect(calibration[.low] == AnswerTotals(answers: 1, right: 0, seconds: 4.25))
  }

  @Test func daysAreTheCallers() throws {
    let store = try ProgressStore.inMemory()
    for offset in [-1, 0, 10, day - 1, day, 5 * day] {
      try store.recordReview(.sample("a", at: moment + offset, right: offset > 0))
    }
    let days = try store.answersPerDay(startingAt: [moment, moment + day, moment + 2 * day])
    #expect(days.map(\.answers) == [3, 1, 1])
    #expect(days.map(\.right) == [2, 1, 1])
    #expect(try store.answersPerDay(startingAt: []).isEmpty)
  }

  @Test func forecastCountsEachItemOnceAndTheOverdueToday() throws {
    let store = try ProgressStore.inMemory(scheduler: FSRS(learningSteps: []))
    try store.recordReview(.sample("overdue", at: moment - 9 * day))
    // A first right answer comes back after two days, a wrong one after one.
    try store.recordReview(.sample("a", at: moment))
    try store.recordReview(.sample("b", at: moment + 100))
    try store.recordReview(.sample("c", at: moment, right: false))
    try store.recordReview(.sample("removed", at: moment))
    let report = try store.report(
      [ChapterItems(chapterID: "x", itemIDs: ["a", "b", "c", "overdue", "unseen"])],
      at: moment + 200, calendar: .utc, forecastDays: 4)
    #expect(report.forecast.map(\.items) == [1, 1, 2, 0])
    #expect(
      report.forecast.map(\.date.iso) == ["2026-01-02", "2026-01-03", "2026-01-04", "2026-01-05"])
  }

  @Test func activityCoversWholeWeeksUntilToday() throws {
    let store = try ProgressStore.inMemory()
    // 2026-01-02 is a Friday; its midnight is 03:04:05 before the moment.
    for offset in [-11_046, -11_045, 0, 60, -11 * day, -12 * day, 2 * day] {
      try store.recordReview(.sample("a", at: moment + offset))
    }
    let report = try store.report([], at: moment + 100, calendar: .utc, weeks: 2)
    #expect(report.activity.count == 12)
    #expect(report.activity.first?.date.iso == "2025-12-22")
    #expect(report.activity.map(\.totals.answers) == [1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 4])
    #expect(report.activity.last?.date == report.today)
  }

  @Test func streaksAreDaysInARow() {
    #expect(StudyStreak(days: [], today: 9).longest == 0)
    let streak = StudyStreak(days: [1, 2, 3, 5, 8, 9], today: 10)
    #expect(streak.current == 2)
    #expect(streak.longest == 3)
    #expect(StudyStreak(days: [8, 9], today: 11).current == 0)
  }

  @Test func predictionErrorsAreAveragedOverTheLastTen() {
    let points = PredictionPoint.points(
      of: (0..<12).map {
        Prediction(experimentID: "e", guess: Double($0), truth: 0, at: Double($0))
      })
    #expect(points.map(\.error) == (0..<12).map(Double.init))
    #expect(points[0].recentAverage == 0)
    // (2 + … + 11) / 10
    #expect(points[11].recentAverage == 6.5)
  }

  @Test func predictionErrorIsTheMeanDistance() throws {
    let store = try ProgressStore.inMemory()
    #expect(PredictionAccuracy(try store.predictions()) == nil)
    for (experiment, guess) in [("bits", 80.0), ("bits", 95), ("prune", 90.5)] {
      try store.recordPrediction(
        Prediction(experimentID: experiment, guess: guess, truth: 90, at: moment))
    }
    let all = try #require(PredictionAccuracy(try store.predictions()))
    #expect(all.guesses == 3)
    #expect(abs(all.averageError - 15.5 / 3) < 1e-12)
  }
}
