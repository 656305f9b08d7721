/// One item that a quiz may ask.
package struct QuizCandidate: Sendable, Hashable {
  /// The item.
  package var itemID: String
  /// The chapter it belongs to.
  package var chapterID: String
  /// The question it belongs to; items of one question are siblings and give each other away.
  package var questionID: String?

  /// Makes a candidate.
  package init(itemID: String, chapterID: String, questionID: String? = nil) {
    self.itemID = itemID
    self.chapterID = chapterID
    self.questionID = questionID
  }

  /// Equal for siblings, and unlike all others for an item without a question.
  var family: String {
    questionID.map { "question \($0)" } ?? "item \(itemID)"
  }
}
