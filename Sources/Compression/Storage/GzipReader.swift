import CZlib

/// Expands one gzip member in bounded memory.
enum GzipReader {
  /// The expanded bytes, at most `limit` of them.
  static func decompress(_ bytes: [UInt8], limit: Int) throws(StorageError) -> [UInt8] {
    var stream = z_stream()
    guard bytes.count <= Int(UInt32.max), nibble_inflate_init_gzip(&stream) == Z_OK else {
      throw .tooLarge(limit: limit)
    }
    defer { inflateEnd(&stream) }
    var output: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 65_536)
    var status = Z_OK
    bytes.withUnsafeBufferPointer { input in
      stream.next_in = UnsafeMutablePointer(mutating: input.baseAddress)
      stream.avail_in = uInt(input.count)
      while status == Z_OK, output.count <= limit {
        let produced = chunk.withUnsafeMutableBufferPointer { room in
          stream.next_out = room.baseAddress
          stream.avail_out = uInt(room.count)
          status = inflate(&stream, Z_NO_FLUSH)
          return room.count - Int(stream.avail_out)
        }
        output.append(contentsOf: chunk[..<produced])
      }
    }
    guard output.count <= limit else { throw .tooLarge(limit: limit) }
    switch status {
    case Z_STREAM_END: break
    case Z_BUF_ERROR: throw .truncated(what: "the end of its gzip stream")
    default: throw .wrongHeader("the file is not a sound gzip stream")
    }
    guard stream.avail_in == 0 else { throw .trailingBytes(Int(stream.avail_in)) }
    return output
  }
}
