import Study
import Testing

/// Choosing, ordering and grading the questions of a mock interview.
@Suite struct InterviewTests {
  private let candidates = (0..<60).map { number in
    InterviewCandidate(
      questionID: "q.\(number)", chapterID: "c.\(number % 4)", level: number / 20,
      rarity: number % 3, keyPoints: 3)
  }

  @Test func easierLevelsComeFirstAndChaptersTakeTurns() {
    for seed in 0..<30 {
      let order = InterviewPlan(level: 1, count: 12, seed: UInt64(seed))
        .order(candidates: candidates, seen: [:])
      #expect(order.count == 12)
      #expect(Set(order).count == 12)
      #expect(order.map(\.level) == order.map(\.level).sorted())
      #expect(order.allSatisfy { $0.level <= 1 })
    }
    let whole = InterviewPlan(level: 0, count: 99, seed: 1)
      .order(candidates: candidates, seen: [:])
    #expect(whole.count == 20)
    #expect(zip(whole, whole.dropFirst()).allSatisfy { $0.chapterID != $1.chapterID })
  }

  @Test func seedFixesTheChoice() {
    let plan = InterviewPlan(level: 2, count: 10, seed: 5)
    let order = plan.order(candidates: candidates, seen: [:])
    #expect(order == plan.order(candidates: candidates.reversed() + candidates, seen: [:]))
    let other = InterviewPlan(level: 2, count: 10, seed: 6)
    #expect(order != other.order(candidates: candidates, seen: [:]))
  }

  @Test func frequentAndFailedQuestionsAreDrawnMoreOften() {
    let pair = [
      InterviewCandidate(questionID: "often", chapterID: "c", level: 0, rarity: 0, keyPoints: 1),
      InterviewCandidate(questionID: "rare", chapterID: "c", level: 0, rarity: 2, keyPoints: 1),
    ]
    func share(_ grades: [String: Rating]) -> Double {
      let seen = grades.mapValues {
        SeenQuestion(questionID: "", views: 1, lastSeen: 0, wasRevealed: true, selfGrade: $0)
      }
      let hits = (0..<4000).count {
        InterviewPlan(level: 0, count: 1, seed: UInt64($0))
          .order(candidates: pair, seen: seen).first?.questionID == "often"
      }
      return Double(hits) / 4000
    }
    // Chances 1·2 against 1/4·2, 1·1 against 1/4·3, 1·3 against 1/4·1. Three standard errors of
    // 4 000 draws are at most 0.024.
    #expect(abs(share([:]) - 0.8) < 0.024)
    #expect(abs(share(["often": .good, "rare": .again]) - 4.0 / 7) < 0.024)
    #expect(abs(share(["often": .hard, "rare": .easy]) - 12.0 / 13) < 0.024)
  }

  @Test func summaryNamesWeakChapters() {
    var session = InterviewSession(questions: Array(candidates.prefix(4)))
    #expect(session.undo() == nil)
    let ratings = [[0, 1, 2], [0], [0, 2], []].map { points -> Rating in
      session.grade(pointsMade: Set(points), seconds: 30).rating
    }
    #expect(ratings == [.good, .again, .hard, .again])
    #expect(session.current == nil)
    #expect(
      session.summary
        == InterviewSummary(
          answered: 4, pointsMade: 6, pointsPossible: 12, seconds: 120,
          chaptersToRead: ["c.3", "c.1", "c.2"]))
    #expect(session.undo()?.question.questionID == "q.3")
    #expect(session.current?.questionID == "q.3")
    #expect(session.summary.chaptersToRead == ["c.1", "c.2"])
  }

  @Test func questionWithoutKeyPointsIsAnsweredWhole() {
    let question = InterviewCandidate(
      questionID: "q", chapterID: "c", level: 0, rarity: 0, keyPoints: 0)
    var session = InterviewSession(questions: [question])
    #expect(session.grade(pointsMade: [], seconds: 1).rating == .good)
    #expect(session.summary.chaptersToRead.isEmpty)
  }
}
