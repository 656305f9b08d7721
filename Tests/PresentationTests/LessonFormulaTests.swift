import BundledContent
import Curriculum
import Localization
import Presentation
import Testing

/// The formulas of the bundled lessons.
@Suite struct LessonFormulaTests {
  @Test(arguments: Language.allCases)
  func everyFormulaIsRenderedWithoutARestOfTeX(language: Language) throws {
    let directory = try BundledContent.locate(explicit: nil)
    let (library, _) = CourseLibrary.load(contentDirectory: directory, languages: [language])
    let formulas = library.chapters(in: language).flatMap(\.formulas)
    #expect(formulas.count > 50)
    for formula in formulas {
      let rendered = UnicodeMath.render(formula)
      #expect(!rendered.isEmpty && !rendered.contains("\\"), "\(formula) → \(rendered)")
    }
  }
}

extension Chapter {
  /// All formulas of the questions' texts.
  fileprivate var formulas: [String] {
    questions.flatMap { $0.answer + $0.explanation + $0.commonMistake + $0.followUp }
      .flatMap(Self.formulas)
  }

  private static func formulas(in block: Block) -> [String] {
    switch block {
    case .math(let formula): [formula]
    case .paragraph(let text), .heading(_, let text):
      text.compactMap { if case .math(let formula) = $0 { formula } else { nil } }
    case .list(_, let items): items.flatMap { $0.flatMap(formulas) }
    case .quote(let inner): inner.flatMap(formulas)
    case .table(_, let header, let rows):
      ([header] + rows).flatMap { $0 }.flatMap { formulas(in: .paragraph($0)) }
    case .code, .claim, .rule: []
    }
  }
}
