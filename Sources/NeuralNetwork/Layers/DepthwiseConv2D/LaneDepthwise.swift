import VectorLanes

/// Depthwise convolutions of any size on vectors, a lane for each channel (layouts: see `LaneKernels`).
enum LaneDepthwise: LaneKernels {
  // Formula and shapes: see `DepthwiseConv2D` and `LaneKernels`.
  @inline(never)
  static func forward(
    _ geometry: ConvolutionGeometry, input: UnsafePointer<Float>, weights: UnsafePointer<Float>,
    bias: UnsafePointer<Float>, output: UnsafeMutablePointer<Float>, relu: Bool
  ) {
    let channels = geometry.channels
    let stride = roundedUp(channels, to: laneCount)
    for y in 0..<geometry.outputHeight {
      for x in 0..<geometry.outputWidth {
        let target = output + (y &* geometry.outputWidth &+ x) &* channels
        var block = 0
        while block < stride {
          var sum = Lanes(at: bias + block)
          for row in 0..<geometry.kernelHeight {
            for column in 0..<geometry.kernelWidth {
              let place = (y &+ row) &* geometry.width &+ x &+ column
              sum.accumulate(
                Lanes(at: input + place &* channels + block),
                Lanes(
                  at: weights + (row &* geometry.kernelWidth &+ column) &* stride + block))
            }
          }
          (relu ? sum.larger(.zero) : sum)
            .store(first: min(laneCount, channels &- block), to: target + block)
          block &+= laneCount
        }
      }
    }
  }

  @inline(never)
  static func backward(
    _ geometry: ConvolutionGeometry, input: UnsafePointer<Float>, dOutput: UnsafePointer<Float>,
    weights: UnsafePointer<Float>, transposed: UnsafePointer<Float>,
    dWeights: UnsafeMutablePointer<Float>, dBias: UnsafeMutablePointer<Float>,
    dInput: UnsafeMutablePointer<Float>?
  ) {
    guard let dInput else {
      preconditionFailure("A depthwise convolution is not a network's first layer.")
    }
    let channels = geometry.channels
    let stride = roundedUp(channels, to: laneCount)
    dInput.update(repeating: 0, count: geometry.height &* geometry.width &* channels)
    for block in Swift.stride(from: 0, to: stride, by: laneCount) {
      // Lanes behind the last channel hold the next place's first channels.
      let isChannel = laneNumbers .< Lanes(repeating: Float(channels &- block))
      var biasSum = Lanes(at: dBias + block)
      for row in 0..<geometry.kernelHeight {
        for column in 0..<geometry.kernelWidth {
          let tap = (row &* geometry.kernelWidth &+ column) &* stride + block
          let weight = Lanes(at: weights + tap)
          var sum = Lanes(at: dWeights + tap)
          for y in 0..<geometry.outputHeight {
            for x in 0..<geometry.outputWidth {
              let place = y &* geometry.outputWidth &+ x
              let gradient = Lanes.zero.replacing(
                with: Lanes(at: dOutput + place &* channels + block), where: isChannel)
              let source = ((y &+ row) &* geometry.width &+ x &+ column) &* channels + block
              sum.accumulate(Lanes(at: input + source), gradient)
              var target = Lanes(at: dInput + source)
              target.accumulate(weight, gradient)
              target.store(to: dInput + source)
              if row == 0, column == 0 { biasSum += gradient }
            }
          }
          Lanes.zero.replacing(with: sum, where: isChannel).store(to: dWeights + tap)
        }
      }
      biasSum.store(to: dBias + block)
    }
  }

  static func transposedCount(_ geometry: ConvolutionGeometry) -> Int { 0 }

  static func transpose(
    _ geometry: ConvolutionGeometry, weights: UnsafePointer<Float>,
    into transposed: UnsafeMutablePointer<Float>
  ) {}

  /// The numbers of the lanes.
  private static let laneNumbers = Lanes((0..<laneCount).map(Float.init))
}
