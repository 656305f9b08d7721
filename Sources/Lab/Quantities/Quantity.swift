import Foundation
package import Localization

/// A number that a measurement gives, with all that is said of it: its name in lessons, its unit, which
/// way is better, how it is read from a measurement, typed and written.
///
/// Claims, guesses, measured quiz items, challenges and plots speak of the same quantities. Each is one
/// row of `table`.
package struct Quantity: Sendable, Hashable {
  private let index: Int
  /// What it is measured of, such as `csr16` or `dense/kernel`; empty for the whole network.
  package let subject: String

  var row: Row { Self.table[index] }

  /// All quantities, in the order of the table.
  package static let all = table.indices.flatMap { index in
    table[index].domain.subjects.map { Quantity(index: index, subject: $0) }
  }

  private static let named = Dictionary(uniqueKeysWithValues: all.map { ($0.name, $0) })

  private init(index: Int, subject: String) {
    self.index = index
    self.subject = subject
  }

  /// The quantity of that name.
  package init(_ name: String) throws(LabError) {
    guard let known = Self.named[name] else {
      let words = name.split(separator: "@", maxSplits: 1, omittingEmptySubsequences: false)
      let kernels = Domain.layers.subjects
      if words.count == 2, case let kernel = String(words[1]), !kernels.contains(kernel) {
        throw .unknownKernel(kernel, available: kernels)
      }
      throw .unknownQuantity(name)
    }
    self = known
  }

  /// The share of the test images classified right: how good a network is.
  package static let accuracy = quality

  /// The name as lessons write it: `accuracy`, `bytes.csr16`, `sqnr@dense/kernel`.
  package var name: String { row.domain.name(row.name, of: subject) }
  /// What it is called.
  package var title: Phrase { row.title(subject) }
  /// How it is counted.
  package var unit: QuantityUnit { row.unit }
  /// Which of two values is the better one.
  package var direction: Direction { row.direction }
  /// Whether it says how good a network is; only such guesses can be compared with one another.
  package var isQuality: Bool { self == Self.quality }
  /// Whether it is the same on every processor, so that a lesson can claim it.
  package var isReproducible: Bool { row.reading.isReproducible }

  /// The value that a measurement gives; nil where what it needs was not measured.
  package func value(in measurement: Measurement) -> Double? {
    switch row.reading {
    case .evaluation(let read): read(measurement.evaluation)
    case .weights(let read), .files(let read): read(measurement.size, subject)
    case .time(let read): read(measurement, subject)
    }
  }

  /// Which of two values of a quantity is the better one.
  package enum Direction: Sendable {
    /// The higher one.
    case higherIsBetter
    /// The lower one.
    case lowerIsBetter
  }

  /// How much better than a limit a value is: the logarithm of the ratio of the two, of what is missing
  /// to 1 where a share shall be high.
  ///
  /// A value that is worse weighs tenfold, so that no surplus elsewhere makes up for it.
  package func reserve(of value: Double, against limit: Double) -> Double {
    let ratio =
      switch (direction, unit) {
      // A thousandth more on both sides, so that nothing missing is not infinitely good.
      case (.higherIsBetter, .share): (1 - limit + 1e-3) / (1 - value + 1e-3)
      case (.higherIsBetter, _): value / limit
      case (.lowerIsBetter, _): limit / max(1, value)
      }
    let gain = log(ratio)
    return gain < 0 ? 10 * gain : gain
  }
}
