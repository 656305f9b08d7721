/// All progress as one value, to be carried to another machine as JSON.
///
/// Complete: cards are missing because they follow from the log.
package struct ProgressArchive: Sendable, Hashable, Codable {
  /// One entry of the log: an answer, or the undo of one.
  package struct Entry: Sendable, Hashable, Codable {
    /// The item.
    package var item: String
    /// Its chapter.
    package var chapter: String
    /// When, in Unix seconds.
    package var at: Double
    /// The kind of session.
    package var session: String
    /// How well the item was remembered, 1 to 4; as the next three only in an answer.
    package var rating: Int?
    /// Whether the answer was right.
    package var right: Bool?
    /// What was answered.
    package var response: String?
    /// The seconds taken.
    package var seconds: Double?
    /// How sure the learner was, 1 to 3, if asked.
    package var confidence: Int?
    /// The position in the log, from 0, of the answer that this entry takes back.
    package var voids: Int?
  }

  /// One look at a question.
  package struct Look: Sendable, Hashable, Codable {
    /// The question.
    package var question: String
    /// When, in Unix seconds.
    package var at: Double
    /// Whether the answer was shown.
    package var revealed: Bool
    /// How the learner graded the own answer, 1 to 4.
    package var grade: Int?
  }

  /// The word that every archive begins with.
  package static let formatName = "nibble-progress"
  /// The newest version of the form.
  package static let newestVersion = 1

  /// The word `nibble-progress`.
  package var format = ProgressArchive.formatName
  /// The version of the form, from 1.
  package var version = ProgressArchive.newestVersion
  /// The log in the order in which it is replayed.
  package var log: [Entry] = []
  /// The looks at questions, in the order they were noted.
  package var looks: [Look] = []
  /// The guesses in the lab, oldest first.
  package var guesses: [Prediction] = []
  /// The attempts at challenges, oldest first.
  package var attempts: [ChallengeAttempt] = []
  /// The reports of mock interviews, oldest first.
  package var reports: [InterviewReport] = []
  /// The Unix seconds at which items were flagged, by item.
  package var flags: [String: Double] = [:]
  /// The settings.
  package var settings: [String: String] = [:]
  /// The bookmarks, and where the learner left.
  package var bookmarks: [String: String] = [:]

  /// Makes an empty archive.
  package init() {}
}

// MARK: - Checking

extension ProgressArchive {
  /// Says in one line what no store can have written, or nothing.
  package var fault: String? {
    if format != ProgressArchive.formatName { return "it is no archive of Nibble's progress" }
    if version != ProgressArchive.newestVersion {
      return "its version is \(version), and this program reads version "
        + "\(ProgressArchive.newestVersion)"
    }
    return logFault
      ?? ProgressArchive.first(looks, "looks") {
        !ProgressArchive.isTime($0.at)
          ? "at is no time"
          : $0.grade.map { Rating(rawValue: $0) == nil } ?? false ? "grade is not 1 to 4" : nil
      }
      ?? ProgressArchive.first(guesses, "guesses") {
        !ProgressArchive.isTime($0.at)
          ? "at is no time"
          : !$0.guess.isFinite || !$0.truth.isFinite ? "guess and truth must be finite" : nil
      }
      ?? ProgressArchive.first(attempts, "attempts") {
        ProgressArchive.isTime($0.at) ? $0.fault : "at is no time"
      }
      ?? ProgressArchive.first(reports, "reports") {
        ProgressArchive.isTime($0.at) ? nil : "at is no time"
      }
      ?? flags.filter { !ProgressArchive.isTime($0.value) }.keys.min().map {
        "flags[\($0.debugDescription)] is no time"
      }
  }

  private var logFault: String? {
    var voided: Set<Int> = []
    return ProgressArchive.first(log, "log") { entry in
      if !ProgressArchive.isTime(entry.at) { return "at is no time" }
      if let target = entry.voids {
        let isUndo =
          entry.rating == nil && entry.right == nil && entry.response == nil && entry.seconds == nil
          && entry.confidence == nil
        guard isUndo else { return "an undo has no answer of its own" }
        guard log.indices.contains(target), log[target].voids == nil,
          log[target].item == entry.item
        else { return "voids must be the position of an answer to the same item" }
        return voided.insert(target).inserted ? nil : "the answer is voided twice"
      }
      guard let rating = entry.rating, Rating(rawValue: rating) != nil else {
        return "rating must be 1, 2, 3 or 4"
      }
      guard entry.right != nil, entry.response != nil else { return "right or response is missing" }
      guard let seconds = entry.seconds, seconds.isFinite, seconds >= 0 else {
        return "seconds must be a number of at least 0"
      }
      guard entry.confidence.map({ Confidence(rawValue: $0) != nil }) ?? true else {
        return "confidence must be 1, 2 or 3"
      }
      return nil
    }
  }

  /// Times a clock can have: within thirty thousand years of 1970.
  private static func isTime(_ seconds: Double) -> Bool { abs(seconds) <= 1e12 }

  private static func first<Element>(
    _ elements: [Element], _ name: String, _ fault: (Element) -> String?
  ) -> String? {
    for (index, element) in elements.enumerated() {
      if let fault = fault(element) { return "\(name)[\(index)]: \(fault)" }
    }
    return nil
  }
}
