import Compression
import Curriculum
import Localization
import Presentation
import TerminalCanvas
import Testing

@testable import Lab
@testable import TutorApp

/// Curves of accuracy.
@Suite struct CurveStories {
  private func reading(
    _ places: [(String, Double, Double?)], baseline: Double = 0.91, isOrdered: Bool = true
  ) -> CurveReading {
    CurveReading(
      places: places.map { .init(name: $0.0, accuracy: $0.1, expected: $0.2) },
      baseline: baseline, isOrdered: isOrdered)
  }

  @Test func aCurveIsReadFromTheMildToTheHardEnd() throws {
    // From 8 bits down, as the knob runs upwards: 1 bit lies above 2 bits.
    let bits = reading([
      ("1", 0.55, nil), ("2", 0.14, 0.137), ("3", 0.84, nil), ("4", 0.902, 0.88),
      ("8", 0.909, 0.91),
    ])
    #expect(
      bits.sentences(in: .english) == [
        "Within a point of the baseline, 91.00 %, as far as 4: 90.20 %.",
        "Lowest: 2 with 14.00 %.",
        "Against the trend, 1 with 55.00 % lies 41.00 points above 2 with 14.00 %.",
        "Nowhere farther than 2.20 points from the expected curve (at 4).",
      ])
    #expect(bits.sentences(in: .simplifiedChinese).count == 4)
    #expect(bits.sentences(in: .simplifiedChinese)[1] == "最低：2，14.00 %。")

    let flat = reading([("1", 0.905, nil), ("2", 0.909, nil)])
    #expect(
      flat.sentences(in: .english)[0]
        == "From 2 to 1 all places are within a point of the baseline, 91.00 %.")
    #expect(
      reading([("a", 0.3, nil), ("b", 0.2, nil)]).sentences(in: .english)[0]
        == "No measured place is within a point of the baseline, 91.00 %.")
    let names = reading([("tensor", 0.7, nil), ("channel", 0.9, nil)], isOrdered: false)
    #expect(
      names.sentences(in: .english) == [
        "Highest: channel with 90.00 %.", "Lowest: tensor with 70.00 %.",
      ])
    #expect(reading([("4", 0.9, nil)]).sentences(in: .english).isEmpty)
  }

  @Test func theFrameReadsOutTheKnobsPlaceWithItsBand() throws {
    var studio = try PanelStudio("weights.bits=4")
    try studio.sweep("weights.bits", values: ["8", "4", "2"])
    let measurement = try #require(studio.screen.session.results.measurement)
    let accuracy = QuantityFormat.percent(measurement.accuracy)
    let band = QuantityFormat.points(measurement.band.halfWidth)
    #expect(studio.text("curve", PanelStudio.sizes[2]).contains("4: \(accuracy) ±\(band)"))
    #expect(studio.text("curve", PanelStudio.sizes[0]).contains(accuracy))
    studio.screen.session.curve = KnobCurve(
      along: studio.screen.session.curve.key, through: studio.screen.session.recipe)
    studio.screen.session.curve.add(
      CurvePoint(
        accuracy: 0.5, isExact: false, band: AccuracyBand(estimate: 0.5, lower: 0.47, upper: 0.53)),
      at: "4")
    #expect(studio.text("curve", PanelStudio.sizes[1]).contains("4: ≈50.00 % ±3.00"))
  }

  @Test func expectedCurveGuessAndBandsAreToldApartAlsoInASCII() throws {
    var studio = try PanelStudio("weights.bits=4", glyphs: .ascii)
    let experiment = try #require(
      try Story.library().chapters(in: .english).flatMap(\.experiments).first {
        $0.sweep == "weights.bits" && $0.guess == "accuracy"
      })
    #expect(studio.screen.expectation(studio.context).isEmpty)
    var chapter = try #require(
      try Story.library().chapters(in: .english).first { $0.experiments.contains(experiment) })
    chapter.experiments = [experiment]
    chapter.experiments[0].expectation = [
      ExpectedPoint(value: "8", accuracy: 0.7, location: experiment.location),
      ExpectedPoint(value: "2", accuracy: 0.6, location: experiment.location),
    ]
    studio.context.library = CourseLibrary(chapters: [chapter])
    var screen = LabScreen(experiment: chapter.experiments[0], settings: nil)
    screen.session.results.measurement = studio.screen.session.results.measurement
    screen.session.recipe = screen.session.startingRecipe
    screen.session.prediction = .resolved(target: screen.session.recipe, guess: 0.8, truth: 0.1)
    studio.screen = screen
    #expect(screen.expectation(studio.context).count == 2)
    let text = studio.text("curve", PanelStudio.sizes[1])
    #expect(text.contains(", expected") && text.contains("? your guess"), "\(text)")
    #expect(text.split(separator: "\n").dropFirst(2).contains { $0.contains("?") })
    #expect(text.split(separator: "\n").dropFirst(2).contains { $0.contains(",,") }, "\(text)")
  }

  @Test func whatWasMeasuredStandsBelowTheExplanationOnceTwoPointsAreExact() throws {
    let experiment = try #require(
      try Story.library().chapters(in: .english).flatMap(\.experiments).first {
        $0.id == "quantization.bits"
      })
    var studio = try PanelStudio("weights.bits=4")
    studio.context.library = try Story.library()
    studio.screen = LabScreen(experiment: experiment, settings: [:])
    func text() -> String {
      studio.screen.textLines(width: 70, studio.context).map { $0.map(\.text).joined() }
        .joined(separator: "\n")
    }
    #expect(!text().contains("Measured here"))
    studio.screen.session.curve.add(CurvePoint(accuracy: 0.9, isExact: true), at: "8")
    studio.screen.session.curve.add(CurvePoint(accuracy: 0.2, isExact: false), at: "2")
    #expect(!text().contains("Measured here"))
    studio.screen.session.curve.add(CurvePoint(accuracy: 0.2, isExact: true), at: "2")
    #expect(text().contains("Measured here: weights.bits"))
    #expect(text().contains("2 with 20.00 %"))
    studio.screen.session.prediction = .arming
    #expect(!text().contains("Measured here"))
  }

  @Test func picturesAreAskedForWhenTheyAreSeenAndOnce() throws {
    var story = try Story(
      width: 80, height: 24, screens: { _ in [LabScreen(experiment: nil, settings: nil)] })
    let studio = try PanelStudio("")
    story.send(.laboratory(.ready(try #require(studio.context.facts))))
    let measurement = try #require(studio.screen.session.results.measurement)
    story.reply(.measured(measurement, .accuracy))
    func drawn() -> [PictureRequest] {
      story.requests.flatMap { request, _ -> [PictureRequest] in
        if case .draw(let pictures, _) = request { pictures } else { [] }
      }
    }
    #expect(drawn().isEmpty)
    for _ in 0..<12 {
      if drawn().contains(PictureRequest(MaskPicture(of: "dense/kernel"))) { break }
      story.press(.character("v"))
    }
    #expect(
      drawn().contains(PictureRequest(StoragePicture()))
        && drawn().contains(PictureRequest(MaskPicture(of: "dense/kernel"))))
    story.expect("zeros of dense/kernel")
    // Another kernel is asked for; the old one's answer does not stand in for it.
    let first = try #require(story.requests.last).id
    story.press(.character("w"))
    #expect(drawn().last == PictureRequest(MaskPicture(of: "dense_1/kernel")))
    let mask = try studio.laboratory.mask(of: "dense/kernel", under: Recipe())
    story.reply(.picture(DrawnPicture(MaskPicture(of: "dense/kernel"), mask)))
    story.expectNot("% zero")
    let other = try studio.laboratory.mask(of: "dense_1/kernel", under: Recipe())
    story.reply(.picture(DrawnPicture(MaskPicture(of: "dense_1/kernel"), other)), to: first)
    story.expectNot("% zero")
    story.reply(.picture(DrawnPicture(MaskPicture(of: "dense_1/kernel"), other)))
    story.expect("0.0 % zero")
    // What is there is not asked for again.
    let before = drawn().count
    story.press(.character("v"), .character("V"))
    #expect(
      drawn().suffix(from: before).allSatisfy {
        $0 != PictureRequest(MaskPicture(of: "dense_1/kernel"))
      })
  }
}
