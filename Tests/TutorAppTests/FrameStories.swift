import Curriculum
import Foundation
import Localization
import Study
import TerminalCanvas
import Testing

@testable import TutorApp

/// Frame, help, settings and restoration.
@Suite struct FrameStories {
  @Test func theHelpListsEveryKeyOfTheScreenBelowIt() throws {
    var story = try Story(height: 50)
    let bindings = story.model.screen.bindings(story.model.context)
    story.press(.character("?"))
    for binding in bindings { story.expect(binding.explanation(.english)) }
    story.expect("On every screen")
    story.press(.character("?"))
    story.expect("Quantization and pruning, one measured bit at a time")
  }

  @Test func noTwoBindingsOfAScreenClaimTheSameKey() throws {
    let story = try Story()
    let context = story.model.context
    let experiment = try #require(context.chapters.first?.experiments.first)
    let screens: [any TutorScreen] = [
      HomeScreen(), ChapterScreen(chapterID: "quantization"),
      QuestionScreen(id: "quantization.what"), IntroductionScreen(chapterID: "quantization"),
      LabScreen(experiment: experiment, settings: nil), LabScreen(experiment: nil, settings: nil),
      QuizScreen(QuizSetup(.mixed), context), SettingsScreen(), SearchScreen(),
      HelpScreen(explaining: HomeScreen(), context),
    ]
    for screen in screens {
      var owners: [Key: Command] = [:]
      for binding in screen.bindings(context) {
        for key in binding.keys {
          #expect(
            owners[key] == nil || owners[key] == binding.command,
            "\(type(of: screen)): \(KeyBinding.name(of: key)) is claimed twice")
          owners[key] = binding.command
        }
      }
    }
  }

  @Test(arguments: Language.allCases)
  func aWindowThatIsTooSmallSaysSoInBothLanguagesAndRecovers(language: Language) throws {
    var story = try Story(language: language)
    let before = story.text
    story.send(.input(.resize(Size(width: 40, height: 10))))
    story.expect(language == .english ? "The window is too small" : "窗口太小")
    story.expect("40×10")
    story.press(.enter)
    story.send(.input(.resize(Size(width: 80, height: 24))))
    #expect(story.text == before)
  }

  @Test(arguments: [(0, 0), (1, 1), (10, 3), (79, 24), (80, 23)])
  func tinyWindowsDoNotCrash(width: Int, height: Int) throws {
    let story = try Story(width: width, height: height)
    #expect(story.rows.count == height)
  }

  @Test(arguments: Language.allCases)
  func inASCIINoCharacterBeyondASCIIIsDrawn(language: Language) throws {
    var story = try Story(language: language, glyphs: .ascii)
    for keys: [Key] in [[], [.enter], [.down, .enter], [.character(" ")], [.character("e")]] {
      for key in keys { story.press(key) }
      #expect(story.isASCII, "\(story.text)")
    }
  }

  @Test func theSettingsChangeLanguageThemeAndGlyphsAtOnce() throws {
    var story = try Story()
    story.press(.character("S"), .down, .right)
    #expect(story.model.context.preferences.colors == .light)
    story.press(.down, .right)
    #expect(story.model.context.preferences.glyphs == .ascii)
    #expect(story.isASCII)
    story.press(.up, .left)
    #expect(story.model.context.preferences.colors == .dark)
  }

  @Test func ctrlCQuitsCtrlZSuspendsAndCtrlLRedrawsFromAnyScreen() throws {
    var story = try Story()
    story.press(.enter, .enter, .control("z"))
    guard case .suspend = story.effects.last else {
      Issue.record("Ctrl-Z suspends")
      return
    }
    story.press(.control("l"))
    guard case .redraw = story.effects.last else {
      Issue.record("Ctrl-L redraws")
      return
    }
    story.press(.control("c"))
    guard case .quit = story.effects.last else {
      Issue.record("Ctrl-C quits")
      return
    }
  }

  @Test func theScreensOfOneRunComeBackInTheNext() throws {
    var story = try Story()
    story.press(.down, .enter, .down, .down, .enter, .character(" "), .down, .down)
    let data = try JSONEncoder().encode(story.model.positions)
    let positions = try JSONDecoder().decode([ScreenPosition].self, from: data)
    let again = try Story(screens: { ScreenRestoration.screens(for: positions, $0) })
    #expect(again.text == story.text)
  }

  @Test func placesThatTheLessonsNoLongerHaveAreLeftOut() throws {
    let story = try Story(screens: {
      ScreenRestoration.screens(
        for: [
          .home(selection: 1), .chapter(id: "gone", selection: 3),
          .question(id: "gone.what", revealed: true, scroll: 9),
          .quizSession(
            StoredQuiz(
              setup: QuizSetup(.mixed), seed: 0, items: ["gone.q"], steps: [], elapsed: 0,
              isHandedIn: false)),
          .lab(experimentID: "gone.lab", settings: [:]),
        ], $0)
    })
    #expect(story.model.screens.count == 1)
    story.expect("▸ 2")
  }

  @Test func aPlaceInAFormThatIsNoLongerKnownIsLeftOutAndTheOthersStay() {
    let text = """
      [{"home":{"selection":2}},{"quiz":{"items":["a.q"],"grades":[true]}},{"settings":{}}]
      """
    #expect(ScreenRestoration.positions(in: text) == [.home(selection: 2), .settings])
  }
}
