import Glibc
import RandomNumbers

/// The spaced-repetition scheduler FSRS-6, as a pure value.
///
/// Every item has a stability S (days until recall falls to 90 %) and a difficulty D (1 to 10).
/// The probability of recall after t whole days is
///
///     R(t) = (1 + F·t/S)^(−w20),  F = 0.9^(−1/w20) − 1
///
/// and an item is due when R has fallen to the desired retention. The formulas, bounds and
/// rounding are those of py-fsrs 6.3 (open-spaced-repetition/py-fsrs).
package struct FSRS: Sendable, Hashable {
  /// The 21 weights w0 … w20 that describe how people forget.
  package let weights: [Double]
  /// The probability of recall at which an item becomes due, above 0 and below 1.
  package let desiredRetention: Double
  /// The seconds between the first answers to a new item.
  package let learningSteps: [Double]
  /// The seconds between answers to an item that was forgotten.
  package let relearningSteps: [Double]
  /// The longest interval in days.
  package let maximumInterval: Int
  /// The seed of the small shifts of long intervals; none leaves intervals as computed.
  ///
  /// The shift depends on the seed, the card and the time of the answer alone, so that replaying
  /// a log gives the same dates again.
  package let fuzzSeed: UInt64?

  /// The weights that py-fsrs 6.3 starts with, fitted to the reviews of many Anki users.
  package static let defaultWeights: [Double] = [
    0.212, 1.2931, 2.3065, 8.2956, 6.4133, 0.8334, 3.0194, 0.001, 1.8722, 0.1666, 0.796, 1.4835,
    0.0614, 0.2629, 1.6483, 0.6014, 1.8729, 0.5425, 0.0912, 0.0658, 0.1542,
  ]

  /// The accepted range of each weight, as in py-fsrs 6.3.
  package static let weightBounds: [ClosedRange<Double>] = [
    0.001...100, 0.001...100, 0.001...100, 0.001...100, 1...10, 0.001...4, 0.001...4,
    0.001...0.75, 0...4.5, 0...0.8, 0.001...3.5, 0.001...5, 0.001...0.25, 0.001...0.9, 0...4,
    0...1, 1...6, 0...2, 0...2, 0...0.8, 0.1...0.8,
  ]

  private static let minimumStability = 0.001
  private static let difficultyRange = 1.0...10.0
  private static let secondsPerDay = 86_400.0

  // w20 and F of the forgetting curve.
  private let decay: Double
  private let factor: Double

  /// Makes a scheduler; see `fault(inWeights:desiredRetention:)` for values that users typed.
  package init(
    weights: [Double] = FSRS.defaultWeights, desiredRetention: Double = 0.9,
    learningSteps: [Double] = [60, 600], relearningSteps: [Double] = [600],
    maximumInterval: Int = 36_500, fuzzSeed: UInt64? = nil
  ) {
    let fault = FSRS.fault(inWeights: weights, desiredRetention: desiredRetention)
    precondition(fault == nil, fault ?? "")
    precondition(
      (learningSteps + relearningSteps).allSatisfy { $0.isFinite && $0 > 0 },
      "Every learning and relearning step must be a positive number of seconds.")
    precondition(maximumInterval >= 1, "The maximum interval must be at least one day.")
    self.weights = weights
    self.desiredRetention = desiredRetention
    self.learningSteps = learningSteps
    self.relearningSteps = relearningSteps
    self.maximumInterval = maximumInterval
    self.fuzzSeed = fuzzSeed
    decay = -weights[20]
    factor = pow(0.9, 1 / decay) - 1
  }

  /// Says in one sentence what is wrong with weights or a retention, or nothing if they are fine.
  package static func fault(inWeights weights: [Double], desiredRetention: Double) -> String? {
    guard weights.count == weightBounds.count else {
      return "FSRS-6 needs \(weightBounds.count) weights, not \(weights.count)."
    }
    for (index, bounds) in weightBounds.enumerated() where !bounds.contains(weights[index]) {
      return "Weight \(index) is \(weights[index]); allowed is "
        + "\(bounds.lowerBound) to \(bounds.upperBound)."
    }
    guard desiredRetention > 0, desiredRetention < 1 else {
      return "The desired retention is \(desiredRetention); allowed is more than 0 and less than 1."
    }
    return nil
  }

  /// The same scheduler aiming at another retention.
  package func withDesiredRetention(_ retention: Double) -> FSRS {
    FSRS(
      weights: weights, desiredRetention: retention, learningSteps: learningSteps,
      relearningSteps: relearningSteps, maximumInterval: maximumInterval, fuzzSeed: fuzzSeed)
  }

  /// The probability from 0 to 1 that an item is recalled at a time in Unix seconds.
  ///
  /// Counts whole days since the last answer, as py-fsrs does: on the day itself it is 1.
  package func retrievability(of card: FSRSCard, at time: Double) -> Double {
    let days = max(0, FSRS.wholeDays(from: card.lastReview, to: time))
    return pow(1 + factor * days / card.stability, decay)
  }

  /// The card after an answer; `nil` stands for an item that was never answered.
  ///
  /// Times are Unix seconds. An answer that seems to come before the last one (a clock that was
  /// set back) counts as given on the same day.
  package func review(_ card: FSRSCard?, rating: Rating, at time: Double) -> FSRSCard {
    precondition(time.isFinite, "The time of a review must be a finite number of seconds.")
    var next = remember(card, rating: rating, at: time)
    let seconds: Double
    switch next.state {
    case .learning:
      seconds = climb(&next, steps: learningSteps, rating: rating)
    case .relearning:
      seconds = climb(&next, steps: relearningSteps, rating: rating)
    case .review:
      if rating == .again, let first = relearningSteps.first {
        next.state = .relearning
        next.step = 0
        seconds = first
      } else {
        seconds = interval(of: next)
      }
    }
    next.due = time + seconds
    return next
  }
}

// MARK: - Memory

extension FSRS {
  /// Updates stability, difficulty and time, and leaves state and step.
  private func remember(_ card: FSRSCard?, rating: Rating, at time: Double) -> FSRSCard {
    guard var next = card else {
      return FSRSCard(
        state: .learning, step: 0,
        stability: max(weights[rating.rawValue - 1], FSRS.minimumStability),
        difficulty: clampedDifficulty(initialDifficulty(rating)), due: time, lastReview: time)
    }
    next.stability =
      FSRS.wholeDays(from: next.lastReview, to: time) < 1
      ? sameDayStability(next.stability, rating: rating)
      : laterStability(next, recall: retrievability(of: next, at: time), rating: rating)
    next.stability = max(next.stability, FSRS.minimumStability)
    next.difficulty = nextDifficulty(next.difficulty, rating: rating)
    next.lastReview = time
    return next
  }

  // D0(G) = w4 − e^(w5·(G−1)) + 1
  private func initialDifficulty(_ rating: Rating) -> Double {
    weights[4] - exp(weights[5] * Double(rating.rawValue - 1)) + 1
  }

  // D' = w7·D0(easy) + (1−w7)·(D − w6·(G−3)·(10−D)/9)
  private func nextDifficulty(_ difficulty: Double, rating: Rating) -> Double {
    let change = -weights[6] * Double(rating.rawValue - 3)
    let damped = difficulty + (10 - difficulty) * change / 9
    return clampedDifficulty(
      weights[7] * initialDifficulty(.easy) + (1 - weights[7]) * damped)
  }

  private func clampedDifficulty(_ difficulty: Double) -> Double {
    min(max(difficulty, FSRS.difficultyRange.lowerBound), FSRS.difficultyRange.upperBound)
  }

  // S' = S·e^(w17·(G−3+w18))·S^(−w19); a right answer never lowers it.
  private func sameDayStability(_ stability: Double, rating: Rating) -> Double {
    let growth =
      exp(weights[17] * (Double(rating.rawValue - 3) + weights[18])) * pow(stability, -weights[19])
    return stability * (rating == .again ? growth : max(growth, 1))
  }

  private func laterStability(_ card: FSRSCard, recall: Double, rating: Rating) -> Double {
    let stability = card.stability
    if rating == .again {
      // S' = w11·D^(−w12)·((S+1)^w13 − 1)·e^(w14·(1−R)), at most S·e^(−w17·w18)
      let forgotten =
        weights[11] * pow(card.difficulty, -weights[12]) * (pow(stability + 1, weights[13]) - 1)
        * exp((1 - recall) * weights[14])
      return min(forgotten, stability / exp(weights[17] * weights[18]))
    }
    // S' = S·(1 + e^w8·(11−D)·S^(−w9)·(e^(w10·(1−R)) − 1)·[w15 if hard]·[w16 if easy])
    let penalty = rating == .hard ? weights[15] : 1
    let bonus = rating == .easy ? weights[16] : 1
    return stability
      * (1 + exp(weights[8]) * (11 - card.difficulty) * pow(stability, -weights[9])
        * (exp((1 - recall) * weights[10]) - 1) * penalty * bonus)
  }

  /// Whole days between two times, negative if the second is earlier.
  ///
  /// Rounded to microseconds first: a review at exactly its due date must count as a full day
  /// although seconds since 1970 leave a Double only 0.2 microseconds.
  private static func wholeDays(from start: Double, to end: Double) -> Double {
    (((end - start) * 1e6).rounded() / (secondsPerDay * 1e6)).rounded(.down)
  }
}

// MARK: - Intervals

extension FSRS {
  /// Moves a card along its steps and returns the seconds until it is due.
  private func climb(_ card: inout FSRSCard, steps: [Double], rating: Rating) -> Double {
    let step = card.step ?? 0
    // A card may stand beyond the last step if it was scheduled with more of them.
    if steps.isEmpty || (step >= steps.count && rating != .again) { return graduate(&card) }
    switch rating {
    case .again:
      card.step = 0
      return steps[0]
    case .hard:
      if step > 0 { return steps[step] }
      return steps.count == 1 ? steps[0] * 1.5 : (steps[0] + steps[1]) / 2
    case .good where step + 1 < steps.count:
      card.step = step + 1
      return steps[step + 1]
    case .good, .easy:
      return graduate(&card)
    }
  }

  private func graduate(_ card: inout FSRSCard) -> Double {
    card.state = .review
    card.step = nil
    return interval(of: card)
  }

  /// The seconds until recall falls to the desired retention, in whole days.
  private func interval(of card: FSRSCard) -> Double {
    let exact = card.stability / factor * (pow(desiredRetention, 1 / decay) - 1)
    let days = min(max(exact.rounded(.toNearestOrEven), 1), Double(maximumInterval))
    return fuzzed(days, card: card) * FSRS.secondsPerDay
  }

  /// Shifts an interval of at least 2.5 days by a few percent, so that items learnt together do
  /// not stay together for ever.
  private func fuzzed(_ days: Double, card: FSRSCard) -> Double {
    guard let fuzzSeed, days >= 2.5 else { return days }
    let (lowest, highest) = FSRS.fuzzRange(days: days, maximumInterval: maximumInterval)
    var generator = SplitMix64(
      seed: fuzzSeed ^ card.lastReview.bitPattern ^ (card.stability.bitPattern &* 31))
    let draw = generator.nextDouble() * (highest - lowest + 1) + lowest
    return min(draw.rounded(.toNearestOrEven), Double(maximumInterval))
  }

  /// The shortest and longest interval in days that fuzz may make of one, as in py-fsrs 6.3.
  ///
  /// The draw is rounded, so that the longest may be passed by one day, as there.
  private static func fuzzRange(days: Double, maximumInterval: Int) -> (
    lowest: Double, highest: Double
  ) {
    let bands = [(2.5, 7.0, 0.15), (7.0, 20.0, 0.1), (20.0, Double.infinity, 0.05)]
    let delta = bands.reduce(1.0) { sum, band in
      sum + band.2 * max(min(days, band.1) - band.0, 0)
    }
    let highest = min((days + delta).rounded(.toNearestOrEven), Double(maximumInterval))
    let lowest = min(max(2, (days - delta).rounded(.toNearestOrEven)), highest)
    return (lowest, highest)
  }
}
