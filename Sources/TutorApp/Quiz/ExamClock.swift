/// The time that an exam has taken, by a clock that may be set while it runs.
///
/// Only time that goes forward counts, and none while the program is not running.
struct ExamClock: Sendable, Hashable {
  /// The seconds that have passed.
  private(set) var elapsed: Double
  private var last: Double

  /// Starts or goes on at a time in seconds since 1970.
  init(elapsed: Double = 0, now: Double) {
    self.elapsed = max(0, elapsed)
    last = now
  }

  /// Counts the time up to now.
  mutating func advance(to now: Double) {
    elapsed += max(0, now - last)
    last = now
  }

  /// Seconds as minutes and seconds; a second that has begun counts whole.
  static func text(_ seconds: Double) -> String {
    let whole = Int(max(0, seconds).rounded(.up))
    let rest = whole % 60
    return "\(whole / 60):\(rest < 10 ? "0" : "")\(rest)"
  }
}
