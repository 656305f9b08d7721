/// How activations are rounded.
package struct ActivationQuantization: Sendable, Hashable, Codable {
  /// Makes the quantization that changes nothing.
  package init() {}
}
