import Compression
import Curriculum
import Lab
import Localization
import Study
import TerminalCanvas

extension LabScreen {
  /// The panels on their pages.
  func pages(in layout: LabLayout) -> LabPages {
    LabPages(LabPanels.order(plots: plots, isChallenge: attempt != nil), in: layout.lower)
  }

  /// The panels that are shown.
  func visiblePanels(in layout: LabLayout) -> [any LabPanel] {
    isTextInPanelsPlace(layout) ? [] : pages(in: layout).page(page).map(\.panel)
  }

  /// Whether the text takes the place of the panels.
  func isTextInPanelsPlace(_ layout: LabLayout) -> Bool { lesson.isShown && !layout.hasSidePane }

  /// Where everything stands on the screen.
  func layout(_ context: TutorContext) -> LabLayout {
    LabLayout(area: context.screenArea, knobCount: session.knobs.count)
  }

  /// What panels may look at.
  func inputs(_ context: TutorContext) -> PanelInputs {
    let challenge = challenge(context)
    return PanelInputs(
      session: session, workbench: context.workbench, facts: context.facts,
      isQualityGuessed: guessed.isQuality, expectation: expectation(context),
      challenge: challenge.map { challenge in
        (
          challenge: challenge,
          attempts: context.progress.attempts.filter { $0.challengeID == challenge.id }
        )
      },
      language: context.language, glyphs: context.glyphs,
      usesCharacters: !context.terminalHasShades || context.preferences.colors == .mono
        || context.glyphs == .ascii)
  }

  /// The curve that the experiment expects of the built-in network, if the curve that is shown is the
  /// experiment's.
  func expectation(_ context: TutorContext) -> [ExpectedPoint] {
    guard let experiment = experiment(context), experiment.sweep == session.curve.key.name,
      session.curve.contains(session.startingRecipe), context.laboratorySource.isBuiltIn
    else { return [] }
    return experiment.expectation
  }

  /// What the visible panels need beyond the measurement and was not asked for since.
  mutating func panelRequests(_ context: TutorContext) -> [TutorEffect] {
    let needs = visiblePanels(in: layout(context)).flatMap { $0.needs(session) }
    return session.ask(for: needs).map(TutorEffect.ask)
  }

  /// Shows another page of panels.
  mutating func turnPage(by step: Int, _ context: TutorContext) -> [TutorEffect] {
    let layout = layout(context)
    if isTextInPanelsPlace(layout) {
      lesson.isShown = false
    } else {
      let count = pages(in: layout).pages.count
      // A page beyond the end, after the window grew, counts as the last one.
      page = (min(page, count - 1) + step + count) % count
    }
    return panelRequests(context)
  }

  /// Shows the page of a panel.
  mutating func show(_ panel: String, _ context: TutorContext) -> [TutorEffect] {
    guard let number = pages(in: layout(context)).number(of: panel) else { return [] }
    lesson.isShown = false
    page = number
    return panelRequests(context)
  }

  /// Shows the next or previous picture in each visible panel that has several.
  mutating func browse(by step: Int, _ context: TutorContext) -> [TutorEffect] {
    for panel in visiblePanels(in: layout(context)) where panel.isPile {
      session.leaf(panel.name, by: step)
    }
    return panelRequests(context)
  }

  /// Begins the runs with several seeds and shows their panel, or ends those that are under way.
  mutating func toggleSeeds(_ context: inout TutorContext) -> [TutorEffect] {
    if session.stopSeeds() { return [.cancel(.seeds)] }
    guard isMeasured(&context) else { return [] }
    let runs = ask { $0.runSeeds() }
    return show(SeedsPanel().name, context) + runs
  }

  /// Whether the recipe's figures are there and may be seen; says so where they are not.
  func isMeasured(_ context: inout TutorContext) -> Bool {
    if session.results.measurement != nil, !session.prediction.isOpen { return true }
    context.notice = context.text(
      session.prediction.isOpen
        ? Phrase("Guess first, or press Esc to go without.")
        : Phrase("Wait until the recipe is measured."))
    return false
  }
}
