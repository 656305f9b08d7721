import Compression
import Curriculum
import Localization
import Study
import TerminalCanvas
import Testing

@testable import Lab
@testable import TutorApp

/// Ways to work in the lab.
@Suite struct WorkflowStories {
  // MARK: Undo and redo

  @Test func aHeldKeyIsOneStepOfUndoAndRedoGoesForwardAgain() throws {
    var lab = try WorkflowStory()
    lab.story.press(.left, .left, .left)
    #expect(try lab.request.recipe.weights.bits == 7)
    lab.story.press(.character("u"))
    #expect(try lab.request.recipe.weights.bits == 32)
    lab.story.press(.character("U"))
    #expect(try lab.request.recipe.weights.bits == 7)
    lab.story.press(.character("u"), .control("r"))
    #expect(try lab.request.recipe.weights.bits == 7)
    // A pause begins a new step.
    lab.story.wait(2)
    lab.story.press(.left, .character("u"))
    #expect(try lab.request.recipe.weights.bits == 7)
  }

  @Test func aDragWithTheMouseIsOneStepOfUndo() throws {
    var lab = try WorkflowStory(width: 100, height: 30)
    let row = try #require(lab.story.row(of: "Sparsity"))
    let knob = try #require(Array(lab.story.rows[row]).firstIndex(of: "●"))
    lab.story.send(.input(.mouse(MouseEvent(.press, at: Point(x: knob, y: row)))))
    for step in 1...8 {
      lab.story.wait(1.5)
      lab.story.send(.input(.mouse(MouseEvent(.drag, at: Point(x: knob + step, y: row)))))
    }
    lab.story.send(.input(.mouse(MouseEvent(.release, at: Point(x: knob + 8, y: row)))))
    #expect(try lab.screen.session.recipe.prune.sparsity > 0.3)
    lab.story.press(.character("u"))
    #expect(try lab.screen.session.recipe.prune.sparsity == 0)
    lab.story.press(.character("U"))
    #expect(try lab.screen.session.recipe.prune.sparsity > 0.3)
  }

  // MARK: Pin and compare

  @Test(arguments: WorkflowStory.sizes, Language.allCases)
  func aPinnedRecipeStandsBesideTheCurrentOneWithTheTestOfTheirDifference(
    size: (Int, Int), language: Language
  ) throws {
    let isEnglish = language == .english
    var lab = try WorkflowStory(width: size.0, height: size.1, language: language)
    lab.story.press(.character("x"))
    lab.story.expect(isEnglish ? "Wait until the recipe is measured" : "请等配方测完再固定")
    try lab.measure(right: 90, bytes: 2_000_000)
    lab.story.press(.character("x"))
    lab.story.expect(isEnglish ? "Pinned as A" : "已固定为 A")
    try lab.show("compare")
    lab.story.expect(isEnglish ? "This recipe is the pinned one" : "当前配方就是固定的配方")
    lab.story.press(.left)
    try lab.measure(right: 70, bytes: 1_000_000, latency: 15)
    lab.story.expect("weights.bits")
    lab.story.expect("90.00 %")
    lab.story.expect("70.00 %")
    // 2·P(X ≤ 0) − P(X = 0) for 20 throws is 2^−20.
    lab.story.expect("mid-p < 0.001")
    lab.story.expect(
      isEnglish ? "B gains 0 images and loses 20: more than chance" : "B 多对 0 张，少对 20 张：差异不是偶然")
    lab.story.expect("A 90.00 % ▼20.00")
    lab.story.expect("A -50.0 %")
    if size.1 >= 40 {
      lab.story.expect("gzip B")
      lab.story.expect("−50.0 %")
      lab.story.expect("dense/kernel dB")
      lab.story.expect("float32 µs")
      lab.story.expect(isEnglish ? "speed-up" : "加速比")
      lab.story.expect("2.00×")
    }
    lab.story.press(.character("X"))
    lab.story.expect(isEnglish ? "x pins the measured recipe" : "按 x 把测好的配方固定为 A")
  }

  @Test func aDifferenceThatChanceMayGiveIsCalledSo() throws {
    var lab = try WorkflowStory(width: 120, height: 40)
    try lab.measure(right: 90, bytes: 2_000_000)
    lab.story.press(.character("x"), .left)
    try lab.measure(right: 88, bytes: 1_000_000)
    try lab.show("compare")
    lab.story.expect("B gains 0 images and loses 2: no more than chance would give")
    lab.story.expect("mid-p = 0.250")
  }

  @Test func xAgainSwapsThePinnedAndTheCurrentRecipeAndUndoGoesBack() throws {
    var lab = try WorkflowStory()
    try lab.measure(right: 90, bytes: 2_000_000)
    lab.story.press(.character("x"), .left)
    try lab.measure(right: 70, bytes: 1_000_000)
    lab.story.press(.character("x"))
    #expect(try lab.screen.session.recipe.weights.bits == 32)
    #expect(lab.story.model.context.workbench.pin?.recipe.weights.bits == 16)
    lab.story.press(.character("u"))
    #expect(try lab.screen.session.recipe.weights.bits == 16)
  }

  // MARK: Pareto

  @Test(arguments: WorkflowStory.sizes, Language.allCases)
  func everyMeasuredRecipeIsAPointTheFrontIsToldFromTheRest(size: (Int, Int), language: Language)
    throws
  {
    let isEnglish = language == .english
    var lab = try WorkflowStory(width: size.0, height: size.1, language: language)
    for (right, bytes) in [(90, 2_000_000), (88, 1_000_000), (80, 500_000), (70, 600_000)] {
      try lab.measure(right: right, bytes: bytes)
      lab.story.press(.left)
    }
    lab.story.press(.character("u"))
    lab.story.press(.right)
    try lab.show("pareto")
    lab.story.expect(isEnglish ? "4 visited" : "已测 4 个")
    lab.story.expect(isEnglish ? "front" : "前沿")
    // Undo went back to the start, one step to the right of which there is nothing: the start is shown.
    try lab.measure(right: 90, bytes: 2_000_000)
    lab.story.expect(isEnglish ? "on the front" : "在前沿上")
    lab.story.expect("◆")
    lab.story.press(.character("U"))
    // weights.bits=6 was left before it was measured; one step back is the dominated recipe.
    lab.story.press(.right)
    try lab.measure(right: 70, bytes: 600_000)
    lab.story.expect(isEnglish ? "dominated by" : "支配")
    lab.story.expect("weights.bits=8")
  }

  @Test func pointsStayFromOneExperimentToTheNextAndHideWhileAGuessIsOpen() throws {
    var lab = try WorkflowStory(
      experiment: "quantization.bits", width: 120, height: 40, isAboveFreeLab: true)
    try lab.measure(right: 90, bytes: 2_000_000)
    lab.story.press(.character("q"))
    #expect(try lab.screen.experimentID == nil)
    try lab.show("pareto")
    lab.story.expect("1 visited")
    lab.story.press(.character("p"))
    lab.story.expect("The points come after your guess.")
  }

  // MARK: Presets

  @Test func allPresetsAreRecipesThatDoNotContradictThemselvesInBothLanguages() throws {
    #expect(RecipePreset.known.count == RecipePreset.entries.count)
    for preset in RecipePreset.known {
      try preset.recipe.checkCombination()
      #expect(
        preset.sentence(.english).hasSuffix(".")
          && preset.sentence(.simplifiedChinese).hasSuffix("。"))
    }
    #expect(Set(RecipePreset.known.map(\.recipe)).count == RecipePreset.known.count)
  }

  @Test(
    arguments: WorkflowStory.sizes,
    Language.allCases)
  func aPresetIsChosenFromAListAndUndoTakesItBack(size: (Int, Int), language: Language) throws {
    let isEnglish = language == .english
    var lab = try WorkflowStory(
      experiment: "quantization.bits", width: size.0, height: size.1, language: language)
    try lab.measure(right: 90, bytes: 2_000_000)
    let start = try lab.screen.session.recipe
    lab.story.press(.character("o"))
    lab.story.expect(isEnglish ? "where this began" : "起始配方")
    lab.story.expect(isEnglish ? "what was to be predicted" : "要预测的配方")
    lab.story.expect("90.00 %  2,000,000 B gzip")
    while !lab.story.text.contains("finetune.mode=qat") { lab.story.press(.down) }
    lab.story.expect(isEnglish ? "trains for some seconds" : "需训练数秒")
    lab.story.press(.enter)
    let used = try lab.request.recipe
    #expect(used.line == "weights.bits=2 finetune.epochs=1 finetune.mode=qat")
    // Knobs that the experiment does not have come to those that it has.
    #expect(try lab.screen.session.knobs.contains { $0.name == "finetune.mode" })
    lab.story.press(.character("u"))
    #expect(try lab.screen.session.recipe == start)
  }

  // MARK: Share

  @Test(arguments: WorkflowStory.sizes, Language.allCases)
  func theRecipeIsALineForAShellAndAPastedLineBecomesTheRecipe(size: (Int, Int), language: Language)
    throws
  {
    let isEnglish = language == .english
    var lab = try WorkflowStory(width: size.0, height: size.1, language: language)
    lab.story.press(.left, .character("y"))
    lab.story.expect("nibble measure --set weights.bits=16")
    lab.story.press(.control("y"))
    let isCopied = lab.story.effects.contains {
      if case .copy("nibble measure --set weights.bits=16") = $0 { true } else { false }
    }
    #expect(isCopied)
    lab.story.paste("$ nibble measure --set weights.bits=3 \\\n  --set prune.sparsity=0.7\n")
    lab.story.expect("✓ prune.sparsity=0.7 weights.bits=3")
    lab.story.press(.enter)
    #expect(try lab.request.recipe.line == "prune.sparsity=0.7 weights.bits=3")
    lab.story.press(.character("u"))
    #expect(try lab.screen.session.recipe.weights.bits == 16)
    lab.story.press(.character("y"))
    lab.story.type("weights.bits=9")
    lab.story.press(.enter)
    lab.story.expect(
      isEnglish
        ? "weights.bits must be one of 1 … 8, 16, 32, not 9"
        : "weights.bits 只能取 1 … 8、16、32 之一，不能是 9")
    lab.story.press(.escape)
    #expect(try lab.screen.session.recipe.weights.bits == 16)
    lab.story.press(.character("y"))
    lab.story.type("nibble measure --set weights.bits=4 --model other.safetensors")
    lab.story.press(.enter)
    lab.story.expect(isEnglish ? "The line is for other files" : "这一行用于别的文件")
  }

  // MARK: Own files

  @Test(arguments: WorkflowStory.sizes, Language.allCases)
  func ownFilesTakeThePlaceOfTheBuiltInOnesAndFGoesBack(size: (Int, Int), language: Language) throws
  {
    let isEnglish = language == .english
    var lab = try WorkflowStory(width: size.0, height: size.1, language: language)
    try lab.measure(right: 90, bytes: 2_000_000)
    lab.story.press(.character("F"))
    lab.story.type("/nets/mine.safetensors")
    lab.story.press(.enter)
    let source = LaboratorySource(model: "/nets/mine.safetensors")
    #expect(lab.story.requests.last?.request == .open(source))
    lab.story.expect(isEnglish ? "reading and measuring" : "正在读取并测量")
    lab.story.reply(
      .refused(
        .files,
        FileError(
          path: "/nets/mine.safetensors", problem: "dense/bias: the tensor is missing",
          cause: .missing(name: "dense/bias"))))
    lab.story.expect(isEnglish ? "dense/bias: the tensor is missing" : "：缺少张量 dense/bias")
    #expect(lab.story.model.context.workbench.visited.all.count == 1)
    lab.story.press(.enter)
    lab.story.send(.laboratory(.ready(WorkflowStory.facts(source: source))))
    lab.story.reply(.opened)
    lab.story.expect(isEnglish ? "Open: 693,962 parameters" : "已打开：693,962 个参数")
    // The points of another network are not this one's.
    #expect(lab.story.model.context.workbench.visited.all.isEmpty)
    lab.story.press(.enter)
    lab.story.expect(isEnglish ? "your mine.safetensors · Lab" : "你的网络 mine.safetensors · 实验室")
    lab.story.press(.character("y"))
    lab.story.expect("--model /nets/mine.safetensors")
    lab.story.press(.escape, .character("F"))
    #expect(lab.story.requests.last?.request == .open(.builtIn))
    lab.story.send(.laboratory(.ready(WorkflowStory.facts())))
    lab.story.expectNot("mine.safetensors")
    // The path is there again the next time.
    lab.story.press(.character("F"))
    lab.story.expect("/nets/mine.safetensors")
  }

  @Test func twoFieldsAreGoneThroughByTabAnEmptyOneMeansTheBuiltIn() throws {
    var lab = try WorkflowStory()
    lab.story.press(.character("F"), .tab)
    lab.story.type("~/images")
    lab.story.press(.enter)
    guard case .open(let source)? = lab.story.requests.last?.request else {
      Issue.record("the files are asked for")
      return
    }
    #expect(source.model == nil && source.data?.hasSuffix("/images") == true)
    #expect(source.data?.hasPrefix("~") == false)
  }

  // MARK: The lesson beside the lab

  @Test(arguments: WorkflowStory.sizes, Language.allCases)
  func tGoesFromTheExperimentsTextToTheQuestionItsAnswerAndBack(
    size: (Int, Int), language: Language
  ) throws {
    let isEnglish = language == .english
    var lab = try WorkflowStory(
      experiment: "quantization.bits", width: size.0, height: size.1, language: language)
    lab.story.press(.character("T"))
    lab.story.expect(isEnglish ? "[Question]" : "[问题]")
    lab.story.expect(isEnglish ? "Then T shows one" : "再按 T 对照")
    lab.story.press(.character("T"))
    lab.story.expect(isEnglish ? "▌ Answer" : "▌ 回答")
    let isRecorded = lab.story.effects.contains {
      if case .store(.noteQuestionSeen) = $0 { true } else { false }
    }
    #expect(isRecorded)
    let before = lab.story.text
    lab.story.press(.pageDown)
    #expect(lab.story.text != before)
    lab.story.press(.character("T"))
    lab.story.expect(isEnglish ? "[Experiment]" : "[实验]")
    if size.0 < LessonPane.minWidth {
      // On a narrow window one key goes to the plots and back to the text.
      lab.story.press(.character("t"))
      lab.story.expectNot(isEnglish ? "[Experiment]" : "[实验]")
      lab.story.press(.character("t"))
      lab.story.expect(isEnglish ? "[Experiment]" : "[实验]")
    }
  }

  @Test(arguments: Language.allCases)
  func theWheelScrollsWhatThePointerIsOn(language: Language) throws {
    var lab = try WorkflowStory(
      experiment: "quantization.bits", width: 200, height: 34, language: language)
    try lab.measure(right: 90, bytes: 2_000_000)
    let layout = LabLayout(
      area: lab.story.model.area, knobCount: try lab.screen.session.knobs.count)
    func turn(at rect: Rect) {
      lab.story.send(
        .input(.mouse(MouseEvent(.scrollDown, at: Point(x: rect.x + 2, y: rect.y + 2)))))
    }
    let focus = try lab.screen.focus.index
    turn(at: layout.lower)
    #expect(try lab.screen.page == 1)
    #expect(try lab.screen.lesson.experimentScroll.offset == 0)
    turn(at: layout.text)
    #expect(try lab.screen.page == 1)
    #expect(try lab.screen.lesson.experimentScroll.offset > 0)
    turn(at: layout.knobs)
    #expect(try lab.screen.focus.index == focus + 1)
  }

  @Test func fromAQuestionAWideWindowHasTheQuestionBesideTheLab() throws {
    for (width, isBeside) in [(200, true), (80, false)] {
      var story = try Story(
        width: width, height: 50, laboratory: .ready(WorkflowStory.facts()),
        screens: { context in
          let question = context.chapters.flatMap(\.questions).first { $0.experimentID != nil }
          return [HomeScreen(), QuestionScreen(id: question?.id ?? "", revealed: true)]
        })
      story.press(.character("e"))
      #expect(story.text.contains("[Question]") == isBeside)
    }
  }

  @Test func inASCIINothingOfAllThisLeavesASCII() throws {
    var lab = try WorkflowStory(width: 120, height: 40, glyphs: .ascii)
    try lab.measure(right: 90, bytes: 2_000_000)
    lab.story.press(.character("x"), .left)
    try lab.measure(right: 70, bytes: 1_000_000)
    for kind in ["compare", "pareto"] {
      try lab.show(kind)
      #expect(lab.story.isASCII, "\(lab.story.text)")
    }
    for key in ["o", "y", "F"] as [Character] {
      lab.story.press(.character(key))
      #expect(lab.story.isASCII, "\(lab.story.text)")
      lab.story.press(.escape)
    }
  }

  @Test func anotherNetworksCurveHistogramsAndGuessAreNotTakenForTheNewOnes() throws {
    var lab = try WorkflowStory(width: 120, height: 40)
    try lab.measure(right: 90, bytes: 2_000_000)
    #expect(try !lab.screen.session.curve.points.isEmpty)
    let old = try lab.request.id
    let source = LaboratorySource(model: "mine.safetensors")
    lab.story.send(.laboratory(.ready(WorkflowStory.facts(source: source))))
    #expect(
      try lab.screen.session.curve.points.isEmpty
        && lab.screen.session.kernels.histogram == nil)
    #expect(try lab.request.id != old)
    lab.story.reply(
      .measured(WorkflowStory.measurement(of: Recipe(), right: 0..<10, bytes: 10), .accuracy),
      to: old)
    #expect(lab.story.model.context.workbench.visited.all.isEmpty)
  }

  @Test func whileAGuessIsTypedTabGoesToTheQuestionTheGuessBringsTheExplanation() throws {
    var story = try Story(
      width: 200, height: 60, laboratory: .ready(WorkflowStory.facts()),
      screens: { context in
        let experiment = context.experiment("quantization.bits")?.experiment
        return [HomeScreen(), LabScreen(experiment: experiment, settings: nil)]
      })
    story.expect("[Experiment]")
    story.press(.tab)
    story.expect("[Question]")
    story.type("50")
    story.press(.enter)
    story.expect("[Experiment]")
    story.expect("▌ Explanation")
  }

  @Test(arguments: [(36, 8), (58, 9), (134, 44)], Language.allCases)
  func theComparisonTellsTheMostAtEverySizeOfItsPanel(
    size: (width: Int, height: Int), language: Language
  ) throws {
    let story = try Story(language: language)
    let comparison = RecipeComparison(
      pin: WorkflowStory.measurement(
        of: try Recipe(line: "weights.bits=8"), right: 5..<85, bytes: 400_000),
      current: WorkflowStory.measurement(
        of: try Recipe(line: "weights.bits=4 prune.sparsity=0.9"), right: 0..<82, bytes: 200_000),
      language: language, glyphs: story.model.context.glyphs)
    // Images 0 to 4 only B has right, 82 to 84 only A.
    #expect(comparison.pairs == PairedComparison(images: 100, gained: 5, lost: 3, disagreements: 8))
    let lines = comparison.lines(width: size.width, height: size.height)
    #expect(lines.allSatisfy { TextWidth.width(of: $0) <= size.width })
    let seen = lines.prefix(size.height).map { $0.map(\.text).joined() }.joined(separator: "\n")
    #expect(seen.contains("80.00 %") && seen.contains("82.00 %"), "\(seen)")
    #expect(seen.contains("5") && seen.contains("McNemar"), "\(seen)")
    if size.height > 8 { #expect(seen.contains("weights.bits") && seen.contains("prune.sparsity")) }
    if size.height == 9 { #expect(seen.contains("200,000 gzip"), "\(seen)") }
    if size.height > 10 { #expect(seen.contains("dense/kernel dB") && seen.contains("−50.0 %")) }
  }

  @Test(arguments: 1...4)
  func whateverIsPressedTheLabKeepsItsSizeAndItsRecipeIsOne(seed: UInt64) throws {
    let keys: [Key] =
      [
        .up, .down, .left, .right, .enter, .escape, .home, .end, .pageUp, .pageDown, .tab,
        .backspace, .control("r"), .control("y"), .shiftLeft, .shiftRight,
      ] + "uUxXoyFTtvVwrpd3.".map(Key.character)
    var state = seed
    func random(_ limit: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % limit
    }
    var lab = try WorkflowStory(
      experiment: seed.isMultiple(of: 2) ? "quantization.bits" : nil,
      width: seed.isMultiple(of: 3) ? 160 : 80, height: 24 + Int(seed) * 5,
      language: seed.isMultiple(of: 2) ? .simplifiedChinese : .english)
    for _ in 0..<400 {
      lab.story.press(keys[random(keys.count)])
      if random(4) == 0, lab.story.model.screen is LabScreen {
        try lab.measure(right: 50 + random(45), bytes: 1_000 + random(900_000))
      }
      if random(10) == 0 { lab.story.paste("nibble measure --set weights.bits=\(random(12))") }
      if random(3) == 0 { lab.story.wait(Double(random(3))) }
      #expect(lab.story.rows.count == lab.story.model.size.height)
      if let screen = lab.story.model.screen as? LabScreen {
        #expect(screen.session.history.past.count <= RecipeHistory.limit)
        #expect(try Recipe(line: screen.session.recipe.line) == screen.session.recipe)
      } else if lab.story.model.screens.count == 1 {
        lab.story.press(.character("l"))
      }
    }
  }
}
