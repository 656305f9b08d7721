import Curriculum

/// A panel of the lab's lower part.
enum LabPanel: Sendable, Hashable {
  /// A plot that experiments can name.
  case plot(PlotKind)
  /// The attempts at a challenge.
  case attempts

  /// The columns of a page that the panel takes where there are that many.
  var span: Int {
    switch self {
    case .plot(.flips), .plot(.layers), .plot(.features), .plot(.compare): 2
    default: 1
    }
  }

  /// The panels in the order in which they are paged through.
  ///
  /// - Parameters:
  ///   - plots: What the experiment names; empty for the usual ones.
  ///   - isChallenge: Whether there are attempts to show.
  static func order(plots: [PlotKind], isChallenge: Bool) -> [LabPanel] {
    let first = plots.isEmpty ? [PlotKind.histogram, .curve] : plots
    let rest = PlotKind.allCases.filter { !first.contains($0) }
    let all = (first + rest).map(LabPanel.plot)
    guard isChallenge else { return all }
    return [.attempts, .plot(.curve)] + all.filter { $0 != .plot(.curve) }
  }
}
