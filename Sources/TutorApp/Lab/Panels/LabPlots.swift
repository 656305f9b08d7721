import Compression
import Curriculum
import Lab
import Localization
import TerminalCanvas

/// Draws the panels of the lab's lower part; each kind in a file of its own.
struct LabPlots {
  /// The lab's state.
  let screen: LabScreen
  /// What all screens share.
  let context: TutorContext

  /// Whether the learner reads English.
  var isEnglish: Bool { context.language == .english }

  /// Whether the results of the recipe must stay unseen for now.
  var isHidden: Bool { screen.prediction.hidesResults(of: screen.recipe) }

  /// Draws a framed panel and returns the cells inside it.
  func panel(
    _ title: String, right: String = "", into canvas: inout Canvas, in rect: Rect
  ) -> Rect {
    canvas.draw(Frame(title: title, rightText: right), in: rect, glyphs: context.glyphs)
    return Frame.inner(of: rect)
  }

  /// Writes a muted text.
  func note(_ text: String, into canvas: inout Canvas, in rect: Rect) {
    for (row, line) in TextWrapping.wrap(
      text, style: .role(.muted), width: max(1, rect.width)
    ).enumerated() {
      canvas.write(line, row: row, of: rect, glyphs: context.glyphs)
    }
  }

  /// Draws a panel with its frame.
  func draw(_ panel: LabPanel, into canvas: inout Canvas, in rect: Rect) {
    switch panel {
    case .attempts: drawAttempts(into: &canvas, in: rect)
    case .plot(.histogram): drawHistogram(into: &canvas, in: rect)
    case .plot(.curve): drawCurve(into: &canvas, in: rect)
    case .plot(.bytes): drawBytes(into: &canvas, in: rect)
    case .plot(.crossings): drawCrossings(into: &canvas, in: rect)
    case .plot(.latency): drawLatency(into: &canvas, in: rect)
    case .plot(.pareto): drawPareto(into: &canvas, in: rect)
    case .plot(.confusion): drawConfusion(into: &canvas, in: rect)
    case .plot(.mask): drawMask(into: &canvas, in: rect)
    case .plot(.filters): drawFilters(into: &canvas, in: rect)
    case .plot(.features): drawFeatures(into: &canvas, in: rect)
    case .plot(.flips): drawFlips(into: &canvas, in: rect)
    case .plot(.sqnr): drawSignalToNoise(into: &canvas, in: rect)
    case .plot(.sensitivity): drawSensitivity(into: &canvas, in: rect)
    case .plot(.training): drawTraining(into: &canvas, in: rect)
    case .plot(.layers): drawLayers(into: &canvas, in: rect)
    case .plot(.seeds): drawSeeds(into: &canvas, in: rect)
    case .plot(.compare): drawComparison(into: &canvas, in: rect)
    }
  }
}
