/// Why the progress store cannot be opened, read or written.
package enum ProgressStoreError: Error, Sendable, Hashable {
  /// The folder of the store cannot be made.
  case cannotMakeFolder(path: String, reason: String)
  /// Something else than a regular file stands in its place.
  case notAFile(path: String, kind: String)
  /// The file, or the folder it stands in, is read-only.
  case readOnly(path: String)
  /// The file, or the folder it stands in, cannot be used.
  case noAccess(path: String, reason: String)
  /// The file belongs to another program.
  case foreign(path: String)
  /// The file was written by a newer version of this program.
  case newerVersion(path: String, found: Int, known: Int)
  /// Another tutor held the file for too long.
  case busy(path: String)
  /// There is no room left.
  case diskFull(path: String)
  /// The damaged file could not be moved out of the way.
  case cannotSetAside(path: String, reason: String)
  /// The report of an interview could not be written.
  case cannotExport(path: String, reason: String)
  /// The file became damaged while it was open.
  case damaged(path: String)
  /// The file was moved, replaced or deleted while it was open.
  case moved(path: String)
  /// Anything else that SQLite reports.
  case database(path: String, DatabaseError)

  /// Sorts an error of SQLite by what the learner can do about it.
  init(_ error: DatabaseError, path: String) {
    self =
      switch error.code {
      case .busy, .locked: .busy(path: path)
      case .readOnly: .readOnly(path: path)
      case .permission, .cannotOpen: .noAccess(path: path, reason: error.message)
      case .full: .diskFull(path: path)
      case .corrupt, .notADatabase: .damaged(path: path)
      default: .database(path: path, error)
      }
  }

  /// Runs calls to SQLite and sorts the error they may throw.
  static func translating<Value>(
    path: String, _ body: () throws(DatabaseError) -> sending Value
  ) throws(ProgressStoreError) -> sending Value {
    do {
      return try body()
    } catch {
      throw ProgressStoreError(error, path: path)
    }
  }
}

extension ProgressStoreError: CustomStringConvertible {
  /// The error in one line, with what to do about it.
  package var description: String {
    switch self {
    case .cannotMakeFolder(let path, let reason):
      "cannot make the folder \(path) for the learner's progress: \(reason)"
    case .notAFile(let path, let kind):
      "the learner's progress cannot be kept in \(path): it is \(kind), not a file"
    case .readOnly(let path):
      "the learner's progress cannot be saved: \(path) is read-only"
    case .noAccess(let path, let reason):
      "the learner's progress cannot be used: \(path): \(reason)"
    case .foreign(let path):
      "\(path) is a database of another program; move it away or choose another data folder"
    case .newerVersion(let path, let found, let known):
      "\(path) was written by a newer version of nibble "
        + "(format \(found), this one knows up to \(known)); update nibble"
    case .busy(let path):
      "another program holds \(path); close it and try again"
    case .diskFull(let path):
      "the learner's progress cannot be saved: no room left for \(path)"
    case .cannotSetAside(let path, let reason):
      "\(path) is damaged and cannot be moved out of the way: \(reason)"
    case .cannotExport(let path, let reason):
      "the report cannot be written to \(path): \(reason)"
    case .damaged(let path):
      "\(path) was damaged while it was open; start nibble again to set it aside"
    case .moved(let path):
      "\(path) was moved or deleted while it was open: nothing more can be saved; "
        + "put it back or start nibble again"
    case .database(let path, let error):
      "the learner's progress in \(path) failed: \(error)"
    }
  }
}
