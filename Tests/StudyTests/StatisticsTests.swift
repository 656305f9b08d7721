import Study
import Testing

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

    let now = try store.masteries(chapters, at: moment)
    #expect(now.map(\.chapterID) == ["quantization", "empty"])
    #expect(now[0].mastery.share == 0.25)
    #expect(now[0].mastery.seen == 2)
    #expect(now[0].mastery.unseen == 2)
    #expect(now[0].mastery.right == 1)
    #expect(now[0].mastery.due == 0)
    #expect(now[1].mastery.share == 0)

    // First answer good: S = w2 = 2.3065, so R(5 days) = (1 + 0.98035·5/2.3065)^−0.1542 = 0.83886,
    // computed apart from the formula with F = 0.9^(−1/0.1542) − 1.
    let later = try store.masteries(chapters, at: moment + 5 * day)[0].mastery
    #expect(abs(later.share - 0.838861 / 4) < 1e-6)
    #expect(later.due == 2)
    let card = try #require(try store.card(item: "right"))
    #expect(
      later.recalled == FSRS(learningSteps: []).retrievability(of: card.card, at: moment + 5 * day))
  }

  @Test func homeTotalsAddUpChapters() throws {
    let store = try ProgressStore.inMemory()
    try store.recordReview(.sample("a1", at: moment - 2 * day))
    try store.recordReview(.sample("a2", at: moment, right: false))
    let undone = try store.recordReview(.sample("b1", at: moment + 1))
    try store.recordReview(.sample("b2", at: moment + 2))
    try store.undoReview(undone.id, at: moment + 3)
    let totals = try store.homeTotals(
      [
        ChapterItems(chapterID: "a", itemIDs: ["a1", "a2"]),
        ChapterItems(chapterID: "b", itemIDs: ["b1", "b2", "b3"]),
      ], at: moment + 100, dayStart: moment)
    #expect(totals.mastery.items == 5)
    #expect(totals.mastery.seen == 3)
    #expect(totals.mastery.right == 2)
    // a1 was due ten minutes after its answer, a2 one minute.
    #expect(totals.mastery.due == 2)
    #expect(totals.chapters.map(\.mastery.seen) == [2, 1])
    #expect(totals.today == AnswerTotals(answers: 2, right: 1, seconds: 8.5))
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

  @Test func forecastCountsEachItemOnce() throws {
    let store = try ProgressStore.inMemory()
    try store.recordReview(.sample("a", at: moment))
    try store.recordReview(.sample("b", at: moment + 100))
    try store.recordReview(.sample("c", at: moment + 5000))
    try store.recordReview(.sample("removed", at: moment))
    let forecast = try store.dueForecast(
      itemIDs: ["a", "b", "c", "unseen"], until: [moment + 600, moment + 800, moment + 900])
    #expect(forecast == [1, 1, 0])
  }

  @Test func predictionErrorIsTheMeanDistance() throws {
    let store = try ProgressStore.inMemory()
    #expect(try store.predictionAccuracy() == nil)
    for (experiment, guess) in [("bits", 80.0), ("bits", 95), ("prune", 90.5)] {
      try store.recordPrediction(
        Prediction(experimentID: experiment, guess: guess, truth: 90, at: moment))
    }
    let bits = try #require(try store.predictionAccuracy(experiment: "bits"))
    #expect(bits.guesses == 2)
    #expect(bits.averageError == 7.5)
    #expect(bits.latestError == 5)
    let all = try #require(try store.predictionAccuracy())
    #expect(abs(all.averageError - 15.5 / 3) < 1e-12)
  }
}
