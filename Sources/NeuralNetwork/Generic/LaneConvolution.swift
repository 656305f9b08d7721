import VectorLanes

/// Convolutions of any size on vectors, a lane for each output channel; dense layers are those of one
/// pixel.
///
/// Images lie in memory as [height][width][channels]; behind an image's last value there is room for a
/// vector. Weights lie as [tap][channel stride], a channel stride being whole vectors with zeros behind
/// the last channel, taps in the order row, column, input channel. A value's sum is made in an order
/// that depends on its place alone.
enum LaneConvolution {
  /// The weights of a kernel [taps…][channels] with each tap's channels filled up to whole vectors.
  static func pack(_ kernel: [Float], channels: Int) -> FloatBuffer {
    let stride = roundedUp(channels, to: laneCount)
    let packed = FloatBuffer(count: kernel.count / channels * stride)
    for (index, weight) in kernel.enumerated() {
      packed.base[index / channels * stride + index % channels] = weight
    }
    return packed
  }

  /// The kernel of packed weights.
  static func unpack(_ weights: FloatBuffer, channels: Int) -> [Float] {
    let stride = roundedUp(channels, to: laneCount)
    return (0..<weights.count / stride).flatMap { tap in
      (0..<channels).map { weights.base[tap * stride + $0] }
    }
  }

  /// output[y, x, f] = bias[f] + Σ kernel[i, j, c, f] · input[y + i, x + j, c], held to 0 from below if
  /// `relu` says so.
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
            store(tile.s0, count, target, relu)
            store(tile.s1, count, target + channels, relu)
            store(tile.s2, count, target + 2 &* channels, relu)
            store(tile.s3, count, target + 3 &* channels, relu)
            x &+= 4
          } else {
            let sum = onePixel(
              geometry, first, weights + block, stride: stride, bias: Lanes(at: bias + block))
            store(sum, count, target, relu)
            x &+= 1
          }
        }
        block &+= laneCount
      }
    }
  }

  /// output[y, x, c] = bias[c] + Σ kernel[i, j, c] · input[y + i, x + j, c], likewise.
  @inline(never)
  static func depthwiseForward(
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
          store(sum, min(laneCount, channels &- block), target + block, relu)
          block &+= laneCount
        }
      }
    }
  }

  /// Stores the first `count` lanes.
  @inline(__always)
  static func store(
    _ sum: Lanes, _ count: Int, _ target: UnsafeMutablePointer<Float>, _ relu: Bool
  ) {
    let values = relu ? sum.larger(Lanes(repeating: 0)) : sum
    if count == laneCount {
      values.store(to: target)
    } else {
      for lane in 0..<count { target[lane] = values[lane] }
    }
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
