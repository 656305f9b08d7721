import CNcurses
import Glibc

extension TerminalCapabilities {
  /// Finds out what the terminal of this process can show, without touching its screen.
  ///
  /// Sets the process's character locale on the way. Throws when no screen could be opened here.
  package nonisolated static func inspect(
    options: TerminalOptions = TerminalOptions()
  ) throws(TerminalError) -> TerminalCapabilities {
    guard isatty(STDIN_FILENO) != 0 else { throw .notATerminal(.input) }
    guard isatty(STDOUT_FILENO) != 0 else { throw .notATerminal(.output) }
    guard let name = environmentVariable("TERM"), !name.isEmpty else { throw .typeNotSet }
    switch nibble_curses_lookup(name) {
    case 1: break
    case 0: throw .unknownTerminal(name: name)
    default: throw .noDatabase
    }
    // The library accepts a terminal that cannot place its cursor and then draws garbage.
    guard TerminalDescription.string("cup") != nil else { throw .dumbTerminal(name: name) }
    let isUnicode = CharacterLocale.activate()
    let isPlain = options.noColor || !(environmentVariable("NO_COLOR") ?? "").isEmpty
    return TerminalCapabilities(
      colors: isPlain ? 0 : usableColors(reported: TerminalDescription.number("colors")),
      unicode: isUnicode && options.ascii != true,
      name: name)
  }

  /// The palette that the program uses on a terminal that reports so many colours.
  ///
  /// Only palettes whose entries are known count. Terminals with direct colour take every number
  /// above 7 for red, green and blue, and 16 or 88 colours have no common palette beyond 8.
  nonisolated static func usableColors(reported: Int) -> Int {
    if reported == 256 { return 256 }
    return reported >= 8 ? 8 : 0
  }
}

/// Capabilities out of the terminal database, for the terminal looked up or opened last.
nonisolated enum TerminalDescription {
  /// A string capability, without its padding; nil when there is none.
  static func string(_ name: String) -> String? {
    guard let value = nibble_curses_capability(name) else { return nil }
    return withoutPadding(String(cString: value))
  }

  /// A numeric capability; negative when there is none.
  static func number(_ name: String) -> Int {
    Int(nibble_curses_number(name))
  }

  /// Removes delays of the form `$<5/>`, which only the library's own output obeys.
  static func withoutPadding(_ text: String) -> String {
    var result = ""
    var rest = Substring(text)
    while let start = rest.firstIndex(of: "$") {
      let marker = rest[start...]
      result += rest[..<start]
      if marker.dropFirst().first == "<", let end = marker.firstIndex(of: ">") {
        rest = marker[marker.index(after: end)...]
      } else {
        result.append("$")
        rest = marker.dropFirst()
      }
    }
    return result + rest
  }
}
