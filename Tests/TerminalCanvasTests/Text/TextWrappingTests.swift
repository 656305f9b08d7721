import Testing

@testable import TerminalCanvas

@Suite struct TextWrappingTests {
  private func wrap(_ text: String, _ width: Int, indent: Int = 0) -> [String] {
    TextWrapping.wrap(text, width: width, hangingIndent: indent).map { $0.map(\.text).joined() }
  }

  @Test func englishBreaksAtSpaces() {
    #expect(
      wrap("Quantization maps floats to integers.", 15)
        == ["Quantization", "maps floats to", "integers."])
    #expect(wrap("", 10) == [""])
    #expect(wrap("   ", 10) == [""])
    #expect(wrap("one  two", 5) == ["one", "two"])
    #expect(wrap("abcde fgh", 5) == ["abcde", "fgh"])
  }

  @Test func spacesAtTheStartStay() {
    #expect(wrap("  let x = 1", 8) == ["  let x", "= 1"])
  }

  @Test func lineEndsInTheTextBreak() {
    #expect(wrap("a b\n\nc", 10) == ["a b", "", "c"])
  }

  @Test func aHangingIndentStandsBeforeAllLinesButTheFirst() {
    #expect(
      wrap("• weights of the first layer", 12, indent: 2)
        == ["• weights of", "  the first", "  layer"])
    #expect(wrap("ab cd", 3, indent: 9) == ["ab", " cd"])
  }

  @Test func wordsLongerThanALineAreCut() {
    #expect(wrap("a conv2d_1/kernel b", 8) == ["a", "conv2d_1", "/kernel", "b"])
    #expect(wrap("abcdefgh", 3) == ["abc", "def", "gh"])
    #expect(wrap("量化", 1) == ["量", "化"])
  }

  @Test func hyphensInsideWordsBreakAndThoseOfNumbersDoNot() {
    #expect(wrap("post-training", 8) == ["post-", "training"])
    #expect(wrap("x int-8 y", 6) == ["x", "int-8", "y"])
    #expect(wrap("x --json", 5) == ["x", "--jso", "n"])
  }

  @Test func numbersKeepTheirUnit() {
    #expect(wrap("it takes 348 KB now", 13) == ["it takes", "348 KB now"])
    #expect(wrap("sparsity 90 % of", 12) == ["sparsity", "90 % of"])
    #expect(wrap("about 90% of it", 8) == ["about", "90% of", "it"])
    #expect(wrap("scale 0–255 of it", 8) == ["scale", "0–255 of", "it"])
    #expect(wrap("has 32 filters", 7) == ["has 32", "filters"])
  }

  @Test func chineseBreaksBetweenCharactersButNotBeforeClosingPunctuation() {
    #expect(wrap("量化把浮点数映射为整数。", 10) == ["量化把浮点", "数映射为整", "数。"])
    #expect(wrap("量化把浮点，数映射", 10) == ["量化把浮", "点，数映射"])
    #expect(wrap("量化把浮”，数映射", 10) == ["量化把", "浮”，数映", "射"])
  }

  @Test func openingPunctuationNeverEndsALine() {
    #expect(wrap("所谓剪枝「稀疏」指零", 10) == ["所谓剪枝", "「稀疏」指", "零"])
    #expect(wrap("所谓剪枝（N:M）指零", 10) == ["所谓剪枝", "（N:M）指", "零"])
  }

  @Test func dashesAndEllipsesStayWhole() {
    #expect(wrap("只剩零——为何", 7) == ["只剩", "零——为", "何"])
    #expect(wrap("只剩零……为何", 7) == ["只剩", "零……为", "何"])
  }

  @Test func mixedTextKeepsLatinWordsWhole() {
    #expect(
      wrap("把float32权重量化成int8，误差约0.5%。", 12)
        == ["把float32权", "重量化成", "int8，误差约", "0.5%。"])
    #expect(wrap("使用 per-channel 缩放 INT8 权重", 12) == ["使用 per-", "channel 缩放", "INT8 权重"])
  }

  @Test func stylesSurviveTheBreaks() {
    let line = [StyledRun("one ", .role(.text)), StyledRun("two three", .role(.code))]
    #expect(
      TextWrapping.wrap(line, width: 8)
        == [
          [StyledRun("one ", .role(.text)), StyledRun("two", .role(.code))],
          [StyledRun("three", .role(.code))],
        ])
  }

  @Test(arguments: 1...40)
  func noLineIsTooWideAndNoCharacterIsLost(width: Int) {
    let text = "把 32-bit 浮点权重（float32）量化成 INT8：scale = max|w| / 127，误差不超过半格，见《量化白皮书》。"
    let lines = wrap(text, width, indent: 4)
    for line in lines { #expect(TextWidth.width(of: line) <= max(2, width)) }
    #expect(lines.joined().filter { $0 != " " } == text.filter { $0 != " " })
  }

  @Test(arguments: 8...40)
  func punctuationStandsOnTheRightSideOfEveryBreak(width: Int) {
    let text = "剪枝（pruning）去掉小权重；量化、共享权重——都能压缩模型，“少”而“准”。为什么？因为冗余！"
    for (index, line) in wrap(text, width).enumerated() where index > 0 {
      if let first = line.first { #expect(!"，。、；：？！）”—".contains(first)) }
      if let last = line.last { #expect(!"（“".contains(last)) }
    }
  }

  @Test func noWidthGivesOneEmptyLine() {
    #expect(wrap("text", 0) == [""])
    #expect(wrap("text", -3) == [""])
  }
}
