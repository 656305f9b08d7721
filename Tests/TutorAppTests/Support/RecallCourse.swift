import Compression
import Curriculum
import Localization
import Study
import Testing

@testable import Lab
@testable import TutorApp

/// A course of one chapter with a worked example and an item of each kind that is not in every
/// chapter, in both languages.
enum RecallCourse {
  /// The course.
  static func library() throws -> CourseLibrary {
    var chapters: [Chapter] = []
    for (text, language) in [(english, Language.english), (chinese, .simplifiedChinese)] {
      let (chapter, faults) = ChapterParser.parse(
        source: text, file: "\(language.rawValue)/01-recall.md", language: language)
      #expect(faults.map(\.description) == [])
      chapters.append(try #require(chapter))
    }
    return CourseLibrary(chapters: chapters)
  }

  /// A measurement of a recipe with the given number of right images of 10,000.
  static func measurement(
    of recipe: Recipe, correct: Int, bytes: [StorageFormat: Int] = [:]
  ) -> Lab.Measurement {
    let labels = [UInt8](repeating: 0, count: 10_000)
    let predictions = labels.indices.map { UInt8($0 < correct ? 0 : 1) }
    return Lab.Measurement(
      recipe: recipe,
      evaluation: Evaluation(
        predictions: predictions[...], baseline: labels[...], labels: labels[...], classes: 10),
      size: NetworkSize(
        sparsity: 0, parameters: 693_962, macs: 888_192, bytes: bytes, layers: []),
      latency: [:], seconds: 0)
  }

  /// The right sides of the pairs in the order of their left sides.
  static let rights: [Language: [String]] = [
    .english: ["column by column", "by activations", "to the nearest"],
    .simplifiedChinese: ["逐列补偿", "按激活缩放", "就近舍入"],
  ]

  /// A quiz over some items, named without the part of the id that all share.
  static func quiz(
    _ items: String..., language: Language = .english, seed: UInt64 = 7,
    glyphs: Preferences.Glyphs = .unicode, laboratory: LaboratoryStatus = .loading
  ) throws -> Story {
    try Story(
      language: language, glyphs: glyphs, library: try library(), laboratory: laboratory,
      screens: { context in
        [HomeScreen()]
          + [
            QuizScreen(
              chapterID: "recall", items: items.map { "recall.q." + $0 }, seed: seed, context)
          ].compactMap(\.self)
      })
  }

  /// The answers that were recorded.
  static func records(_ story: Story) -> [Review] {
    story.effects.compactMap {
      if case .store(.record(let review, _)) = $0 { review } else { nil }
    }
  }

  /// The measurements that were asked for.
  static func requests(_ story: Story) -> [(recipe: Recipe, id: RequestID)] {
    story.measureRequests
  }

  private static let english = #"""
    # Recall
    <!-- chapter: recall -->

    What it is about.

    ## Goals
    - Recall.

    ## Worked example

    Ten thousand weights, of which a tenth stays: 1,000.

    ## Questions

    ### Why?
    <!-- question: recall.why; level: mid; asked: often -->

    #### Answer
    Because.

    #### Explanation
    So.

    #### Key points
    - One.

    #### Common mistake
    None.

    ## Experiments

    ### Look
    <!-- experiment: recall.x.look -->
    Look.

    ```experiment
    knobs: weights.bits
    sweep: weights.bits
    ```
    Seen.

    ## Quiz

    ### Pairs
    <!-- item: recall.q.pairs; kind: match; question: recall.why -->
    What belongs together?

    ```match
    GPTQ => column by column
    AWQ => by activations
    RTN => to the nearest
    ```
    Each has its idea.

    ### Blanks
    <!-- item: recall.q.blanks; kind: cloze -->
    Fill in the blanks.

    ```cloze
    After every step the {{mask}} is applied again, otherwise {{momentum|Adam}} brings zeros back.
    ```
    The optimizer remembers.

    ### Measured
    <!-- item: recall.q.measured; kind: measured -->
    How accurate is it at three bits?

    ```measured
    set: weights.bits=3 weights.granularity=tensor
    quantity: accuracy
    tolerance: 0.03
    ```
    It loses little.

    ### Bytes
    <!-- item: recall.q.bytes; kind: measured -->
    How many bytes has the bitmask?

    ```measured
    set: prune.sparsity=0.75
    quantity: bytes.bitmask
    tolerance: 4000
    ```
    A bit a weight, and the weights that are kept.

    ### Varied
    <!-- item: recall.q.varied; kind: numeric -->
    Of {n} weights {p} % are pruned. How many bytes do the others take?

    ```numeric
    vary: n = 200000, 400000, 600000
    vary: p = 80, 90
    answer: n * (100 - p) / 100 * 6
    tolerance: 0
    unit: B
    step: kept weights = n * (100 - p) / 100
    step: bytes = kept × 6 = n * (100 - p) / 100 * 6
    ```
    Four bytes of value, two of index.
    """#

  private static let chinese = #"""
    # 回忆
    <!-- chapter: recall -->

    讲什么。

    ## 目标
    - 记住。

    ## 例题

    一万个权重，留下十分之一：1,000 个。

    ## 问题

    ### 为什么？
    <!-- question: recall.why; level: mid; asked: often -->

    #### 回答
    因为。

    #### 解析
    所以。

    #### 要点
    - 一条。

    #### 常见误区
    没有。

    ## 实验

    ### 看
    <!-- experiment: recall.x.look -->
    看。

    ```experiment
    knobs: weights.bits
    sweep: weights.bits
    ```
    看到了。

    ## 测验

    ### 配对
    <!-- item: recall.q.pairs; kind: match; question: recall.why -->
    哪些相配？

    ```match
    GPTQ => 逐列补偿
    AWQ => 按激活缩放
    RTN => 就近舍入
    ```
    各有思路。

    ### 填空
    <!-- item: recall.q.blanks; kind: cloze -->
    请填空。

    ```cloze
    每步之后都要重新乘上{{掩码|mask}}，否则{{动量|momentum|Adam}}会把零带回来。
    ```
    优化器有记忆。

    ### 实测
    <!-- item: recall.q.measured; kind: measured -->
    三位时准确率是多少？

    ```measured
    set: weights.bits=3 weights.granularity=tensor
    quantity: accuracy
    tolerance: 0.03
    ```
    损失很小。

    ### 字节
    <!-- item: recall.q.bytes; kind: measured -->
    位掩码占多少字节？

    ```measured
    set: prune.sparsity=0.75
    quantity: bytes.bitmask
    tolerance: 4000
    ```
    每个权重一位，再加留下的权重。

    ### 变数
    <!-- item: recall.q.varied; kind: numeric -->
    {n} 个权重剪掉 {p}%。剩下的占多少字节？

    ```numeric
    vary: n = 200000, 400000, 600000
    vary: p = 80, 90
    answer: n * (100 - p) / 100 * 6
    tolerance: 0
    unit: 字节
    step: 留下的权重 = n * (100 - p) / 100
    step: 字节 = 留下的 × 6 = n * (100 - p) / 100 * 6
    ```
    值四字节，索引两字节。
    """#
}

extension QuizScreen {
  /// A quiz of some items in their order.
  init?(chapterID: String?, items: [String], seed: UInt64 = 0, _ context: TutorContext) {
    self.init(
      StoredQuiz(
        setup: QuizSetup(chapterID == nil ? .mixed : .chapter, chapterID: chapterID), seed: seed,
        items: items, steps: [], elapsed: 0, isHandedIn: false), context)
  }
}
