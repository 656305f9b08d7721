import Compression
import Curriculum
import Localization
import NeuralNetwork
import Presentation
import Study
import TerminalCanvas
import Testing

@testable import Lab
@testable import TutorApp

/// Find the fault.
@Suite struct FaultHuntStories {
  private static let laboratory = PromptLaboratory()

  /// Opens the screen from home and begins a case.
  private func begun(
    width: Int = 80, height: Int = 24, language: Language = .english,
    glyphs: Preferences.Glyphs = .unicode, store: ProgressStore? = nil
  ) throws -> StoredStory {
    var story = try StoredStory(
      store: try store ?? .inMemory(), width: width, height: height, language: language,
      glyphs: glyphs)
    story.story.send(.laboratory(.ready(Self.laboratory.facts)))
    try story.press(.character("b"))
    if glyphs == .unicode {
      story.story.expect(language == .english ? "Find the fault" : "找出错误")
    }
    try story.press(.enter)
    Self.laboratory.answer(&story.story)
    return story
  }

  private func screen(_ story: StoredStory) throws -> FaultHuntScreen {
    try #require(story.story.model.screen as? FaultHuntScreen)
  }

  /// Measures a probe.
  private func measure(_ probe: FaultProbe, in story: inout StoredStory) throws {
    try choose(try #require(FaultProbe.allCases.firstIndex(of: probe)), in: &story)
  }

  /// Chooses a row of the list that is shown.
  private func choose(_ row: Int, in story: inout StoredStory) throws {
    try story.press(.home)
    for _ in 0..<row { try story.press(.down) }
    let asked = story.story.requests.count
    try story.press(.enter)
    Self.laboratory.answer(&story.story, from: asked)
  }

  /// Names a fault.
  private func name(_ fault: Fault, in story: inout StoredStory) throws {
    try story.press(.character("f"))
    try choose(try #require(FaultHuntCase.faults.firstIndex(of: fault)), in: &story)
  }

  @Test func threeProbesAreMeasuredAFourthIsRefusedAndTheNamedFaultIsKept() throws {
    for (language, verdict) in [(Language.english, "✓ Named:"), (.simplifiedChinese, "✓ 答对了：")] {
      for (width, height) in [(80, 24), (120, 40)] {
        let store = try ProgressStore.inMemory()
        var story = try begun(width: width, height: height, language: language, store: store)
        let current = try #require(try screen(story).current)
        #expect(try screen(story).report != nil)
        story.story.expect(current.intended.line)
        story.story.expectNot("fault=")
        for probe in [FaultProbe.zeros, .weights, .biases] { try measure(probe, in: &story) }
        #expect(try screen(story).readings.count == 3)
        try measure(.grids, in: &story)
        #expect(try screen(story).asked.count == 3)
        story.story.expect(language == .english ? "Your three probes are used" : "三次探测已用完")
        try name(current.fault, in: &story)
        story.story.expect(verdict)
        story.story.expect("fault=\(current.fault.rawValue)")
        #expect(try screen(story).healthy != nil)
        let attempt = try #require(try store.challengeAttempts().last)
        #expect(attempt.challengeID == "sabotage.\(current.fault.rawValue)")
        #expect(attempt.isMet)
        #expect(attempt.recipe == current.recipe.line)
        // Now every probe is free.
        try measure(.grids, in: &story)
        #expect(try screen(story).readings[.grids] != nil)
        try story.press(.character("n"))
        #expect(try screen(story).current?.number == current.number + 1)
        #expect(try screen(story).current?.fault != current.fault)
      }
    }
  }

  @Test func aWrongNameSaysWhatItWasTheNextVisitGoesOnWithTheCaseAfter() throws {
    let store = try ProgressStore.inMemory()
    var story = try begun(store: store)
    let current = try #require(try screen(story).current)
    let other = try #require(FaultHuntCase.faults.first { $0 != current.fault })
    try name(other, in: &story)
    story.story.expect("✗ You named:")
    #expect(try store.challengeAttempts().last?.isMet == false)
    try story.press(.character("q"), .character("b"))
    story.story.expect("So far 0 of 1 faults named.")
    try story.press(.enter)
    #expect(try screen(story).current?.number == 1)
  }

  @Test func whatAProbeMeasuredIsOnTheScreenAsTheEngineGivesIt() throws {
    var story = try begun()
    let current = try #require(try screen(story).current)
    try measure(.zeros, in: &story)
    let reading = try Self.laboratory.laboratory.probe(.zeros, on: current.recipe)
    // The convolution's fours are not a number, which equals nothing.
    let shown = try #require(try screen(story).readings[.zeros])
    #expect("\(shown)" == "\(reading)")
    let share = try #require(reading.value("dense/kernel", .zeros))
    story.story.expect(QuantityFormat.percent(share))
    story.story.expect("2:4 out")
  }

  @Test func aResultForACaseThatWasLeftOrAProbeThatWasNotAskedForChangesNothing() throws {
    var story = try begun()
    try choose(try #require(FaultProbe.allCases.firstIndex(of: .zeros)), in: &story)
    let asked = try #require(story.story.requests.last)
    let reply = Self.laboratory.reply(to: asked.request)
    // The screen is left and opened anew, as far as the next case.
    try story.press(.character("q"), .character("b"), .enter)
    story.story.reply(reply, to: asked.id)
    #expect(try screen(story).readings.isEmpty)
  }

  @Test(arguments: [(80, 24), (120, 40), (200, 60)])
  func everyPageIsDrawnAtEverySizeInBothLanguagesAndInASCII(width: Int, height: Int) throws {
    for language in Language.allCases {
      for glyphs in [Preferences.Glyphs.unicode, .ascii] {
        var story = try begun(width: width, height: height, language: language, glyphs: glyphs)
        for probe in [FaultProbe.grids, .layers, .classes] { try measure(probe, in: &story) }
        try name(.int16Accumulator, in: &story)
        for _ in try screen(story).pages {
          #expect(!story.story.text.contains("measuring…"))
          if glyphs == .ascii { #expect(story.story.isASCII) }
          try story.press(.character("v"), .pageDown, .pageUp)
        }
      }
    }
  }

  @Test func everyFaultAndProbeHasItsTextsInBothLanguages() {
    for language in Language.allCases {
      let titles = FaultHuntCase.faults.map { FaultTexts.title(of: $0)(language) }
      #expect(Set(titles).count == titles.count)
      for fault in FaultHuntCase.faults {
        #expect(FaultTexts.explanation(of: fault)(language).count > 20)
      }
      for probe in FaultProbe.allCases {
        #expect(!ProbeTexts.explanation(of: probe)(language).isEmpty)
      }
    }
  }
}
