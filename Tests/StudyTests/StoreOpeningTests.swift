import Foundation
import RandomNumbers
import Testing

@testable import Study

/// What happens when the file is not as it should be.
@Suite struct StoreOpeningTests {
  // MARK: Where it is

  @Test(arguments: [
    (["XDG_DATA_HOME": "/data", "HOME": "/home/ada"], "/data/nibble/progress.sqlite"),
    (["XDG_DATA_HOME": "/data/"], "/data/nibble/progress.sqlite"),
    (["XDG_DATA_HOME": "", "HOME": "/home/ada"], "/home/ada/.local/share/nibble/progress.sqlite"),
    // Relative values are to be ignored.
    (
      ["XDG_DATA_HOME": "data", "HOME": "/home/ada/"],
      "/home/ada/.local/share/nibble/progress.sqlite"
    ),
    (["HOME": "/"], "/.local/share/nibble/progress.sqlite"),
  ])
  func defaultPathFollowsXDG(environment: [String: String], path: String) {
    #expect(ProgressStore.defaultPath(environment: environment) == path)
  }

  @Test func defaultPathWithoutHomeAsksTheUserDatabase() {
    let path = ProgressStore.defaultPath(environment: [:])
    #expect(path.hasSuffix("/.local/share/nibble/progress.sqlite"))
  }

  @Test func foldersAreMadeForTheUserAlone() throws {
    let folder = try TemporaryFolder()
    _ = try ProgressStore.sound(folder.file("share/nibble/progress.sqlite"))
    for name in ["share", "share/nibble"] {
      let attributes = try FileManager.default.attributesOfItem(atPath: folder.file(name))
      #expect(attributes[.posixPermissions] as? Int == 0o700)
    }
  }

  @Test func emptyFileBecomesAStore() throws {
    let folder = try TemporaryFolder()
    try folder.write(Data(), to: "progress.sqlite")
    try ProgressStore.sound(folder.store).setSetting("a", to: "b")
    #expect(folder.names == ["progress.sqlite"])
  }

  @Test func linkIsFollowed() throws {
    let folder = try TemporaryFolder()
    _ = try ProgressStore.sound(folder.file("real/store.db"))
    try FileManager.default.createSymbolicLink(
      atPath: folder.store, withDestinationPath: folder.file("real/store.db"))
    let store = try ProgressStore.sound(folder.store)
    #expect(store.path.hasSuffix("/real/store.db"))
  }

  // MARK: Damage

  @Test(arguments: ["text", "noise", "header", "truncated", "scribbled"])
  func damagedFileIsKeptByteForByte(kind: String) throws {
    let folder = try TemporaryFolder()
    let damaged = try damagedStore(kind)
    try folder.write(damaged, to: "progress.sqlite")

    let (store, notice) = try ProgressStore.open(path: folder.store, now: moment)
    let kept = "progress.sqlite.corrupt-20260102-030405"
    #expect(try folder.bytes(kept) == damaged)
    let line = try #require(notice)
    #expect(
      line
        == "the progress file was damaged: a new one was started, "
        + "the old one is kept as \(store.path).corrupt-20260102-030405")

    #expect(try store.reviews().isEmpty)
    try store.recordReview(.sample("item"))
    #expect(try ProgressStore.sound(folder.store).reviews().count == 1)
  }

  @Test func writeAheadLogOfADamagedFileIsKeptToo() throws {
    let folder = try TemporaryFolder()
    try ProgressStore.sound(folder.store).reviewAtRandom(count: 300, seed: 5)
    let store = try ProgressStore.sound(folder.store)
    try store.setSetting("theme", to: "mono")
    // A copy taken while it is open has a log that was not moved into the file.
    let log = try folder.bytes("progress.sqlite-wal")
    #expect(log.count > 4096)
    var damaged = try folder.bytes("progress.sqlite")
    damaged.replaceSubrange(4096..., with: Data(repeating: 0xAB, count: damaged.count - 4096))
    try folder.write(damaged, to: "copy.db")
    try folder.write(log, to: "copy.db-wal")

    let (_, notice) = try ProgressStore.open(path: folder.file("copy.db"), now: moment)
    #expect(notice != nil)
    #expect(try folder.bytes("copy.db.corrupt-20260102-030405") == damaged)
    #expect(try folder.bytes("copy.db.corrupt-20260102-030405-wal") == log)
  }

  @Test func secondDamageInOneSecondOverwritesNothing() throws {
    let folder = try TemporaryFolder()
    for text in ["first damage", "second damage"] {
      try folder.write(Data(text.utf8), to: "progress.sqlite")
      let (_, notice) = try ProgressStore.open(path: folder.store, now: moment)
      #expect(notice != nil)
    }
    #expect(
      try folder.bytes("progress.sqlite.corrupt-20260102-030405") == Data("first damage".utf8))
    #expect(
      try folder.bytes("progress.sqlite.corrupt-20260102-030405-2") == Data("second damage".utf8))
  }

  @Test func manyTutorsSetADamagedFileAsideOnce() async throws {
    let folder = try TemporaryFolder()
    try folder.write(Data("not a database at all".utf8), to: "progress.sqlite")
    let path = folder.store
    let notices = try await withThrowingTaskGroup(of: Int.self) { group in
      for tutor in 0..<6 {
        group.addTask {
          let (store, notice) = try ProgressStore.open(
            path: path, now: moment, busyTimeout: 60)
          try store.setSetting("tutor.\(tutor)", to: "here")
          return notice == nil ? 0 : 1
        }
      }
      return try await group.reduce(0, +)
    }
    #expect(notices == 1)
    #expect(folder.names.filter { $0.contains("corrupt") && !$0.hasSuffix("-shm") }.count == 1)
    let store = try ProgressStore.sound(path)
    for tutor in 0..<6 { #expect(try store.setting("tutor.\(tutor)") == "here") }
  }

  // MARK: Refusals

  @Test func readOnlyFileIsRefused() throws {
    let folder = try TemporaryFolder()
    try ProgressStore.sound(folder.store).recordReview(.sample("item"))
    let before = try folder.bytes("progress.sqlite")
    try folder.setPermissions(0o444, of: "progress.sqlite")
    try expectRefusal(folder.store) { path in
      (.readOnly(path: path), "the learner's progress cannot be saved: \(path) is read-only")
    }
    #expect(try folder.bytes("progress.sqlite") == before)
  }

  @Test func readOnlyFolderIsRefused() throws {
    let folder = try TemporaryFolder()
    _ = try ProgressStore.sound(folder.store)
    try folder.setPermissions(0o555, of: "")
    let error = #expect(throws: ProgressStoreError.self) {
      try ProgressStore.open(path: folder.store, now: moment)
    }
    guard case .readOnly(let path) = error else {
      Issue.record("unexpected: \(String(describing: error))")
      return
    }
    #expect(folder.store.hasPrefix(path))
    #expect(folder.names == ["progress.sqlite"])
  }

  @Test func folderInItsPlaceIsRefused() throws {
    let folder = try TemporaryFolder()
    try FileManager.default.createDirectory(
      atPath: folder.store, withIntermediateDirectories: true)
    try expectRefusal(folder.store) { path in
      (
        .notAFile(path: path, kind: "a folder"),
        "the learner's progress cannot be kept in \(path): it is a folder, not a file"
      )
    }
  }

  @Test func pipeInItsPlaceIsRefusedWithoutWaiting() throws {
    let folder = try TemporaryFolder()
    #expect(mkfifo(folder.store, 0o600) == 0)
    try expectRefusal(folder.store) { path in
      (
        .notAFile(path: path, kind: "a device or a pipe"),
        "the learner's progress cannot be kept in \(path): it is a device or a pipe, not a file"
      )
    }
  }

  @Test func fileInPlaceOfTheFolderIsRefused() throws {
    let folder = try TemporaryFolder()
    try folder.write(Data("x".utf8), to: "nibble")
    let error = #expect(throws: ProgressStoreError.self) {
      try ProgressStore.open(path: folder.file("nibble/progress.sqlite"), now: moment)
    }
    #expect("\(try #require(error))".contains("nibble"))
    #expect(try folder.bytes("nibble") == Data("x".utf8))
  }

  @Test func folderThatCannotBeMadeIsNamed() throws {
    let error = #expect(throws: ProgressStoreError.self) {
      try ProgressStore.open(path: "/proc/nibble/progress.sqlite", now: moment)
    }
    guard case .cannotMakeFolder("/proc/nibble", _) = error else {
      Issue.record("unexpected: \(String(describing: error))")
      return
    }
  }

  @Test func newerFormatIsRefusedUntouched() throws {
    let folder = try TemporaryFolder()
    _ = try ProgressStore.sound(folder.store)
    try SQLiteDatabase(path: folder.store).execute("PRAGMA user_version = 99")
    let before = try folder.bytes("progress.sqlite")
    try expectRefusal(folder.store) { path in
      (
        .newerVersion(path: path, found: 99, known: Migration.all.count),
        "\(path) was written by a newer version of nibble "
          + "(format 99, this one knows up to \(Migration.all.count)); update nibble"
      )
    }
    #expect(try folder.bytes("progress.sqlite") == before)
    #expect(folder.names == ["progress.sqlite"])
  }

  @Test func databaseOfAnotherProgramIsRefusedUntouched() throws {
    let folder = try TemporaryFolder()
    do {
      let other = try SQLiteDatabase(path: folder.store)
      try other.execute("CREATE TABLE cards (front TEXT)")
    }
    let before = try folder.bytes("progress.sqlite")
    try expectRefusal(folder.store) { path in
      (
        .foreign(path: path),
        "\(path) is a database of another program; move it away or choose another data folder"
      )
    }
    #expect(try folder.bytes("progress.sqlite") == before)
  }

  @Test func lockThatIsNeverReleasedIsReported() throws {
    let folder = try TemporaryFolder()
    let store = try ProgressStore.open(path: folder.store, now: moment, busyTimeout: 0.05).store
    let other = try SQLiteDatabase(path: folder.store)
    try other.execute("BEGIN IMMEDIATE")
    #expect(throws: ProgressStoreError.busy(path: store.path)) {
      try store.setSetting("a", to: "b")
    }
    #expect(throws: ProgressStoreError.busy(path: store.path)) {
      try ProgressStore.open(path: folder.store, now: moment, busyTimeout: 0.05)
    }
    try other.execute("ROLLBACK")
    try store.setSetting("a", to: "b")
  }

  @Test func fileThatIsGoneTakesNoAnswers() throws {
    let folder = try TemporaryFolder()
    let store = try ProgressStore.sound(folder.store)
    try store.recordReview(.sample("item"))
    try FileManager.default.moveItem(atPath: folder.store, toPath: folder.file("elsewhere"))
    #expect(throws: ProgressStoreError.moved(path: store.path)) {
      try store.recordReview(.sample("item", at: moment + 700))
    }
    // Another file in its place is not the store.
    try folder.write(Data(), to: "progress.sqlite")
    #expect(throws: ProgressStoreError.moved(path: store.path)) {
      try store.setSetting("a", to: "b")
    }
    try FileManager.default.removeItem(atPath: folder.store)
    try FileManager.default.moveItem(atPath: folder.file("elsewhere"), toPath: folder.store)
    try store.recordReview(.sample("item", at: moment + 700))
    #expect(try store.reviews().count == 2)
  }

  @Test func fullDiskIsReportedAndLosesNothing() throws {
    let folder = try TemporaryFolder()
    let store = try ProgressStore.sound(folder.store)
    try store.recordReview(.sample("item"))
    try store.limitPages()
    var long = Review.sample("item", at: moment + 700)
    long.response = String(repeating: "x", count: 1_000_000)
    #expect(throws: ProgressStoreError.diskFull(path: store.path)) {
      try store.recordReview(long)
    }
    #expect(try store.reviews().count == 1)
    #expect(try store.card(item: "item")?.reviews == 1)
  }

  /// Opening must fail with an error and its text, both given for the path with links resolved.
  private func expectRefusal(
    _ path: String, _ expected: (String) -> (ProgressStoreError, String)
  ) throws {
    let resolved = URL(fileURLWithPath: path).resolvingSymlinksInPath().path
    let (error, text) = expected(resolved)
    let thrown = #expect(throws: ProgressStoreError.self) {
      try ProgressStore.open(path: path, now: moment)
    }
    #expect(thrown == error)
    #expect(thrown?.description == text)
  }

  /// The bytes of a store that cannot be used.
  private func damagedStore(_ kind: String) throws -> Data {
    let folder = try TemporaryFolder()
    do {
      let store = try ProgressStore.sound(folder.store)
      try store.reviewAtRandom(count: 300, seed: 5)
    }
    let sound = try folder.bytes("progress.sqlite")
    var generator = SplitMix64(seed: 9)
    switch kind {
    case "text": return Data("{\"progress\": true}\n".utf8)
    case "noise": return Data((0..<20_000).map { _ in UInt8(generator.nextIndex(below: 256)) })
    case "header": return sound.prefix(100) + Data(repeating: 0xAB, count: sound.count - 100)
    case "truncated": return sound.prefix(sound.count / 2)
    default:
      var bytes = sound
      for _ in 0..<4000 { bytes[4096 + generator.nextIndex(below: sound.count - 4096)] = 0xFF }
      return bytes
    }
  }
}
