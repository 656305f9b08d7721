import Testing
import TerminalCanvas
@testable import TutorApp
@Test func printScreens() throws {
  for (w, h) in [(80, 24), (130, 40)] {
    for l in [Curriculum.Language.english, .simplifiedChinese] {
      var s = try Story(width: w, height: h, language: l)
      print(s.text, "\n-----")
      s.press(.enter); print(s.text, "\n-----")
      s.press(.down, .enter); print(s.text, "\n-----")
      s.press(.character(" ")); print(s.text, "\n-----")
      s.press(.character("e")); print(s.text, "\n-----")
      s.press(.escape); print(s.text, "\n-----")
      s.press(.character("?")); print(s.text, "\n-----")
      s.press(.escape, .character("q"), .character("z")); print(s.text, "\n-----")
      s.press(.enter); print(s.text, "\n-----")
      s.press(.character("S")); print(s.text, "\n-----")
    }
  }
}
import Curriculum
