import Glibc
import Synchronization

/// A terminal that the test itself is the other side of.
///
/// It becomes the controlling terminal and the standard streams of the process, so it belongs in a
/// process of its own: in an exit test.
final class PseudoTerminal: Sendable {
  /// The side that a person would sit at.
  let master: Int32
  /// Where standard output went before.
  let originalOutput: Int32
  private let received = Mutex<[UInt8]>([])

  /// TIOCSPTLCK and TIOCGPTN of Linux, whose macros Swift cannot read.
  private static let setLock: UInt = 0x4004_5431
  private static let getNumber: UInt = 0x8004_5430

  /// Makes the terminal and gives it to the process, or nil where the system has none.
  ///
  /// - Parameters:
  ///   - type: The value of TERM.
  ///   - environment: Further variables; all that the driver looks at are unset first.
  ///   - readsOutput: Whether a thread reads what is written, so that writers never wait.
  init?(
    type: String, columns: UInt16 = 80, rows: UInt16 = 24, environment: [String: String] = [:],
    readsOutput: Bool = true
  ) {
    for name in ["LC_ALL", "LC_CTYPE", "LANG", "NO_COLOR", "LINES", "COLUMNS"] { unsetenv(name) }
    setenv("TERM", type, 1)
    for (name, value) in environment { setenv(name, value, 1) }
    // Swift's view of the C library lacks posix_openpt(3), so this is what it does on Linux.
    master = open("/dev/ptmx", O_RDWR | O_NOCTTY)
    var isLocked: Int32 = 0
    var number: Int32 = -1
    guard master >= 0, ioctl(master, Self.setLock, &isLocked) == 0,
      ioctl(master, Self.getNumber, &number) == 0
    else { return nil }
    let name = "/dev/pts/\(number)"
    setsid()
    let slave = open(name, O_RDWR)
    guard slave >= 0 else { return nil }
    _ = ioctl(slave, UInt(TIOCSCTTY), 0)
    originalOutput = dup(STDOUT_FILENO)
    dup2(slave, STDIN_FILENO)
    dup2(slave, STDOUT_FILENO)
    close(slave)
    resize(columns: columns, rows: rows)
    var everything = sigset_t()
    sigemptyset(&everything)
    // Test runners start processes with signals blocked.
    sigprocmask(SIG_SETMASK, &everything, nil)
    if readsOutput { startReading() }
  }

  /// Changes the window's size, which the system tells the foreground process.
  func resize(columns: UInt16, rows: UInt16) {
    var size = winsize(ws_row: rows, ws_col: columns, ws_xpixel: 0, ws_ypixel: 0)
    _ = ioctl(master, UInt(TIOCSWINSZ), &size)
  }

  /// Types text.
  func type(_ text: String) {
    let bytes = Array(text.utf8)
    _ = bytes.withUnsafeBytes { write(master, $0.baseAddress, $0.count) }
  }

  /// What was written to the terminal so far.
  var output: String {
    String(decoding: received.withLock { $0 }, as: UTF8.self)
  }

  /// Waits until the output contains a text, for two seconds at most.
  func waits(for text: String) -> Bool {
    waits { $0.contains(text) }
  }

  /// Waits until the output is as wished, for two seconds at most.
  func waits(until isAsWished: (String) -> Bool) -> Bool {
    for _ in 0..<400 {
      if isAsWished(output) { return true }
      usleep(5_000)
    }
    return false
  }

  private func startReading() {
    // A plain thread, since the tasks of a test may all be blocked in a wait.
    var thread = pthread_t()
    pthread_create(
      &thread, nil,
      { argument in
        guard let argument else { return nil }
        let terminal = Unmanaged<PseudoTerminal>.fromOpaque(argument).takeRetainedValue()
        terminal.readUntilEnd()
        return nil
      }, Unmanaged.passRetained(self).toOpaque())
  }

  private func readUntilEnd() {
    var buffer = [UInt8](repeating: 0, count: 4096)
    while true {
      let count = read(master, &buffer, buffer.count)
      guard count > 0 else { return }
      received.withLock { $0 += buffer[..<count] }
    }
  }
}

/// The modes of the terminal that standard input is.
func terminalModes() -> [tcflag_t] {
  var modes = termios()
  tcgetattr(STDIN_FILENO, &modes)
  return [modes.c_iflag, modes.c_oflag, modes.c_cflag, modes.c_lflag]
}
