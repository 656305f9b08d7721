import Curriculum
import Lab
import TerminalCanvas

extension LabScreen {
  /// The panels on their pages.
  func pages(in layout: LabLayout) -> LabPages {
    LabPages(LabPanel.order(plots: plots, isChallenge: attempt != nil), in: layout.lower)
  }

  /// The panels that are shown.
  func visiblePanels(in layout: LabLayout) -> [LabPanel] {
    showsText && !layout.hasSidePane ? [] : pages(in: layout).page(page).map(\.panel)
  }

  /// What the visible panels need beyond the measurement and was not asked for since.
  mutating func panelRequests(_ context: TutorContext) -> [TutorEffect] {
    guard measurement != nil, !prediction.isOpen else { return [] }
    let layout = LabLayout(area: context.screenArea, knobCount: knobs.count)
    var effects: [TutorEffect] = []
    for panel in visiblePanels(in: layout) where served.insert(panel).inserted {
      effects += requests(for: panel)
    }
    return effects + pictureRequests(context)
  }

  private func requests(for panel: LabPanel) -> [TutorEffect] {
    switch panel {
    case .plot(.curve) where sweepsByItself:
      [.ask(.sweep(key: curve.key, through: recipe))]
    case .plot(.sensitivity) where !takesSeconds:
      [.ask(.scanLayers(of: recipe))]
    case .plot(.seeds) where runsSeedsByItself:
      [.ask(.compareSeeds(of: recipe))]
    case .plot(.crossings): weighing(asked: false)
    default: []
    }
  }

  /// Shows another page of panels.
  mutating func turnPage(by step: Int, _ context: TutorContext) -> [TutorEffect] {
    let layout = LabLayout(area: context.screenArea, knobCount: knobs.count)
    if showsText, !layout.hasSidePane {
      showsText = false
    } else {
      let count = pages(in: layout).pages.count
      // A page beyond the end, after the window grew, counts as the last one.
      page = (min(page, count - 1) + step + count) % count
    }
    return panelRequests(context)
  }

  /// Shows the page of a panel.
  mutating func show(_ panel: LabPanel, _ context: TutorContext) -> [TutorEffect] {
    let layout = LabLayout(area: context.screenArea, knobCount: knobs.count)
    guard let number = pages(in: layout).number(of: panel) else { return [] }
    showsText = false
    page = number
    return panelRequests(context)
  }
}
