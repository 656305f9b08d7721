#if os(Linux)
  private import Glibc
#endif

/// Memory for the buffers of kernels.
enum AlignedMemory {
  /// The size of a large page.
  private static let largePage = 2 << 20

  /// Allocates memory that begins at a multiple of 64 bytes, and on large pages where it is so large
  /// that pages count.
  ///
  /// A step down a matrix of thousands of columns is a step to another page of 4 KB each time, and the
  /// processor remembers the places of less than a hundred of them at its first level.
  static func allocate(bytes: Int) -> UnsafeMutableRawPointer {
    guard bytes >= largePage else {
      return UnsafeMutableRawPointer.allocate(byteCount: max(bytes, 1), alignment: 64)
    }
    let memory = UnsafeMutableRawPointer.allocate(byteCount: bytes, alignment: largePage)
    #if os(Linux)
      // Advice only: where the system has no large pages to give, small ones serve.
      madvise(memory, bytes, MADV_HUGEPAGE)
    #endif
    return memory
  }
}
