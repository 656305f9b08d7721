import RandomNumbers
import Testing

@testable import Study

/// The way through a quiz.
@Suite struct QuizSessionTests {
  private func items(_ families: [String]) -> [QuizCandidate] {
    families.enumerated().map { number, family in
      QuizCandidate(itemID: "\(family)\(number)", chapterID: "c", questionID: family)
    }
  }

  @Test func wrongItemsReturnOnceAtTheEnd() {
    var session = QuizSession(items: items(["a", "b", "c", "d"]))
    var asked: [String] = []
    // Wrong at b and d, then b right and d wrong again.
    for right in [true, false, true, false, true, false] {
      asked.append(session.current?.itemID ?? "")
      #expect(session.isReturn == (asked.count > 4))
      session.grade(right: right, seconds: 2)
    }
    #expect(asked == ["a0", "b1", "c2", "d3", "b1", "d3"])
    #expect(session.isFinished)
    #expect(session.current == nil)
    let summary = session.summary
    #expect(summary.answered == 4)
    #expect(summary.right == 2)
    #expect(summary.wrong == 2)
    #expect(summary.recovered == 1)
    #expect(summary.seconds == 12)
  }

  @Test func emptySessionIsOver() {
    var session = QuizSession(items: [])
    #expect(session.isFinished)
    #expect(session.remaining == 0)
    #expect(session.undo() == nil)
    #expect(session.summary.answered == 0)
  }

  @Test func siblingsThatReturnStayApart() {
    var session = QuizSession(items: items(["a", "b", "a"]))
    for _ in 0..<3 { session.grade(right: false) }
    var returned: [String] = []
    while let item = session.current {
      returned.append(item.itemID)
      session.grade(right: true)
    }
    #expect(returned == ["b1", "a0", "a2"])
  }

  @Test func undoGivesTheItemAndItsLogEntryBack() {
    var session = QuizSession(items: items(["a", "b"]))
    session.grade(right: false, reviewID: ReviewID(rawValue: 7))
    let before = session
    session.grade(right: true, reviewID: ReviewID(rawValue: 8))
    #expect(session.undo()?.reviewID?.rawValue == 8)
    #expect(session == before)
    #expect(session.current?.itemID == "b1")
    #expect(session.undo()?.reviewID?.rawValue == 7)
    #expect(session == QuizSession(items: items(["a", "b"])))
    #expect(session.undo() == nil)
  }

  /// Walks at random through sessions and compares every undo with the state that was left.
  @Test func undoRestoresEveryState() {
    var generator = SplitMix64(seed: 3)
    for _ in 0..<200 {
      let start = QuizSession(
        items: items(
          (0..<generator.nextIndex(below: 9)).map { _ in
            ["a", "b", "c"][generator.nextIndex(below: 3)]
          }))
      var session = start
      var history: [QuizSession] = []
      for _ in 0..<60 {
        if generator.nextIndex(below: 3) == 0 || session.isFinished {
          let undone = session.undo()
          #expect((undone == nil) == history.isEmpty)
          if let previous = history.popLast() { #expect(session == previous) }
        } else {
          history.append(session)
          let remaining = session.remaining
          let wasReturn = session.isReturn
          let result = session.grade(right: generator.nextIndex(below: 2) == 0)
          #expect(
            session.remaining == remaining - (result.isRight || wasReturn ? 1 : 0))
        }
        #expect(session.answers.count == history.count)
      }
    }
  }

  @Test func everyItemIsAskedOnceOrTwice() {
    var generator = SplitMix64(seed: 4)
    for _ in 0..<100 {
      var session = QuizSession(
        items: items((0..<generator.nextIndex(below: 12)).map { "\($0 / 3)" }))
      while !session.isFinished { session.grade(right: generator.nextIndex(below: 2) == 0) }
      for item in session.items {
        let answers = session.answers.filter { $0.itemID == item.itemID }
        #expect(answers.count == (answers.first?.isRight == true ? 1 : 2))
        #expect(answers.map(\.isReturn) == Array([false, true].prefix(answers.count)))
      }
      #expect(
        session.answers.prefix(session.items.count).map(\.itemID) == session.items.map(\.itemID))
    }
  }

  @Test func sessionAndStoreAgreeAfterUndo() throws {
    let store = try ProgressStore.inMemory()
    var session = QuizSession(items: items(["a", "b"]))
    func answer(_ right: Bool, at time: Double) throws {
      let item = try #require(session.current)
      let review = Review.sample(item.itemID, at: time, right: right)
      session.grade(right: right, reviewID: try store.recordReview(review).id)
    }
    try answer(true, at: moment)
    try answer(false, at: moment + 1)
    let id = try #require(session.undo()?.reviewID)
    try store.undoReview(id, at: moment + 2)
    try answer(true, at: moment + 3)
    #expect(session.isFinished)
    #expect(try store.cards().map(\.wasRight) == [true, true])
    #expect(try store.reviews().count == session.answers.count)
  }
}
