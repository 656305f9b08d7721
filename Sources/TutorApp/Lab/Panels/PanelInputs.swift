import Compression
import Curriculum
import Lab
import Localization
import NeuralNetwork
import Study
import TerminalCanvas

/// Everything that a panel may look at.
struct PanelInputs {
  /// What the learner has set, guessed and measured.
  let session: LabSession
  /// The pinned recipe, and those measured so far.
  let workbench: LabWorkbench
  /// What is known of the uncompressed network; nil until it is read.
  let facts: LaboratoryFacts?
  /// Whether the guess is one of an accuracy.
  let isQualityGuessed: Bool
  /// What the lesson expects along the curve.
  let expectation: [ExpectedPoint]
  /// The challenge that is tried with the attempts at it, if one is.
  let challenge: (challenge: Challenge, attempts: [ChallengeAttempt])?
  /// The learner's language.
  let language: Language
  /// The glyphs to draw with.
  let glyphs: GlyphSet
  /// Whether shades are drawn as characters instead of colors.
  let usesCharacters: Bool

  /// The recipe's exact figures, once they are there.
  var measurement: Lab.Measurement? { session.results.measurement }

  /// A phrase in the learner's language.
  func text(_ phrase: Phrase) -> String { phrase(language) }

  /// A muted run of a phrase.
  func muted(_ phrase: Phrase) -> StyledRun { StyledRun(text(phrase), .role(.muted)) }

  /// What stands for a value without bound.
  var infinity: String { glyphs == .unicode ? "∞" : "inf" }

  /// A number with its sign, as wide as a minus.
  func signed(_ number: Int) -> String {
    number > 0
      ? "+\(number)" : number < 0 ? "−" + "\(-number)" : "0"
  }

  /// The uncompressed network's accuracy as a mark of a plot in percent; none until it is known.
  func baselineMarks(name: String = "") -> [PlotMark] {
    facts.map { [PlotMark($0.baselineAccuracy * 100, name: name, role: .good)] } ?? []
  }

  /// Where the recipe stands on the axis of the moved knob.
  func knobMarks(on axis: KnobAxis) -> [PlotMark] {
    axis.position(of: axis.key.read(session.recipe)).map { [PlotMark($0, role: .warning)] } ?? []
  }

  /// The test image of a number.
  func image(_ number: Int, of facts: LaboratoryFacts) -> GrayImage {
    GrayImage(
      pixels: Array(facts.testSet.image(number)), width: facts.testSet.width,
      height: facts.testSet.height, usesCharacters: usesCharacters)
  }

  /// The name of a class; its number where it has none.
  static func className(_ index: Int) -> String {
    FashionMNIST.classNames.indices.contains(index) ? FashionMNIST.classNames[index] : "\(index)"
  }

  /// The first of some lines, the longest first, that fits into a width; else the last.
  static func fitting(_ lines: [StyledLine], width: Int) -> StyledLine {
    lines.first { TextWidth.width(of: $0) <= width } ?? lines.last ?? []
  }
}

extension Canvas {
  /// Writes lines in the last rows, at most as many as a limit, and returns the rows above them.
  mutating func writeFooter(_ lines: [StyledLine], atMost limit: Int = 1, in rect: Rect) -> Rect {
    let (rest, bottom) = rect.splitBottom(min(lines.count, limit))
    write(lines, in: bottom)
    return rest
  }
}
