private import Dispatch
private import Foundation
private import Synchronization

/// Work spread over the processor's cores.
package enum Parallel {
  /// The cores that this process may use: the default number of threads.
  package static var processorCount: Int { max(1, ProcessInfo.processInfo.activeProcessorCount) }

  /// Calls `body` once for each index in 0..<count, on up to `threads` threads, and returns when all
  /// calls have.
  ///
  /// Threads take the next index as they become free, so the order of calls is not fixed; calls with
  /// the same `worker` in 0..<threads never overlap.
  package static func forEach(
    count: Int, threads: Int, _ body: @Sendable (_ index: Int, _ worker: Int) -> Void
  ) {
    precondition(threads > 0, "Work needs at least one thread.")
    let workers = min(threads, count)
    guard workers > 1 else {
      for index in 0..<count { body(index, 0) }
      return
    }
    let next = Atomic<Int>(0)
    DispatchQueue.concurrentPerform(iterations: workers) { worker in
      while true {
        let index = next.wrappingAdd(1, ordering: .relaxed).oldValue
        guard index < count else { return }
        body(index, worker)
      }
    }
  }

  /// The results of `body` for each index in 0..<count, in order, computed on up to `threads`
  /// threads.
  package static func map<Result: Sendable>(
    count: Int, threads: Int, _ body: @Sendable (_ index: Int) -> Result
  ) -> [Result] {
    let slots = Mutex([Result?](repeating: nil, count: count))
    forEach(count: count, threads: threads) { index, _ in
      let result = body(index)
      slots.withLock { $0[index] = result }
    }
    return slots.withLock { $0.compactMap { $0 } }
  }
}
