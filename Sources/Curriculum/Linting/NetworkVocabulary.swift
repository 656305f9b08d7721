/// The words of a lesson that name parts, measures and plots of the network.
package struct NetworkVocabulary: Sendable, Hashable {
  /// The kernels of the network, such as `dense/kernel`.
  package var kernels: [String]
  /// The quantities that can be claimed, as messages list them: `KERNEL` stands for any kernel.
  package var claimable: [String]
  /// The quantities that can be guessed but not claimed, since they are the learner's processor's.
  package var guessable: [String]

  /// The plots that the lab can show.
  package var plots: [String]

  /// Makes a vocabulary.
  package init(kernels: [String], claimable: [String], guessable: [String], plots: [String]) {
    self.kernels = kernels
    self.claimable = claimable
    self.guessable = guessable
    self.plots = plots
  }

  /// What is wrong with a name, or nil when it is known.
  func complaint(about use: NetworkUse) -> String? {
    switch use.kind {
    case .layer:
      return kernels.contains(use.name)
        ? nil
        : "unknown layer “\(use.name)”; allowed are \(kernels.joined(separator: ", "))"
    case .plot:
      return plots.contains(use.name)
        ? nil : "unknown plot “\(use.name)”; allowed are \(plots.joined(separator: ", "))"
    case .claim, .guess:
      if use.kind == .guess, guessable.contains(use.name) { return nil }
      return isClaimable(use.name)
        ? nil
        : "unknown quantity “\(use.name)”; allowed are \(claimable.joined(separator: ", "))"
    }
  }

  private func isClaimable(_ name: String) -> Bool {
    let parts = name.split(separator: "@", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2 else { return claimable.contains(name) }
    return claimable.contains("\(parts[0])@KERNEL") && kernels.contains(String(parts[1]))
  }
}
