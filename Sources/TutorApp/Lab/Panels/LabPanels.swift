/// All panels of the lab's lower part.
package enum LabPanels {
  /// Every panel, in the order in which they are paged through.
  static let all: [any LabPanel] = [
    AttemptsPanel(),
    HistogramPanel(),
    CurvePanel(),
    BytesPanel(),
    CrossingsPanel(),
    LatencyPanel(),
    ParetoPanel(),
    ConfusionPanel(),
    MaskPanel(),
    FiltersPanel(),
    FeaturesPanel(),
    FlipsPanel(),
    SignalToNoisePanel(),
    SensitivityPanel(),
    TrainingPanel(),
    LayersPanel(),
    SeedsPanel(),
    ComparisonPanel(),
  ]

  /// The names of the plots that an experiment can ask for; attempts belong to challenges.
  package static let plots = all.map(\.name).filter { $0 != AttemptsPanel().name }

  /// The panels in the order in which a lab shows them.
  ///
  /// - Parameters:
  ///   - plots: What the experiment names; empty for the usual ones.
  ///   - isChallenge: Whether there are attempts to show.
  static func order(plots: [String], isChallenge: Bool) -> [any LabPanel] {
    let usual = isChallenge ? [AttemptsPanel().name, "curve"] : ["histogram", "curve"]
    let first = plots.isEmpty ? usual : plots
    let rest = (isChallenge ? all.map(\.name) : Self.plots).filter { !first.contains($0) }
    return (first + rest).compactMap(panel)
  }

  /// The panel of a name.
  static func panel(_ name: String) -> (any LabPanel)? { all.first { $0.name == name } }
}
