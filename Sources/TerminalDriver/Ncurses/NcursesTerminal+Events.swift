import CNcurses
import CTerminalSupport
import Glibc
package import TerminalCanvas

extension NcursesTerminal {
  /// A program that pastes megabytes must not keep the screen from being drawn.
  private static let maxBatch = 65_536

  /// Waits for input and returns all that is there, in order.
  package func events(timeout milliseconds: Int?) -> [InputEvent] {
    guard isOpen else { return [.terminate(signal: SIGHUP)] }
    // The library may hold keys that it has read already, of which the descriptor says nothing.
    var events = collect()
    if !events.isEmpty { return events }

    var descriptors = [
      pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0),
      pollfd(fd: wake.readDescriptor, events: Int16(POLLIN), revents: 0),
    ]
    let timeout = milliseconds.map { Int32(clamping: max(0, $0)) } ?? -1
    let ready = poll(&descriptors, nfds_t(descriptors.count), timeout)
    events = collect()
    if ready > 0, events.isEmpty, hasEnded(descriptors[0]) {
      return [.terminate(signal: SIGHUP)]
    }
    return events
  }

  /// Takes keys, size changes, wake-ups and signals without waiting.
  private func collect() -> [InputEvent] {
    let wasWoken = wake.take()
    var events = readKeys()
    if nibble_signals_take_stop() {
      suspend()
    } else if nibble_signals_take_continue() {
      resume()
    }
    if wasWoken { events.append(.wake) }
    let signal = nibble_signals_take_termination()
    if signal != 0 { events.append(.terminate(signal: Int32(signal))) }
    return events
  }

  private func readKeys() -> [InputEvent] {
    var wasResized = false
    for _ in 0..<Self.maxBatch {
      let code = wgetch(inputWindow)
      if code == ERR { break }
      if code == KEY_RESIZE {
        wasResized = true
        adoptWindowSize()
      } else {
        decoder.feed(NcursesKeys.unit(code))
      }
    }
    var events = decoder.finish()
    if wasResized {
      // Terminals move text about while their window changes, so nothing on it is known any more.
      painter.forget()
      clearok(nibble_curses_current_window(), true)
      events.append(.resize(size))
    }
    return events
  }

  /// Whether the terminal is gone: readable for ever, but with nothing to read.
  private func hasEnded(_ input: pollfd) -> Bool {
    let reported = Int32(input.revents)
    if reported & (POLLHUP | POLLERR | POLLNVAL) != 0 { return true }
    guard reported & POLLIN != 0 else { return false }
    var again = pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0)
    return poll(&again, 1, 0) > 0 && nibble_terminal_waiting(STDIN_FILENO) <= 0
  }
}
