import Foundation
import Testing

@testable import Study

/// The scheduler against known answers of py-fsrs.
@Suite struct FSRSTests {
  /// Made with py-fsrs 6.3.2, fuzzing off; the file names the settings of every case.
  @Test(arguments: ["fsrs6-vectors", "fsrs6-vectors-varied"])
  func matchesReference(name: String) throws {
    let vectors = try SchedulerVectors.load(name)
    #expect(!vectors.cases.isEmpty)
    for (number, vector) in vectors.cases.enumerated() {
      let scheduler = FSRS(
        weights: vector.parameters ?? vectors.parameters,
        desiredRetention: vector.desiredRetention,
        learningSteps: vector.learningSteps, relearningSteps: vector.relearningSteps,
        maximumInterval: vector.maximumIntervalDays ?? vectors.maximumIntervalDays)
      var card: FSRSCard?
      for (position, expected) in vector.reviews.enumerated() {
        let place: Comment = "case \(number), review \(position)"
        if let card, let recall = expected.retrievabilityBefore {
          #expect(
            abs(scheduler.retrievability(of: card, at: expected.at) - recall) < 1e-6, place)
        }
        let rating = try #require(Rating(rawValue: expected.rating))
        let next = scheduler.review(card, rating: rating, at: expected.at)
        #expect(String(describing: next.state) == expected.state.lowercased(), place)
        #expect(next.step == expected.step, place)
        #expect(abs(next.stability - expected.stability) < 1e-6, place)
        #expect(abs(next.difficulty - expected.difficulty) < 1e-6, place)
        #expect(abs(next.due - expected.due) < 1e-3, place)
        #expect(next.lastReview == expected.at, place)
        card = next
      }
    }
  }

  @Test func reviewAtTheDueSecondCountsAsAWholeDay() {
    // 86 400 added to this time and subtracted again gives 86 399.99999976 in a Double.
    let start = 1_760_000_000.1
    let scheduler = FSRS(learningSteps: [])
    let card = scheduler.review(nil, rating: .again, at: start)
    #expect(scheduler.retrievability(of: card, at: start + 86_400) < 0.9)
    #expect(scheduler.retrievability(of: card, at: start + 86_399.9) == 1)
  }

  @Test func clockSetBackIsTheSameDay() {
    let scheduler = FSRS()
    let first = scheduler.review(nil, rating: .good, at: 1_000_000)
    let second = scheduler.review(first, rating: .good, at: 0)
    #expect(scheduler.retrievability(of: first, at: 0) == 1)
    #expect(second.stability >= first.stability)
    #expect(second.due > 0)
  }

  @Test func recallFallsToTheDesiredRetentionAtTheDueDate() {
    let scheduler = FSRS(desiredRetention: 0.8, learningSteps: [])
    var card = scheduler.review(nil, rating: .easy, at: 0)
    for _ in 0..<4 { card = scheduler.review(card, rating: .good, at: card.due) }
    // Intervals are whole days, so the retention is met to half a day's loss.
    #expect(abs(scheduler.retrievability(of: card, at: card.due) - 0.8) < 0.001)
  }

  @Test func fuzzStaysInItsRangeAndComesBack() {
    let exact = FSRS(learningSteps: [])
    let fuzzy = FSRS(learningSteps: [], fuzzSeed: 7)
    var shifts: Set<Double> = []
    for second in 0..<200 {
      let at = Double(second)
      let plain = exact.review(nil, rating: .easy, at: at)
      let shifted = fuzzy.review(nil, rating: .easy, at: at)
      #expect(shifted == fuzzy.review(nil, rating: .easy, at: at))
      #expect(shifted.stability == plain.stability)
      let days = (shifted.due - at) / 86_400
      #expect(days == days.rounded())
      shifts.insert(days)
    }
    // 8 days: delta = 1 + 0.15·4.5 + 0.1·1 = 1.775, so 6 to 10, and 11 by rounding.
    #expect(shifts == [6, 7, 8, 9, 10, 11])
  }

  @Test func shortIntervalsAreNotFuzzed() {
    let fuzzy = FSRS(learningSteps: [], fuzzSeed: 7)
    #expect(fuzzy.review(nil, rating: .good, at: 5).due == 5 + 2 * 86_400)
  }

  @Test func faultsAreNamed() {
    #expect(
      FSRS.fault(inWeights: [1, 2], desiredRetention: 0.9) == "FSRS-6 needs 21 weights, not 2.")
    var weights = FSRS.defaultWeights
    weights[4] = 11
    #expect(
      FSRS.fault(inWeights: weights, desiredRetention: 0.9)
        == "Weight 4 is 11.0; allowed is 1.0 to 10.0.")
    #expect(
      FSRS.fault(inWeights: FSRS.defaultWeights, desiredRetention: .nan)
        == "The desired retention is nan; allowed is more than 0 and less than 1.")
    #expect(FSRS.fault(inWeights: FSRS.defaultWeights, desiredRetention: 0.9) == nil)
  }

  @Test func answersBecomeRatings() {
    #expect(Rating(isRight: false) == .again)
    #expect(Rating(isRight: false, withTrouble: true) == .again)
    #expect(Rating(isRight: true) == .good)
    #expect(Rating(isRight: true, withTrouble: true) == .hard)
  }
}

/// The layout of the files with known answers.
struct SchedulerVectors: Decodable {
  struct Review: Decodable {
    var at: Double
    var rating: Int
    var retrievabilityBefore: Double?
    var state: String
    var step: Int?
    var stability: Double
    var difficulty: Double
    var due: Double
  }

  struct Case: Decodable {
    var learningSteps: [Double]
    var relearningSteps: [Double]
    var desiredRetention: Double
    var parameters: [Double]?
    var maximumIntervalDays: Int?
    var reviews: [Review]
  }

  var parameters: [Double]
  var maximumIntervalDays: Int
  var cases: [Case]

  static func load(_ name: String) throws -> SchedulerVectors {
    let url = try #require(
      Bundle.module.url(forResource: name, withExtension: "json", subdirectory: "Fixtures"))
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    return try decoder.decode(SchedulerVectors.self, from: Data(contentsOf: url))
  }
}
