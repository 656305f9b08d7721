/// Selection of the k-th smallest of many unsigned keys in linear time.
///
/// A radix select: a histogram over the highest 11 bits finds the bucket that holds the rank, and
/// the next bits are looked at only for that bucket's keys. Floats are selected through keys that
/// keep their order, so no float is compared.
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
    precondition(keys.indices.contains(rank), "A rank lies among the keys.")
    // Sorting wins below the cost of clearing and scanning a histogram.
    if keys.count <= 256 { return keys.sorted()[rank] }
    return withUnsafeTemporaryAllocation(of: UInt32.self, capacity: keys.count) { candidates in
      let (first, rankInFirst) = bucket(of: rank, in: keys, shift: 21, mask: 0x7FF)
      var count = 0
      for key in keys {
        candidates[count] = key
        count &+= key &>> 21 == first ? 1 : 0
      }
      let (second, rankInSecond) = bucket(
        of: rankInFirst, in: UnsafeBufferPointer(rebasing: candidates[..<count]), shift: 10,
        mask: 0x7FF)
      var kept = 0
      for index in 0..<count {
        let key = candidates[index]
        candidates[kept] = key
        kept &+= (key &>> 10) & 0x7FF == second ? 1 : 0
      }
      let (third, _) = bucket(
        of: rankInSecond, in: UnsafeBufferPointer(rebasing: candidates[..<kept]), shift: 0,
        mask: 0x3FF)
      return first << 21 | second << 10 | third
    }
  }

  /// The value of some bits that holds a rank, and the rank among the keys of that value.
  private static func bucket(
    of rank: Int, in keys: UnsafeBufferPointer<UInt32>, shift: UInt32, mask: UInt32
  ) -> (value: UInt32, rank: Int) {
    let size = Int(mask) + 1
    // Four counters a value: neighbouring weights often fall into one bucket, and incrementing the
    // same counter twice in a row would wait for the store.
    return withUnsafeTemporaryAllocation(of: UInt32.self, capacity: 4 * size) { counts in
      counts.initialize(repeating: 0)
      var index = 0
      while index &+ 4 <= keys.count {
        counts[Int((keys[index] &>> shift) & mask) &* 4] &+= 1
        counts[Int((keys[index &+ 1] &>> shift) & mask) &* 4 &+ 1] &+= 1
        counts[Int((keys[index &+ 2] &>> shift) & mask) &* 4 &+ 2] &+= 1
        counts[Int((keys[index &+ 3] &>> shift) & mask) &* 4 &+ 3] &+= 1
        index &+= 4
      }
      while index < keys.count {
        counts[Int((keys[index] &>> shift) & mask) &* 4] &+= 1
        index &+= 1
      }
      var before = 0
      for value in 0..<size {
        let here =
          Int(counts[4 * value]) + Int(counts[4 * value + 1]) + Int(counts[4 * value + 2])
          + Int(counts[4 * value + 3])
        if rank < before + here { return (UInt32(value), rank - before) }
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
