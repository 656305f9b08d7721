package import Compression
import Foundation

/// A file of measurements, one complete JSON object a line, that survives being killed.
///
/// A line is appended by one write after its measurement is complete. What a killed run leaves behind
/// is whole lines and at most a part of one at the end, which opening the file removes; so a run that
/// goes on repeats nothing and loses nothing. A lock keeps two runs from sharing one file.
package final class SweepFile {
  /// The settings that the file already holds.
  package private(set) var settings: Set<String> = []
  private let path: String
  private let descriptor: Int32

  /// The largest file that is read, in bytes.
  private static let maxBytes = 256 * 1024 * 1024

  /// Opens a file, or makes it, and reads what it holds.
  ///
  /// - Throws: `FileError` if it cannot be opened, is in use, or holds something else.
  package init(_ path: String) throws(FileError) {
    self.path = path
    descriptor = open(path, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else {
      throw FileError(path: path, problem: "cannot be opened: \(String(cString: strerror(errno)))")
    }
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
      throw FileError(path: path, problem: "is in use by another sweep")
    }
    let bytes = try FileBytes.read(path, limit: SweepFile.maxBytes)
    let whole = bytes.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
    for (number, line) in bytes[..<whole].split(separator: UInt8(ascii: "\n")).enumerated() {
      guard let value = try? JSONParser.parse(line), case .string(let setting)? = value["setting"]
      else {
        throw FileError(path: path, problem: "line \(number + 1) is not a line of a sweep")
      }
      settings.insert(setting)
    }
    guard whole == bytes.count || ftruncate(descriptor, off_t(whole)) == 0 else {
      throw FileError(path: path, problem: "cannot be repaired")
    }
  }

  deinit { close(descriptor) }

  /// Appends one measurement.
  package func append(_ measurement: Measurement) throws(FileError) {
    let bytes = Array((measurement.sweepLine.text + "\n").utf8)
    var done = 0
    while done < bytes.count {
      let written = bytes[done...].withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
      if written < 0, errno == EINTR { continue }
      guard written > 0 else {
        throw FileError(
          path: path, problem: "cannot be written: \(String(cString: strerror(errno)))")
      }
      done += written
    }
    settings.insert(measurement.recipe.line)
  }
}
