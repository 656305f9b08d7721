package import Compression
package import Lab
package import NeuralNetwork

/// A look into a compressed network that a screen asks for.
///
/// A request takes the place of an earlier one of the same kind; what comes back names the request, so
/// that a screen can tell what it waits for from what it left.
package enum Examination: Sendable, Hashable {
  /// One test image, with all outputs of all layers.
  case image(Recipe, image: Int)
  /// The sums of all layers over the first test images.
  case sums(Recipe, images: Int)
  /// What somebody sees of a network in which something may be wrong.
  case report(Recipe)
  /// One measurement on such a network.
  case probe(FaultProbe, Recipe)

  /// What is looked at; one request of a kind runs at a time.
  enum Kind: Sendable, Hashable, CaseIterable {
    case image, sums, report, probe
  }

  /// What is looked at.
  var kind: Kind {
    switch self {
    case .image: .image
    case .sums: .sums
    case .report: .report
    case .probe: .probe
    }
  }
}

/// What a look into a network gave.
package enum ExaminationResult: Sendable {
  /// One test image.
  case image(ImageInspection)
  /// The sums so far; comes again until all images were run.
  case sums(AccumulatorSurvey)
  /// The share of the fine-tuning that is done.
  case training(Double)
  /// What somebody sees of a network.
  case report(FaultReport)
  /// One measurement.
  case probe(ProbeReading)
  /// The network could not be looked into, for this reason.
  case failed(String)
}
