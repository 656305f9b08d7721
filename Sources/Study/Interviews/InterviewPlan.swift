import Glibc
import RandomNumbers

/// One question that a mock interview may ask.
package struct InterviewCandidate: Sendable, Hashable {
  /// The question.
  package var questionID: String
  /// The chapter it belongs to.
  package var chapterID: String
  /// How senior the candidate is that it is asked of, from 0 for the least.
  package var level: Int
  /// How rarely it is asked, from 0 for all the time.
  package var rarity: Int

  /// Makes a candidate.
  package init(questionID: String, chapterID: String, level: Int, rarity: Int) {
    precondition(
      level >= 0 && rarity >= 0, "Level and rarity of a question are counted from 0.")
    self.questionID = questionID
    self.chapterID = chapterID
    self.level = level
    self.rarity = rarity
  }
}

/// Which questions a mock interview asks, and in which order.
package struct InterviewPlan: Sendable, Hashable {
  /// The highest level asked; lower ones are asked too, as in a real interview.
  package var level: Int
  /// The greatest number of questions.
  package var count: Int
  /// The seed of the choice.
  package var seed: UInt64

  /// Makes a plan.
  package init(level: Int, count: Int, seed: UInt64) {
    precondition(count >= 0, "An interview cannot have a negative number of questions.")
    self.level = level
    self.count = count
    self.seed = seed
  }

  /// Draws questions at random and puts the easier levels first, with chapters taking turns.
  ///
  /// A question's chance is proportional to 2^(−rarity) · need, where need is 3 if the learner's
  /// latest grade is `again` or `hard`, 2 without a grade and 1 otherwise.
  package func order(
    candidates: [InterviewCandidate], grades: [String: Rating]
  ) -> [InterviewCandidate] {
    var generator = SplitMix64(seed: seed)
    var known: Set<String> = []
    let eligible = candidates.filter { $0.level <= level && known.insert($0.questionID).inserted }
      .sorted { $0.questionID < $1.questionID }
    // The smallest of exponential waiting times are a weighted draw without replacement
    // (Efraimidis and Spirakis, 2006).
    let drawn = eligible.map { candidate in
      let chance = exp2(-Double(candidate.rarity)) * need(grades[candidate.questionID])
      return (candidate, wait: -log(1 - generator.nextDouble()) / chance)
    }.sorted { $0.wait < $1.wait }.prefix(count).map(\.0)
    var order: [InterviewCandidate] = []
    for level in Set(drawn.map(\.level)).sorted() {
      let group = drawn.filter { $0.level == level }
      let byID = Dictionary(uniqueKeysWithValues: group.map { ($0.questionID, $0) })
      let turns = SiblingOrder(
        after: order.last.map(placeholder), group.map(placeholder)
      ).arranged()
      order += turns.compactMap { byID[$0.itemID] }
    }
    return order
  }

  private func need(_ grade: Rating?) -> Double {
    switch grade {
    case .again, .hard: 3
    case nil: 2
    case .good, .easy: 1
    }
  }

  /// A question as the orderer sees it: without siblings, in a chapter.
  private func placeholder(_ candidate: InterviewCandidate) -> QuizCandidate {
    QuizCandidate(itemID: candidate.questionID, chapterID: candidate.chapterID)
  }
}
