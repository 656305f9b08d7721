import Glibc
import TerminalCanvas
import Testing

@testable import TerminalDriver

/// The real library on a real terminal device; each case in a process of its own.
@Suite struct NcursesTerminalTests {
  @Test func readsKeysAndTheMouse() async {
    await #expect(processExitsWith: .success) {
      for type in ["xterm-256color", "screen-256color", "tmux-256color", "linux", "vt100"] {
        try await readKeysAndMouse(type: type)
      }
    }
  }

  @Test func showsWhatChangedAndNothingElse() async {
    await #expect(processExitsWith: .success) { try await showChanges() }
  }

  @Test func replacesCharactersWithoutAnEncodingForThem() async {
    await #expect(processExitsWith: .success) { try await showInASCII() }
  }

  @Test func survivesEverySize() async {
    await #expect(processExitsWith: .success) { try await resizeThroughSizes() }
  }

  @Test func leavesTheTerminalAsItWas() async {
    await #expect(processExitsWith: .success) { try await openAndClose() }
  }

  @Test func reportsSignalsAndWakeUps() async {
    await #expect(processExitsWith: .success) { try await receiveSignals() }
  }

  @Test func aVanishedTerminalIsAHangUp() async {
    await #expect(processExitsWith: .success) { try await loseTheTerminal() }
  }

  @Test func refusesWhatCannotWork() async {
    await #expect(processExitsWith: .success) { try await openWhereImpossible() }
  }

  @Test func aCrashRestoresTheTerminalBeforeThePreviousHandlerRuns() async {
    let result = await #expect(
      processExitsWith: .exitCode(42), observing: [\.standardOutputContent]
    ) {
      try await crash()
    }
    let output = String(decoding: result?.standardOutputContent ?? [], as: UTF8.self)
    #expect(output.contains("modes restored"))
    #expect(output.contains("\u{1B}[?1002l"))
    #expect(output.contains("\u{1B}[?1049l"))
    // What was said on standard error while the screen was open comes after it was left.
    let afterScreen = output.suffix(after: "\u{1B}[?1049l")
    #expect(afterScreen.contains("last words"))
  }
}

extension String {
  /// What follows the last occurrence of a text; empty when there is none.
  fileprivate func suffix(after text: String) -> String {
    var rest = Substring(self)
    var found = false
    while let range = rest.firstRange(of: text) {
      rest = rest[range.upperBound...]
      found = true
    }
    return found ? String(rest) : ""
  }
}

// MARK: - Bodies, each for a process of its own

@MainActor private func open(
  _ pseudoTerminal: PseudoTerminal, options: TerminalOptions = TerminalOptions(),
  wake: WakeSignal = WakeSignal()
) throws -> NcursesTerminal {
  try NcursesTerminal(options: options, wake: wake)
}

/// Collects events until there are as many as expected, for two seconds at most.
@MainActor private func collect(_ count: Int, from terminal: NcursesTerminal) -> [InputEvent] {
  var events: [InputEvent] = []
  for _ in 0..<200 where events.count < count { events += terminal.events(timeout: 10) }
  return events
}

@MainActor private func readKeysAndMouse(type: String) throws {
  let device = try #require(PseudoTerminal(type: type))
  let terminal = try open(device)
  defer { terminal.close() }
  device.type(
    "a漢\u{3}\u{1A}\r\u{1B}[A\u{1B}OB\u{1B}[1;2D\u{1B}[1;5C\u{1B}[5~\u{1B}[3~\u{1B}OP\u{1B}[Z")
  let keys: [Key] = [
    .character("a"), .character("漢"), .control("c"), .control("z"), .enter, .up, .down,
    .shiftLeft, .wordRight, .pageUp, .delete, .function(1), .backTab,
  ]
  #expect(collect(keys.count, from: terminal) == keys.map(InputEvent.key))
  device.type("\u{1B}[<0;3;4M\u{1B}[<32;300;4M\u{1B}[<0;300;4mj\u{1B}[<99999999;;M\u{1B}[M !!k")
  #expect(
    collect(6, from: terminal) == [
      .mouse(MouseEvent(.press, at: Point(x: 2, y: 3))),
      .mouse(MouseEvent(.drag, at: Point(x: 299, y: 3))),
      .mouse(MouseEvent(.release, at: Point(x: 299, y: 3))),
      .key(.character("j")),
      .mouse(MouseEvent(.press, at: Point(x: 0, y: 0))),
      .key(.character("k")),
    ])
  device.type("\u{1B}[200~一 q\r\u{1B}[201~\u{1B}b\u{1B}d\u{1B}\u{7F}j")
  #expect(
    collect(5, from: terminal) == [
      .paste("一 q\n"), .key(.wordLeft), .key(.deleteWordRight), .key(.deleteWordLeft),
      .key(.character("j")),
    ])
  device.type("\u{1B}")
  #expect(collect(1, from: terminal) == [.key(.escape)])
}

@MainActor private func showChanges() throws {
  let device = try #require(PseudoTerminal(type: "xterm-256color"))
  let terminal = try open(device)
  defer { terminal.close() }
  #expect(terminal.capabilities.colors == 256)
  #expect(terminal.capabilities.unicode)
  #expect(terminal.size == Size(width: 80, height: 24))
  var canvas = Canvas(size: terminal.size)
  _ = canvas.write("量化 ⣿ é end", at: Point(x: 0, y: 0), style: .text)
  _ = canvas.write("corner", at: Point(x: 74, y: 23), style: .role(.good))
  terminal.present(canvas, theme: .dark, cursor: nil)
  #expect(device.waits(for: "量化 ⣿ é end"))
  #expect(device.waits(for: "corne"))
  let before = device.output.utf8.count
  terminal.present(canvas, theme: .dark, cursor: nil)
  usleep(50_000)
  #expect(device.output.utf8.count == before)
  // The new character covers the second half of the wide one, which takes the first half along.
  _ = canvas.write("X", at: Point(x: 1, y: 0), style: .text)
  terminal.present(canvas, theme: .dark, cursor: Point(x: 4, y: 2))
  #expect(device.waits(for: " X"))
  #expect(device.waits(for: "\u{1B}[?25h"))
  #expect(device.output.utf8.count - before < 60)
  #expect(terminal.copy("a") && device.waits(for: "\u{1B}]52;c;YQ==\u{07}"))
}

@MainActor private func showInASCII() throws {
  let device = try #require(
    PseudoTerminal(type: "xterm-256color", environment: ["LC_ALL": "C", "NO_COLOR": "1"]))
  let terminal = try open(device)
  #expect(terminal.capabilities.unicode == false)
  #expect(terminal.capabilities.colors == 0)
  var canvas = Canvas(size: terminal.size)
  _ = canvas.write("│量│ × end", at: Point(x: 0, y: 0), style: .role(.bad))
  terminal.present(canvas, theme: .dark, cursor: nil)
  #expect(device.waits(for: "|??| x end"))
  terminal.close()
  #expect(device.output.utf8.allSatisfy { $0 < 0x80 })
  #expect(!device.output.contains("\u{1B}[38;"))
}

@MainActor private func resizeThroughSizes() throws {
  let device = try #require(PseudoTerminal(type: "xterm-256color"))
  let terminal = try open(device)
  defer { terminal.close() }
  let sizes: [(UInt16, UInt16)] = [(1, 1), (300, 90), (2, 50), (10, 3), (200, 1), (80, 24)]
  for (columns, rows) in sizes {
    let size = Size(width: Int(columns), height: Int(rows))
    device.resize(columns: columns, rows: rows)
    // A canvas of the old size may still be on its way.
    terminal.present(Canvas(width: 80, height: 24), theme: .dark, cursor: Point(x: 79, y: 23))
    #expect(collect(1, from: terminal) == [.resize(size)])
    #expect(terminal.size == size)
    var canvas = Canvas(size: size)
    canvas.fill(Rect(size), with: "漢", style: Style(foreground: .gray(9), background: .gray(200)))
    terminal.present(canvas, theme: .dark, cursor: Point(x: size.width - 1, y: size.height - 1))
    canvas.fill(Rect(size), with: "▀", style: Style(foreground: .palette(99)))
    terminal.present(canvas, theme: .light, cursor: nil)
  }
}

@MainActor private func openAndClose() throws {
  let device = try #require(PseudoTerminal(type: "xterm-256color"))
  dup2(STDOUT_FILENO, STDERR_FILENO)
  let modes = terminalModes()
  for round in 1...2 {
    let terminal = try open(device)
    terminal.present(Canvas(size: terminal.size), theme: .dark, cursor: Point(x: 1, y: 1))
    #expect(device.waits(for: "\u{1B}[?1049h"))
    #expect(device.waits(for: "\u{1B}[?1002h\u{1B}[?1006h"))
    #expect(terminalModes() != modes)
    let note = "said in round \(round)\n"
    _ = note.withCString { write(STDERR_FILENO, $0, strlen($0)) }
    #expect(!device.output.contains("said in round \(round)"))
    terminal.close()
    terminal.close()
    #expect(device.waits(for: "said in round \(round)"))
    #expect(terminalModes() == modes)
    let output = device.output
    #expect(output.suffix(after: "\u{1B}[?1049l").contains("said in round \(round)"))
    #expect(output.suffix(after: "\u{1B}[?1002h").contains("\u{1B}[?1002l"))
    #expect(output.suffix(after: "\u{1B}[?1006h").contains("\u{1B}[?1006l"))
    #expect(terminal.size == Size(width: 0, height: 0))
    #expect(terminal.events(timeout: nil) == [.terminate(signal: SIGHUP)])
  }
}

@MainActor private func receiveSignals() throws {
  let device = try #require(PseudoTerminal(type: "xterm-256color"))
  let wake = WakeSignal()
  let terminal = try open(device, wake: wake)
  defer { terminal.close() }
  for signal in [SIGTERM, SIGINT, SIGHUP] {
    kill(getpid(), signal)
    #expect(collect(1, from: terminal) == [.terminate(signal: signal)])
  }
  wake.wake()
  wake.wake()
  device.type("x")
  var events = collect(2, from: terminal)
  events.sort { first, _ in first == .wake }
  #expect(events == [.wake, .key(.character("x"))])
  #expect(terminal.events(timeout: 0) == [])
  // Nobody could continue this process, so it does not stop: the screen just comes back.
  terminal.suspend()
  kill(getpid(), SIGTSTP)
  #expect(terminal.events(timeout: 0) == [])
  kill(getpid(), SIGCONT)
  #expect(terminal.events(timeout: 0) == [])
  device.type("y")
  #expect(collect(1, from: terminal) == [.key(.character("y"))])
  #expect(device.waits { $0.suffix(after: "\u{1B}[?1049l").contains("\u{1B}[?1002h") })
}

@MainActor private func loseTheTerminal() throws {
  let device = try #require(PseudoTerminal(type: "xterm-256color", readsOutput: false))
  signal(SIGHUP, SIG_IGN)
  let terminal = try open(device)
  close(device.master)
  #expect(terminal.events(timeout: nil) == [.terminate(signal: SIGHUP)])
  terminal.present(Canvas(size: terminal.size), theme: .dark, cursor: nil)
  terminal.close()
}

@MainActor private func openWhereImpossible() throws {
  for (type, expected) in [
    ("dumb", TerminalError.dumbTerminal(name: "dumb")),
    ("no-such-type", .unknownTerminal(name: "no-such-type")), ("", .typeNotSet),
  ] {
    let device = try #require(PseudoTerminal(type: type))
    let modes = terminalModes()
    #expect(throws: expected) { try open(device) }
    #expect(terminalModes() == modes)
    #expect(device.output.isEmpty)
  }
  let file = open("/dev/null", O_RDWR)
  setenv("TERM", "xterm-256color", 1)
  dup2(file, STDOUT_FILENO)
  #expect(throws: TerminalError.notATerminal(.output)) {
    try TerminalCapabilities.inspect()
  }
  dup2(file, STDIN_FILENO)
  #expect(throws: TerminalError.notATerminal(.input)) {
    try TerminalCapabilities.inspect()
  }
}

/// What the handler of the crash test needs, which can capture nothing.
private nonisolated(unsafe) var crashedDevice: (master: Int32, report: Int32) = (-1, -1)
private nonisolated(unsafe) var expectedModes: [tcflag_t] = []

@MainActor private func crash() throws {
  let device = try #require(PseudoTerminal(type: "xterm-256color", readsOutput: false))
  crashedDevice = (device.master, device.originalOutput)
  expectedModes = terminalModes()
  dup2(STDOUT_FILENO, STDERR_FILENO)
  // Stands for a backtracer: it was there before the terminal opened, and reports what it finds.
  signal(SIGSEGV) { _ in
    var buffer = [UInt8](repeating: 0, count: 4096)
    var device = pollfd(fd: crashedDevice.master, events: Int16(POLLIN), revents: 0)
    // The device passes on what was written with some delay.
    while poll(&device, 1, 300) > 0 {
      let count = read(crashedDevice.master, &buffer, buffer.count)
      guard count > 0 else { break }
      write(crashedDevice.report, buffer, count)
    }
    let report = terminalModes() == expectedModes ? "\nmodes restored\n" : "\nmodes broken\n"
    _ = report.withCString { write(crashedDevice.report, $0, strlen($0)) }
    _exit(42)
  }
  let terminal = try open(device)
  terminal.present(Canvas(size: terminal.size), theme: .dark, cursor: nil)
  _ = "last words\n".withCString { write(STDERR_FILENO, $0, strlen($0)) }
  let nowhere = UnsafeMutablePointer<Int>(bitPattern: 8)
  nowhere?.pointee = 1
}
