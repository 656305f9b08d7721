import Curriculum
import Foundation
import Localization
import Testing

/// Loading a course and filling in missing translations.
@Suite struct CourseLibraryTests {
  private func lesson(_ id: String, _ language: Language) -> String {
    (language == .english ? SampleLesson.english : SampleLesson.chinese)
      .replacing("chapter: sample", with: "chapter: \(id)")
      .replacing("sample.", with: "\(id).")
  }

  @Test func chaptersComeInTheOrderOfTheirNumbers() throws {
    let content = try TemporaryContent([
      "en/10-late.md": lesson("late", .english), "en/02-early.md": lesson("early", .english),
      "zh-Hans/02-early.md": lesson("early", .simplifiedChinese),
      "zh-Hans/10-late.md": lesson("late", .simplifiedChinese), "en/.hidden.md": "",
      "en/notes.txt": "",
    ])
    let (library, faults) = CourseLibrary.load(contentDirectory: content.path)
    #expect(faults == [])
    for language in Language.allCases {
      #expect(library.chapters(in: language).map(\.id) == ["early", "late"])
      #expect(library.chapters(in: language).allSatisfy { $0.language == language })
    }
    #expect(library.chapter(id: "late", in: .simplifiedChinese)?.title == "示例原理")
    #expect(library.quizItem(id: "late.q.bug", in: .english)?.chapter.id == "late")
    let question = try #require(library.question(id: "early.round", in: .english))
    #expect(question.chapter.questions[question.index].level == .senior)
    #expect(
      library.quizItem(id: "early.q.step", in: .simplifiedChinese)?.item.questionID == "early.scale"
    )
    #expect(library.experiment(id: "late.bits", in: .english)?.experiment.sweep == "weights.bits")
    #expect(library.question(id: "late.bits", in: .english) == nil)
    #expect(library.chapter(id: "nothing", in: .english) == nil)
  }

  @Test func aMissingChapterAppearsInTheOtherLanguage() throws {
    let content = try TemporaryContent([
      "en/01-one.md": lesson("one", .english), "en/02-two.md": lesson("two", .english),
      "zh-Hans/02-two.md": lesson("two", .simplifiedChinese),
      "zh-Hans/03-three.md": lesson("three", .simplifiedChinese),
    ])
    let library = CourseLibrary.load(contentDirectory: content.path).library
    #expect(
      library.chapters(in: .simplifiedChinese).map(\.language)
        == [.english, .simplifiedChinese, .simplifiedChinese])
    #expect(
      library.chapters(in: .english).map(\.language) == [.english, .english, .simplifiedChinese])
  }

  @Test func aMissingElementAppearsInTheOtherLanguageAtItsPlace() throws {
    let shortened = SampleLesson.chinese
      .replacing("level: junior", with: "level: broken")
      .replacing("kind: multiple", with: "kind: broken")
      .replacing("kind: spot", with: "kind: broken")
    let content = try TemporaryContent([
      "en/01-sample.md": SampleLesson.english, "zh-Hans/01-sample.md": shortened,
    ])
    let (library, faults) = CourseLibrary.load(contentDirectory: content.path)
    #expect(faults.count == 3)
    let chapter = try #require(library.chapter(id: "sample", in: .simplifiedChinese))
    #expect(chapter.questions.map(\.id) == ["sample.scale", "sample.round"])
    #expect(BlockPrinter.print(chapter.questions[0].title) == "What is a {em scale}?")
    #expect(BlockPrinter.print(chapter.questions[1].title) == "为什么要舍入？")
    #expect(
      chapter.quizItems.map(\.id)
        == ["bytes", "properties", "step", "pipeline", "bug"].map { "sample.q.\($0)" })
    #expect(BlockPrinter.print(chapter.quizItems[1].prompt) == "paragraph: Which are true?")
    #expect(BlockPrinter.print(chapter.quizItems[2].prompt) == "paragraph: 范围是 4，共 255 步，一步多大？")
  }

  @Test func oneLanguageIsEnoughAndNoneIsAFault() throws {
    let content = try TemporaryContent(["en/01-sample.md": SampleLesson.english])
    #expect(CourseLibrary.load(contentDirectory: content.path).faults == [])
    let empty = try TemporaryContent(["en/notes.txt": ""])
    let (library, faults) = CourseLibrary.load(contentDirectory: empty.path)
    #expect(library.chapters(in: .english) == [])
    #expect(
      faults.map(\.description)
        == ["\(empty.path):1:1: no lessons were found; they are expected in en or zh-Hans"])
  }

  @Test func aPipeInThePlaceOfALessonDoesNotBlock() throws {
    let content = try TemporaryContent(["en/01-sample.md": SampleLesson.english])
    #expect(mkfifo(content.path + "/en/02-pipe.md", 0o600) == 0)
    let (library, faults) = CourseLibrary.load(contentDirectory: content.path)
    #expect(library.chapters(in: .english).count == 1)
    #expect(faults.map(\.message) == ["this is not a file"])
  }

  @Test func lessonsParsedAtTheSameTimeDoNotDisturbEachOther() async {
    // The Markdown library keeps a global table of special characters, the tilde among them.
    let results = await withTaskGroup(of: String.self) { group in
      for _ in 0..<40 {
        group.addTask { ExplanationLesson.blocks("~~gone~~ and *kept*") }
      }
      return await group.reduce(into: Set<String>()) { $0.insert($1) }
    }
    #expect(results == ["paragraph: {del gone} and {em kept}"])
  }
}
