/// Times work: once to warm up, then at least five times.
struct BenchClock {
  /// How often work is timed.
  let runs: Int

  /// The seconds of each run.
  func times(_ work: () throws -> Void) rethrows -> [Double] {
    try work()
    return try (0..<runs).map { _ in try seconds(work) }
  }

  /// The seconds of some work.
  func seconds(_ work: () throws -> Void) rethrows -> Double {
    try ContinuousClock().measure(work) / .seconds(1)
  }
}

extension [Double] {
  /// The median; of an even number of values the mean of the middle two.
  var median: Double {
    let ordered = sorted()
    guard let last = ordered.last else { return .nan }
    let middle = count / 2
    return count % 2 == 1
      ? ordered[middle] : (ordered[middle - 1] + (count > 1 ? ordered[middle] : last)) / 2
  }
}
