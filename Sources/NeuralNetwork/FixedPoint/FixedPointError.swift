/// Why a network does not run in integers alone.
package enum FixedPointError: Error, Hashable, Sendable, CustomStringConvertible {
  /// A layer's weights are not codes of at most 8 bits with one scale for a tensor or channel.
  case missingCodes(layer: String)
  /// The values at a site are not rounded to at most 256 levels.
  case missingGrid(site: String)
  /// A layer in the middle without ReLU, or a last one with it.
  case unsupportedActivation(layer: String)
  /// A layer that has to be folded into another first.
  case unsupportedLayer(String)
  /// Sums or a bias that 32 bits may not hold.
  case tooLarge(layer: String)
  /// There is no layer with weights of that name.
  case unknownLayer(String, available: [String])
  /// The output has no such place.
  case noSuchOutput([Int], shape: [Int])

  /// One line that says what is wrong and what is allowed.
  package var description: String {
    switch self {
    case .missingCodes(let layer):
      "the integer network needs uniform weights of 1 … 8 bits, with a scale for a tensor or "
        + "channel, in every layer; \(layer) has others"
    case .missingGrid(let site):
      "the integer network needs activations of 2 … 8 bits; \(site) has others"
    case .unsupportedActivation(let layer):
      "the integer network takes ReLU behind every layer but the last; \(layer) is otherwise"
    case .unsupportedLayer(let layer):
      "the integer network does not run \(layer); fold normalizations into the layer before"
    case .tooLarge(let layer):
      "the sums of \(layer) may not fit in 32 bits"
    case .unknownLayer(let name, let available):
      "the layer must be one of \(available.joined(separator: ", ")), not \(name.prefix(40))"
    case .noSuchOutput(let index, let shape):
      "the output must be \(shape.count == 1 ? "one number" : "\(shape.count) numbers") below "
        + shape.map(String.init).joined(separator: ",") + ", not "
        + (index.isEmpty ? "empty" : index.map(String.init).joined(separator: ","))
    }
  }
}
