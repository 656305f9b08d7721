import Testing

@testable import Study

/// The words that a learner reads when the store fails.
@Suite struct ErrorTextTests {
  @Test(arguments: [
    (
      ProgressStoreError.cannotMakeFolder(path: "/d", reason: "Permission denied"),
      "cannot make the folder /d for the learner's progress: Permission denied"
    ),
    (
      .noAccess(path: "/d/p", reason: "Permission denied"),
      "the learner's progress cannot be used: /d/p: Permission denied"
    ),
    (.busy(path: "/d/p"), "another program holds /d/p; close it and try again"),
    (
      .diskFull(path: "/d/p"),
      "the learner's progress cannot be saved: no room left for /d/p"
    ),
    (
      .cannotSetAside(path: "/d/p", reason: "Permission denied"),
      "/d/p is damaged and cannot be moved out of the way: Permission denied"
    ),
    (
      .damaged(path: "/d/p"),
      "/d/p was damaged while it was open; start nibble again to set it aside"
    ),
    (
      .moved(path: "/d/p"),
      "/d/p was moved or deleted while it was open: nothing more can be saved; "
        + "put it back or start nibble again"
    ),
    (
      .database(
        path: "/d/p",
        DatabaseError(extendedCode: 2067, message: "UNIQUE failed", sql: "INSERT\n  INTO t")),
      "the learner's progress in /d/p failed: "
        + "SQLite error 2067: UNIQUE failed in “INSERT INTO t”"
    ),
  ])
  func storeErrorsAreOneLine(error: ProgressStoreError, text: String) {
    #expect(error.description == text)
  }

  @Test func extendedCodesKeepTheirKind() {
    // SQLITE_IOERR_FSYNC, SQLITE_READONLY_DBMOVED and SQLITE_CORRUPT_VTAB of sqlite3.h.
    #expect(DatabaseError(extendedCode: 1034, message: "").code == .inputOutput)
    #expect(DatabaseError(extendedCode: 1032, message: "").code == .readOnly)
    #expect(DatabaseError(extendedCode: 267, message: "").code == .corrupt)
  }
}
