import Curriculum

/// All panels of the lab's lower part.
enum LabPanels {
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

  /// The panels in the order in which a lab shows them.
  ///
  /// - Parameters:
  ///   - plots: What the experiment names; empty for the usual ones.
  ///   - isChallenge: Whether there are attempts to show.
  static func order(plots: [PlotKind], isChallenge: Bool) -> [any LabPanel] {
    let usual = isChallenge ? [AttemptsPanel().name, "curve"] : ["histogram", "curve"]
    let first = plots.isEmpty ? usual : plots.map(\.rawValue)
    let rest = all.map(\.name).filter { name in
      !first.contains(name) && (isChallenge || name != AttemptsPanel().name)
    }
    return (first + rest).compactMap(panel)
  }

  /// The panel of a name.
  static func panel(_ name: String) -> (any LabPanel)? { all.first { $0.name == name } }
}
