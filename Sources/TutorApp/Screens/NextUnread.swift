import Curriculum
import Localization
import Study

/// Finds the next question whose answer was not seen.
enum NextUnread {
  /// The effects that go there from a question, or from the start for nil.
  static func effects(
    after id: String?, replacing: Bool, _ context: inout TutorContext
  ) -> [TutorEffect] {
    let ids = context.chapters.flatMap(\.questions).map(\.id)
    let start = id.flatMap { ids.firstIndex(of: $0) }.map { $0 + 1 } ?? 0
    // From here to the end, and then round from the beginning.
    let order = ids[start...] + ids[..<start]
    guard
      let next = order.first(where: { $0 != id && !context.progress.seenQuestions.contains($0) })
    else {
      context.notice = context.text(Phrase("You have read every question."))
      return []
    }
    let screen = QuestionScreen(id: next)
    return [replacing ? .replace(screen) : .push(screen)]
  }
}
