/// A kind of work of the laboratory.
///
/// Of one asker, new work takes the place of what its slot had.
package enum LabSlot: Int, Sendable, Hashable, CaseIterable {
  /// The figures of a recipe.
  case measurement
  /// What pictures are drawn of.
  case pictures
  /// The curve along a knob.
  case curve
  /// The curves of the layers.
  case layers
  /// The curves of the storage formats.
  case crossings
  /// Runs with other seeds.
  case seeds
  /// One image through the integer network.
  case inspection
  /// The sums of the integer network over many images.
  case survey
  /// What a colleague reports of a network.
  case report
  /// One measurement on a network in which something may be wrong.
  case probe
  /// Another network or other images.
  case files

  /// The slots whose work ends when new work comes for this one, or when it is cancelled.
  ///
  /// What is measured beside a recipe belongs to that recipe, so that it ends with its measurement.
  package var ended: [LabSlot] {
    self == .measurement
      ? [.measurement, .pictures, .curve, .layers, .crossings, .seeds] : [self]
  }

  /// Whether the work goes on when its asker is gone: files are opened for everybody.
  package var outlivesAsker: Bool { self == .files }
}
