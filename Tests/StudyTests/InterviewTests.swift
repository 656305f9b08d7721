import Testing

@testable import Study

/// Choosing, ordering and grading the questions of a mock interview.
@Suite struct InterviewTests {
  private let candidates = (0..<60).map { number in
    InterviewCandidate(
      questionID: "q.\(number)", chapterID: "c.\(number % 4)", level: number / 20,
      rarity: number % 3)
  }

  @Test func easierLevelsComeFirstAndChaptersTakeTurns() {
    for seed in 0..<30 {
      let order = InterviewPlan(level: 1, count: 12, seed: UInt64(seed))
        .order(candidates: candidates, grades: [:])
      #expect(order.count == 12)
      #expect(Set(order).count == 12)
      #expect(order.map(\.level) == order.map(\.level).sorted())
      #expect(order.allSatisfy { $0.level <= 1 })
    }
    let whole = InterviewPlan(level: 0, count: 99, seed: 1)
      .order(candidates: candidates, grades: [:])
    #expect(whole.count == 20)
    #expect(zip(whole, whole.dropFirst()).allSatisfy { $0.chapterID != $1.chapterID })
  }

  @Test func seedFixesTheChoice() {
    let plan = InterviewPlan(level: 2, count: 10, seed: 5)
    let order = plan.order(candidates: candidates, grades: [:])
    #expect(order == plan.order(candidates: candidates.reversed() + candidates, grades: [:]))
    let other = InterviewPlan(level: 2, count: 10, seed: 6)
    #expect(order != other.order(candidates: candidates, grades: [:]))
  }

  @Test func frequentAndFailedQuestionsAreDrawnMoreOften() {
    let pair = [
      InterviewCandidate(questionID: "often", chapterID: "c", level: 0, rarity: 0),
      InterviewCandidate(questionID: "rare", chapterID: "c", level: 0, rarity: 2),
    ]
    func share(_ grades: [String: Rating]) -> Double {
      let hits = (0..<4000).count {
        InterviewPlan(level: 0, count: 1, seed: UInt64($0))
          .order(candidates: pair, grades: grades).first?.questionID == "often"
      }
      return Double(hits) / 4000
    }
    // Chances 1·2 against 1/4·2, 1·1 against 1/4·3, 1·3 against 1/4·1. Three standard errors of
    // 4 000 draws are at most 0.024.
    #expect(abs(share([:]) - 0.8) < 0.024)
    #expect(abs(share(["often": .good, "rare": .again]) - 4.0 / 7) < 0.024)
    #expect(abs(share(["often": .hard, "rare": .easy]) - 12.0 / 13) < 0.024)
  }

  private func answer(_ number: Int, chapter: String, points: Int, made: Set<Int>)
    -> InterviewAnswer
  {
    InterviewAnswer(
      questionID: "q.\(number)", title: "", chapterID: chapter, chapterTitle: "", level: "mid",
      keyPoints: (0..<points).map { "\($0)" }, made: made, seconds: 30, text: "")
  }

  @Test func weakestTopicsComeFirst() {
    var run = InterviewRun(
      startedAt: moment, language: "en", level: "mid", length: .questions(4),
      questionIDs: ["q.0", "q.1", "q.2", "q.3"])
    let answers = [
      answer(0, chapter: "c.0", points: 3, made: [0, 1, 2]),
      answer(1, chapter: "c.1", points: 3, made: [0]),
      answer(2, chapter: "c.2", points: 3, made: [0, 2, 7]),
      answer(3, chapter: "c.3", points: 3, made: []),
    ]
    #expect(answers.map(\.rating) == [.good, .again, .hard, .again])
    for (number, answer) in answers.enumerated() {
      #expect(run.currentID == "q.\(number)")
      run.append(answer)
    }
    #expect(run.currentID == nil)
    #expect(run.topics.map(\.chapterID) == ["c.3", "c.1", "c.2", "c.0"])
    #expect((run.made, run.possible, run.seconds) == (6, 12, 120))
  }

  @Test func questionWithoutKeyPointsIsAnsweredWhole() {
    #expect(answer(0, chapter: "c", points: 0, made: []).rating == .good)
  }

  @Test func timeEndsAnInterviewOnceTheAnswerUnderWayIsGraded() {
    var run = InterviewRun(
      startedAt: moment, language: "en", level: "mid", length: .minutes(1),
      questionIDs: ["q.0", "q.1", "q.2"])
    run.append(answer(0, chapter: "c", points: 1, made: [0]))
    run.keep("half a sen", seconds: 40, isGiven: false)
    #expect(run.currentID == "q.1")
    run.append(answer(1, chapter: "c", points: 1, made: [0]))
    #expect(run.isOver)
  }
}
