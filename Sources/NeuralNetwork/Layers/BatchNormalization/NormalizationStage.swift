import VectorLanes

/// A normalization in training: by the batch's own mean and variance (formulas: see `Reference`).
///
/// The first pass of each direction sums over an image, what follows over the images in their order in
/// double precision; the second pass uses the sums.
final class NormalizationStage: TrainingStage {
  let passes = 2

  private var current: BatchNormalization
  private let values: StageValues
  private let channels: Int
  private let stride: Int
  private let gamma: GroupedParameter
  private let beta: GroupedParameter
  // [images][2][stride]: the two sums of each channel over an image.
  private let sums: FloatBuffer
  // For each channel: mean, 1 / deviation, factor, summand, and what the gradient's means are.
  private let means, inverses, factors, summands, meanGradients, meanProducts: FloatBuffer

  /// Prepares a normalization.
  init(_ norm: BatchNormalization, values: StageValues) {
    current = norm
    self.values = values
    channels = norm.gamma.count
    stride = roundedUp(channels, to: laneCount)
    gamma = GroupedParameter(
      LaneLayout.pack(norm.gamma.elements, channels: channels), groups: 1)
    beta = GroupedParameter(
      LaneLayout.pack(norm.beta.elements, channels: channels), groups: 1)
    sums = FloatBuffer(count: values.images * 2 * stride)
    let stride = stride
    func room() -> FloatBuffer { FloatBuffer(count: stride) }
    (means, inverses, factors, summands) = (room(), room(), room(), room())
    (meanGradients, meanProducts) = (room(), room())
  }

  var parameters: [ParameterRole: GroupedParameter] { [.gamma: gamma, .beta: beta] }

  var layer: any NetworkLayer {
    var norm = current
    norm.gamma.elements = LaneLayout.unpack(gamma.trained.weights, channels: channels)
    norm.beta.elements = LaneLayout.unpack(beta.trained.weights, channels: channels)
    return norm
  }

  private var places: Int { values.output.size / channels }

  func forward(pass: Int, image: Int) {
    let input = values.input[image]
    if pass == 0 {
      sumUp(image) { place, block in
        let value = Lanes(at: input + place &* channels + block)
        return (value, value * value)
      }
      return
    }
    let output = values.output[image]
    let relu = current.activation == .relu
    forEachVector { place, block in
      var value = Lanes(at: summands.base + block)
      value.accumulate(
        Lanes(at: input + place &* channels + block), Lanes(at: factors.base + block))
      (relu ? value.larger(.zero) : value)
        .store(first: min(laneCount, channels &- block), to: output + place &* channels + block)
    }
  }

  func afterForward(pass: Int, images: Int) {
    guard pass == 0 else { return }
    let rows = Double(images * places)
    let keep = BatchNormalization.momentum
    for channel in 0..<channels {
      let (sum, squares) = totals(channel, images: images)
      let mean = sum / rows
      let variance = max(squares / rows - mean * mean, 0)
      let inverse = 1 / (variance + Double(BatchNormalization.epsilon)).squareRoot()
      let factor = Double(gamma.trained.weights.base[channel]) * inverse
      means.base[channel] = Float(mean)
      inverses.base[channel] = Float(inverse)
      factors.base[channel] = Float(factor)
      summands.base[channel] = Float(
        Double(beta.trained.weights.base[channel]) - mean * factor)
      current.mean.elements[channel] =
        keep * current.mean.elements[channel] + (1 - keep) * Float(mean)
      current.variance.elements[channel] =
        keep * current.variance.elements[channel] + (1 - keep) * Float(variance)
    }
  }

  func backward(pass: Int, image: Int, group: Int) {
    let (input, gradients) = (values.input[image], values.dOutput[image])
    if pass == 0 {
      if current.activation == .relu { values.passWhereActive(image: image) }
      sumUp(image) { place, block in
        let gradient = Lanes(at: gradients + place &* channels + block)
        return (gradient, gradient * normalized(input, place, block))
      }
      return
    }
    guard let dInput = values.dInput?[image] else { return }
    forEachVector { place, block in
      let gradient = Lanes(at: gradients + place &* channels + block)
      let centered =
        gradient - Lanes(at: meanGradients.base + block)
        - normalized(input, place, block) * Lanes(at: meanProducts.base + block)
      (centered * Lanes(at: factors.base + block))
        .store(first: min(laneCount, channels &- block), to: dInput + place &* channels + block)
    }
  }

  func afterBackward(pass: Int, images: Int) {
    guard pass == 0 else { return }
    let rows = Double(images * places)
    for channel in 0..<channels {
      let (sum, product) = totals(channel, images: images)
      beta.gradients.base[channel] = Float(sum)
      gamma.gradients.base[channel] = Float(product)
      meanGradients.base[channel] = Float(sum / rows)
      meanProducts.base[channel] = Float(product / rows)
    }
  }

  @inline(__always)
  private func normalized(_ input: UnsafePointer<Float>, _ place: Int, _ block: Int) -> Lanes {
    (Lanes(at: input + place &* channels + block) - Lanes(at: means.base + block))
      * Lanes(at: inverses.base + block)
  }

  @inline(__always)
  private func forEachVector(_ body: (_ place: Int, _ block: Int) -> Void) {
    for place in 0..<places {
      var block = 0
      while block < stride {
        body(place, block)
        block &+= laneCount
      }
    }
  }

  /// Sums two vectors of each place over an image.
  @inline(__always)
  private func sumUp(_ image: Int, _ term: (_ place: Int, _ block: Int) -> (Lanes, Lanes)) {
    let target = sums.base + image &* 2 &* stride
    for block in Swift.stride(from: 0, to: stride, by: laneCount) {
      var (first, second) = (Lanes.zero, Lanes.zero)
      for place in 0..<places {
        let (a, b) = term(place, block)
        first += a
        second += b
      }
      first.store(to: target + block)
      second.store(to: target + stride + block)
    }
  }

  /// Both sums of a channel over all images, in their order.
  private func totals(_ channel: Int, images: Int) -> (Double, Double) {
    (0..<images).reduce((0, 0)) { total, image in
      let base = sums.base + image &* 2 &* stride + channel
      return (total.0 + Double(base[0]), total.1 + Double(base[stride]))
    }
  }
}
