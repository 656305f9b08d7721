import Localization

/// Rules on how much a chapter holds.
enum ChapterRules {
  /// The shortfalls of a chapter.
  static func faults(
    in lesson: ParsedLesson, of chapter: Chapter, thresholds: Linter.Thresholds
  ) -> [ContentFault] {
    let items = lesson.outline.filter { $0.kind == .item }
    func count(_ kind: OutlineEntry.Kind) -> Int { lesson.outline.count { $0.kind == kind } }
    let counts = [
      ("questions", count(.question), thresholds.questions),
      ("quiz items", items.count, thresholds.quizItems),
      ("experiments", count(.experiment), thresholds.experiments),
      ("kinds of quiz items", Set(items.compactMap(\.itemKind)).count, thresholds.kinds),
      ("quiz items with variants", items.count(where: \.hasVariants), thresholds.variants),
    ]
    var faults = counts.compactMap { name, found, needed -> ContentFault? in
      guard found < needed else { return nil }
      return ContentFault(
        "the number of \(name) is \(found), but at least \(needed) are needed",
        at: chapter.location)
    }
    if thresholds.needsWorkedExample, count(.workedExample) == 0 {
      let title = LessonBuilder.ChapterSection.workedExample.title(in: chapter.language)
      faults.append(ContentFault("the section “\(title)” is missing", at: chapter.location))
    }
    if thresholds.needsTypedIDs {
      faults += lesson.outline.compactMap { idFault($0, chapter: chapter.id) }
    }
    return faults
  }

  /// What is wrong with the form of an element's id.
  private static func idFault(_ entry: OutlineEntry, chapter: String) -> ContentFault? {
    let middle: [String]
    switch entry.kind {
    case .question: middle = []
    case .item: middle = ["q"]
    case .experiment: middle = ["x"]
    case .challenge: middle = ["c"]
    case .workedExample: return nil
    }
    let parts = entry.id.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
    guard parts.count != middle.count + 2 || Array(parts.dropFirst().dropLast()) != middle else {
      return nil
    }
    let form = ([chapter] + middle + ["name"]).joined(separator: ".")
    return ContentFault(
      "the id “\(entry.id)” of the \(entry.kind.rawValue) must be of the form \(form)",
      at: entry.location)
  }
}
