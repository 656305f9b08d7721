package import Compression
package import Lab
package import Localization

/// What the laboratory reports to the screens.
package enum LaboratoryNews: Sendable {
  /// The network can, or cannot, be measured from now on.
  case status(LaboratoryStatus)
  /// A recipe was measured on a part of the test set.
  case estimated(Estimate, generation: Int)
  /// A recipe was measured on all of the test set; comes again with its bytes and its latency.
  case measured(Measurement, generation: Int)
  /// The weights of a recipe's kernels, by the kernel's name.
  case histograms([String: WeightHistogram], generation: Int)
  /// A point of a curve.
  case swept(
    key: String, value: String, accuracy: Double, isExact: Bool, band: AccuracyBand? = nil,
    generation: Int)
  /// A picture of a recipe that was asked for.
  case drawn(LabPicture, generation: Int)
  /// The bytes of every format at a value of a key.
  case weighed(key: String, value: String, bytes: [StorageFormat: Int], generation: Int)
  /// A point of the comparison of layers: one layer alone is rounded.
  case scanned(layer: String, bits: Int, CurvePoint, generation: Int)
  /// A look into a compressed network, with the request that it answers.
  case examined(Examination, ExaminationResult)
  /// How far the runs with several seeds are.
  case seeded(SeedRuns, generation: Int)
  /// Files could not be opened; what was there before stays.
  case filesRefused(Phrase)
  /// How far a sweep in the background is.
  case sweepProgress(SweepProgress, of: BackgroundRunner.Slot, generation: Int)
  /// How the training of a recipe goes.
  case training(TrainingCurve, generation: Int)
  /// What a training that was ended early had learnt; comes again with its bytes.
  case stopped(StoppedTraining, generation: Int)
  /// A recipe could not be measured.
  case refused(String, generation: Int)
}

/// A point of a curve of accuracy.
package struct CurvePoint: Sendable, Hashable {
  /// The share of test images that are classified right.
  package var accuracy: Double
  /// Whether all test images were used.
  package var isExact: Bool
  /// How sure it is: of an exact figure for other images like these (Wilson), of an estimate for the
  /// whole test set; nil where it was not told.
  package var band: AccuracyBand?
}

/// The accuracy along one knob while all others stay.
struct Curve: Sendable, Hashable {
  /// The knob's key.
  var key: String
  /// The recipe without what the key says.
  var rest: Recipe
  /// The points measured so far, by the knob's value.
  var points: [String: CurvePoint] = [:]

  /// A curve without points along a key through a recipe.
  init(along key: RecipeKey, through recipe: Recipe) {
    self.key = key.name
    rest = Self.rest(of: recipe, without: key)
  }

  /// Whether a recipe lies on the curve.
  func contains(_ recipe: Recipe) -> Bool {
    guard let key = RecipeKey.named(key) else { return false }
    return Self.rest(of: recipe, without: key) == rest
  }

  /// Adds a point; an exact one is never replaced by an estimate.
  mutating func add(_ point: CurvePoint, at value: String) {
    if let known = points[value], known.isExact, !point.isExact { return }
    points[value] = point
  }

  private static func rest(of recipe: Recipe, without key: RecipeKey) -> Recipe {
    var rest = recipe
    _ = key.write(&rest, key.defaultValue)
    return rest
  }
}
