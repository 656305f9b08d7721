package import Compression

/// A recipe and its control, each run with several seeds.
package struct SeedComparison: Sendable, Hashable {
  /// The recipe.
  package let recipe: Recipe
  /// The runs so far: for each seed the control, then the recipe.
  package internal(set) var runs: [SeedRun] = []
  /// The recipe against its control, for each seed of which both runs are done.
  package internal(set) var pairs: [PairedComparison] = []

  /// The seeds that are run.
  package static let seeds = [1, 2, 3]

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
  package var isComplete: Bool { pairs.count == Self.seeds.count }

  /// The verdict; nil until all runs are done.
  package var verdict: SeedVerdict? {
    guard isComplete else { return nil }
    return SeedVerdict(
      recipe: accuracies(isControl: false), control: accuracies(isControl: true),
      pairs: pairs)
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
    recipe: [Double], control: [Double], pairs: [PairedComparison]
  ) {
    precondition(
      !pairs.isEmpty && recipe.count == pairs.count
        && control.count == pairs.count, "Every seed has a run of each and their count.")
    difference = Self.mean(recipe) - Self.mean(control)
    let runs = Double(recipe.count)
    let training =
      Self.t * ((Self.variance(recipe) + Self.variance(control)) / runs).squareRoot()
    let gained = Double(pairs.reduce(0) { $0 + $1.gained }) / runs
    let lost = Double(pairs.reduce(0) { $0 + $1.lost }) / runs
    let images = Double(pairs[0].images)
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
