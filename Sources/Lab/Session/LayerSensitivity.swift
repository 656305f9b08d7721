package import Compression

/// How sensitive each layer is to being rounded alone: accuracy against its bits.
///
/// The other layers are as the recipe leaves them, unrounded. Source: Han, Pool, Tran and Dally 2015,
/// figure 6, where layers are pruned one at a time.
package struct LayerSensitivity: Sendable, Hashable {
  /// The recipe that the points vary; nil before the first.
  package private(set) var base: Recipe?
  /// The layers in file order.
  package private(set) var layers: [String] = []
  private var points: [String: [Int: CurvePoint]] = [:]

  /// Makes a comparison without points.
  package init() {}

  /// The bit-widths, from the widest, whose loss is small, to the narrowest.
  package static let bits = Array((1...8).reversed())

  /// Forgets the points of another recipe.
  package mutating func begin(with recipe: Recipe) {
    guard base != recipe else { return }
    self = LayerSensitivity()
    base = recipe
  }

  /// Adds a point; an exact one is never replaced by an estimate.
  package mutating func add(_ point: CurvePoint, layer: String, bits: Int) {
    if !layers.contains(layer) { layers.append(layer) }
    if let known = points[layer]?[bits], known.isExact, !point.isExact { return }
    points[layer, default: [:]][bits] = point
  }

  /// The accuracy of a layer at a bit-width, if it was measured.
  package func point(layer: String, bits: Int) -> CurvePoint? { points[layer]?[bits] }
}
