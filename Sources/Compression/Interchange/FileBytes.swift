import Foundation
package import Localization

/// Why a file could not be read or written.
package struct FileError: UserFacingError, Hashable {
  /// The file's path as the caller gave it.
  package let path: String
  /// What went wrong.
  package let problem: String
  /// What the contents lack as safetensors, where they were read as such.
  package let cause: SafetensorsError?

  /// Makes an error.
  package init(path: String, problem: String, cause: SafetensorsError? = nil) {
    self.path = path
    self.problem = problem
    self.cause = cause
  }

  /// One line with the path and the problem.
  package var text: Phrase {
    Phrase("\(path): \(cause?.text ?? Phrase(verbatim: problem))")
  }
}

/// Whole files as bytes.
package enum FileBytes {
  /// The bytes of a regular file that has at most `limit` of them.
  package static func read(_ path: String, limit: Int) throws(FileError) -> [UInt8] {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { throw failure(path, "cannot be opened") }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw failure(path, "cannot be examined") }
    guard status.st_mode & S_IFMT == S_IFREG else {
      throw FileError(path: path, problem: "is not a regular file")
    }
    guard status.st_size <= limit else {
      throw FileError(path: path, problem: "is larger than \(limit) bytes")
    }
    let size = Int(status.st_size)
    var received = 0
    let bytes = [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
      while received < size {
        let got = Foundation.read(
          descriptor, buffer.baseAddress.map { $0 + received }, size - received)
        if got < 0, errno == EINTR { continue }
        if got <= 0 { break }
        received += got
      }
      count = received
    }
    guard received == size else { throw failure(path, "cannot be read to its end") }
    return bytes
  }

  /// Writes a file through a temporary one in the same folder, which then takes its name.
  ///
  /// A reader sees the old bytes or the new ones, and a failure leaves no temporary file.
  package static func writeAtomically(_ bytes: [UInt8], to path: String) throws(FileError) {
    var template = Array((path + ".XXXXXX").utf8CString)
    let descriptor = mkstemp(&template)
    guard descriptor >= 0 else { throw failure(path, "cannot be written") }
    let temporary = template.withUnsafeBufferPointer { buffer in
      String(decoding: buffer.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
    var written = 0
    bytes.withUnsafeBytes { buffer in
      while written < buffer.count {
        let put = Foundation.write(
          descriptor, buffer.baseAddress.map { $0 + written }, buffer.count - written)
        if put < 0, errno == EINTR { continue }
        if put <= 0 { break }
        written += put
      }
    }
    // A temporary file is made readable to its owner alone; a model is an ordinary file.
    let isComplete =
      written == bytes.count && fchmod(descriptor, 0o644) == 0 && fsync(descriptor) == 0
    let problem = isComplete ? nil : failure(path, "cannot be written")
    close(descriptor)
    if let problem {
      unlink(temporary)
      throw problem
    }
    guard rename(temporary, path) == 0 else {
      let problem = failure(path, "cannot be replaced")
      unlink(temporary)
      throw problem
    }
  }

  private static func failure(_ path: String, _ problem: String) -> FileError {
    FileError(path: path, problem: "\(problem): \(String(cString: strerror(errno)))")
  }
}
