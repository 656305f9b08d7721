package import Compression

/// What measures recipes for the tutor, on threads of its own.
///
/// All results come back as `LaboratoryNews`; a request takes the place of the one before it.
package protocol LaboratoryService: AnyObject {
  /// Reads data and network in the background; may be called once.
  func load()

  /// Measures a recipe: an estimate first, then the exact figures, then its latency, and that of the
  /// uncompressed network if it is asked for.
  func measure(_ recipe: Recipe, generation: Int, timesBaseline: Bool)

  /// Measures the accuracy along a key, point after point, without disturbing `measure`.
  func sweep(key: String, recipe: Recipe, generation: Int)

  /// Measures a recipe with one layer rounded at a time, to every bit-width, in place of a sweep.
  func scanLayers(of recipe: Recipe, generation: Int)

  /// Runs a recipe and its control with several seeds, one after another.
  func compareSeeds(of recipe: Recipe, generation: Int)

  /// Ends the runs with several seeds.
  func cancelSeeds()

  /// Stops whatever is being measured.
  func cancel()
}
