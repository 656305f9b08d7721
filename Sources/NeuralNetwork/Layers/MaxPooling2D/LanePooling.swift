import VectorLanes

/// The maximum of 2×2 windows, sixteen channels at a time, and the way back.
enum LanePooling {
  /// output[y, x, c] = the largest of input[2y + i, 2x + j, c]; an odd last row or column is dropped.
  @inline(never)
  static func forward(
    height: Int, width: Int, channels: Int, input: UnsafePointer<Float>,
    output: UnsafeMutablePointer<Float>
  ) {
    forEachWindow(height: height, width: width, channels: channels) { source, target, count in
      let window = input + source
      let upper = Lanes(at: window).larger(Lanes(at: window + channels))
      let lower = Lanes(at: window + width &* channels)
        .larger(Lanes(at: window + (width &+ 1) &* channels))
      upper.larger(lower).store(first: count, to: output + target)
    }
  }

  /// The gradient by the input: that of a window goes to the first of its largest values.
  ///
  /// - Parameter dInput: Written wholly, with zeros where no gradient goes.
  @inline(never)
  static func backward(
    height: Int, width: Int, channels: Int, input: UnsafePointer<Float>,
    output: UnsafePointer<Float>, dOutput: UnsafePointer<Float>,
    dInput: UnsafeMutablePointer<Float>
  ) {
    dInput.update(repeating: 0, count: height &* width &* channels)
    let places = (0, channels, width &* channels, (width &+ 1) &* channels)
    forEachWindow(height: height, width: width, channels: channels) { source, target, count in
      let largest = Lanes(at: output + target)
      var gradient = Lanes(at: dOutput + target)
      for place in [places.0, places.1, places.2, places.3] {
        let isHere = Lanes(at: input + source + place) .== largest
        let here = Lanes.zero.replacing(with: gradient, where: isHere)
        here.store(first: count, to: dInput + source + place)
        gradient.replace(with: Lanes.zero, where: isHere)
      }
    }
  }

  @inline(__always)
  private static func forEachWindow(
    height: Int, width: Int, channels: Int,
    _ body: (_ source: Int, _ target: Int, _ count: Int) -> Void
  ) {
    for y in 0..<height / 2 {
      for x in 0..<width / 2 {
        let source = (2 &* y &* width &+ 2 &* x) &* channels
        let target = (y &* (width / 2) &+ x) &* channels
        var block = 0
        while block < channels {
          body(source &+ block, target &+ block, min(laneCount, channels &- block))
          block &+= laneCount
        }
      }
    }
  }
}
