package import Compression

/// What can be asked of the laboratory.
package enum LabRequest: Sendable, Hashable {
  /// The figures of a recipe: an estimate first, then the exact accuracy, then the bytes, then the
  /// latency beside the uncompressed network's.
  case measure(Recipe)
  /// Pictures of a recipe, one after another.
  case draw([PictureRequest], of: Recipe)
  /// The accuracy along a key while the recipe's other settings stay, one value after another.
  case sweep(key: String, through: Recipe)
  /// The accuracy of a recipe with one layer rounded at a time, to every bit-width.
  case scanLayers(of: Recipe)
  /// The bytes of every format at some values of a key.
  case weigh(key: String, values: [String], through: Recipe)
  /// A recipe and its control with several seeds, one run after another.
  case compareSeeds(of: Recipe)
  /// One test image through the integer network, with all outputs of all layers.
  case inspect(Recipe, image: Int)
  /// The sums of the integer network's layers over the first test images.
  case survey(Recipe, images: Int)
  /// What somebody sees of a network in which something may be wrong.
  case report(Recipe)
  /// One measurement on such a network.
  case probe(FaultProbe, Recipe)
  /// Another network or other images in place of those that are there, which stay if that fails.
  case open(LaboratorySource)

  /// The kind of work that the request is.
  package var slot: LabSlot {
    switch self {
    case .measure: .measurement
    case .draw: .pictures
    case .sweep: .curve
    case .scanLayers: .layers
    case .weigh: .crossings
    case .compareSeeds: .seeds
    case .inspect: .inspection
    case .survey: .survey
    case .report: .report
    case .probe: .probe
    case .open: .files
    }
  }
}
