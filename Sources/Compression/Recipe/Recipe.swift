/// How to compress a network: one immutable value that every panel, claim and command speaks.
///
/// The default recipe changes nothing.
package struct Recipe: Sendable, Hashable, Codable {
  /// Which weights become zero, or leave.
  package var prune = Pruning()
  /// How the remaining weights are rounded.
  package var weights = WeightQuantization()
  /// How the values between the layers are rounded.
  package var activations = ActivationQuantization()

  /// Makes the recipe that changes nothing.
  package init() {}
}
