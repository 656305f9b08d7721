/// What the learner keeps beside the lab while the program runs: a pinned recipe, and every recipe that
/// was measured.
///
/// It belongs to one network; another network starts with an empty one.
package struct LabWorkbench: Sendable {
  /// The pinned recipe with its measurement, if there is one.
  package private(set) var pin: Measurement?
  /// The recipes measured so far.
  package private(set) var visited = VisitedRecipes()
  /// The files that were opened last in place of the built-in ones.
  package private(set) var lastFiles = LaboratorySource.builtIn
  private var source = LaboratorySource.builtIn

  /// Makes an empty workbench.
  package init() {}

  /// Starts anew if the network or the images are others than before.
  package mutating func begin(with source: LaboratorySource) {
    guard source != self.source else { return }
    let files = source.isBuiltIn ? lastFiles : source
    self = LabWorkbench()
    self.source = source
    lastFiles = files
  }

  /// Takes in an exact measurement, which may be known already without its bytes or its latency.
  package mutating func note(_ measurement: Measurement) {
    if pin?.recipe == measurement.recipe { pin = measurement }
    visited.add(measurement)
  }

  /// Pins a measured recipe.
  package mutating func fix(_ measurement: Measurement) { pin = measurement }

  /// Removes the pin.
  package mutating func removePin() { pin = nil }
}
