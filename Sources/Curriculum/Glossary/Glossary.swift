/// The course's terms in both languages.
///
/// The file `glossary.md` of the content folder holds them as one table with the columns English,
/// Chinese, meaning in English, meaning in Chinese, and, where there are any, the renderings that
/// are not to be used, with `/` between them. A term may have several spellings, with `/` between
/// them; the first is the one to prefer.
package struct Glossary: Sendable, Hashable {
  /// One term.
  package struct Entry: Sendable, Hashable {
    /// The term in English; several spellings of the same.
    package var english: [String]
    /// The term in Simplified Chinese; several forms of the same.
    package var chinese: [String]
    /// What it means, in English.
    package var englishMeaning: String
    /// What it means, in Chinese.
    package var chineseMeaning: String
    /// Chinese renderings that are wrong or belong to another term.
    package var avoided: [String]
    /// Where it stands.
    package var location: SourceLocation
  }

  /// The terms in the order of the file.
  package var entries: [Entry]

  /// The name of the file in the content folder.
  package static let fileName = "glossary.md"

  /// The glossary of a content folder with its faults; nil when the folder has none.
  package static func load(
    contentDirectory: String
  ) -> (glossary: Glossary, faults: [ContentFault])? {
    let path = contentDirectory + "/" + fileName
    switch LessonFolder.bytesIfPresent(ofFile: path) {
    case nil: return nil
    case .success(let bytes): return parse(bytes: bytes, file: path)
    case .failure(let unreadable): return (Glossary(entries: []), [unreadable.fault])
    }
  }
}
