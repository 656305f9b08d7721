import Compression
import Curriculum
import Foundation
import Localization
import Study

/// Progress as a JSON file.
enum ProgressTransfer {
  // A year of a thousand answers a day is a tenth of it.
  private static let maxBytes = 1 << 30

  /// The bytes of a file that a user names; what cannot be read is bad data.
  static func bytes(of path: String) throws(CommandFailure) -> [UInt8] {
    do {
      return try FileBytes.read(path, limit: maxBytes)
    } catch {
      throw .badData("\(error)")
    }
  }

  /// Reads a file that `write` made.
  static func read(_ path: String) throws(CommandFailure) -> ProgressArchive {
    do {
      return try ProgressArchive(json: Data(try bytes(of: path)))
    } catch let error as ProgressArchiveError {
      throw .badData("\(path) cannot be imported: \(error)")
    } catch let error as CommandFailure {
      throw error
    } catch {
      throw .badData("\(path) cannot be imported")
    }
  }

  /// Adds an archive to a store; returns a line that says what was new.
  static func add(
    _ archive: ProgressArchive, to store: ProgressStore, _ language: Language
  ) throws -> String {
    let summary = try store.add(archive, at: Date().timeIntervalSince1970)
    return Phrase(
      "added \(summary.entries) log entries (\(summary.known) were there already) and "
        + "\(summary.others) other records")(language)
  }

  /// Writes all progress of a store to a file, or to standard output.
  static func write(_ store: ProgressStore, to path: String, _ language: Language) throws {
    let archive = try store.archive()
    let json = try archive.json()
    if path == "-" {
      Console.output(String(decoding: json, as: UTF8.self))
      return
    }
    let target = URL(fileURLWithPath: path).resolvingSymlinksInPath().path
    guard !target.hasPrefix(store.path) else {
      throw CommandFailure.usage("\(path) is the file of your progress itself; choose another name")
    }
    do {
      try FileBytes.writeAtomically([UInt8](json), to: path)
    } catch {
      throw CommandFailure.environment("\(error)")
    }
    Console.message(
      Phrase("\(archive.log.count) log entries written to \(path)")(language))
  }
}
