package import Compression
package import Lab

/// What measures recipes for the tutor, on threads of its own.
///
/// All results come back as `LaboratoryNews`; a request takes the place of the one before it.
package protocol LaboratoryService: AnyObject {
  /// Reads data and network in the background; may be called once.
  func load()

  /// Measures a recipe: an estimate first, then the exact figures, then its latency beside
  /// the uncompressed network's.
  func measure(_ recipe: Recipe, generation: Int)

  /// Measures the accuracy along a key, point after point, without disturbing `measure`.
  func sweep(key: String, recipe: Recipe, generation: Int)

  /// Measures a recipe with one layer rounded at a time, to every bit-width, in place of a sweep.
  func scanLayers(of recipe: Recipe, generation: Int)

  /// Looks into a compressed network, in place of the request of the same kind before.
  func examine(_ examination: Examination)

  /// Runs a recipe and its control with several seeds, one after another.
  func compareSeeds(of recipe: Recipe, generation: Int)

  /// Ends the runs with several seeds.
  func cancelSeeds()
  /// Draws pictures of a recipe, one after another, in place of those asked for before.
  func draw(_ pictures: [LabPicture.Request], of recipe: Recipe, generation: Int)

  /// Writes a recipe in every format at some values of a key, in place of what was written before.
  func weigh(key: String, values: [String], recipe: Recipe, generation: Int)
  /// Reads another network or other images in the background; what is there stays if that fails.
  func open(_ source: LaboratorySource)
  /// Ends the training that goes on, if one does; what it has learnt is measured and reported.
  func endTraining()

  /// Stops whatever is being measured.
  func cancel()
}

extension LaboratoryService {
  /// Does nothing, for a laboratory that has one network only.
  package func open(_ source: LaboratorySource) {}
}
