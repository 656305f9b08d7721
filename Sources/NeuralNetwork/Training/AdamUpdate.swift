import VectorLanes

/// One step of Adam on vectors (see `Adam` for the formula).
struct AdamUpdate {
  private let rate: Lanes
  private let meanShare = Lanes(repeating: Float(1 - Adam.beta1))
  private let squareShare = Lanes(repeating: Float(1 - Adam.beta2))
  private let epsilon = Lanes(repeating: Adam.epsilon)

  /// Makes the step of a learning rate with its bias corrections.
  @inline(__always)
  init(rate: Float) {
    self.rate = Lanes(repeating: rate)
  }

  /// Updates sixteen weights and their means.
  @inline(__always)
  func apply(_ gradient: Lanes, to parameter: TrainedParameter, at index: Int) {
    var mean = Lanes(at: parameter.mean.base + index)
    var square = Lanes(at: parameter.square.base + index)
    mean.accumulate(meanShare, gradient - mean)
    square.accumulate(squareShare, gradient * gradient - square)
    mean.store(to: parameter.mean.base + index)
    square.store(to: parameter.square.base + index)
    let change = rate * mean / (square.squareRoot() + epsilon)
    (Lanes(at: parameter.weights.base + index) - change)
      .store(to: parameter.weights.base + index)
  }
}

/// The weights of one tensor with Adam's two means of their gradients, in the same layout.
struct TrainedParameter: Sendable {
  /// The weights.
  let weights: FloatBuffer
  /// The running mean of gradients.
  let mean: FloatBuffer
  /// The running mean of squared gradients.
  let square: FloatBuffer

  /// Makes a parameter at the beginning of its training.
  init(_ weights: FloatBuffer) {
    self.weights = weights
    mean = FloatBuffer(count: weights.count)
    square = FloatBuffer(count: weights.count)
  }

  /// Updates all weights by a sum of gradients: rows of `count` values, `stride` apart, are added in
  /// their order.
  @inline(never)
  func update(
    summing gradients: UnsafePointer<Float>, rows: Int, stride: Int, by adam: AdamUpdate
  ) {
    for index in Swift.stride(from: 0, to: weights.count, by: laneCount) {
      var sum = Lanes.zero
      for row in 0..<rows {
        sum += Lanes(at: gradients + row &* stride + index)
      }
      adam.apply(sum, to: self, at: index)
    }
  }
}
