import Localization

/// The rule that a term has one translation.
///
/// A translation need not repeat a term as often as the original, so a passage is faulty only when
/// its English names a term more than once, and its Chinese has none of the term's translations
/// but one of the renderings to avoid.
enum GlossaryRules {
  /// The passages that use a rendering to avoid.
  static func faults(in files: [LessonFile], glossary: Glossary) -> [ContentFault] {
    let terms = glossary.entries.filter { !$0.avoided.isEmpty }
    guard !terms.isEmpty else { return [] }
    let originals = files.filter { $0.language == .english }
    return files.filter { $0.language == .simplifiedChinese }.flatMap { file -> [ContentFault] in
      guard let original = originals.first(where: { $0.stem == file.stem }) else { return [] }
      return compare(file.lesson, with: original.lesson, terms)
    }
  }

  private struct Key: Hashable {
    var owner: String
    var part: LessonPassage.Part
  }

  private static func compare(
    _ translation: ParsedLesson, with original: ParsedLesson, _ terms: [Glossary.Entry]
  ) -> [ContentFault] {
    let passages = Dictionary(
      original.passages.map { (Key(owner: $0.owner, part: $0.part), $0.text) }
    ) { first, _ in first }
    var faults: [ContentFault] = []
    for passage in translation.passages {
      guard let english = passages[Key(owner: passage.owner, part: passage.part)] else { continue }
      let words = Self.words(of: english)
      for term in terms {
        // The Chinese text is searched first: it rarely holds a rendering to avoid. A translation
        // inside of that rendering does not count.
        guard let wrong = term.avoided.first(where: passage.text.contains),
          case let others = term.avoided.reduce(passage.text, { $0.replacing($1, with: " ") }),
          !term.chinese.contains(where: others.contains),
          occurrences(of: term.english, in: words) > 1
        else { continue }
        faults.append(
          ContentFault(
            "the glossary has “\(term.chinese[0])” for “\(term.english[0])”, not “\(wrong)”",
            at: place(of: wrong, in: passage, translation.source)))
      }
    }
    return faults
  }

  private static func place(
    of text: String, in passage: LessonPassage, _ source: LessonSource?
  ) -> SourceLocation {
    guard let source else { return passage.location }
    for line in passage.lines {
      var range = source.lines.range(ofLine: line)
      while let found = source.find(text, in: range) {
        if source.regions[found] == .text { return source.location(ofByte: found) }
        range = (found + 1)..<range.upperBound
      }
    }
    return passage.location
  }

  /// The words of a text in small letters; a hyphen parts words.
  private static func words(of text: String) -> [String] {
    text.lowercased().split { !$0.isLetter && !$0.isNumber }.map(String.init)
  }

  /// How often a term stands in a text in any of its spellings, in the singular or the plural.
  private static func occurrences(of spellings: [String], in words: [String]) -> Int {
    var starts: Set<Int> = []
    for spelling in spellings {
      let wanted = Self.words(of: spelling)
      guard let last = wanted.last, wanted.count <= words.count else { continue }
      let forms: Set<String> = [
        last, last + "s", last + "es", last.hasSuffix("y") ? last.dropLast() + "ies" : last,
      ]
      for start in 0...(words.count - wanted.count)
      where forms.contains(words[start + wanted.count - 1])
        && words[start..<(start + wanted.count - 1)].elementsEqual(wanted.dropLast())
      {
        starts.insert(start)
      }
    }
    return starts.count
  }
}
