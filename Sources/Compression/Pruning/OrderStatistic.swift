/// Selection of the k-th smallest of many unsigned keys in linear time.
///
/// A radix select: a histogram over the highest 16 bits finds the bucket that holds the rank, and
/// the other bits are looked at only for that bucket's keys. Floats are selected through keys that
/// keep their order; 16 bits are their sign, exponent and first seven bits of mantissa, so that a
/// bucket holds few of a layer's weights.
enum OrderStatistic {
  /// The key that a magnitude has: the bits of |x|, which order as unsigned integers like |x|.
  @inline(__always)
  static func magnitudeKey(_ value: Float) -> UInt32 { value.bitPattern & 0x7FFF_FFFF }

  /// The key that keeps the order of signed floats.
  @inline(__always)
  static func orderedKey(_ value: Float) -> UInt32 {
    let bits = value.bitPattern
    return bits & 0x8000_0000 == 0 ? bits | 0x8000_0000 : ~bits
  }

  /// The float of an `orderedKey`.
  static func float(ofOrderedKey key: UInt32) -> Float {
    Float(bitPattern: key & 0x8000_0000 == 0 ? ~key : key & 0x7FFF_FFFF)
  }

  /// The key at a rank, counted from 0, when the keys stand in rising order.
  static func key(atRank rank: Int, of keys: UnsafeBufferPointer<UInt32>) -> UInt32 {
    key(atRank: rank, of: [keys])
  }

  /// The key at a rank among the keys of several segments together.
  ///
  /// - Parameter mask: what of a word is its key; with the mask of a magnitude, the bits of floats
  ///   need not be copied to be ranked.
  static func key(
    atRank rank: Int, of segments: [UnsafeBufferPointer<UInt32>], mask: UInt32 = .max
  ) -> UInt32 {
    let count = segments.reduce(0) { $0 + $1.count }
    precondition(0..<count ~= rank, "A rank lies among the keys.")
    // Sorting wins below the cost of clearing and scanning a histogram.
    if count <= 256 { return segments.joined().map { $0 & mask }.sorted()[rank] }
    let (first, rankInFirst, size) = bucket(
      of: rank, in: segments, shift: 16, mask: mask &>> 16)
    return withUnsafeTemporaryAllocation(of: UInt32.self, capacity: size) { kept in
      var count = 0
      for segment in segments {
        count = keep(segment, withUpperHalf: first, mask: mask, in: kept, from: count)
      }
      let (second, _, _) = bucket(
        of: rankInFirst, in: [UnsafeBufferPointer(kept)], shift: 0, mask: 0xFFFF & mask)
      return first << 16 | second
    }
  }

  /// Appends the keys whose upper half is a given one to others, and returns how many there are.
  private static func keep(
    _ words: UnsafeBufferPointer<UInt32>, withUpperHalf half: UInt32, mask: UInt32,
    in kept: UnsafeMutableBufferPointer<UInt32>, from start: Int
  ) -> Int {
    var count = start
    func look(at range: Range<Int>) {
      for index in range where (words[index] & mask) &>> 16 == half {
        kept[count] = words[index] & mask
        count += 1
      }
    }
    let upper = SIMD16<UInt32>(repeating: mask & 0xFFFF_0000)
    let wanted = SIMD16<UInt32>(repeating: half << 16)
    let one = SIMD16<UInt32>(repeating: 1)
    let whole = words.count / 64 * 64
    let bytes = UnsafeRawBufferPointer(words)
    // Most stretches hold no such key, which sixteen comparisons at a time find out.
    for start in stride(from: 0, to: whole, by: 64) {
      var found = SIMD16<UInt32>.zero
      for index in stride(from: start, to: start &+ 64, by: 16) {
        let keys = bytes.loadUnaligned(fromByteOffset: 4 &* index, as: SIMD16<UInt32>.self)
        found = found | SIMD16<UInt32>.zero.replacing(with: one, where: keys & upper .== wanted)
      }
      if found != .zero { look(at: start..<start + 64) }
    }
    look(at: whole..<words.count)
    return count
  }

  /// The value of some bits that holds a rank, the rank among the keys of that value, and how many
  /// keys have it.
  private static func bucket(
    of rank: Int, in segments: [UnsafeBufferPointer<UInt32>], shift: UInt32, mask: UInt32
  ) -> (value: UInt32, rank: Int, count: Int) {
    let size = Int(mask) + 1
    // Two counters a value: incrementing the same counter twice in a row would wait for the store.
    return withUnsafeTemporaryAllocation(of: UInt32.self, capacity: 2 * size) { counts in
      counts.initialize(repeating: 0)
      for keys in segments {
        var index = 0
        while index &+ 2 <= keys.count {
          counts[Int((keys[index] &>> shift) & mask) &* 2] &+= 1
          counts[Int((keys[index &+ 1] &>> shift) & mask) &* 2 &+ 1] &+= 1
          index &+= 2
        }
        if index < keys.count { counts[Int((keys[index] &>> shift) & mask) &* 2] &+= 1 }
      }
      var before = 0
      for value in 0..<size {
        let here = Int(counts[2 * value]) + Int(counts[2 * value + 1])
        if rank < before + here { return (UInt32(value), rank - before, here) }
        before += here
      }
      preconditionFailure("A rank below the number of keys lies in some bucket.")
    }
  }

  /// A percentile with linear interpolation between the two nearest ranks.
  ///
  /// The rank is percentile / 100 · (count − 1), as in numpy's default method.
  ///
  /// - Parameter value: turns a key back into its number.
  static func percentile(
    _ percentile: Double, of keys: UnsafeBufferPointer<UInt32>, value: (UInt32) -> Float
  ) -> Float {
    let position = percentile / 100 * Double(keys.count - 1)
    let rank = min(max(Int(position), 0), keys.count - 1)
    let lower = key(atRank: rank, of: keys)
    let share = position - Double(rank)
    guard share > 0, rank + 1 < keys.count else { return value(lower) }
    var notAbove = 0
    var next = UInt32.max
    for key in keys {
      notAbove &+= key <= lower ? 1 : 0
      let candidate = key > lower ? key : UInt32.max
      next = candidate < next ? candidate : next
    }
    let upper = notAbove > rank + 1 ? lower : next
    let (from, to) = (Double(value(lower)), Double(value(upper)))
    return Float(from + (to - from) * share)
  }
}
