import Localization
import TerminalCanvas

/// The attempts at the challenge, with the current recipe among them.
struct AttemptsPanel: LabPanel {
  let name = "attempts"
  let hiding = PanelHiding.nothing

  func titles(_ inputs: PanelInputs) -> [String] {
    [inputs.text(Phrase("attempts: accuracy against bytes"))]
  }

  func readings(_ inputs: PanelInputs) -> [String] { ["\(inputs.challenge?.attempts.count ?? 0)"] }

  func draw(into canvas: inout Canvas, in rect: Rect, _ inputs: PanelInputs) {
    guard let (challenge, attempts) = inputs.challenge else { return }
    ChallengePlot(
      challenge: challenge, attempts: attempts,
      current: inputs.measurement, language: inputs.language, glyphs: inputs.glyphs
    ).draw(into: &canvas, in: rect)
  }
}
