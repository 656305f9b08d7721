import VectorLanes

/// A kernel in training that may be masked and rounded.
final class ConstrainedKernel {
  /// How a kernel of the shape [inputs, outputs] lies in the memory of the fast kernels.
  enum Layout {
    /// Input after input, as in files, with padding.
    case rows(stride: Int)
    /// Output after output.
    case columns(stride: Int)
  }

  /// The kernel's name.
  let name: ParameterName

  private let parameter: TrainedParameter
  private let running: FloatBuffer
  private let shape: [Int]
  private let layout: Layout
  private var mask: FloatBuffer?
  private var held: [Held] = []
  private var unmoved: FloatBuffer?

  /// A weight beyond its grid as it was before a step.
  private struct Held {
    let place: Int
    let weight: Float
    let mean: Float
    let square: Float
  }

  /// Wraps a kernel.
  ///
  /// - Parameters:
  ///   - running: Where rounded weights go; the trained weights themselves if they are not rounded.
  ///   - layer: The layer, for the kernel's name and shape.
  init(
    _ parameter: TrainedParameter, running: FloatBuffer, of layer: any WeightedLayer,
    layout: Layout
  ) {
    self.parameter = parameter
    self.running = running
    name = ParameterName(layer.name, .kernel)
    shape = layer.kernel.shape
    self.layout = layout
  }

  /// The trained floats.
  var tensor: Tensor { read(parameter.weights) }

  /// The weights that the network computes with.
  var runningTensor: Tensor { read(running) }

  /// Takes the zeros of a tensor as zeros from now on; other weights stay as they are.
  func mask(_ tensor: Tensor) {
    let mask = FloatBuffer(count: parameter.weights.count)
    write(tensor.elements.map { $0 == 0 ? 0 : 1 }, to: mask)
    self.mask = mask
    clearMasked()
  }

  /// Computes with these weights in the next step.
  func run(_ rounded: RoundedKernel) {
    write(rounded.values.elements, to: running)
    if !rounded.passesGradient, unmoved == nil { unmoved = FloatBuffer(parameter.weights.elements) }
    held = rounded.clipped.map { index in
      let place = place(of: index)
      return Held(
        place: place, weight: parameter.weights.base[place], mean: parameter.mean.base[place],
        square: parameter.square.base[place])
    }
  }

  /// Undoes what a step must not have done (see `TrainingConstraints.enforce`).
  func enforce(rate: Float) {
    if let unmoved {
      // With no gradient from the first step on, both means are zero and so is every update.
      parameter.weights.base.update(from: unmoved.base, count: unmoved.count)
      parameter.mean.base.update(repeating: 0, count: parameter.mean.count)
      parameter.square.base.update(repeating: 0, count: parameter.square.count)
      clearMasked()
      return
    }
    for weight in held {
      let mean = weight.mean - Float(1 - Adam.beta1) * weight.mean
      let square = weight.square - Float(1 - Adam.beta2) * weight.square
      parameter.mean.base[weight.place] = mean
      parameter.square.base[weight.place] = square
      parameter.weights.base[weight.place] =
        weight.weight - rate * mean / (square.squareRoot() + Adam.epsilon)
    }
    clearMasked()
  }

  private func clearMasked() {
    guard let mask else { return }
    for buffer in [parameter.weights, parameter.mean, parameter.square] {
      for index in stride(from: 0, to: buffer.count, by: laneCount) {
        // A product with a mask of 0 could leave a negative zero.
        let zeros = Lanes(repeating: 0)
        Lanes(at: buffer.base + index)
          .replacing(with: zeros, where: Lanes(at: mask.base + index) .== zeros)
          .store(to: buffer.base + index)
      }
    }
  }

  private var outputs: Int { shape.last ?? 1 }
  private var inputs: Int { shape.dropLast().reduce(1, *) }

  private func place(of index: Int) -> Int {
    let (input, output) = index.quotientAndRemainder(dividingBy: outputs)
    switch layout {
    case .rows(let stride): return input * stride + output
    case .columns(let stride): return output * stride + input
    }
  }

  private func read(_ buffer: FloatBuffer) -> Tensor {
    let elements = [Float](unsafeUninitializedCapacity: inputs * outputs) { target, count in
      if let base = target.baseAddress {
        forEachPair { place, index in (base + index).initialize(to: buffer.base[place]) }
      }
      count = inputs * outputs
    }
    return Tensor(shape: shape, elements: elements)
  }

  private func write(_ elements: [Float], to buffer: FloatBuffer) {
    elements.withUnsafeBufferPointer { elements in
      forEachPair { place, index in buffer.base[place] = elements[index] }
    }
  }

  /// Calls body with the place of every weight in memory and its flat index in files.
  @inline(__always)
  private func forEachPair(_ body: (_ place: Int, _ index: Int) -> Void) {
    let (inputs, outputs) = (inputs, outputs)
    switch layout {
    case .rows(let stride):
      for input in 0..<inputs {
        for output in 0..<outputs { body(input &* stride &+ output, input &* outputs &+ output) }
      }
    case .columns(let stride):
      // Sixteen inputs at a time keep both sides in the cache.
      for block in Swift.stride(from: 0, to: inputs, by: laneCount) {
        for output in 0..<outputs {
          for input in block..<min(block + laneCount, inputs) {
            body(output &* stride &+ input, input &* outputs &+ output)
          }
        }
      }
    }
  }
}
