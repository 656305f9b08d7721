import Curriculum
import Localization
import Testing

/// Challenges in lessons: what is read, what is refused, and what must be the same in both languages.
@Suite struct ChallengeTests {
  private static let english = """
    ## Challenges

    ### Small and good
    <!-- challenge: sample.c.small; difficulty: 2 -->
    Meet it *somehow*.

    ```challenge
    bytes: 150000
    accuracy: 0.9
    speedup: 2.5
    set: weights.bits=8
    knobs: weights.bits prune.sparsity
    ```

    #### Hints
    - Fewer bits.
    - `finetune.mode=qat`.

    ## Quiz
    """

  private static let chinese = """
    ## 挑战

    ### 又小又准
    <!-- challenge: sample.c.small; difficulty: 2 -->
    想办法达标。

    ```challenge
    bytes: 150000
    accuracy: 0.9
    speedup: 2.5
    set: weights.bits=8
    knobs: weights.bits prune.sparsity
    ```

    #### 提示
    - 更少的位。
    - `finetune.mode=qat`。

    ## 测验
    """

  private static func lesson(_ challenges: String = english) -> String {
    SampleLesson.english.replacing("## Quiz", with: challenges, maxReplacements: 1)
  }

  private static func faults(replacing old: String, with new: String) -> [String] {
    precondition(english.contains(old), "The challenge holds the text to be replaced.")
    let changed = english.replacing(old, with: new, maxReplacements: 1)
    let start =
      SampleLesson.english.split(separator: "\n", omittingEmptySubsequences: false)
      .firstIndex(of: "## Quiz") ?? 0
    return ChapterParser.parse(
      source: lesson(changed), file: "en/01-sample.md", language: .english
    ).faults.map { "\($0.location.line - start):\($0.location.column): \($0.message)" }
  }

  @Test func aChallengeIsReadWithItsBudgetsKnobsAndHints() throws {
    let parsed = ChapterParser.parse(
      source: Self.lesson(), file: "en/01-sample.md", language: .english)
    #expect(parsed.faults.map(\.description) == [])
    let challenge = try #require(parsed.chapter?.challenges.first)
    #expect(challenge.id == "sample.c.small")
    #expect(challenge.title == "Small and good")
    #expect(challenge.difficulty == 2)
    #expect(
      challenge.budgets == [
        .init(quantity: "bytes", bound: .atMost(150_000)),
        .init(quantity: "accuracy", bound: .atLeast(0.9)),
        .init(quantity: "speedup", bound: .atLeast(2.5)),
      ])
    #expect(challenge.limit(of: "bytes") == 150_000)
    #expect(challenge.limit(of: "accuracy") == 0.9)
    #expect(challenge.limit(of: "speedup") == 2.5)
    #expect(challenge.settings == [Setting(key: "weights.bits", value: "8")])
    #expect(challenge.knobs == ["weights.bits", "prune.sparsity"])
    #expect(challenge.hints == [[.text("Fewer bits.")], [.code("finetune.mode=qat"), .text(".")]])
  }

  /// Lines are counted from the heading “Challenges”, which is line 1.
  @Test(arguments: [
    FaultCase(
      "; difficulty: 2", "", "4:1: the comment lacks the key “difficulty”"),
    FaultCase(
      "difficulty: 2", "difficulty: 9", "4:45: the difficulty is from 1 to 5, not 9"),
    FaultCase(
      "difficulty: 2", "difficulty: hard", "4:45: “hard” is not a whole number"),
    FaultCase(
      "Meet it *somehow*.\n", "", "3:1: the challenge has no text before its block"),
    FaultCase("bytes: 150000", "bytes: 0", "8:8: “bytes” must be above 0"),
    FaultCase("bytes: 150000", "bytes: 150 KB", "8:8: “150 KB” is not a whole number"),
    FaultCase(
      "accuracy: 0.9", "accuracy: 90", "9:11: “accuracy” is a share above 0 and at most 1"),
    FaultCase(
      "speedup: 2.5", "speedup: 1", "10:10: “speedup” is a factor above 1 and at most 1000"),
    FaultCase(
      "bytes: 150000\naccuracy: 0.9\nspeedup: 2.5\n", "",
      "7:1: the challenge names no budget; allowed are bytes, accuracy, speedup"),
    FaultCase(
      "speedup: 2.5", "latency: 2.5",
      "10:1: unknown key “latency” in the “challenge” block; allowed are bytes, accuracy, speedup, "
        + "set, knobs"),
    FaultCase(
      "weights.bits prune.sparsity", "weights.bits weights.bits",
      "12:21: the knob “weights.bits” is named twice"),
    FaultCase(
      "```\n\n#### Hints", "```\nMore.\n\n#### Hints",
      "14:1: nothing stands between the “challenge” block and the hints"),
    FaultCase(
      "#### Hints\n- Fewer bits.\n- `finetune.mode=qat`.\n", "",
      "3:1: the challenge lacks “Hints”"),
    FaultCase("#### Hints", "#### Help", "15:1: a challenge has only the part “Hints”, once"),
    FaultCase(
      "sample.c.small", "other.c.small",
      "4:17: the id “other.c.small” must begin with the chapter's id “sample.”"),
  ])
  func faultsOfAChallenge(_ sample: FaultCase) {
    #expect(Self.faults(replacing: sample.old, with: sample.new) == sample.faults)
  }

  private func lint(
    replacing old: String, with new: String, recipeKeys: Linter.RecipeCheck = { _, _ in nil }
  ) throws -> [String] {
    let translated = SampleLesson.chinese.replacing(
      "## 测验", with: Self.chinese.replacing(old, with: new), maxReplacements: 1)
    return try TemporaryContent([
      "en/01-sample.md": Self.lesson(), "zh-Hans/01-sample.md": translated,
    ]).lint(recipeKeys: recipeKeys)
  }

  @Test func bothLanguagesHaveTheSameChallengesWithTheSameBounds() throws {
    #expect(try lint(replacing: "bytes", with: "bytes") == [])
    let bounds = try lint(replacing: "bytes: 150000", with: "bytes: 160000")
    #expect(bounds.count == 1)
    #expect(
      bounds.first?.contains(
        "the bytes of “sample.c.small” is “160000” here but “150000” in en/01-sample.md") == true)
    let hints = try lint(replacing: "- 更少的位。\n", with: "")
    #expect(
      hints.first?.contains("the number of hints of “sample.c.small” is “1” here but “2”") == true)
    let ids = try lint(replacing: "sample.c.small", with: "sample.c.tiny")
    #expect(ids.contains { $0.contains("the challenge “sample.c.small”") })
  }

  @Test func keysAndSettingsOfARecipeAreChecked() throws {
    let faults = try lint(replacing: "bytes", with: "bytes") { key, value in
      key == "prune.sparsity" && value == nil ? "no such knob" : nil
    }
    #expect(faults.count == 2)
    #expect(faults.allSatisfy { $0.hasSuffix(":21: no such knob") })
  }

  @Test func aChallengeThatIsNotTranslatedIsLentByTheOtherLanguage() throws {
    let (english, _) = ChapterParser.parse(
      source: Self.lesson(), file: "en/01-sample.md", language: .english)
    let (chinese, _) = ChapterParser.parse(
      source: SampleLesson.chinese, file: "zh-Hans/01-sample.md", language: .simplifiedChinese)
    let library = CourseLibrary(chapters: [try #require(english), try #require(chinese)])
    #expect(
      library.chapters(in: .simplifiedChinese).first?.challenges.map(\.id) == ["sample.c.small"])
  }
}
