private import CZlib
package import Localization

/// Why bytes could not be unpacked as a gzip file.
package enum GzipError: UserFacingError, Equatable {
  /// The bytes do not begin with the gzip signature 1f 8b.
  case notGzip
  /// The bytes end before the compressed data does.
  case truncated
  /// The compressed data contradicts itself, with zlib's explanation.
  case corrupt(String)
  /// The unpacked data is longer than what the reader allows.
  case oversized(limit: Int)
  /// Bytes follow the end of the compressed data.
  case trailingBytes(Int)

  /// One line that says what is wrong.
  package var text: Phrase {
    switch self {
    case .notGzip: Phrase("not a gzip file (it does not begin with 1f 8b)")
    case .truncated: Phrase("the gzip data is truncated")
    case .corrupt(let reason): Phrase("the gzip data is corrupt: \(reason)")
    case .oversized(let limit):
      Phrase("the gzip data unpacks to more than the \(limit) bytes expected")
    case .trailingBytes(let count): Phrase("\(count) bytes follow the end of the gzip data")
    }
  }
}

/// Unpacking of gzip data (RFC 1952) with a limit on its size.
package enum Gzip {
  /// Unpacks a gzip file of one member.
  ///
  /// Memory never exceeds `limit` bytes, nor what so many compressed bytes can possibly hold.
  /// - Throws: `GzipError` unless the bytes are exactly one intact member of at most `limit`
  ///   unpacked bytes.
  package static func decompress(_ bytes: [UInt8], limit: Int) throws(GzipError) -> [UInt8] {
    precondition(limit >= 0, "A size limit is not negative.")
    let inflater = try Inflater(bytes)
    let unpacked = try inflater.output(atMost: min(limit, inflater.largestOutput))
    if try !inflater.isAtEnd() { throw .oversized(limit: limit) }
    if inflater.unreadBytes > 0 { throw .trailingBytes(inflater.unreadBytes) }
    return unpacked
  }

  /// The first unpacked bytes, fewer than `count` if the data is shorter.
  ///
  /// What follows them is neither unpacked nor checked.
  package static func prefix(of bytes: [UInt8], count: Int) throws(GzipError) -> [UInt8] {
    try Inflater(bytes).output(atMost: count)
  }
}

/// One run of zlib's decompressor over an array.
private final class Inflater {
  private let input: UnsafeMutableBufferPointer<UInt8>
  private var consumed = 0
  private var stream: UnsafeMutablePointer<z_stream>
  private var hasEnded = false

  init(_ bytes: [UInt8]) throws(GzipError) {
    let signature: [UInt8] = [0x1f, 0x8b]
    guard bytes.starts(with: signature.prefix(bytes.count)) else { throw .notGzip }
    guard bytes.count >= signature.count else { throw bytes.isEmpty ? .notGzip : .truncated }
    input = .allocate(capacity: bytes.count)
    _ = input.initialize(from: bytes)
    stream = .allocate(capacity: 1)
    stream.initialize(to: z_stream())
    guard nibble_inflate_init_gzip(stream) == Z_OK else {
      throw .corrupt("zlib could not be started")
    }
  }

  deinit {
    inflateEnd(stream)
    stream.deallocate()
    input.deallocate()
  }

  /// Deflate codes at most 258 bytes in 2 bits, hence 1,032 bytes in one.
  var largestOutput: Int { input.count * 1032 }

  /// The compressed bytes behind what was read so far.
  var unreadBytes: Int { input.count - consumed }

  /// The next unpacked bytes: `count` of them, or fewer at the end.
  func output(atMost count: Int) throws(GzipError) -> [UInt8] {
    var failure: GzipError?
    let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, produced in
      produced = 0
      do throws(GzipError) {
        while produced < count, !hasEnded {
          produced += try step(into: UnsafeMutableBufferPointer(rebasing: buffer[produced..<count]))
        }
      } catch {
        failure = error
      }
    }
    if let failure { throw failure }
    return bytes
  }

  /// Whether no unpacked byte is left.
  func isAtEnd() throws(GzipError) -> Bool {
    if hasEnded { return true }
    return try output(atMost: 1).isEmpty
  }

  private func step(into output: UnsafeMutableBufferPointer<UInt8>) throws(GzipError) -> Int {
    let readable = min(unreadBytes, Int(UInt32.max))
    let writable = min(output.count, Int(UInt32.max))
    stream.pointee.next_in = input.baseAddress.map { $0 + consumed }
    stream.pointee.avail_in = UInt32(readable)
    stream.pointee.next_out = output.baseAddress
    stream.pointee.avail_out = UInt32(writable)
    let status = inflate(stream, Z_NO_FLUSH)
    let read = readable - Int(stream.pointee.avail_in)
    let written = writable - Int(stream.pointee.avail_out)
    consumed += read
    switch status {
    case Z_STREAM_END: hasEnded = true
    case Z_OK where read > 0 || written > 0: break
    case Z_OK, Z_BUF_ERROR: throw .truncated
    default:
      throw .corrupt(stream.pointee.msg.map { String(cString: $0) } ?? "zlib status \(status)")
    }
    return written
  }
}
