import VectorLanes

extension LaneConvolution {
  static func backward(
    _ geometry: ConvolutionGeometry, input: UnsafePointer<Float>, dOutput: UnsafePointer<Float>,
    weights: UnsafePointer<Float>, transposed: UnsafePointer<Float>,
    dWeights: UnsafeMutablePointer<Float>, dBias: UnsafeMutablePointer<Float>,
    dInput: UnsafeMutablePointer<Float>?
  ) {
    addWeights(geometry, input: input, dOutput: dOutput, dWeights: dWeights, dBias: dBias)
    if let dInput {
      computeInput(geometry, dOutput: dOutput, transposed: transposed, dInput: dInput)
    }
  }

  static func transposedCount(_ geometry: ConvolutionGeometry) -> Int {
    geometry.kernelHeight * geometry.kernelWidth * geometry.filters
      * roundedUp(geometry.channels, to: laneCount)
  }

  /// Adds the gradients by weights and bias of one image.
  ///
  /// - Parameters:
  ///   - dOutput: [outputHeight][outputWidth][filters], with room for a vector behind it.
  ///   - dWeights: [taps][filter stride]; lanes behind the last filter get values of no meaning.
  ///   - dBias: [filter stride], likewise.
  @inline(never)
  private static func addWeights(
    _ geometry: ConvolutionGeometry, input: UnsafePointer<Float>, dOutput: UnsafePointer<Float>,
    dWeights: UnsafeMutablePointer<Float>, dBias: UnsafeMutablePointer<Float>
  ) {
    let channels = geometry.filters
    let stride = roundedUp(channels, to: laneCount)
    let run = geometry.kernelWidth &* geometry.channels
    for block in Swift.stride(from: 0, to: stride, by: laneCount) {
      var sum = Lanes(at: dBias + block)
      for place in 0..<geometry.outputHeight &* geometry.outputWidth {
        sum += Lanes(at: dOutput + place &* channels + block)
      }
      sum.store(to: dBias + block)
      for row in 0..<geometry.kernelHeight {
        var tap = 0
        while tap < run {
          let target = dWeights + (row &* run &+ tap) &* stride + block
          let first = input + row &* geometry.width &* geometry.channels + tap
          if tap &+ 4 <= run {
            addFourTaps(geometry, first, dOutput + block, to: target, stride: stride)
            tap &+= 4
          } else {
            addTap(geometry, first, dOutput + block, to: target)
            tap &+= 1
          }
        }
      }
    }
  }

  /// The gradient by the input of one image.
  ///
  /// - Parameters:
  ///   - transposed: [kernel place][filter][input channel stride] (see `transpose`).
  ///   - dInput: [height][width][channels], written wholly; there is room for a vector behind it.
  @inline(never)
  private static func computeInput(
    _ geometry: ConvolutionGeometry, dOutput: UnsafePointer<Float>,
    transposed: UnsafePointer<Float>, dInput: UnsafeMutablePointer<Float>
  ) {
    let (channels, filters) = (geometry.channels, geometry.filters)
    let stride = roundedUp(channels, to: laneCount)
    dInput.update(repeating: 0, count: geometry.height &* geometry.width &* channels)
    for y in 0..<geometry.outputHeight {
      for x in 0..<geometry.outputWidth {
        let gradient = dOutput + (y &* geometry.outputWidth &+ x) &* filters
        for row in 0..<geometry.kernelHeight {
          for column in 0..<geometry.kernelWidth {
            let place = row &* geometry.kernelWidth &+ column
            let target = dInput + ((y &+ row) &* geometry.width &+ x &+ column) &* channels
            var block = 0
            while block < stride {
              let weights = transposed + place &* filters &* stride + block
              // Lanes behind the last channel add zeros to what lies there.
              (Lanes(at: target + block) + sum(gradient, weights, filters, stride: stride))
                .store(to: target + block)
              block &+= laneCount
            }
          }
        }
      }
    }
  }

  /// Brings [kernel place][channel][filter stride] into [kernel place][filter][channel stride].
  static func transpose(
    _ geometry: ConvolutionGeometry, weights: UnsafePointer<Float>,
    into transposed: UnsafeMutablePointer<Float>
  ) {
    let (channels, filters) = (geometry.channels, geometry.filters)
    let stride = roundedUp(channels, to: laneCount)
    let filterStride = roundedUp(filters, to: laneCount)
    for place in 0..<geometry.kernelHeight &* geometry.kernelWidth {
      for channel in 0..<channels {
        let line = weights + (place &* channels &+ channel) &* filterStride
        let target = transposed + place &* filters &* stride + channel
        for filter in 0..<filters { target[filter &* stride] = line[filter] }
      }
    }
  }

  /// Σ gradient[f] · weights[f], in four partial sums.
  @inline(__always)
  private static func sum(
    _ gradient: UnsafePointer<Float>, _ weights: UnsafePointer<Float>, _ filters: Int, stride: Int
  ) -> Lanes {
    var (s0, s1, s2, s3) = (Lanes.zero, Lanes.zero, Lanes.zero, Lanes.zero)
    var weight = weights
    var filter = 0
    while filter &+ 4 <= filters {
      s0.accumulate(Lanes(repeating: gradient[filter]), Lanes(at: weight))
      s1.accumulate(Lanes(repeating: gradient[filter &+ 1]), Lanes(at: weight + stride))
      s2.accumulate(Lanes(repeating: gradient[filter &+ 2]), Lanes(at: weight + 2 &* stride))
      s3.accumulate(Lanes(repeating: gradient[filter &+ 3]), Lanes(at: weight + 3 &* stride))
      weight += 4 &* stride
      filter &+= 4
    }
    while filter < filters {
      s0.accumulate(Lanes(repeating: gradient[filter]), Lanes(at: weight))
      weight += stride
      filter &+= 1
    }
    return (s0 + s1) + (s2 + s3)
  }

  @inline(__always)
  private static func addFourTaps(
    _ geometry: ConvolutionGeometry, _ first: UnsafePointer<Float>,
    _ dOutput: UnsafePointer<Float>, to target: UnsafeMutablePointer<Float>, stride: Int
  ) {
    var (s0, s1, s2, s3) = (Lanes.zero, Lanes.zero, Lanes.zero, Lanes.zero)
    for y in 0..<geometry.outputHeight {
      var values = first + y &* geometry.width &* geometry.channels
      var gradients = dOutput + y &* geometry.outputWidth &* geometry.filters
      for _ in 0..<geometry.outputWidth {
        let gradient = Lanes(at: gradients)
        s0.accumulate(Lanes(repeating: values[0]), gradient)
        s1.accumulate(Lanes(repeating: values[1]), gradient)
        s2.accumulate(Lanes(repeating: values[2]), gradient)
        s3.accumulate(Lanes(repeating: values[3]), gradient)
        values += geometry.channels
        gradients += geometry.filters
      }
    }
    (Lanes(at: target) + s0).store(to: target)
    (Lanes(at: target + stride) + s1).store(to: target + stride)
    (Lanes(at: target + 2 &* stride) + s2).store(to: target + 2 &* stride)
    (Lanes(at: target + 3 &* stride) + s3).store(to: target + 3 &* stride)
  }

  @inline(__always)
  private static func addTap(
    _ geometry: ConvolutionGeometry, _ first: UnsafePointer<Float>,
    _ dOutput: UnsafePointer<Float>, to target: UnsafeMutablePointer<Float>
  ) {
    var (even, odd) = (Lanes(at: target), Lanes.zero)
    for y in 0..<geometry.outputHeight {
      let values = first + y &* geometry.width &* geometry.channels
      let gradients = dOutput + y &* geometry.outputWidth &* geometry.filters
      var x = 0
      while x &+ 2 <= geometry.outputWidth {
        even.accumulate(
          Lanes(repeating: values[x &* geometry.channels]),
          Lanes(at: gradients + x &* geometry.filters))
        odd.accumulate(
          Lanes(repeating: values[(x &+ 1) &* geometry.channels]),
          Lanes(at: gradients + (x &+ 1) &* geometry.filters))
        x &+= 2
      }
      if x < geometry.outputWidth {
        even.accumulate(
          Lanes(repeating: values[x &* geometry.channels]),
          Lanes(at: gradients + x &* geometry.filters))
      }
    }
    (even + odd).store(to: target)
  }
}
