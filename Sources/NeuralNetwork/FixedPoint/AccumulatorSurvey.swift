private import Foundation

/// How large the sums of each layer become over some images: how many bits an accumulator needs.
package struct AccumulatorSurvey: Sendable, Equatable {
  /// The layers with weights, in order.
  package private(set) var layers: [LayerSums]
  /// How many images were run.
  package private(set) var images = 0

  /// The sums of one layer.
  package struct LayerSums: Sendable, Equatable {
    /// The layer's name.
    package let layer: String
    /// What the sums could be at the least and at the greatest, whatever the image: every input at its
    /// least or greatest code, as the sign of its weight has it.
    package let reach: ClosedRange<Int64>
    /// How many sums fell into each bin; see `binsPerBit`.
    package fileprivate(set) var counts = [Int](repeating: 0, count: AccumulatorSurvey.binCount)
    /// The least sum, the bias included; 0 before the first image.
    package fileprivate(set) var least: Int32 = 0
    /// The greatest sum.
    package fileprivate(set) var greatest: Int32 = 0
    /// How many sums there were.
    package fileprivate(set) var total = 0
    /// How many of them 16 bits do not hold.
    package fileprivate(set) var beyond16 = 0

    /// The bits that hold every sum that was seen.
    package var bits: Int {
      max(IntegerWidth.bits(of: Int64(least)), IntegerWidth.bits(of: Int64(greatest)))
    }

    /// The bits that hold every sum that there could be.
    package var reachBits: Int {
      max(IntegerWidth.bits(of: reach.lowerBound), IntegerWidth.bits(of: reach.upperBound))
    }

    /// The share of sums that 16 bits do not hold; 0 without sums.
    package var shareBeyond16: Double { total == 0 ? 0 : Double(beyond16) / Double(total) }

    fileprivate mutating func add(_ sums: [Int32]) {
      for sum in sums {
        counts[AccumulatorSurvey.bin(of: sum)] += 1
        if Int16(exactly: sum) == nil { beyond16 += 1 }
      }
      least = min(total == 0 ? .max : least, sums.min() ?? .max)
      greatest = max(total == 0 ? .min : greatest, sums.max() ?? .min)
      total += sums.count
    }
  }

  /// The bins that one doubling of a sum is divided into.
  package static let binsPerBit = 4

  /// The bins of a layer: from −2³¹ on the left over 0 in the middle to 2³¹ on the right.
  package static let binCount = 2 * 32 * binsPerBit

  /// Where a sum stands on the scale of the bins, in bits: sign · log₂(1 + |sum|), −32 … 32.
  package static func position(of sum: Double) -> Double {
    let magnitude = log2(1 + sum.magnitude)
    return sum < 0 ? -magnitude : magnitude
  }

  /// The bin of a sum: the one that its `position` lies in.
  package static func bin(of sum: Int32) -> Int {
    let magnitude = 1 + Double(sum).magnitude
    let quarter = quarters.count { magnitude.significand >= $0 }
    let place = min(Int(magnitude.exponent) * binsPerBit + quarter, binCount / 2 - 1)
    return sum < 0 ? binCount / 2 - 1 - place : binCount / 2 + place
  }

  /// The significands at which the second, third and fourth quarter of a doubling begin.
  private static let quarters = [exp2(0.25), exp2(0.5), exp2(0.75)]

  /// A survey of no image.
  package init(_ network: FixedPointNetwork) {
    layers = network.weightedLayers.map { LayerSums(layer: $0.name, reach: $0.reachOfSums) }
  }

  /// Adds what one image's sums were.
  package mutating func add(_ trace: FixedPointNetwork.Trace) {
    precondition(trace.accumulators.count == layers.count, "The survey is of another network.")
    for (index, sums) in trace.accumulators.enumerated() { layers[index].add(sums) }
    images += 1
  }
}

extension FixedPointLayer {
  /// The least and the greatest sum that any input's codes can give, the bias included.
  package var reachOfSums: ClosedRange<Int64> {
    let channels = biases.count
    let largest = Int64(input.greatest - input.least)
    var below = biases.map(Int64.init)
    var above = below
    for (index, code) in kernel.codes.enumerated() {
      let channel = index % channels
      let weight = Int64(code - kernel.zeroPoint(channel))
      if weight < 0 {
        below[channel] += weight * largest
      } else {
        above[channel] += weight * largest
      }
    }
    return (below.min() ?? 0)...(above.max() ?? 0)
  }
}
