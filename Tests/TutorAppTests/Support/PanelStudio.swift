import Compression
import Curriculum
import Localization
import NeuralNetwork
import Study
import TerminalCanvas
import Testing

@testable import Lab
@testable import TutorApp

/// Panels of the lab drawn from what a small network measures.
struct PanelStudio {
  /// What measures.
  let laboratory: Laboratory
  /// What all screens share.
  var context: TutorContext
  /// The lab's state.
  var screen: LabScreen

  /// The sizes that a panel must be useful at.
  static let sizes = [
    Size(width: 38, height: 10), Size(width: 60, height: 14), Size(width: 136, height: 46),
  ]

  /// Measures a recipe on the built-in layers in a small size and asks for all pictures.
  init(
    _ line: String, language: Language = .english, glyphs: Preferences.Glyphs = .unicode,
    colors: Preferences.Colors = .dark, filters: Int = 8, hidden: Int = 16, images: Int = 60
  ) throws {
    let network = BaselineCNN.make(
      seed: 7, imageSide: 28, filters: filters, hidden: hidden, classes: 10)
    let test = Self.images(images)
    laboratory = Laboratory(network: network, test: test, threads: 1) { Self.images(16) }
    context = TutorContext(
      preferences: Preferences(language: language, colors: colors, glyphs: glyphs),
      library: CourseLibrary(chapters: []), progress: StudyProgress(), now: 0,
      terminalIsUnicode: true, terminalHasShades: colors != .mono)
    context.laboratory = .ready(
      LaboratoryFacts(
        testSet: test, network: network,
        baselineCorrect: try laboratory.evaluation(of: Recipe(), images: images).correct,
        baselineBytes: try laboratory.size(of: Recipe(), formats: [.dense]).bytes[.dense] ?? 0))
    screen = LabScreen(LabSession(from: try Recipe(line: line)))
    screen.session.receive(
      .measured(try laboratory.measure(screen.session.recipe, measuresLatency: false), .bytes))
    try drawPictures()
  }

  /// Puts in all pictures of the recipe.
  mutating func drawPictures() throws {
    let recipe = screen.session.recipe
    for case .draw(let pictures, _) in LabPanels.all.flatMap({ $0.needs(screen.session) }) {
      for request in pictures {
        let picture = try #require(try request.draw(in: laboratory, of: recipe))
        screen.session.receive(.picture(picture))
      }
    }
    screen.session.receive(
      .histograms(
        try Dictionary(
          uniqueKeysWithValues: laboratory.compressed(recipe).kernels.map {
            ($0.name, try laboratory.weightHistogram(of: $0.name, under: recipe, bins: 160))
          })))
  }

  /// Measures accuracy and bytes along a knob.
  mutating func sweep(_ name: String, values: [String]) throws {
    let knob = try #require(Knob.named(name))
    screen.session.curve = KnobCurve(along: knob, through: screen.session.recipe)
    for value in values {
      var varied = screen.session.recipe
      try varied.set(name, value)
      let measurement = try laboratory.measure(varied, measuresLatency: false)
      screen.session.curve.add(
        CurvePoint(accuracy: measurement.accuracy, isExact: true, band: measurement.band), at: value
      )
      screen.session.curve.add(measurement.size.bytes, at: value)
    }
  }

  /// A panel on a canvas of its own, as the tutor hands it to the terminal.
  func canvas(_ kind: String, _ size: Size) -> Canvas {
    var canvas = Canvas(size: size, glyphs: context.glyphs)
    guard let panel = LabPanels.panel(kind) else {
      Issue.record("there is no panel for \(kind)")
      return canvas
    }
    PanelFrame(panel: panel, inputs: screen.inputs(context)).draw(into: &canvas, in: Rect(size))
    return canvas.transliterated(to: canvas.glyphs)
  }

  /// A panel as text.
  func text(_ kind: String, _ size: Size) -> String { canvas(kind, size).text }

  /// Images with a block of light at a place of its own.
  static func images(_ count: Int) -> ImageDataset {
    var pixels: [UInt8] = []
    for image in 0..<count {
      let (top, left) = (image * 7 % 19, image * 5 % 17)
      for row in 0..<28 {
        for column in 0..<28 {
          let isLit = (top..<top + 9).contains(row) && (left..<left + 11).contains(column)
          pixels.append(isLit ? 220 : UInt8((row * column + image) % 40))
        }
      }
    }
    return ImageDataset(
      height: 28, width: 28, pixels: pixels, labels: (0..<count).map { UInt8($0 * 3 % 10) })
  }
}
