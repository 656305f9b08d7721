import Compression

/// The weights of the recipe's kernels as histograms, and which kernel is looked at.
package struct KernelHistograms: Sendable {
  /// The kernel that is looked at.
  package internal(set) var shown: String
  /// Whether the histograms are those of the recipe as it stands; else they are of the one before.
  package internal(set) var isCurrent = true
  private var byName: [String: WeightHistogram] = [:]

  /// Makes the state of a network that nothing was drawn of.
  package init(showing kernel: String) { shown = kernel }

  /// The histogram of the kernel that is looked at.
  package var histogram: WeightHistogram? { byName[shown] }

  /// The kernels that can be looked at, in file order.
  package var names: [String] {
    byName.isEmpty
      ? Recipe.layerNames.map { "\($0)/kernel" }
      : Recipe.kernelNames.filter(byName.keys.contains)
  }

  /// Takes in the histograms of the recipe as it stands.
  mutating func add(_ histograms: [String: WeightHistogram]) {
    byName = histograms
    isCurrent = true
    // A recipe may replace the layer that was looked at by others.
    if byName[shown] == nil, let first = names.first { shown = first }
  }

  /// Forgets the histograms of a network that was left.
  mutating func forget() { byName = [:] }

  /// Looks at the next kernel.
  mutating func showNext() {
    let names = names
    guard !names.isEmpty else { return }
    shown = names[((names.firstIndex(of: shown) ?? 0) + 1) % names.count]
  }
}
