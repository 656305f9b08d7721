package import Compression

/// A recipe and its control, each run with several seeds.
package struct SeedComparison: Sendable, Hashable {
  /// The recipe.
  package let recipe: Recipe
  /// The runs so far: for each seed the control, then the recipe.
  package internal(set) var runs: [SeedRun] = []
  /// For each seed of which both runs are done, on how many images only one of the two is right.
  package internal(set) var disagreements: [Disagreement] = []

  /// The seeds that are run.
  package static let seeds = [1, 2, 3]

  /// Images that only one of two networks has right.
  package struct Disagreement: Sendable, Hashable {
    /// Only the recipe's network has so many right.
    package let gained: Int
    /// Only the control's network has so many right.
    package let lost: Int
    /// So many were looked at.
    package let images: Int

    /// Makes a count.
    package init(gained: Int, lost: Int, images: Int) {
      self.gained = gained
      self.lost = lost
      self.images = images
    }
  }

  /// Makes a comparison without runs.
  package init(of recipe: Recipe) { self.recipe = recipe }

  /// What the recipe is compared with: the same fine-tuning without compression, or without
  /// fine-tuning the network as it is.
  package var control: Recipe {
    var control = Recipe()
    guard recipe.finetune.epochs > 0 else { return control }
    control.finetune = recipe.finetune
    control.finetune.mode = .float
    control.finetune.schedule = .constant
    return control
  }

  /// Whether the recipe compresses nothing, so that its control is the same.
  package var isItsOwnControl: Bool {
    var seeded = control
    seeded.seed = recipe.seed
    return seeded.canonical == recipe.canonical
  }

  /// The accuracies of the recipe's runs, or of its control's.
  package func accuracies(isControl: Bool) -> [Double] {
    runs.filter { $0.isControl == isControl }.map(\.accuracy)
  }

  /// Whether all runs are done.
  package var isComplete: Bool { disagreements.count == Self.seeds.count }

  /// The verdict; nil until all runs are done.
  package var verdict: SeedVerdict? {
    guard isComplete else { return nil }
    return SeedVerdict(
      recipe: accuracies(isControl: false), control: accuracies(isControl: true),
      disagreements: disagreements)
  }
}

/// One network of a comparison.
package struct SeedRun: Sendable, Hashable {
  /// The seed.
  package let seed: Int
  /// Whether it is the control.
  package let isControl: Bool
  /// The share of the test images that it has right.
  package let accuracy: Double

  /// Makes a run.
  package init(seed: Int, isControl: Bool, accuracy: Double) {
    self.seed = seed
    self.isControl = isControl
    self.accuracy = accuracy
  }
}

/// Whether a recipe differs from its control by more than chance.
package struct SeedVerdict: Sendable, Hashable {
  /// The mean accuracy of the recipe's runs minus that of the control's.
  package let difference: Double
  /// Half the width of the band that covers the true difference 95 times of 100.
  package let noise: Double

  /// Whether the difference is beyond the noise.
  package var isSignificant: Bool { difference.magnitude > noise }

  /// The 97.5th percentile of Student's t with 4 degrees of freedom: two groups of three runs.
  private static let t = 2.776_445

  /// Compares three runs of a recipe with three of its control.
  ///
  /// Two sources of chance are added as independent ones, noise = √(a² + b²). Training: with the
  /// unbiased variances s₁² and s₂² of the three runs, a = t·√((s₁² + s₂²)/3), the band of a difference of
  /// means (Student 1908), which is 0 where no seed changes anything. The choice of test images:
  /// b = 1.96·√((g + l) − (g − l)²/n)/n, the band of a paired difference of shares (McNemar 1947), where of
  /// n images only the recipe has g right and only the control l, in the mean over the seeds.
  package init(
    recipe: [Double], control: [Double], disagreements: [SeedComparison.Disagreement]
  ) {
    precondition(
      !disagreements.isEmpty && recipe.count == disagreements.count
        && control.count == disagreements.count, "Every seed has a run of each and their count.")
    difference = Self.mean(recipe) - Self.mean(control)
    let runs = Double(recipe.count)
    let training =
      Self.t * ((Self.variance(recipe) + Self.variance(control)) / runs).squareRoot()
    let gained = Double(disagreements.reduce(0) { $0 + $1.gained }) / runs
    let lost = Double(disagreements.reduce(0) { $0 + $1.lost }) / runs
    let images = Double(disagreements[0].images)
    let spread = (gained + lost) - (gained - lost) * (gained - lost) / images
    let sampling = 1.96 * max(0, spread).squareRoot() / images
    noise = (training * training + sampling * sampling).squareRoot()
  }

  /// The mean of some numbers; 0 without any.
  package static func mean(_ values: [Double]) -> Double {
    values.isEmpty ? 0 : values.reduce(0, +) / Double(values.count)
  }

  /// The unbiased variance of some numbers; 0 for fewer than two.
  package static func variance(_ values: [Double]) -> Double {
    guard values.count > 1 else { return 0 }
    let mean = mean(values)
    return values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count - 1)
  }
}
