/// Why the folder of lessons was not found; has one line for the user and means exit status 2.
package enum ContentLocationError: Error, Sendable, Hashable {
  /// What the user may name the folder by.
  package enum Source: String, Sendable, Hashable {
    /// The option of the command line.
    case option = "--content"
    /// The environment variable.
    case environment = "NIBBLE_CONTENT"
  }

  /// A folder that the user named is not there or is no folder.
  case notAFolder(path: String, source: Source)
  /// The folder is in none of the places where it may be.
  case notFound(searched: [String])

  /// The status that the process ends with.
  package static let exitStatus: Int32 = 2
}

extension ContentLocationError: CustomStringConvertible {
  /// One line that says what is wrong and what would help.
  package var description: String {
    switch self {
    case .notAFolder(let path, let source):
      "\(source.rawValue) names '\(Self.printable(path))', which is not a folder"
    case .notFound(let searched):
      "the folder Content was not found; looked at "
        + searched.map(Self.printable).joined(separator: ", ")
        + "; name it with --content DIR or NIBBLE_CONTENT"
    }
  }

  /// The path without anything that a terminal would obey.
  private static func printable(_ path: String) -> String {
    String(
      path.map { character in
        character.unicodeScalars.contains { $0.properties.generalCategory == .control }
          ? "?" : character
      })
  }
}
