package import Lab

/// A screen on the stack, by the number that the model gave it.
package typealias ScreenID = AskerID

/// The requests that are still answered: of each screen the newest of every slot.
struct RequestLedger {
  private var newest: [ScreenID: [LabSlot: RequestID]] = [:]
  private var count = 0

  /// Enters a request of a screen, which replaces what its slot had.
  mutating func enter(_ request: LabRequest, of screen: ScreenID) -> RequestID {
    count += 1
    let id = RequestID(asker: screen, slot: request.slot, number: count)
    cancel(request.slot, of: screen)
    newest[screen, default: [:]][request.slot] = id
    return id
  }

  /// Strikes out what a screen's slot had.
  mutating func cancel(_ slot: LabSlot, of screen: ScreenID) {
    for ended in slot.ended { newest[screen]?[ended] = nil }
  }

  /// Strikes out all requests of a screen.
  mutating func close(_ screen: ScreenID) { newest[screen] = nil }

  /// Who waits for the answer to a request; nil when nobody does any more.
  func asker(of id: RequestID) -> ScreenID? {
    newest[id.asker]?[id.slot] == id ? id.asker : nil
  }
}
