import Study
import TerminalCanvas

/// Quizzes, interviews, challenges and statistics.
extension Scenario {
  static let quiz: [Scenario] =
    [
      Scenario("quiz-menu", "QuizMenuScreen") { try $0.press(.character("z")) },
      Scenario("quiz-menu-exam", on: "QuizMenuScreen") {
        var robot = try Robot($0, store: try StudyHistory.store())
        try robot.press(.character("z"))
        try robot.press(.down, times: 4)
        return robot
      },
      Scenario("quiz-menu-nothing-flagged", "QuizMenuScreen") {
        try $0.press(.character("z"))
        try $0.press(.down, times: 6)
        try $0.press(.enter)
      },
    ]
    + items.flatMap { kind, answer in
      [
        Scenario("quiz-\(kind)", "QuizScreen", at: .item("sample.q.\(kind)")),
        Scenario("quiz-\(kind)-graded", "QuizScreen", at: .item("sample.q.\(kind)")) {
          try answer(&$0)
          try $0.answer()
        },
      ]
    } + [
      Scenario("quiz-measured-waiting", "QuizScreen", at: .item("sample.q.measured")) {
        try $0.type("80")
        try $0.press(.enter)
      },
      Scenario("quiz-measured-failed", "QuizScreen", at: .item("sample.q.measured")) {
        try $0.failLaboratory("no such file")
      },
      Scenario("quiz-over", "QuizScreen") { try $0.finishChapter() },
      Scenario("quiz-review", "QuizReviewScreen") {
        try $0.finishChapter()
        try $0.press(.enter)
      },
      Scenario("exam", "QuizScreen") { try $0.beginExam() },
      Scenario("exam-later", "QuizScreen") {
        try $0.beginExam()
        try $0.wait(65)
        try $0.press(.enter)
      },
      Scenario("exam-handing-in", "QuizScreen") {
        try $0.beginExam()
        try $0.press(.escape)
      },
      Scenario("exam-over", "QuizScreen") {
        try $0.beginExam()
        try $0.wait(65)
        try $0.press(.escape, .escape)
      },
    ]

  /// An answer to the item of each kind.
  private static let items: [(kind: String, answer: @Sendable (inout Robot) throws -> Void)] = [
    ("choice", { try $0.press(.character("1"), .enter) }),
    ("multiple", { try $0.press(.character(" "), .enter) }),
    (
      "numeric",
      {
        try $0.type("0.02")
        try $0.press(.enter)
      }
    ),
    ("order", { try $0.press(.right, .enter) }),
    ("spot", { try $0.press(.down, .enter) }),
    ("match", { try $0.press(.right, .enter) }),
    (
      "cloze",
      {
        try $0.type("mask")
        try $0.press(.tab)
        try $0.type("rate")
        try $0.press(.enter)
      }
    ),
    (
      "measured",
      {
        try $0.type("80")
        try $0.press(.enter)
      }
    ),
  ]

  static let study: [Scenario] = [
    Scenario("interview-start", "InterviewStartScreen") { try $0.press(.character("i")) },
    Scenario("interview", "InterviewScreen") { try $0.press(.character("i"), .enter) },
    Scenario("interview-typed", "InterviewScreen") {
      try $0.press(.character("i"), .enter)
      try $0.type("A scale is one step.")
      try $0.wait(65)
    },
    Scenario("interview-marking", "InterviewScreen") {
      try $0.press(.character("i"), .enter)
      try $0.type("A scale is one step.")
      try $0.wait(40)
      try $0.press(.control("s"), .character(" "))
    },
    Scenario("interview-paused", "HomeScreen") {
      try $0.press(.character("i"), .enter)
      try $0.press(.escape, .escape)
    },
    Scenario("interview-resumable", "InterviewStartScreen") {
      try $0.press(.character("i"), .enter)
      try $0.type("one step")
      try $0.press(.escape, .escape, .character("i"))
    },
    Scenario("interview-report", "InterviewReportScreen") { try $0.finishInterview() },
    Scenario("interview-report-end", "InterviewReportScreen") {
      try $0.finishInterview()
      try $0.press(.pageDown)
    },
    Scenario("interview-start-with-report", "InterviewStartScreen") {
      try $0.finishInterview()
      try $0.press(.character("q"))
    },
    Scenario("challenges", "ChallengesScreen") { try $0.press(.character("c")) },
    Scenario("challenge-waiting", "LabScreen") { try $0.press(.character("c"), .enter) },
    Scenario("challenge-measured", "LabScreen") { try $0.tryChallenge() },
    Scenario("challenge-hint", "LabScreen") {
      try $0.tryChallenge()
      try $0.press(.character("h"))
    },
    Scenario("challenge-submitted", "LabScreen") {
      try $0.tryChallenge()
      try $0.press(.character("a"))
    },
    Scenario("challenges-tried", "ChallengesScreen") {
      try $0.tryChallenge()
      try $0.press(.character("a"), .character("q"))
    },
    Scenario("statistics-empty", "StatisticsScreen") { try $0.press(.character("t")) },
    Scenario("statistics", on: "StatisticsScreen") {
      var robot = try Robot($0, store: try StudyHistory.store())
      try robot.press(.character("t"))
      return robot
    },
    Scenario("statistics-end", on: "StatisticsScreen") {
      var robot = try Robot($0, store: try StudyHistory.store())
      try robot.press(.character("t"), .end)
      return robot
    },
  ]
}

extension Robot {
  /// Does the second chapter's quiz, which has one item.
  fileprivate mutating func finishChapter() throws {
    try press(.down, .enter, .character("z"), .character("2"), .enter, .enter)
  }

  /// Begins an exam over both chapters.
  fileprivate mutating func beginExam() throws {
    try press(.character("z"))
    try press(.down, times: 4)
    try press(.enter)
  }

  /// Holds an interview, of which every second question is answered well.
  fileprivate mutating func finishInterview() throws {
    try press(.character("i"), .enter)
    var isGood = true
    while screen == "InterviewScreen" {
      try type("one step")
      try wait(40)
      try press(.control("s"))
      if isGood { try press(.character("a")) }
      isGood.toggle()
      try press(.enter)
    }
  }

  /// Opens the first challenge, turns the bits down, and lets it be measured.
  fileprivate mutating func tryChallenge() throws {
    try press(.character("c"), .enter)
    try answer()
    try press(.character("["))
    try answer()
  }
}

/// Forty days of answers to the sample course, with confidence, and some guesses.
enum StudyHistory {
  /// A store that holds them.
  static func store() throws -> ProgressStore {
    let (now, day) = (1_700_000_000.0, 86_400.0)
    let store = try ProgressStore.inMemory()
    let items = ["choice", "multiple", "numeric", "order", "spot"]
    for number in 0..<40 {
      for (index, item) in items.prefix(1 + number % 5).enumerated() {
        let isRight = (number + index) % 4 != 0
        _ = try store.perform(
          .record(
            Review(
              itemID: "sample.q.\(item)", chapterID: "sample",
              at: now - Double(40 - number) * day, wasRight: isRight,
              rating: isRight ? .good : .again, response: "", seconds: 30,
              confidence: isRight ? .high : .low, session: .dueToday)),
          at: now - Double(40 - number) * day)
      }
    }
    for guess in 0..<12 {
      _ = try store.perform(
        .recordPrediction(
          experimentID: "lab", recipe: "", guess: 0.9 - Double(12 - guess) / 100, truth: 0.9),
        at: now - Double(12 - guess) * 3600)
    }
    return store
  }
}
