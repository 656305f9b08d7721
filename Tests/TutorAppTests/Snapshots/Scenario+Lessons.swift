import TerminalCanvas

/// Lessons and what belongs to every screen.
extension Scenario {
  static let lessons: [Scenario] = [
    Scenario("home", "HomeScreen"),
    Scenario("home-after-answers", on: "HomeScreen") {
      try Robot($0, store: try StudyHistory.store())
    },
    Scenario("home-loading", on: "HomeScreen") { try Robot($0, isLoading: true) },
    Scenario("home-no-laboratory", "HomeScreen") { try $0.failLaboratory("no such file") },
    Scenario("chapter", "ChapterScreen") { try $0.press(.enter) },
    Scenario("chapter-experiment", "ChapterScreen") {
      try $0.press(.enter)
      try $0.press(.down, times: 5)
    },
    Scenario("introduction", "IntroductionScreen") { try $0.press(.enter, .enter) },
    Scenario("introduction-end", "IntroductionScreen") { try $0.press(.enter, .enter, .end) },
    Scenario("question", "QuestionScreen") { try $0.press(.enter, .down, .enter) },
    Scenario("question-revealed", "QuestionScreen") {
      try $0.press(.enter, .down, .enter, .character(" "))
    },
    Scenario("question-scrolled", "QuestionScreen") {
      try $0.press(.enter, .down, .enter, .character(" "), .pageDown)
    },
    Scenario("question-bookmarked", "QuestionScreen") {
      try $0.press(.enter, .down, .enter, .character(" "), .character("m"), .end)
    },
    Scenario("question-searched", "QuestionScreen") {
      try $0.press(.enter, .down, .enter, .character(" "), .character("/"))
      try $0.type("8")
    },
    Scenario("search", "SearchScreen") { try $0.press(.character("/")) },
    Scenario("search-hits", "SearchScreen") {
      try $0.press(.character("/"))
      try $0.type("b")
    },
    Scenario("search-nothing", "SearchScreen") {
      try $0.press(.character("/"))
      try $0.type("xyzzy")
    },
    Scenario("help", "HelpScreen") { try $0.press(.character("?")) },
    Scenario("help-of-lab", "HelpScreen", at: .lab) { try $0.press(.character("?")) },
    Scenario("help-scrolled", "HelpScreen", at: .lab) { try $0.press(.character("?"), .end) },
    Scenario("settings", "SettingsScreen") { try $0.press(.character("S")) },
    Scenario("settings-typing", "SettingsScreen") {
      try $0.press(.character("S"))
      try $0.press(.down, times: 3)
      try $0.press(.enter)
    },
    Scenario("settings-ascii", "SettingsScreen") {
      try $0.press(.character("S"), .down, .down, .right, .right)
    },
    Scenario("too-small", "HomeScreen") { try $0.resize(width: 40, height: 12) },
  ]
}
