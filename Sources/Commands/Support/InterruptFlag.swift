import Dispatch
import Foundation
import Synchronization

/// Remembers that the user or the system asked the process to end.
///
/// A long command asks it between steps and leaves in an orderly way, so that no half-written
/// file remains.
package final class InterruptFlag: Sendable {
  private let number = Atomic<Int32>(0)
  // Sources are only kept alive here; they are never touched again.
  nonisolated(unsafe) private var sources: [any DispatchSourceSignal] = []

  /// Starts to catch SIGINT, SIGTERM and SIGHUP.
  package init() {
    let queue = DispatchQueue(label: "nibble.signals")
    sources = [SIGINT, SIGTERM, SIGHUP].map { signalNumber in
      Foundation.signal(signalNumber, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: signalNumber, queue: queue)
      source.setEventHandler { [weak self] in
        self?.number.store(signalNumber, ordering: .relaxed)
      }
      source.resume()
      return source
    }
  }

  /// The signal that came, if one did.
  package var signal: Int32? {
    let caught = number.load(ordering: .relaxed)
    return caught == 0 ? nil : caught
  }
}
