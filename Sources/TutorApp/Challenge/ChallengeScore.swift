import Compression
import Curriculum
import Foundation
import Lab
import Localization
import Presentation
import Study
import TerminalCanvas

/// What was measured of a recipe, as far as budgets speak of it.
struct ChallengeFigures: Sendable, Hashable {
  /// The images classified right.
  var correct: Int
  /// The images classified.
  var images: Int
  /// The length of the shortest file.
  var bytes: Int
  /// The format of the shortest file, where it is known.
  var format: String?
  /// The microseconds an image takes with the fastest kernel, where time was measured.
  var latency: Double?
  /// The microseconds an image takes through the uncompressed network, measured just before.
  var baselineLatency: Double?

  /// The share of images classified right.
  var accuracy: Double { images == 0 ? 0 : Double(correct) / Double(images) }

  /// How many times as fast as the uncompressed network, where time was measured.
  var speedup: Double? {
    guard let latency, let baselineLatency, latency > 0 else { return nil }
    return baselineLatency / latency
  }

  /// Takes the figures from a measurement; none before the files were written.
  init?(_ measurement: Lab.Measurement) {
    let shortest = measurement.size.bytes.min {
      ($0.value, $0.key.rawValue) < ($1.value, $1.key.rawValue)
    }
    guard let shortest else { return nil }
    correct = measurement.evaluation.correct
    images = measurement.evaluation.images
    bytes = shortest.value
    format = shortest.key.rawValue
    latency = measurement.latency.values.min()
    baselineLatency = measurement.baselineLatency
  }
}

/// A budget beside what was measured.
struct BudgetCheck: Sendable, Hashable {
  /// The budget.
  var budget: Challenge.Budget
  /// Whether it is met; none while it is not measured yet.
  var isMet: Bool?
  /// What was measured, in words.
  var measured: String

  /// Holds a budget against figures.
  init(_ budget: Challenge.Budget, _ figures: ChallengeFigures?) {
    self.budget = budget
    measured = "…"
    guard let figures else { return }
    switch budget {
    case .bytes(let limit):
      isMet = figures.bytes <= limit
      measured = NumberText.grouped(figures.bytes) + (figures.format.map { " \($0)" } ?? "")
    case .accuracy(let limit):
      // Counted in images, so that no rounding of a share decides.
      isMet = Double(figures.correct) >= limit * Double(figures.images) - 1e-6
      measured = QuantityFormat.percent(figures.accuracy)
    case .speedup(let factor):
      guard let speedup = figures.speedup else { return }
      isMet = speedup >= factor
      measured = NumberText.fixed(speedup, decimals: 1) + "×"
    }
  }
}

extension Challenge {
  /// The budgets beside figures, in order.
  func checks(_ figures: ChallengeFigures?) -> [BudgetCheck] {
    budgets.map { BudgetCheck($0, figures) }
  }

  /// Whether all budgets are met; none while one of them is not measured.
  func isMet(_ figures: ChallengeFigures?) -> Bool? {
    let checks = checks(figures)
    guard checks.allSatisfy({ $0.isMet != nil }) else { return nil }
    return checks.allSatisfy { $0.isMet == true }
  }

  /// The best of some attempts: one that met the budgets before one that did not, then the one with
  /// most to spare, or least short.
  func best(of attempts: [ChallengeAttempt]) -> ChallengeAttempt? {
    attempts.filter { $0.challengeID == id }.max { left, right in
      (left.isMet ? 1 : 0, reserve(of: left)) < (right.isMet ? 1 : 0, reserve(of: right))
    }
  }

  /// How much better than its budgets an attempt is, as a sum of logarithms of ratios; a budget that
  /// is missed weighs tenfold.
  private func reserve(of attempt: ChallengeAttempt) -> Double {
    budgets.map { budget -> Double in
      let ratio: Double
      switch budget {
      case .bytes(let limit): ratio = Double(limit) / Double(max(1, attempt.bytes))
      case .accuracy(let share):
        ratio = (1 - share + 1e-3) / (1 - attempt.accuracy + 1e-3)
      case .speedup: return attempt.latency.map { -$0 / 1000 } ?? 0
      }
      let gain = log(ratio)
      return gain < 0 ? 10 * gain : gain
    }.reduce(0, +)
  }
}
