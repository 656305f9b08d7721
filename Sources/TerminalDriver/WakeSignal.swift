import Glibc
import Synchronization

/// A way for any thread to make a terminal return from its wait.
///
/// Calls between two waits count as one. The bytes go through a pipe that the terminal watches
/// beside its input.
package nonisolated final class WakeSignal: Sendable {
  /// The end that the terminal watches, or -1 when the system gave no pipe.
  let readDescriptor: Int32
  /// The end that this type and signal handlers write to.
  let writeDescriptor: Int32
  private let isPending = Atomic<Bool>(false)

  /// Makes a signal that nobody has given yet.
  package init() {
    var descriptors: [Int32] = [-1, -1]
    let made = descriptors.withUnsafeMutableBufferPointer { buffer -> Bool in
      guard let base = buffer.baseAddress, pipe(base) == 0 else { return false }
      return true
    }
    readDescriptor = made ? descriptors[0] : -1
    writeDescriptor = made ? descriptors[1] : -1
    guard made else { return }
    for descriptor in descriptors {
      _ = fcntl(descriptor, F_SETFL, O_NONBLOCK)
      _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
    }
  }

  deinit {
    guard readDescriptor >= 0 else { return }
    close(readDescriptor)
    close(writeDescriptor)
  }

  /// Makes the terminal report `.wake` once; may be called from any thread.
  package func wake() {
    guard !isPending.exchange(true, ordering: .acquiringAndReleasing) else { return }
    var byte = UInt8(ascii: "w")
    // A full pipe wakes the reader just as well.
    _ = write(writeDescriptor, &byte, 1)
  }

  /// Empties the pipe and says whether `wake()` was called since the last time.
  func take() -> Bool {
    var buffer = [UInt8](repeating: 0, count: 64)
    while true {
      let count = read(readDescriptor, &buffer, buffer.count)
      if count > 0 || (count < 0 && errno == EINTR) { continue }
      break
    }
    // Cleared only after the pipe is empty: a call in between finds the flag set and adds no byte,
    // and its news is part of what the reader sees next.
    return isPending.exchange(false, ordering: .acquiringAndReleasing)
  }
}
