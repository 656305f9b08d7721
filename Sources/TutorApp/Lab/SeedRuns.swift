import Compression
import Curriculum
package import Lab

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

extension LabScreen {
  /// The runs, if they are of the recipe as it stands.
  var seedRuns: SeedRuns? {
    seeds.flatMap { $0.comparison.recipe == recipe ? $0 : nil }
  }

  /// Whether the panel may begin the runs by itself: nothing has to be trained or optimised.
  var runsSeedsByItself: Bool {
    !takesSeconds && seedRuns?.comparison.isComplete != true
      && !SeedComparison(of: recipe).isItsOwnControl
  }

  /// Whether the learner stopped the runs, so that news of them comes too late.
  var areSeedsStopped: Bool {
    seedRuns.map { !$0.isRunning && !$0.comparison.isComplete } ?? false
  }

  /// Begins the runs and shows their panel, or ends those that are under way.
  mutating func toggleSeeds(_ context: TutorContext) -> [TutorEffect] {
    if let runs = seedRuns, runs.isRunning {
      seeds?.isRunning = false
      return [.cancelSeeds]
    }
    guard measurement != nil, !prediction.isOpen else { return [] }
    guard !SeedComparison(of: recipe).isItsOwnControl else {
      return show(.plot(.seeds), context)
    }
    seeds = nil
    // The runs asked for here are not asked for again by their panel.
    served.insert(.plot(.seeds))
    return show(.plot(.seeds), context) + [.compareSeeds(recipe, generation: generation)]
  }
}
