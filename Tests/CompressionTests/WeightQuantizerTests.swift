import NeuralNetwork
import Testing

@testable import Compression

@Suite struct WeightQuantizerTests {
  private static let granularities = ["tensor", "channel", "group:4", "group:7", "group:64"]
  private static let schemes = ["symmetric", "asymmetric"]

  private func options(_ line: String) throws -> WeightQuantization {
    try Recipe(line: line).weights
  }

  private func kernel(_ seed: UInt64 = 5, shape: [Int] = [37, 11]) -> Tensor {
    var random = TestRandom(seed)
    return random.tensor(shape)
  }

  // By hand: max 7 → scale 1 at 4 bits; 2.5 and −3.5 are ties and go to even.
  @Test func fourSymmetricBitsByHand() throws {
    let kernel = Tensor(shape: [5, 1], elements: [7, 2.5, -3.5, 0.4, -6.6])
    let result = WeightQuantizer.quantize(kernel, try options("weights.bits=4"))
    #expect(result.codes == [7, 2, -4, 0, -7])
    #expect(result.scales == [1])
    #expect(result.dequantized.elements == [7, 2, -4, 0, -7])
    #expect(result.zeroCount == 1)
  }

  // By hand: range −1 … 3, uint8 → scale 4/255 and zero point 64 (round 63.75); 0.5 → 32 + 64.
  @Test func eightAsymmetricBitsByHand() throws {
    let kernel = Tensor(shape: [4, 1], elements: [-1, 3, 0.5, 0])
    let result = WeightQuantizer.quantize(
      kernel, try options("weights.bits=8 weights.scheme=asymmetric"))
    #expect(result.scales == [Float(4) / 255])
    #expect(result.zeroPoints == [64])
    #expect(result.codes == [0, 255, 96, 64])
    #expect(result.dequantized.elements[3] == 0)
  }

  // By hand: positive weights only, so the range is widened to 0 … 2 and the zero point is 0.
  @Test func asymmetricRangesContainZero() throws {
    let kernel = Tensor(shape: [2, 1], elements: [1, 2])
    let result = WeightQuantizer.quantize(
      kernel, try options("weights.bits=2 weights.scheme=asymmetric"))
    #expect(result.zeroPoints == [0])
    #expect(result.scales == [Float(2) / 3])
    #expect(result.codes == [2, 3])
  }

  // By hand: mean |w| of column 0 is (3 + 1 + 0 + 0) / 4 with its zeros counted, of column 1 is 2.
  @Test func oneBitIsTheSignTimesTheMeanMagnitude() throws {
    let kernel = Tensor(shape: [4, 2], elements: [3, 1, -1, -2, 0, 3, -0.0, 2])
    let channel = WeightQuantizer.quantize(kernel, try options("weights.bits=1"))
    #expect(channel.scales == [1, 2])
    #expect(channel.codes == [1, 1, -1, -1, 0, 1, 0, 1])
    #expect(channel.dequantized.elements == [1, 2, -1, -2, 0, 2, 0, 2])
    let tensor = WeightQuantizer.quantize(
      kernel, try options("weights.bits=1 weights.granularity=tensor"))
    #expect(tensor.scales == [1.5])
  }

  // By hand: groups follow an output channel: rows 0–1 and row 2 of each column.
  @Test func groupsAreConsecutiveInputsOfOneOutput() throws {
    let kernel = Tensor(shape: [3, 2], elements: [1, 10, 2, 20, 3, 30])
    let result = WeightQuantizer.quantize(
      kernel, try options("weights.bits=8 weights.granularity=group:2"))
    #expect(result.scales == ([2, 20, 3, 30] as [Float]).map { $0 / 127 })
  }

  @Test(arguments: WeightQuantization.allowedBits.dropLast(), granularities)
  func codesAreInRangeAndErrorsAtMostHalfAStep(bits: Int, granularity: String) throws {
    for scheme in Self.schemes where !(bits == 1 && scheme == "symmetric") {
      for shape in [[37, 11], [3, 3, 1, 5], [1, 1], [130, 33]] {
        let kernel = kernel(UInt64(bits), shape: shape)
        let result = WeightQuantizer.quantize(
          kernel,
          try options(
            "weights.bits=\(bits) weights.granularity=\(granularity) weights.scheme=\(scheme)"))
        let layout = result.layout
        #expect(result.codes.allSatisfy { (layout.qmin...layout.qmax).contains($0) })
        #expect(result.scales.count == layout.scaleCount)
        for block in 0..<layout.blocks {
          for row in layout.rows(ofBlock: block) {
            for column in 0..<layout.columns {
              let index = row * layout.columns + column
              let scale = result.scales[layout.scaleIndex(block: block, column: column)]
              let error = abs(kernel.elements[index] - result.dequantized.elements[index])
              // Rounding the zero point moves an asymmetric grid by up to half a step more.
              let bound = scheme == "symmetric" ? scale / 2 : scale
              // The quotient and the product are rounded to floats, which shows at 16 bits.
              #expect(error <= bound * 1.0001 + abs(kernel.elements[index]) * 0x1p-22)
            }
          }
        }
        let again = QuantizedTensor(
          layout: layout, codes: result.codes, scales: result.scales,
          zeroPoints: result.zeroPoints)
        #expect(again == result)
      }
    }
  }

  @Test(arguments: schemes, granularities)
  func quantizingTwiceIsQuantizingOnce(scheme: String, granularity: String) throws {
    for bits in [2, 3, 4, 8] {
      let options = try options(
        "weights.bits=\(bits) weights.scheme=\(scheme) weights.granularity=\(granularity)")
      let once = WeightQuantizer.quantize(kernel(), options)
      let twice = WeightQuantizer.quantize(once.dequantized, options)
      // Symmetric: the extreme weight is on the grid, so the codes come out again. An asymmetric
      // grid whose zero point was rounded covers another range, and only its error is bounded.
      if scheme == "symmetric" {
        #expect(twice.codes == once.codes)
      } else {
        let signal = QuantizationError.signalToNoise(
          of: once.dequantized, rounded: twice.dequantized)
        #expect(signal > (bits == 2 ? 0 : 10))
      }
    }
  }

  @Test func finerGranularityNeverHasTheGreaterLargestError() throws {
    for seed in 1...20 as ClosedRange<UInt64> {
      let kernel = kernel(seed, shape: [64, 12])
      for bits in 2...8 {
        var previous = Float.infinity
        for granularity in ["tensor", "channel", "group:16"] {
          let result = WeightQuantizer.quantize(
            kernel, try options("weights.bits=\(bits) weights.granularity=\(granularity)"))
          // The bound scale/2 shrinks with the group; the error actually met may not, but the
          // largest scale never grows.
          let largest = result.scales.max() ?? 0
          #expect(largest <= previous)
          previous = largest
        }
      }
    }
  }

  @Test(arguments: schemes, ["tensor", "channel", "group:16"])
  func theSquaredErrorSearchIsNeverWorseThanMinMax(scheme: String, granularity: String) throws {
    for bits in 2...6 {
      let kernel = kernel(UInt64(bits), shape: [200, 9])
      let base = "weights.bits=\(bits) weights.scheme=\(scheme) weights.granularity=\(granularity)"
      let plain = WeightQuantizer.quantize(kernel, try options(base))
      let searched = WeightQuantizer.quantize(kernel, try options(base + " weights.range=mse"))
      let plainRatio = QuantizationError.signalToNoise(of: kernel, rounded: plain.dequantized)
      let ratio = QuantizationError.signalToNoise(of: kernel, rounded: searched.dequantized)
      #expect(ratio >= plainRatio - 1e-3)
    }
  }

  // numpy.percentile([1 … 9, 100], 90) = 18.1, so 100 is clipped to it.
  @Test func percentilesClip() throws {
    let kernel = Tensor(shape: [10, 1], elements: [1, -2, 3, -4, 5, -6, 7, -8, 9, -100])
    let result = WeightQuantizer.quantize(
      kernel, try options("weights.bits=8 weights.range=percentile:90"))
    #expect(abs(result.scales[0] - 18.1 / 127) < 1e-6)
    #expect(result.codes[9] == -127)
    let whole = WeightQuantizer.quantize(
      kernel,
      try options("weights.bits=8 weights.range=percentile:100 weights.granularity=tensor"))
    #expect(whole.scales == [Float(100) / 127])
  }

  @Test(arguments: schemes, ["minmax", "percentile:99", "mse"])
  func zerosStayZerosWithoutNotANumber(scheme: String, range: String) throws {
    for bits in WeightQuantization.allowedBits.dropLast() {
      for granularity in Self.granularities {
        var kernel = kernel(9, shape: [20, 3])
        for row in 0..<20 { kernel.elements[row * 3 + 1] = 0 }
        let result = WeightQuantizer.quantize(
          kernel,
          try options(
            "weights.bits=\(bits) weights.scheme=\(scheme) weights.range=\(range) "
              + "weights.granularity=\(granularity)"))
        #expect(result.dequantized.elements.allSatisfy { $0.isFinite })
        #expect((0..<20).allSatisfy { result.dequantized.elements[$0 * 3 + 1] == 0 })
        #expect(result.scales.allSatisfy { $0 > 0 && $0.isFinite })
      }
    }
  }

  @Test func tinyAndHugeWeightsGiveFiniteResults() throws {
    for magnitude: Float in [.leastNonzeroMagnitude, 1000 * .leastNonzeroMagnitude, 2e-38, 1e37] {
      let kernel = Tensor(shape: [4, 1], elements: [magnitude, -magnitude, magnitude / 2, 0])
      for scheme in Self.schemes {
        for bits in WeightQuantization.allowedBits.dropLast() {
          let result = WeightQuantizer.quantize(
            kernel, try options("weights.bits=\(bits) weights.scheme=\(scheme) weights.range=mse"))
          #expect(result.dequantized.elements.allSatisfy { $0.isFinite })
          #expect(result.scales.allSatisfy { $0 > 0 && $0.isFinite })
        }
      }
    }
  }

  // By hand: signal 1 + 4 + 9 = 14, noise 0.25 → 10·log10(56) = 17.4819 dB.
  @Test func signalToNoiseByHand() {
    let original = Tensor(shape: [3], elements: [1, 2, 3])
    let rounded = Tensor(shape: [3], elements: [1, 2, 3.5])
    #expect(
      abs(QuantizationError.signalToNoise(of: original, rounded: rounded) - 17.4819) < 1e-3)
    #expect(QuantizationError.signalToNoise(of: original, rounded: original) == .infinity)
  }

  @Test(arguments: [0, 1, 15, 16, 17, 1024, 1040, 3000])
  func sumsOverRaggedLengthsAreComplete(count: Int) {
    let ones = Tensor(shape: [count], elements: [Float](repeating: 1, count: count))
    let halves = Tensor(shape: [count], elements: [Float](repeating: 0.5, count: count))
    let ratio = QuantizationError.signalToNoise(of: ones, rounded: halves)
    // Σ1 / Σ0.25 = 4 whatever the length: 6.0206 dB.
    #expect(count == 0 ? ratio == .infinity : abs(ratio - 6.0206) < 1e-3)
    #expect(Tensor(zeros: [count]).zeroCount == count)
    #expect(ones.zeroCount == 0)
  }
}
