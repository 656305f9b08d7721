import Synchronization

/// What the program does beside measuring, so that a measurement can tell whether it was disturbed.
///
/// The part that answers keys and draws says when it begins and ends; whoever times something
/// compares a mark from before with one from after. May be used from any thread.
package final class ForegroundActivity: Sendable {
  /// A moment at which nothing was going on.
  package struct Mark: Sendable, Equatable {
    fileprivate let activities: Int
  }

  private let state = Mutex((running: 0, begun: 0))

  /// Makes a record in which nothing is going on.
  package init() {}

  /// Notes that something begins.
  package func begin() {
    state.withLock {
      $0.running += 1
      $0.begun += 1
    }
  }

  /// Notes that what began last, or before, ends.
  package func end() {
    state.withLock {
      precondition($0.running > 0, "Only what began can end.")
      $0.running -= 1
    }
  }

  /// The present moment, or nil while something is going on.
  ///
  /// Two equal marks mean that nothing was going on between them.
  package var mark: Mark? {
    state.withLock { $0.running == 0 ? Mark(activities: $0.begun) : nil }
  }
}
