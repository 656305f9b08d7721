import Compression
import Curriculum
import Lab

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

  /// Begins the runs and shows their panel, or ends those that are under way.
  mutating func toggleSeeds(_ context: TutorContext) -> [TutorEffect] {
    if let runs = seedRuns, runs.isRunning {
      seeds?.isRunning = false
      return [.cancel(.seeds)]
    }
    guard measurement != nil, !prediction.isOpen else { return [] }
    guard !SeedComparison(of: recipe).isItsOwnControl else {
      return show(.plot(.seeds), context)
    }
    seeds = nil
    // The runs asked for here are not asked for again by their panel.
    served.insert(.plot(.seeds))
    return show(.plot(.seeds), context) + [.ask(.compareSeeds(of: recipe))]
  }
}
