import BundledContent
import Foundation
import Synchronization

/// The translations of the interface's phrases into one language.
package struct PhraseTable: Sendable {
  private let rows: [PhraseKey: String]

  /// The keys, in no order.
  package var keys: some Collection<PhraseKey> { rows.keys }

  /// The translation of a phrase, if the table has it.
  package subscript(key: PhraseKey) -> String? { rows[key] }

  /// Reads the text of a table in gettext's PO format.
  ///
  /// Of the format only what tables need is taken: comments, `msgctxt`, `msgid` and `msgstr`, each
  /// with one or more quoted lines. The entry whose `msgid` is empty describes the file.
  package init(po text: String) throws(PhraseTableError) {
    var reader = POReader()
    for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
    {
      try reader.take(line, number: index + 1)
    }
    try reader.closeEntry()
    rows = reader.rows
  }

  /// The table that comes with the program; read once, when the language is first shown.
  static func bundled(_ language: Language) -> PhraseTable {
    switch language {
    case .english: empty
    case .simplifiedChinese: simplifiedChinese
    }
  }

  private static let empty = PhraseTable(rows: [:])
  private static let simplifiedChinese = read(.simplifiedChinese)

  private init(rows: [PhraseKey: String]) { self.rows = rows }

  /// The file of a language's table in a content folder.
  package static func file(of language: Language, in contentDirectory: String) -> String {
    contentDirectory + "/" + language.rawValue + "/interface.po"
  }

  private static let preferredDirectory = Mutex<String?>(nil)

  /// Makes the tables of a content folder those of the program, where the folder has them.
  ///
  /// To be called before the first phrase is shown: a table that was read stays.
  package static func prefer(contentDirectory: String) {
    preferredDirectory.withLock { $0 = contentDirectory }
  }

  /// Without a table that can be read the interface is in English.
  private static func read(_ language: Language) -> PhraseTable {
    let directories = [preferredDirectory.withLock(\.self), try? BundledContent.locateOwn()]
    for case let directory? in directories {
      let file = file(of: language, in: directory)
      if let text = try? String(contentsOfFile: file, encoding: .utf8),
        let table = try? PhraseTable(po: text)
      {
        return table
      }
    }
    return empty
  }
}

/// Why a text is no table of phrases.
package struct PhraseTableError: Error, Sendable, Hashable, CustomStringConvertible {
  /// The line, from 1.
  package let line: Int
  /// What is wrong there.
  package let message: String

  /// The error in one line.
  package var description: String { "line \(line): \(message)" }
}

/// Collects the entries of a PO file line by line.
private struct POReader {
  private(set) var rows: [PhraseKey: String] = [:]
  private var parts: [Substring: String] = [:]
  private var current: Substring?
  private var line = 0

  mutating func take(_ text: Substring, number: Int) throws(PhraseTableError) {
    line = number
    if text.isEmpty || text.hasPrefix("#") { return }
    if text.hasPrefix("\"") {
      guard let current else { throw fault("a text without a keyword before it") }
      parts[current, default: ""] += try unquoted(text)
      return
    }
    let keyword = text.prefix { $0 != " " }
    guard ["msgctxt", "msgid", "msgstr"].contains(keyword) else {
      throw fault("unknown keyword “\(keyword)”")
    }
    // A new entry begins with its context, or with its id where it has none.
    if keyword == "msgctxt" || (keyword == "msgid" && parts["msgid"] != nil) { try closeEntry() }
    guard parts[keyword] == nil else { throw fault("\(keyword) stands twice") }
    parts[keyword] = try unquoted(text.dropFirst(keyword.count + 1))
    current = keyword
  }

  mutating func closeEntry() throws(PhraseTableError) {
    defer {
      parts = [:]
      current = nil
    }
    guard !parts.isEmpty else { return }
    guard let english = parts["msgid"], let translation = parts["msgstr"] else {
      throw fault("the entry before lacks its msgid or msgstr")
    }
    guard !english.isEmpty else { return }
    let key = PhraseKey(context: parts["msgctxt"], english: english)
    guard rows.updateValue(translation, forKey: key) == nil else {
      throw fault("“\(english)” stands twice in the same context")
    }
  }

  private func unquoted(_ text: Substring) throws(PhraseTableError) -> String {
    guard text.count >= 2, text.hasPrefix("\""), text.hasSuffix("\"") else {
      throw fault("a text must stand between quotation marks")
    }
    var result = ""
    var isEscaped = false
    for character in text.dropFirst().dropLast() {
      if isEscaped {
        switch character {
        case "n": result.append("\n")
        case "t": result.append("\t")
        case "\"", "\\": result.append(character)
        default: throw fault("unknown escape \\\(character)")
        }
        isEscaped = false
      } else if character == "\\" {
        isEscaped = true
      } else if character == "\"" {
        throw fault("a quotation mark inside a text needs a backslash")
      } else {
        result.append(character)
      }
    }
    guard !isEscaped else { throw fault("the text ends in a backslash") }
    return result
  }

  private func fault(_ message: String) -> PhraseTableError {
    PhraseTableError(line: line, message: message)
  }
}
