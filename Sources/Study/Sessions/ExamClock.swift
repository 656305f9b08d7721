/// The time that an exam has taken, by a clock that may be set while it runs.
///
/// Only time that goes forward counts, and none while the program is not running.
package struct ExamClock: Sendable, Hashable {
  /// The seconds that have passed.
  package private(set) var elapsed: Double
  private var last: Double

  /// Starts or goes on at a time in seconds since 1970.
  package init(elapsed: Double = 0, now: Double) {
    self.elapsed = max(0, elapsed)
    last = now
  }

  /// Counts the time up to now.
  package mutating func advance(to now: Double) {
    elapsed += max(0, now - last)
    last = now
  }
}
