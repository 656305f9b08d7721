/// What the process tells its caller when it ends.
package enum ExitStatus {
  /// Everything went well.
  package static let success: Int32 = 0
  /// A check or a claim failed.
  package static let checkFailed: Int32 = 1
  /// The command was used wrongly, or the environment lacks something.
  package static let usage: Int32 = 2
  /// An input file is missing, broken or of the wrong shape.
  package static let badData: Int32 = 65

  /// The status of a process that ended because of a signal.
  package static func signal(_ number: Int32) -> Int32 { 128 + number }
}

/// A reason to end a command, with one line for standard error and the exit status.
package struct CommandFailure: Error, CustomStringConvertible {
  /// What went wrong, in one line.
  package let description: String
  /// The status to end with.
  package let status: Int32

  /// Makes a failure.
  package init(_ description: String, status: Int32) {
    self.description = description
    self.status = status
  }

  /// The command line was wrong.
  package static func usage(_ message: String) -> CommandFailure {
    CommandFailure(message, status: ExitStatus.usage)
  }

  /// Something around the program is missing or not permitted.
  package static func environment(_ message: String) -> CommandFailure {
    CommandFailure(message, status: ExitStatus.usage)
  }

  /// An input file is bad.
  package static func badData(_ message: String) -> CommandFailure {
    CommandFailure(message, status: ExitStatus.badData)
  }
}
