import Foundation

/// Standard output and standard error as the commands use them.
package enum Console {
  /// Writes results to standard output.
  package static func output(_ text: String) {
    write(text, to: STDOUT_FILENO)
  }

  /// Writes one message to standard error.
  package static func message(_ text: String) {
    write("nibble: \(text)\n", to: STDERR_FILENO)
  }

  /// Writes progress to standard error.
  package static func progress(_ text: String) {
    write(text, to: STDERR_FILENO)
  }

  /// Whether progress may be drawn, which is so only on a terminal.
  package static var showsProgress: Bool { isatty(STDERR_FILENO) == 1 }

  /// The width of the terminal behind a stream, if there is one.
  package static func width(of descriptor: Int32) -> Int? {
    var size = winsize()
    guard ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return nil }
    return Int(size.ws_col)
  }

  private static func write(_ text: String, to descriptor: Int32) {
    var bytes = Array(text.utf8)[...]
    while !bytes.isEmpty {
      let written = bytes.withUnsafeBytes { Foundation.write(descriptor, $0.baseAddress, $0.count) }
      if written > 0 {
        bytes = bytes.dropFirst(written)
      } else if errno != EINTR {
        return
      }
    }
  }
}
