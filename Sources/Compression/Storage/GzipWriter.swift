import CZlib

/// Compresses bytes into one gzip member (RFC 1952) with zlib.
enum GzipWriter {
  /// The compressed bytes at level 9; the same input gives the same output.
  static func compress(_ bytes: [UInt8]) -> [UInt8] {
    var stream = z_stream()
    let status = nibble_deflate_init_gzip(&stream, 9)
    precondition(status == Z_OK, "zlib has the memory that one deflate stream needs.")
    defer { deflateEnd(&stream) }
    let bound = Int(deflateBound(&stream, uLong(bytes.count)))
    return [UInt8](unsafeUninitializedCapacity: bound) { output, count in
      bytes.withUnsafeBufferPointer { input in
        // zlib's input pointer is not const for historical reasons; it is only read.
        stream.next_in = UnsafeMutablePointer(mutating: input.baseAddress)
        stream.avail_in = uInt(input.count)
        stream.next_out = output.baseAddress
        stream.avail_out = uInt(bound)
        let status = deflate(&stream, Z_FINISH)
        precondition(status == Z_STREAM_END, "deflateBound gives room for the whole stream.")
        count = bound - Int(stream.avail_out)
      }
    }
  }
}
