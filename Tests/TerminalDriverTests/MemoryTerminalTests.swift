import Foundation
import TerminalCanvas
import Testing

@testable import TerminalDriver

@MainActor @Suite struct MemoryTerminalTests {
  @Test func playsItsScriptAndThenHangsUp() {
    let terminal = MemoryTerminal(
      size: Size(width: 80, height: 24),
      script: [[.key(.down)], [.resize(Size(width: 60, height: 20)), .key(.enter)]])
    #expect(terminal.events(timeout: nil) == [.key(.down)])
    #expect(terminal.size == Size(width: 80, height: 24))
    #expect(terminal.events(timeout: 0) == [.resize(Size(width: 60, height: 20)), .key(.enter)])
    #expect(terminal.size == Size(width: 60, height: 20))
    #expect(terminal.events(timeout: 0) == [])
    #expect(terminal.events(timeout: nil) == [.terminate(signal: SIGHUP)])
  }

  @Test func keepsWhatIsPresented() {
    let terminal = MemoryTerminal(size: Size(width: 10, height: 2))
    var canvas = Canvas(width: 10, height: 2)
    _ = canvas.write("量化 4", at: Point(x: 0, y: 0), style: .text)
    terminal.present(canvas, theme: .light, cursor: Point(x: 3, y: 0))
    #expect(terminal.canvas?.lines == ["量化 4", ""])
    #expect(terminal.theme == .light)
    #expect(terminal.cursor == Point(x: 3, y: 0))
    #expect(terminal.presentations == 1)
    terminal.suspend()
    terminal.close()
    #expect(terminal.suspensions == 1 && terminal.isClosed)
    #expect(terminal.copy("line") && terminal.copies == ["line"])
  }

  @Test func wakesUpOnceForManyCalls() async {
    let wake = WakeSignal()
    let terminal = MemoryTerminal(size: Size(width: 10, height: 2), wake: wake)
    await withTaskGroup(of: Void.self) { group in
      for _ in 0..<50 { group.addTask { wake.wake() } }
    }
    #expect(terminal.events(timeout: nil) == [.wake])
    #expect(terminal.events(timeout: 0) == [])
    wake.wake()
    #expect(terminal.events(timeout: 0) == [.wake])
  }

  @Test func aThreadInterruptsTheWait() {
    let wake = WakeSignal()
    let terminal = MemoryTerminal(size: Size(width: 10, height: 2), wake: wake)
    Thread.detachNewThread {
      usleep(20_000)
      wake.wake()
    }
    #expect(terminal.events(timeout: nil) == [.wake])
  }
}
