import Lab
import Localization
import TerminalCanvas

/// One panel of the lab's lower part: what it needs measured, how large it is, and what it shows.
///
/// A panel is a value without state. What it shows comes from `PanelInputs` alone; its frame, the
/// readings on the frame, and whether it must stay hidden until the learner has guessed are drawn by
/// `PanelFrame`. A new panel is a file like this one's neighbors and a row in `LabPanels.all`.
protocol LabPanel: Sendable {
  /// The name, for a plot as lessons write it.
  var name: String { get }

  /// The columns of a page that the panel takes where there are that many.
  var span: Int { get }

  /// Whether the panel shows one of several pictures, through which the learner can leaf.
  var isPile: Bool { get }

  /// What is hidden while a guess is to be made.
  var hiding: PanelHiding { get }

  /// What must be measured in the background for the panel, beyond the recipe itself.
  ///
  /// The session asks for it while the panel is visible, and only once for each recipe.
  func needs(_ session: LabSession) -> [LabRequest]

  /// The title, the longest form first.
  func titles(_ inputs: PanelInputs) -> [String]

  /// What stands on the right of the frame, the longest form first; left out where nothing fits.
  func readings(_ inputs: PanelInputs) -> [String]

  /// What the panel says while it is hidden.
  func hiddenNote(_ inputs: PanelInputs) -> Phrase

  /// Why there is nothing to draw; nil where there is something.
  func note(_ inputs: PanelInputs) -> Phrase?

  /// Draws what is inside the frame.
  func draw(into canvas: inout Canvas, in rect: Rect, _ inputs: PanelInputs)
}

/// What of a panel is hidden while a guess is to be made.
enum PanelHiding: Sendable {
  /// Nothing, since nothing in it gives the answer away.
  case nothing
  /// All of it.
  case everything
  /// All but the readings, which give nothing away.
  case allButReadings
  /// The readings, and the rest only where it belongs to the very recipe that is to be guessed.
  case ownResult
}

extension LabPanel {
  var span: Int { 1 }
  var isPile: Bool { false }
  var hiding: PanelHiding { .everything }
  func needs(_ session: LabSession) -> [LabRequest] { [] }
  func readings(_ inputs: PanelInputs) -> [String] { [] }
  func hiddenNote(_ inputs: PanelInputs) -> Phrase {
    Phrase("This comes after your guess.")
  }
  func note(_ inputs: PanelInputs) -> Phrase? { nil }
}

extension Phrase {
  /// What stands where a figure has not come yet.
  static let waiting = Phrase(verbatim: "…")
}
