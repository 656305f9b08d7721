/// How far the runs of a recipe with several seeds are.
package struct SeedRuns: Sendable, Hashable {
  /// What was found so far.
  package var comparison: SeedComparison
  /// The share of the next run's training that is done.
  package var share: Double
  /// Whether runs are still to come and under way.
  package var isRunning: Bool

  /// Makes a state.
  package init(comparison: SeedComparison, share: Double = 0, isRunning: Bool = true) {
    self.comparison = comparison
    self.share = share
    self.isRunning = isRunning
  }
}
