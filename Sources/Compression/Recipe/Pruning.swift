/// Which weights become zero.
package struct Pruning: Sendable, Hashable, Codable {
  /// Makes the pruning that removes nothing.
  package init() {}
}
