package import Lab
import Synchronization
package import TerminalDriver

/// What other threads send to the tutor.
package enum Letter: Sendable {
  /// A message to the model.
  case message(TutorMessage)
  /// A reply of the laboratory, with the id of the request that it answers.
  case reply(LabReply, RequestID)
}

/// Letters from other threads to the tutor, which is woken when one arrives.
package final class Mailbox: Sendable {
  private let letters = Mutex<[Letter]>([])
  private let wake: WakeSignal

  /// Makes an empty mailbox that wakes the terminal waiting for a signal.
  package init(wake: WakeSignal) {
    self.wake = wake
  }

  /// Adds a letter; may be called on any thread.
  package func post(_ letter: Letter) {
    letters.withLock { $0.append(letter) }
    wake.wake()
  }

  /// Takes all letters out, in the order of their arrival.
  package func take() -> [Letter] {
    letters.withLock { letters in
      defer { letters.removeAll() }
      return letters
    }
  }
}
