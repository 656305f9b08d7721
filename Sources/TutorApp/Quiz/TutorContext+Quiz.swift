import Curriculum
import Lab
import Presentation
import Study
import TerminalCanvas

extension TutorContext {
  /// All items that the tutor can ask now.
  var quizCandidates: [QuizCandidate] {
    var canMeasure = true
    if case .failed = laboratory { canMeasure = false }
    return QuizCandidates.all(in: chapters, canMeasure: canMeasure)
  }

  /// The first line of an item's question, with its numbers drawn by a seed, for lists.
  func firstLine(ofItem itemID: String, seed: UInt64) -> String {
    guard let (chapter, item) = quizItem(itemID) else { return itemID }
    let lines = typesetter.lines(for: item.variant(seed: seed).prompt, width: 400)
    let first = lines.first { !$0.isEmpty }?.map(\.text).joined() ?? ""
    // Words such as "Fill in the blanks." say little without what they are about.
    guard TextWidth.width(of: first) < 32,
      let (home, index) = item.questionID.flatMap({ question($0) })
    else { return "\(chapter.number) · \(first)" }
    let about = InlineTypesetter(base: .text).runs(home.questions[index].title)
    return "\(chapter.number) · \(first) (\(about.map(\.text).joined()))"
  }
}
