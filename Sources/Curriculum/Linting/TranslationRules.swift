import Localization

/// Rules that compare a lesson with its original: English is the original of all translations.
enum TranslationRules {
  /// What differs between the languages.
  static func faults(in files: [LessonFile], translations languages: [Language]) -> [ContentFault] {
    let originals = files.filter { $0.language == .english }
    var faults: [ContentFault] = []
    for language in languages where language != .english {
      let translations = files.filter { $0.language == language }
      for original in originals {
        if let translation = translations.first(where: { $0.stem == original.stem }) {
          faults += compare(translation, with: original)
        } else {
          faults.append(
            ContentFault(
              "the lesson has no translation \(language.rawValue)/\(original.stem).md",
              at: SourceLocation(file: original.path, line: 1)))
        }
      }
      for translation in translations
      where !originals.contains(where: { $0.stem == translation.stem }) {
        faults.append(
          ContentFault(
            "the lesson has no original en/\(translation.stem).md",
            at: SourceLocation(file: translation.path, line: 1)))
      }
    }
    return faults
  }

  private static func compare(
    _ translation: LessonFile, with original: LessonFile
  ) -> [ContentFault] {
    guard let own = translation.lesson.chapter, let other = original.lesson.chapter else {
      return []
    }
    var faults: [ContentFault] = []
    if own.id != other.id {
      faults.append(
        ContentFault(
          "the chapter's id is “\(own.id)” here but “\(other.id)” in \(short(original.path))",
          at: own.location))
    }
    let ownEntries = unique(translation.lesson.outline)
    let otherEntries = unique(original.lesson.outline)
    faults += missing(ownEntries, otherEntries, place: own.location)
    faults += outOfOrder(ownEntries, otherEntries)
    let originals = Dictionary(uniqueKeysWithValues: otherEntries.map { ($0.id, $0) })
    for entry in ownEntries {
      if let source = originals[entry.id] { faults += differences(entry, source) }
    }
    return faults
  }

  private static func unique(_ entries: [OutlineEntry]) -> [OutlineEntry] {
    var seen: Set<String> = []
    return entries.filter { seen.insert($0.id).inserted }
  }

  private static func missing(
    _ own: [OutlineEntry], _ other: [OutlineEntry], place: SourceLocation
  ) -> [ContentFault] {
    let ownIDs = Set(own.map(\.id))
    let otherIDs = Set(other.map(\.id))
    let lacking = other.filter { !ownIDs.contains($0.id) }.map { entry in
      ContentFault(
        "the \(entry.kind.rawValue) “\(entry.id)” of \(short(entry.location)) is missing here",
        at: place)
    }
    let extra = own.filter { !otherIDs.contains($0.id) }.map { entry in
      ContentFault(
        "the \(entry.kind.rawValue) “\(entry.id)” is missing in the English lesson",
        at: entry.location)
    }
    return lacking + extra
  }

  /// The first element that is not where the original has it; later ones would only follow from it.
  private static func outOfOrder(
    _ own: [OutlineEntry], _ other: [OutlineEntry]
  ) -> [ContentFault] {
    let ownIDs = Set(own.map(\.id))
    let otherIDs = Set(other.map(\.id))
    let ownCommon = own.filter { otherIDs.contains($0.id) }
    let otherCommon = other.filter { ownIDs.contains($0.id) }
    for (here, there) in zip(ownCommon, otherCommon) where here.id != there.id {
      return [
        ContentFault(
          "“\(here.id)” stands where \(short(there.location)) has “\(there.id)”",
          at: here.location)
      ]
    }
    return []
  }

  private static func differences(
    _ own: OutlineEntry, _ other: OutlineEntry
  ) -> [ContentFault] {
    if own.kind != other.kind {
      return [
        ContentFault(
          "“\(own.id)” is of the kind \(own.kind.rawValue) here but \(other.kind.rawValue) in "
            + short(other.location),
          at: own.location)
      ]
    }
    return own.facts.compactMap { fact in
      guard let expected = other.facts.first(where: { $0.name == fact.name }),
        expected.value != fact.value
      else { return nil }
      return ContentFault(
        "the \(fact.name) of “\(own.id)” is “\(fact.value)” here but “\(expected.value)” in "
          + short(expected.location),
        at: fact.location)
    }
  }

  /// The language's folder and the file's name.
  private static func short(_ path: String) -> String {
    path.split(separator: "/").suffix(2).joined(separator: "/")
  }

  private static func short(_ location: SourceLocation) -> String {
    "\(short(location.file)):\(location.line)"
  }
}
