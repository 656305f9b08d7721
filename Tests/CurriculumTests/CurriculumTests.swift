import Curriculum
import Testing

@Suite struct SampleLessonTests {
  @Test func `both samples parse without a fault`() throws {
    for (text, language) in [
      (SampleLesson.english, Language.english), (SampleLesson.chinese, .simplifiedChinese),
    ] {
      let result = ChapterParser.parse(source: text, file: "x/01-sample.md", language: language)
      #expect(result.faults.map(\.description) == [])
      let chapter = try #require(result.chapter)
      print(chapter)
      for q in chapter.questions { print(BlockPrinter.print(q.explanation)) }
    }
  }
}
