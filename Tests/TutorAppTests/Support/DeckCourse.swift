import Curriculum
import Localization
import Testing

/// A course of two chapters with choices whose right answers are known by their text.
///
/// The items of the first chapter are `deck.q.1` to `deck.q.4`, two to a question that has an
/// experiment; the second chapter has `other.q.1` and the typed `other.q.2`.
enum DeckCourse {
  /// The course.
  static func library() throws -> CourseLibrary {
    var chapters: [Chapter] = []
    for language in Language.allCases {
      for (file, text) in [("01-deck", deck(language)), ("02-other", other(language))] {
        let (chapter, faults) = ChapterParser.parse(
          source: text, file: "\(language.rawValue)/\(file).md", language: language)
        #expect(faults.map(\.description) == [])
        chapters.append(try #require(chapter))
      }
    }
    return CourseLibrary(chapters: chapters)
  }

  private static func deck(_ language: Language) -> String {
    let isEnglish = language == .english
    let items = (1...4).map { number in
      """
      ### Item \(number)
      <!-- item: deck.q.\(number); kind: choice; question: deck.\(number <= 2 ? "one" : "two") -->
      \(isEnglish ? "Question number \(number)?" : "第 \(number) 题？")

      - [x] \(isEnglish ? "right \(number)" : "对 \(number)")
      - [ ] \(isEnglish ? "wrong \(number)" : "错 \(number)")

      \(isEnglish ? "Because of \(number)." : "因为 \(number)。")
      """
    }
    return """
      # \(isEnglish ? "Deck" : "题组")
      <!-- chapter: deck -->

      \(isEnglish ? "What it is about." : "讲什么。")

      ## \(isEnglish ? "Goals" : "目标")
      - \(isEnglish ? "Answer." : "作答。")

      ## \(isEnglish ? "Questions" : "问题")

      \(question("deck.one", isEnglish ? "First lesson?" : "第一课？", language, experiment: "deck.x.look"))

      \(question("deck.two", isEnglish ? "Second lesson?" : "第二课？", language, experiment: nil))

      ## \(isEnglish ? "Experiments" : "实验")

      ### \(isEnglish ? "Look closely" : "仔细看")
      <!-- experiment: deck.x.look -->
      \(isEnglish ? "Look." : "看。")

      ```experiment
      knobs: weights.bits
      sweep: weights.bits
      ```
      \(isEnglish ? "Seen." : "看到了。")

      ## \(isEnglish ? "Quiz" : "测验")

      \(items.joined(separator: "\n\n"))

      """
  }

  private static func other(_ language: Language) -> String {
    let isEnglish = language == .english
    return """
      # \(isEnglish ? "Other" : "另一章")
      <!-- chapter: other -->

      \(isEnglish ? "More." : "更多。")

      ## \(isEnglish ? "Goals" : "目标")
      - \(isEnglish ? "Answer." : "作答。")

      ## \(isEnglish ? "Questions" : "问题")

      \(question("other.one", isEnglish ? "Third lesson?" : "第三课？", language, experiment: nil))

      ## \(isEnglish ? "Experiments" : "实验")

      ### \(isEnglish ? "Look elsewhere" : "看别处")
      <!-- experiment: other.x.look -->
      \(isEnglish ? "Look." : "看。")

      ```experiment
      knobs: weights.bits
      sweep: weights.bits
      ```
      \(isEnglish ? "Seen." : "看到了。")

      ## \(isEnglish ? "Quiz" : "测验")

      ### A
      <!-- item: other.q.1; kind: choice; question: other.one -->
      \(isEnglish ? "Question number 5?" : "第 5 题？")

      - [x] \(isEnglish ? "right 5" : "对 5")
      - [ ] \(isEnglish ? "wrong 5" : "错 5")

      \(isEnglish ? "Because of 5." : "因为 5。")

      ### B
      <!-- item: other.q.2; kind: cloze -->
      \(isEnglish ? "Fill in." : "填空。")

      ```cloze
      \(isEnglish ? "Weights become {{codes}}." : "权重变成{{整数码}}。")
      ```
      \(isEnglish ? "Because of 6." : "因为 6。")

      """
  }

  private static func question(
    _ id: String, _ title: String, _ language: Language, experiment: String?
  ) -> String {
    let isEnglish = language == .english
    let link = experiment.map { "; experiment: \($0)" } ?? ""
    return """
      ### \(title)
      <!-- question: \(id); level: mid; asked: often\(link) -->

      #### \(isEnglish ? "Answer" : "回答")
      \(isEnglish ? "The answer of \(id)." : "\(id) 的回答。")

      #### \(isEnglish ? "Explanation" : "解析")
      \(isEnglish ? "So." : "所以。")

      #### \(isEnglish ? "Key points" : "要点")
      - \(isEnglish ? "One." : "一条。")

      #### \(isEnglish ? "Common mistake" : "常见误区")
      \(isEnglish ? "None." : "没有。")
      """
  }
}
