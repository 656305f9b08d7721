/// Why no screen could be opened; each has one line for the user and means exit status 2.
package nonisolated enum TerminalError: Error, Sendable, Hashable {
  /// A standard stream that has to be a terminal.
  package enum Stream: String, Sendable, Hashable {
    /// Standard input.
    case input
    /// Standard output.
    case output
  }

  /// A standard stream is a file or a pipe.
  case notATerminal(Stream)
  /// The environment variable TERM is missing or empty.
  case typeNotSet
  /// The terminal database does not describe the type in TERM.
  case unknownTerminal(name: String)
  /// The terminal cannot place its cursor.
  case dumbTerminal(name: String)
  /// There is no terminal database.
  case noDatabase
  /// The operating system gave no pipe for wake-ups.
  case noPipe
  /// The screen library refused the terminal for a reason that it does not tell.
  case refused(name: String)

  /// The status that the process ends with.
  package static let exitStatus: Int32 = 2
}

extension TerminalError: CustomStringConvertible {
  /// One line that says what is wrong and what would help.
  package nonisolated var description: String {
    switch self {
    case .notATerminal(let stream):
      "standard \(stream.rawValue) is not a terminal; the tutor needs one (see nibble --help for "
        + "commands that do not)"
    case .typeNotSet:
      "the environment variable TERM is not set; try TERM=xterm-256color"
    case .unknownTerminal(let name):
      "the terminal type '\(Self.printable(name))' is unknown here; try TERM=xterm-256color"
    case .dumbTerminal(let name):
      "a terminal of type '\(Self.printable(name))' cannot place its cursor; "
        + "try TERM=xterm-256color"
    case .noDatabase:
      "no terminal database was found; install ncurses-base or set TERMINFO"
    case .noPipe:
      "the system has no file descriptor left for a pipe"
    case .refused(let name):
      "the terminal of type '\(Self.printable(name))' could not be opened"
    }
  }

  /// The name without anything that a terminal would obey, and not longer than a line.
  private nonisolated static func printable(_ name: String) -> String {
    String(
      name.unicodeScalars.prefix(40).map { scalar in
        scalar.value >= 0x20 && scalar.value < 0x7F ? Character(scalar) : "?"
      })
  }
}
