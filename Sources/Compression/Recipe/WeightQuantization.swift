/// How weights are rounded.
package struct WeightQuantization: Sendable, Hashable, Codable {
  /// Makes the quantization that changes nothing.
  package init() {}
}
