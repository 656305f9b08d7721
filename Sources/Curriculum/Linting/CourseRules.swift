import Localization

/// Rules that look at all chapters of a language together.
enum CourseRules {
  /// Ids and numbers that are used twice, and ids that lead nowhere.
  static func faults(in files: [LessonFile]) -> [ContentFault] {
    Language.allCases.flatMap { language in
      duplicates(in: files.filter { $0.language == language })
    } + danglingReferences(in: files)
  }

  private static func duplicates(in files: [LessonFile]) -> [ContentFault] {
    var faults: [ContentFault] = []
    var chapters: [String: LessonFile] = [:]
    var numbers: [Int: LessonFile] = [:]
    var elements: [String: OutlineEntry] = [:]
    for file in files {
      guard let chapter = file.lesson.chapter else { continue }
      if let first = chapters[chapter.id] {
        faults.append(
          ContentFault(
            "the chapter's id “\(chapter.id)” is already that of \(first.path)",
            at: chapter.location))
      } else {
        chapters[chapter.id] = file
      }
      if chapter.number > 0, let first = numbers[chapter.number] {
        faults.append(
          ContentFault(
            "the chapter's number \(chapter.number) is already that of \(first.path)",
            at: chapter.location))
      } else {
        numbers[chapter.number] = file
      }
      for entry in file.lesson.outline {
        if let first = elements[entry.id], first.location.file != entry.location.file {
          faults.append(
            ContentFault(
              "the id “\(entry.id)” is already used in "
                + "\(first.location.file):\(first.location.line)",
              at: entry.location))
        } else if elements[entry.id] == nil {
          elements[entry.id] = entry
        }
      }
    }
    return faults
  }

  private static func danglingReferences(in files: [LessonFile]) -> [ContentFault] {
    var known: [OutlineEntry.Kind: Set<String>] = [:]
    for entry in files.flatMap(\.lesson.outline) {
      known[entry.kind, default: []].insert(entry.id)
    }
    return files.flatMap(\.lesson.references).compactMap { reference in
      guard known[reference.kind]?.contains(reference.id) != true else { return nil }
      return ContentFault(
        "there is no \(reference.kind.rawValue) with the id “\(reference.id)”",
        at: reference.location)
    }
  }
}
