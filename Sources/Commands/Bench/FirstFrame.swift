import Foundation

/// Starts the tutor in a terminal of its own and waits for its first screen.
enum FirstFrame {
  /// What one start took.
  struct Result {
    /// From the start of the process until the last byte of its first screen.
    let seconds: Double
    /// What it had read from files by then, where the system tells it.
    let bytesRead: Int?
  }

  /// The screen is complete when nothing follows for this long.
  private static let pause: Int32 = 60
  /// A start that shows nothing for this long is given up.
  private static let patience: Int32 = 5_000

  /// Measures one start with the progress in a folder; nil where no terminal can be made.
  static func measure(executable: String, content: String, folder: URL) throws -> Result? {
    guard let terminal = terminalPair() else { return nil }
    defer { close(terminal.master) }
    let process = Process()
    process.executableURL = URL(fileURLWithPath: executable)
    process.arguments = [
      "--home", "--content", content, "--db", folder.appendingPathComponent("progress.db").path,
    ]
    var environment = ProcessInfo.processInfo.environment
    environment["TERM"] = "xterm-256color"
    environment["LC_ALL"] = "C.UTF-8"
    process.environment = environment
    let slave = FileHandle(fileDescriptor: terminal.slave, closeOnDealloc: true)
    process.standardInput = slave
    process.standardOutput = slave
    process.standardError = FileHandle.nullDevice
    let start = ContinuousClock.now
    try process.run()
    defer {
      process.terminate()
      process.waitUntilExit()
    }
    var end: ContinuousClock.Instant?
    var bytesRead: Int?
    var buffer = [UInt8](repeating: 0, count: 65_536)
    while true {
      var request = pollfd(fd: terminal.master, events: Int16(POLLIN), revents: 0)
      guard poll(&request, 1, end == nil ? patience : pause) > 0 else { break }
      guard read(terminal.master, &buffer, buffer.count) > 0 else { break }
      end = .now
      bytesRead = readBytes(of: process.processIdentifier)
    }
    return end.map { Result(seconds: ($0 - start) / .seconds(1), bytesRead: bytesRead) }
  }

  /// The bytes that a process has read with system calls so far.
  private static func readBytes(of process: Int32) -> Int? {
    guard let counters = try? String(contentsOfFile: "/proc/\(process)/io", encoding: .utf8) else {
      return nil
    }
    return counters.split(separator: "\n").first { $0.hasPrefix("rchar:") }
      .flatMap { Int($0.dropFirst("rchar: ".count)) }
  }

  /// Both ends of a new terminal of 100×30 cells.
  private static func terminalPair() -> (master: Int32, slave: Int32)? {
    #if os(Linux)
      // Swift's view of the C library lacks posix_openpt(3), so this is what it does.
      let setLock: UInt = 0x4004_5431
      let getNumber: UInt = 0x8004_5430
      let master = open("/dev/ptmx", O_RDWR | O_NOCTTY)
      var isLocked: Int32 = 0
      var number: Int32 = -1
      guard master >= 0 else { return nil }
      guard ioctl(master, setLock, &isLocked) == 0, ioctl(master, getNumber, &number) == 0 else {
        close(master)
        return nil
      }
      let slave = open("/dev/pts/\(number)", O_RDWR | O_NOCTTY)
      guard slave >= 0 else {
        close(master)
        return nil
      }
      var size = winsize(ws_row: 30, ws_col: 100, ws_xpixel: 0, ws_ypixel: 0)
      _ = ioctl(master, UInt(TIOCSWINSZ), &size)
      return (master, slave)
    #else
      return nil
    #endif
  }
}
