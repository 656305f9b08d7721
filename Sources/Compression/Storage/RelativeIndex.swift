/// Where a tensor's stored weights are, each as the number of zeros in front of it.
///
/// Han et al. 2016, "Deep Compression", figure 2: where more zeros follow one another than a gap of
/// so many bits can tell, a filler, a weight that is zero, is stored with the greatest gap.
struct RelativeIndex {
  /// The widths that a gap may have.
  static let gapWidths = 1...8

  /// The bits of a gap.
  let gapBits: Int
  /// The gap of each stored weight: 0 … 2^bits − 1 zeros since the one before.
  let gaps: [UInt8]
  /// The flat indices of the stored weights, fillers among them.
  let places: [Int]

  /// The gap that a filler has.
  var greatestGap: UInt8 { UInt8(truncatingIfNeeded: (1 << gapBits) - 1) }

  /// Where the weights other than zero are, with gaps of so many bits.
  init(_ weights: [Float], gapBits: Int) {
    precondition(RelativeIndex.gapWidths.contains(gapBits), "A gap has 1 … 8 bits.")
    self.gapBits = gapBits
    let greatest = (1 << gapBits) - 1
    var (gaps, places): ([UInt8], [Int]) = ([], [])
    var next = 0
    for place in weights.indices where weights[place] != 0 {
      while place &- next > greatest {
        gaps.append(UInt8(truncatingIfNeeded: greatest))
        next &+= greatest
        places.append(next)
        next &+= 1
      }
      gaps.append(UInt8(truncatingIfNeeded: place &- next))
      places.append(place)
      next = place &+ 1
    }
    self.gaps = gaps
    self.places = places
  }

  /// The index that gaps from a file tell, or nil if it goes beyond so many weights.
  init?(gapBits: Int, gaps: [UInt8], count: Int) {
    self.gapBits = gapBits
    self.gaps = gaps
    var places: [Int] = []
    places.reserveCapacity(gaps.count)
    var next = 0
    for gap in gaps {
      next += Int(gap)
      guard next < count else { return nil }
      places.append(next)
      next += 1
    }
    self.places = places
  }

  /// How often each number of zeros stands in front of a weight that is not zero.
  static func runs(_ weights: [Float]) -> [Int] {
    var runs: [Int] = []
    var next = 0
    for place in weights.indices where weights[place] != 0 {
      let run = place &- next
      if run >= runs.count { runs += [Int](repeating: 0, count: run &- runs.count &+ 1) }
      runs[run] &+= 1
      next = place &+ 1
    }
    return runs
  }

  /// How often each gap of so many bits occurs, and how many fillers there are.
  static func gapFrequencies(_ runs: [Int], gapBits: Int) -> (gaps: [Int], fillers: Int) {
    var gaps = [Int](repeating: 0, count: 1 << gapBits)
    var fillers = 0
    for (run, count) in runs.enumerated() where count > 0 {
      fillers += (run >> gapBits) * count
      gaps[run & ((1 << gapBits) - 1)] += count
    }
    gaps[gaps.count - 1] += fillers
    return (gaps, fillers)
  }
}
