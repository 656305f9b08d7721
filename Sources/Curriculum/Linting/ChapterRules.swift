/// Rules on how much a chapter holds.
enum ChapterRules {
  /// The shortfalls of a chapter.
  static func faults(in lesson: ParsedLesson, thresholds: Linter.Thresholds) -> [ContentFault] {
    guard let chapter = lesson.chapter else { return [] }
    func count(_ kind: OutlineEntry.Kind) -> Int { lesson.outline.count { $0.kind == kind } }
    let counts = [
      ("questions", count(.question), thresholds.questions),
      ("quiz items", count(.item), thresholds.quizItems),
      ("experiments", count(.experiment), thresholds.experiments),
    ]
    return counts.compactMap { name, found, needed in
      guard found < needed else { return nil }
      return ContentFault(
        "the number of \(name) is \(found), but at least \(needed) are needed",
        at: chapter.location)
    }
  }
}
