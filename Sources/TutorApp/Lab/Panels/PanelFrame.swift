import Lab
import Localization
import TerminalCanvas

/// A panel in its frame: title and readings above, and inside what the panel draws, why there is
/// nothing to draw, or that the learner has to guess first.
struct PanelFrame {
  /// The panel.
  let panel: any LabPanel
  /// What it may look at.
  let inputs: PanelInputs

  /// Draws frame and panel.
  func draw(into canvas: inout Canvas, in rect: Rect) {
    let (title, reading) = head(width: rect.width)
    canvas.draw(Frame(title: title, rightText: reading), in: rect)
    let inner = Frame.inner(of: rect)
    if let note = isHidden ? panel.hiddenNote(inputs) : panel.note(inputs) {
      let lines = TextWrapping.wrap(
        inputs.text(note), style: .role(.muted), width: max(1, inner.width))
      canvas.write(lines, in: inner)
    } else {
      panel.draw(into: &canvas, in: inner, inputs)
    }
  }

  private var isHidden: Bool {
    let prediction = inputs.session.prediction
    return switch panel.hiding {
    case .nothing: false
    case .everything, .allButReadings: prediction.isOpen
    case .ownResult: prediction.hidesResults(of: inputs.session.recipe)
    }
  }

  private var readings: [String] {
    let isShown =
      switch panel.hiding {
      case .nothing, .allButReadings: true
      case .everything, .ownResult: !inputs.session.prediction.isOpen
      }
    return (isShown ? panel.readings(inputs) : []) + [""]
  }

  /// The first pair of title and reading that fits; titles get shorter before readings do.
  private func head(width: Int) -> (title: String, reading: String) {
    let titles = panel.titles(inputs)
    for reading in readings {
      for title in titles
      where TextWidth.width(of: title) + TextWidth.width(of: reading) + 7 <= width {
        return (title, reading)
      }
    }
    return (titles.last ?? "", "")
  }
}
