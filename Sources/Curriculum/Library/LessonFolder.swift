import Dispatch
import Foundation
import Localization
import Synchronization

/// One lesson file with what was read from it.
struct LessonFile: Sendable {
  /// The language of its folder.
  var language: Language
  /// The file's name without its ending.
  var stem: String
  /// The path.
  var path: String
  /// What was read.
  var lesson: ParsedLesson
}

/// Reads the lesson files below a content folder.
enum LessonFolder {
  /// The files of all languages, in the order of their names, and what kept others from being read.
  ///
  /// - Parameters:
  ///   - contentDirectory: The folder that holds one folder for each language.
  ///   - languages: The languages to read.
  static func read(
    contentDirectory: String, languages: [Language]
  ) -> (files: [LessonFile], faults: [ContentFault]) {
    var faults: [ContentFault] = []
    var places: [(language: Language, path: String)] = []
    for language in languages {
      let folder = contentDirectory + "/" + language.rawValue
      guard let names = try? FileManager.default.contentsOfDirectory(atPath: folder) else {
        faults.append(
          ContentFault(
            "the folder of the lessons in “\(language.rawValue)” cannot be read",
            at: SourceLocation(file: folder, line: 1)))
        continue
      }
      places += names.sorted().filter { $0.hasSuffix(".md") && !$0.hasPrefix(".") }
        .map { (language, folder + "/" + $0) }
    }
    let found = places
    var files: [LessonFile] = []
    for result in results(count: found.count, { file(at: found[$0].path, found[$0].language) }) {
      switch result {
      case .success(let file): files.append(file)
      case .failure(let unreadable): faults.append(unreadable.fault)
      }
    }
    return (files, faults)
  }

  private static func file(
    at path: String, _ language: Language
  ) -> Result<LessonFile, Unreadable> {
    bytes(ofFile: path).map { bytes in
      LessonFile(
        language: language,
        stem: URL(fileURLWithPath: path).deletingPathExtension().lastPathComponent, path: path,
        lesson: ChapterParser.lesson(bytes: bytes, file: path, language: language))
    }
  }

  /// The results of a body for 0..<count in order; calls run beside one another, since the first
  /// screen waits for them.
  private static func results<Value: Sendable>(
    count: Int, _ body: @Sendable (Int) -> Value
  ) -> [Value] {
    let values = Mutex([Value?](repeating: nil, count: count))
    DispatchQueue.concurrentPerform(iterations: count) { index in
      let value = body(index)
      values.withLock { $0[index] = value }
    }
    return values.withLock { $0.compactMap { $0 } }
  }

  /// Why a file cannot be read.
  struct Unreadable: Error {
    /// The fault to report.
    var fault: ContentFault
  }

  /// The bytes of a file that need not be there; nil when it is not.
  static func bytesIfPresent(ofFile path: String) -> Result<[UInt8], Unreadable>? {
    FileManager.default.fileExists(atPath: path) ? bytes(ofFile: path) : nil
  }

  /// The bytes of a regular file, but no more than one above the limit, which the parser refuses.
  private static func bytes(ofFile path: String) -> Result<[UInt8], Unreadable> {
    let place = SourceLocation(file: path, line: 1)
    // A pipe or a device would block or never end.
    let resolved = URL(fileURLWithPath: path).resolvingSymlinksInPath().path
    let attributes = try? FileManager.default.attributesOfItem(atPath: resolved)
    guard attributes?[.type] as? FileAttributeType == .typeRegular else {
      return .failure(Unreadable(fault: ContentFault("this is not a file", at: place)))
    }
    guard let handle = FileHandle(forReadingAtPath: path),
      let data = try? handle.read(upToCount: InputLimits.bytes + 1) ?? Data()
    else {
      return .failure(Unreadable(fault: ContentFault("the file cannot be read", at: place)))
    }
    return .success(Array(data))
  }
}
