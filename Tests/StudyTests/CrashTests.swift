import Foundation
import Study
import Testing

/// What a killed program leaves behind.
@Suite struct CrashTests {
  @Test func answersSurviveAKilledProcess() async throws {
    let folder = try TemporaryFolder()
    let path = folder.store
    await #expect(processExitsWith: .signal(SIGKILL)) { [path = path as String] in
      let store = try ProgressStore.sound(path)
      try store.reviewAtRandom(count: 40, seed: 8)
      try store.setPosition("here")
      // A change that was begun and not ended when the process dies.
      let other = try SQLiteDatabase(path: path)
      try other.execute("BEGIN IMMEDIATE")
      try other.execute("DELETE FROM cards")
      kill(getpid(), SIGKILL)
    }
    let store = try ProgressStore.sound(path)
    let expected = try ProgressStore.inMemory()
    try expected.reviewAtRandom(count: 40, seed: 8)
    #expect(try store.reviews() == expected.reviews())
    #expect(try store.cards() == expected.cards())
    #expect(try store.position() == "here")
  }
}
