import VectorLanes

/// Convolutions of any size on vectors, a lane for each output channel; dense layers are those of one
/// pixel (layouts: see `LaneKernels`).
enum LaneConvolution: LaneKernels {
  // Formula and shapes: see `Conv2D` and `LaneKernels`.
  @inline(never)
  static func forward(
    _ geometry: ConvolutionGeometry, input: UnsafePointer<Float>, weights: UnsafePointer<Float>,
    bias: UnsafePointer<Float>, output: UnsafeMutablePointer<Float>, relu: Bool
  ) {
    let channels = geometry.filters
    let stride = roundedUp(channels, to: laneCount)
    let width = geometry.outputWidth
    for y in 0..<geometry.outputHeight {
      var block = 0
      while block < stride {
        var x = 0
        while x < width {
          let first = input + (y &* geometry.width &+ x) &* geometry.channels
          let target = output + (y &* width &+ x) &* channels + block
          let count = min(laneCount, channels &- block)
          if x &+ 4 <= width {
            var tile = PixelTile(bias: Lanes(at: bias + block))
            tile.accumulate(geometry, first, weights + block, stride: stride)
            store(tile.s0, first: count, to: target, relu)
            store(tile.s1, first: count, to: target + channels, relu)
            store(tile.s2, first: count, to: target + 2 &* channels, relu)
            store(tile.s3, first: count, to: target + 3 &* channels, relu)
            x &+= 4
          } else {
            let sum = onePixel(
              geometry, first, weights + block, stride: stride, bias: Lanes(at: bias + block))
            store(sum, first: count, to: target, relu)
            x &+= 1
          }
        }
        block &+= laneCount
      }
    }
  }

  @inline(__always)
  private static func store(
    _ sum: Lanes, first count: Int, to target: UnsafeMutablePointer<Float>, _ relu: Bool
  ) {
    (relu ? sum.larger(.zero) : sum).store(first: count, to: target)
  }

  /// The sums of one place: four partial sums over the taps, so that they do not wait for each other.
  @inline(__always)
  private static func onePixel(
    _ geometry: ConvolutionGeometry, _ first: UnsafePointer<Float>,
    _ weights: UnsafePointer<Float>, stride: Int, bias: Lanes
  ) -> Lanes {
    let run = geometry.kernelWidth &* geometry.channels
    var (s0, s1, s2, s3) = (bias, Lanes.zero, Lanes.zero, Lanes.zero)
    var weight = weights
    for row in 0..<geometry.kernelHeight {
      let values = first + row &* geometry.width &* geometry.channels
      var tap = 0
      while tap &+ 4 <= run {
        s0.accumulate(Lanes(repeating: values[tap]), Lanes(at: weight))
        s1.accumulate(Lanes(repeating: values[tap &+ 1]), Lanes(at: weight + stride))
        s2.accumulate(Lanes(repeating: values[tap &+ 2]), Lanes(at: weight + 2 &* stride))
        s3.accumulate(Lanes(repeating: values[tap &+ 3]), Lanes(at: weight + 3 &* stride))
        weight += 4 &* stride
        tap &+= 4
      }
      while tap < run {
        s0.accumulate(Lanes(repeating: values[tap]), Lanes(at: weight))
        weight += stride
        tap &+= 1
      }
    }
    return (s0 + s1) + (s2 + s3)
  }
}

/// The sums of four neighbouring places for sixteen channels.
private struct PixelTile {
  var s0, s1, s2, s3: Lanes

  @inline(__always)
  init(bias: Lanes) {
    (s0, s1, s2, s3) = (bias, bias, bias, bias)
  }

  @inline(__always)
  mutating func accumulate(
    _ geometry: ConvolutionGeometry, _ first: UnsafePointer<Float>,
    _ weights: UnsafePointer<Float>, stride: Int
  ) {
    let channels = geometry.channels
    let run = geometry.kernelWidth &* channels
    var weight = weights
    for row in 0..<geometry.kernelHeight {
      let values = first + row &* geometry.width &* channels
      for tap in 0..<run {
        let lanes = Lanes(at: weight)
        s0.accumulate(Lanes(repeating: values[tap]), lanes)
        s1.accumulate(Lanes(repeating: values[tap &+ channels]), lanes)
        s2.accumulate(Lanes(repeating: values[tap &+ 2 &* channels]), lanes)
        s3.accumulate(Lanes(repeating: values[tap &+ 3 &* channels]), lanes)
        weight += stride
      }
    }
  }
}
