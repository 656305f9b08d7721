import Synchronization
package import TerminalDriver

/// Messages from other threads to the tutor, which is woken when one arrives.
package final class Mailbox: Sendable {
  private let messages = Mutex<[TutorMessage]>([])
  private let wake: WakeSignal

  /// Makes an empty mailbox that wakes the terminal waiting for a signal.
  package init(wake: WakeSignal) {
    self.wake = wake
  }

  /// Adds a message; may be called on any thread.
  package func post(_ message: TutorMessage) {
    messages.withLock { $0.append(message) }
    wake.wake()
  }

  /// Takes all messages out, in the order of their arrival.
  package func take() -> [TutorMessage] {
    messages.withLock { messages in
      defer { messages.removeAll() }
      return messages
    }
  }
}
