import CNcurses
import Glibc

/// The character encoding that the process uses on a terminal.
nonisolated enum CharacterLocale {
  /// What to do about an environment's locale.
  enum Plan: Hashable {
    /// It names UTF-8: all characters may be used.
    case unicode
    /// It says nothing, so a UTF-8 locale that belongs to the C library may be tried.
    case tryNeutral
    /// It names another encoding, which has to be respected.
    case ascii
  }

  /// Decides from the encoding of the environment's locale and the variables that name a locale.
  ///
  /// - Parameters:
  ///   - codeset: The encoding after the environment's locale was set.
  ///   - variables: The values of LC_ALL, LC_CTYPE and LANG; nil or empty means unset.
  static func plan(codeset: String, variables: [String?]) -> Plan {
    if isUnicode(codeset) { return .unicode }
    return variables.allSatisfy { ($0 ?? "").isEmpty } ? .tryNeutral : .ascii
  }

  /// Whether an encoding's name means UTF-8.
  static func isUnicode(_ codeset: String) -> Bool {
    let plain = codeset.lowercased().filter { $0 != "-" && $0 != "_" }
    return plain == "utf8"
  }

  /// Sets the process's character locale by the environment and says whether it is UTF-8.
  static func activate() -> Bool {
    _ = nibble_curses_set_character_locale("")
    let variables = ["LC_ALL", "LC_CTYPE", "LANG"].map(environmentVariable)
    switch plan(codeset: currentCodeset(), variables: variables) {
    case .unicode: return true
    case .ascii: return false
    case .tryNeutral:
      guard nibble_curses_set_character_locale("C.UTF-8") != 0 else { return false }
      return isUnicode(currentCodeset())
    }
  }

  private static func currentCodeset() -> String {
    guard let name = nibble_curses_codeset() else { return "" }
    return String(cString: name)
  }
}

/// The value of an environment variable, or nil when it is unset.
nonisolated func environmentVariable(_ name: String) -> String? {
  guard let value = getenv(name) else { return nil }
  return String(cString: value)
}
