import Compression
import Lab
import Localization
import TerminalCanvas

/// The recipe (B) beside the pinned one (A): settings, accuracy, bytes, latency, errors of layers.
struct ComparisonPanel: LabPanel {
  let name = "compare"
  let span = 2

  func titles(_ inputs: PanelInputs) -> [String] {
    [inputs.text(Phrase("B beside the pinned A"))]
  }

  func hiddenNote(_ inputs: PanelInputs) -> Phrase {
    inputs.workbench.pin == nil ? Self.invitation : .waiting
  }

  func note(_ inputs: PanelInputs) -> Phrase? {
    guard let pin = inputs.workbench.pin else { return Self.invitation }
    guard inputs.measurement != nil else { return .waiting }
    return pin.recipe == inputs.session.recipe
      ? Phrase("This recipe is the pinned one. Change a setting, and the two are compared.") : nil
  }

  private static let invitation = Phrase(
    "x pins the measured recipe as A. Then change a setting: A and B stand here side by side.")

  func draw(into canvas: inout Canvas, in rect: Rect, _ inputs: PanelInputs) {
    guard let pin = inputs.workbench.pin, let current = inputs.measurement else { return }
    let comparison = RecipeComparison(
      pin: pin, current: current, language: inputs.language, glyphs: inputs.glyphs)
    canvas.write(comparison.lines(width: rect.width, height: rect.height), in: rect)
  }
}
