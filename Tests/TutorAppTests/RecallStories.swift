import Compression
import NeuralNetwork
import TerminalCanvas
import Testing

@testable import Curriculum
@testable import TutorApp

/// Pairs, blanks, estimates and varied numbers on the screen, in both languages.
@Suite("Quiz: pairs, blanks, estimates and varied numbers")
struct RecallStories {
  private func quiz(
    _ items: String..., language: Language = .english, seed: UInt64 = 7,
    glyphs: Preferences.Glyphs = .unicode, laboratory: LaboratoryStatus = .loading
  ) throws -> Story {
    try Story(
      language: language, glyphs: glyphs, library: try RecallCourse.library(),
      laboratory: laboratory,
      screens: { context in
        [HomeScreen()]
          + [
            QuizScreen(
              chapterID: "recall", items: items.map { "recall.q." + $0 }, grades: [], seed: seed,
              context)
          ].compactMap(\.self)
      })
  }

  private func records(_ story: Story) -> [QuizAnswerRecord] {
    story.effects.compactMap { if case .recordAnswer(let record) = $0 { record } else { nil } }
  }

  private func requests(_ story: Story) -> [(recipe: Recipe, generation: Int)] {
    story.effects.compactMap {
      if case .measure(let recipe, let generation) = $0 { (recipe, generation) } else { nil }
    }
  }

  // MARK: Pairs

  private static let rights: [Language: [String]] = [
    .english: ["column by column", "by activations", "to the nearest"],
    .simplifiedChinese: ["逐列补偿", "按激活缩放", "就近舍入"],
  ]

  /// Brings each right side beside its left one, from the top down.
  private func pairUp(_ story: inout Story, _ language: Language) throws {
    for (place, text) in (Self.rights[language] ?? []).enumerated() {
      story.press(.up, .up, .up)
      let first = try #require(story.row(of: "GPTQ"))
      let row = try #require(story.row(of: text), "\(story.text)")
      for _ in 0..<(row - first) { story.press(.down) }
      for _ in 0..<(row - first - place) { story.press(.character("K")) }
    }
  }

  @Test("Right sides are moved beside their left ones", arguments: Language.allCases)
  func match(language: Language) throws {
    var story = try quiz("pairs", language: language)
    let start = try #require(story.row(of: "GPTQ"))
    // The list does not begin in the right order.
    #expect(
      (Self.rights[language] ?? []).enumerated().contains { !story.rows[start + $0].contains($1) })
    try pairUp(&story, language)
    let rows = story.rows
    for (place, text) in (Self.rights[language] ?? []).enumerated() {
      #expect(rows[start + place].contains(text), "\(story.text)")
    }
    story.press(.enter)
    story.expect(language == .english ? "✓ Right." : "✓ 答对了。")
    story.expect(language == .english ? "Each has its idea." : "各有思路。")
    #expect(records(story).map(\.isRight) == [true])
    #expect(records(story).map(\.response) == ["1,2,3"])
  }

  @Test("Wrong pairs are marked one by one, and the right ones shown", arguments: Language.allCases)
  func wrongMatch(language: Language) throws {
    var story = try quiz("pairs", language: language)
    try pairUp(&story, language)
    story.press(.up, .up, .up, .character("J"), .enter)
    story.expect(language == .english ? "✗ Not right." : "✗ 答错了。")
    let marks = ["GPTQ", "AWQ", "RTN"].map { left in
      story.rows.first { $0.contains(left) }?.first { !$0.isWhitespace }
    }
    #expect(marks == ["✗", "✗", "✓"])
    story.expect(language == .english ? "What belongs together:" : "正确配对：")
    let solution = try #require(
      story.row(of: language == .english ? "What belongs together:" : "正确配对："))
    #expect(story.rows[solution + 1].contains("GPTQ"))
    #expect(story.rows[solution + 1].contains(Self.rights[language]?[0] ?? "?"))
    #expect(records(story).map(\.isRight) == [false])
  }

  // MARK: Blanks

  @Test("One blank after another is filled, Tab leads to the next", arguments: Language.allCases)
  func cloze(language: Language) throws {
    var story = try quiz("blanks", language: language)
    story.expect("[1 ____]")
    story.press(.enter)
    story.expect(language == .english ? "Fill in every blank first." : "请先填满所有的空。")
    story.type(language == .english ? "Mask" : "掩码")
    story.expect(language == .english ? "[1 Mask]" : "[1 掩码]")
    story.press(.tab)
    story.type("adam")
    story.press(.enter)
    story.expect(language == .english ? "✓ Right." : "✓ 答对了。")
    story.expect("✓ 2 adam")
    #expect(records(story).map(\.response) == [language == .english ? "Mask; adam" : "掩码; adam"])
  }

  @Test("Letters, digits and q go into the text, Enter goes to the blank that is empty")
  func typing() throws {
    var story = try quiz("blanks")
    story.type("q?S 1")
    story.expect("[1 q?S 1]")
    story.press(.enter)
    story.type("x")
    story.expect("[2 x]")
    story.press(.backTab, .control("u"))
    story.expect("[1 ____]")
    #expect(records(story).isEmpty)
  }

  @Test("A wrong word shows every word that is accepted", arguments: Language.allCases)
  func wrongCloze(language: Language) throws {
    var story = try quiz("blanks", language: language)
    story.type("mask")
    story.press(.tab)
    story.type("SGD")
    story.press(.enter)
    story.expect("✓ 1 mask")
    story.expect("✗ 2 SGD")
    story.expect(
      language == .english ? "right: momentum or Adam" : "正确答案：动量 或 momentum 或 Adam")
    story.expect(language == .english ? "[momentum]" : "[动量]")
    #expect(records(story).map(\.isRight) == [false])
  }

  @Test("The cursor stands in the focused field, and a click goes to another")
  func clozeCursor() throws {
    var story = try quiz("blanks")
    let first = try #require(TutorView.draw(story.model).cursor)
    story.press(.tab)
    let second = try #require(TutorView.draw(story.model).cursor)
    #expect(second.y == first.y + 1 && second.x == first.x)
    story.click(x: first.x, y: first.y)
    #expect(TutorView.draw(story.model).cursor == first)
  }

  // MARK: Estimates

  private static let recipe = try? Recipe(
    settings: [("weights.bits", "3"), ("weights.granularity", "tensor")])

  @Test("The engine measures when the item is shown", arguments: Language.allCases)
  func measured(language: Language) throws {
    var story = try quiz("measured", language: language)
    story.send(.laboratory(.status(.ready(try Self.facts()))))
    let request = try #require(requests(story).last)
    #expect(request.recipe == Self.recipe)
    story.expect(language == .english ? "the engine measures it now" : "引擎正在实测")
    story.send(
      .laboratory(
        .measured(
          RecallCourse.measurement(of: request.recipe, correct: 8612),
          generation: request.generation)))
    story.expect(language == .english ? "it was measured a moment ago" : "引擎刚刚测完")
    // The truth stays hidden until an estimate was made.
    story.expectNot("86.12")
    story.type("84")
    story.press(.enter)
    story.expect(language == .english ? "✓ Right." : "✓ 答对了。")
    story.expect(language == .english ? "measured just now: 86.12 %" : "刚才实测：86.12 %")
    story.expect("± 3 %")
    #expect(records(story).map(\.response) == ["0.84"])
  }

  @Test("An answer waits for the measurement and is graded by it", arguments: Language.allCases)
  func waiting(language: Language) throws {
    var story = try quiz("measured", language: language)
    story.send(.laboratory(.status(.ready(try Self.facts()))))
    story.type("80")
    story.press(.enter)
    story.expect(language == .english ? "Measuring…" : "正在实测……")
    #expect(records(story).isEmpty)
    // What is handed in cannot be changed any more.
    story.type("9")
    story.press(.enter)
    #expect(requests(story).count == 1)
    let request = try #require(requests(story).last)
    story.send(
      .laboratory(
        .measured(
          RecallCourse.measurement(of: request.recipe, correct: 8612), generation: 3)))
    #expect(records(story).isEmpty)
    story.send(
      .laboratory(
        .measured(
          RecallCourse.measurement(of: request.recipe, correct: 8612),
          generation: request.generation)))
    story.expect(language == .english ? "✗ Not right." : "✗ 答错了。")
    #expect(records(story).map(\.isRight) == [false])
    #expect(records(story).map(\.response) == ["0.8"])
  }

  @Test("Bytes are graded when they were written, not before")
  func bytes() throws {
    var story = try quiz("bytes")
    story.send(.laboratory(.status(.ready(try Self.facts()))))
    let request = try #require(requests(story).last)
    story.type("261,532")
    story.expect("in B")
    story.press(.enter)
    func news(_ bytes: [StorageFormat: Int]) -> TutorMessage {
      .laboratory(
        .measured(
          RecallCourse.measurement(of: request.recipe, correct: 9000, bytes: bytes),
          generation: request.generation))
    }
    story.send(news([:]))
    #expect(records(story).isEmpty)
    story.send(news([.bitmask: 261_600]))
    story.expect("✓ Right.")
    story.expect("measured just now: 261,600 B")
    story.expect("± 4,000 B")
    // The measurement comes once more with its latency.
    story.send(news([.bitmask: 1]))
    story.expect("261,600 B")
    #expect(records(story).count == 1)
  }

  @Test("A request that was lost to another screen's is made again")
  func lostRequest() throws {
    var story = try quiz("measured")
    story.send(.laboratory(.status(.ready(try Self.facts()))))
    let first = try #require(requests(story).last)
    story.send(
      .laboratory(
        .measured(RecallCourse.measurement(of: Recipe(), correct: 9096), generation: 5)))
    story.type("86")
    story.press(.enter)
    let second = try #require(requests(story).last)
    #expect(second.generation != first.generation)
    #expect(second.generation < 0 && first.generation < 0)
    story.send(
      .laboratory(
        .measured(
          RecallCourse.measurement(of: second.recipe, correct: 8600),
          generation: second.generation)))
    #expect(records(story).map(\.isRight) == [true])
  }

  @Test("What cannot be measured is said and left out", arguments: Language.allCases)
  func unmeasurable(language: Language) throws {
    var story = try quiz("measured", "varied", language: language)
    story.send(.laboratory(.status(.failed("no data"))))
    story.expect(
      language == .english
        ? "This cannot be measured here: no data" : "这里无法实测：no data")
    story.press(.enter)
    story.expect("· 1/1")
    #expect(records(story).isEmpty)
  }

  @Test("A refused recipe is left out too, and leaving stops the measurement")
  func refused() throws {
    var story = try quiz("measured")
    story.send(.laboratory(.status(.ready(try Self.facts()))))
    let request = try #require(requests(story).last)
    story.send(.laboratory(.refused("too few bits", generation: request.generation)))
    story.expect("too few bits")
    story.press(.escape)
    guard case .cancelMeasurements = story.effects.last else {
      Issue.record("leaving stops the measurement")
      return
    }
    #expect(story.model.screen is HomeScreen)
  }

  @Test("A new quiz asks for the measurement at once, and asks nothing that cannot be measured")
  func opening() throws {
    let library = try RecallCourse.library()
    var measuredFirst = 0
    for now in 0..<12 {
      var context = try Story(library: library).model.context
      context.now = Double(now)
      var isMeasured = false
      var asks = false
      for effect in QuizScreen.opening(chapterID: "recall", context) {
        if case .push(let screen) = effect, let quiz = screen as? QuizScreen {
          isMeasured = quiz.state?.measured != nil
        }
        if case .measure = effect { asks = true }
      }
      #expect(asks == isMeasured)
      if isMeasured { measuredFirst += 1 }
      context.laboratory = .failed("no data")
      guard case .quiz(_, let items, _, _) = QuizScreen(chapterID: "recall", context).position
      else { continue }
      #expect(
        items.count == 3 && !items.contains { $0.hasSuffix("measured") || $0.hasSuffix("bytes") })
    }
    #expect(measuredFirst > 0)
  }

  private static func facts() throws -> LaboratoryFacts {
    LaboratoryFacts(
      testSet: ImageDataset(height: 28, width: 28, pixels: [], labels: []),
      network: Sequential(inputShape: [28, 28, 1], layers: []), baselineCorrect: 0,
      baselineBytes: 0)
  }

  // MARK: Numbers

  /// The numbers of weights and of percents on the screen.
  private func numbers(in story: Story) throws -> (weights: Int, share: Int) {
    let prompt = try #require(story.rows.first { $0.contains("%") }, "\(story.text)")
    let numbers = prompt.split { !$0.isNumber && $0 != "," }.compactMap {
      Int($0.replacing(",", with: ""))
    }
    return (try #require(numbers.first), try #require(numbers.dropFirst().first))
  }

  @Test("Numbers are drawn by the session's seed, and the solution has its steps")
  func varied() throws {
    var seen: Set<String> = []
    for seed in 0..<20 {
      var story = try quiz("varied", seed: UInt64(seed))
      let (weights, share) = try numbers(in: story)
      seen.insert("\(weights) \(share)")
      story.type("\(weights * (100 - share) / 100 * 6)")
      story.press(.enter)
      story.expect("✓ Right.")
      story.expect("Step by step:")
      let kept = ClaimText.grouped(weights * (100 - share) / 100)
      story.expect("1. kept weights = \(weights) × (100 − \(share)) / 100 = \(kept)")
      story.expect("Four bytes of value, two of index.")
    }
    #expect(seen.count == 6)
  }

  @Test("Both languages show the same numbers, and the next run goes on with them")
  func variedInBothLanguages() throws {
    for seed in 0..<5 {
      let english = try quiz("varied", seed: UInt64(seed))
      let chinese = try quiz("varied", language: .simplifiedChinese, seed: UInt64(seed))
      #expect(try numbers(in: english) == numbers(in: chinese))
      let positions = english.model.positions
      let again = try Story(
        library: try RecallCourse.library(),
        screens: { ScreenRestoration.screens(for: positions, $0) })
      #expect(again.text == english.text)
    }
    var story = try quiz("varied", language: .simplifiedChinese)
    story.type("1")
    story.press(.enter)
    story.expect("分步计算：")
    story.expect("1. 留下的权重 = ")
    story.expect("正确答案：")
    story.expect("字节")
  }

  @Test("An item that was wrong comes back with other numbers, sooner or later")
  func variedAgain() throws {
    var changed = 0
    for seed in 0..<10 {
      var story = try quiz("varied", seed: UInt64(seed))
      let before = try numbers(in: story)
      story.type("1")
      story.press(.enter, .enter)
      story.expect("once more")
      if try numbers(in: story) != before { changed += 1 }
    }
    #expect(changed >= 5)
  }

  // MARK: Line by line

  private func lines(_ lines: [StyledLine]) -> String {
    lines.map { $0.map(\.text).joined() }.joined(separator: "\n")
  }

  /// Enters a line; the macro cannot call a mutating member.
  private static func enter(_ text: String, _ answer: inout QuizItemAnswer) -> Bool {
    answer.enter(text)
  }

  @Test("Every kind is asked and graded line by line", arguments: Language.allCases)
  func lineByLine(language: Language) throws {
    let library = try RecallCourse.library()
    let presenter = QuizItemPresenter(language: language, glyphs: .unicode)
    func item(_ name: String) throws -> QuizItem {
      try #require(library.quizItem(id: "recall.q." + name, in: language))
    }

    var pairs = QuizItemAnswer(item: try item("pairs"), seed: 1)
    let asked = lines(presenter.question(pairs, width: 80))
    #expect(asked.contains("A. GPTQ") && asked.contains("C. RTN"))
    var order: [Character] = []
    for right in Self.rights[language] ?? [] {
      let row = try #require(asked.split(separator: "\n").first { $0.contains(right) })
      let number = row.first { $0.isNumber }
      order.append(try #require(number))
    }
    #expect(!Self.enter("1 1 2", &pairs) && !Self.enter("1 2", &pairs))
    #expect(Self.enter(order.map { String($0) }.joined(separator: " "), &pairs))
    #expect(pairs.isRight == true)

    var blanks = QuizItemAnswer(item: try item("blanks"), seed: 1)
    #expect(lines(presenter.question(blanks, width: 80)).contains("[2 ____]"))
    #expect(!Self.enter("mask", &blanks) && !Self.enter("mask;", &blanks) && !blanks.isGraded)
    #expect(Self.enter(language == .english ? "mask; adam" : "掩码；Adam", &blanks))
    #expect(blanks.isRight == true)

    var measured = QuizItemAnswer(item: try item("measured"), seed: 1)
    #expect(measured.measured?.quantity == "accuracy")
    measured.receive(truth: 0.8612)
    #expect(!lines(presenter.question(measured, width: 80)).contains("86.12"))
    #expect(!Self.enter("much", &measured))
    #expect(Self.enter("90 %", &measured))
    #expect(measured.isRight == false)
    #expect(lines(presenter.verdict(measured, width: 80)).contains("86.12 %"))

    var varied = QuizItemAnswer(item: try item("varied"), seed: 1)
    let same = QuizItemAnswer(item: try item("varied"), seed: 1)
    #expect(presenter.question(varied, width: 80) == presenter.question(same, width: 80))
    #expect(Self.enter("5", &varied))
    #expect(
      lines(presenter.verdict(varied, width: 80)).contains(
        language == .english ? "Step by step:" : "分步计算："))
  }

  @Test(
    "In ASCII no character beyond ASCII is drawn",
    arguments: ["pairs", "blanks", "measured", "varied"])
  func ascii(name: String) throws {
    var story = try quiz(name, glyphs: .ascii)
    #expect(story.isASCII, "\(story.text)")
    story.type("1")
    story.press(.tab)
    story.type("2")
    story.press(.enter)
    #expect(story.isASCII, "\(story.text)")
  }

  // MARK: Worked example

  @Test(
    "The introduction and the printed chapter show the worked example", arguments: Language.allCases
  )
  func workedExample(language: Language) throws {
    let library = try RecallCourse.library()
    let title = language == .english ? "Worked example" : "例题"
    let text = language == .english ? "of which a tenth stays: 1,000." : "留下十分之一：1,000 个。"
    let story = try Story(
      language: language, library: library,
      screens: { _ in [HomeScreen(), IntroductionScreen(chapterID: "recall")] })
    story.expect(title)
    story.expect(text)
    let chapter = try #require(library.chapter(id: "recall", in: language))
    let printed = lines(
      ChapterText(chapter: chapter, language: language, glyphs: .unicode).lines(width: 80))
    #expect(printed.contains("\(title)\n----") || printed.contains("\(title)\n"))
    #expect(printed.contains(text))
  }

  @Test(
    "A share is typed in percent, an accuracy also as a share",
    arguments: [
      ("accuracy", "85", 0.85), ("accuracy", "0.85", 0.85), ("accuracy", "85.5 %", 0.855),
      ("sparsity", "0.5", 0.005), ("sparsity@dense/kernel", "90", 0.9), ("flips", "12", 12),
      ("bytes.bitmask", "261,532", 261_532),
    ] as [(String, String, Double)])
  func units(quantity: String, text: String, value: Double) throws {
    let measured = try #require(Self.quantity(quantity))
    let found = try #require(QuizItemState.value(from: text, of: measured))
    #expect(abs(found - value) < 1e-12)
  }

  /// A quantity as a lesson would ask for it.
  private static func quantity(_ name: String) -> MeasuredQuantity? {
    MeasuredQuantity(settings: [], quantity: name, tolerance: 0)
  }
}
