private import CKernels
import VectorLanes

/// The product of rows of values with the nonzero weights of a dense layer, plus bias, and ReLU.
///
/// output[i][o] = max(0, bias[o] + Σₖ input[i][k] · weights[k][o]) over the nonzero weights. Lanes are
/// images: the inputs of up to 64 images lie side by side, [k][64], so that a weight multiplies
/// consecutive values. A sum starts at the bias and adds one product after another in the order of k,
/// so an image's outputs do not depend on the images beside it.
enum SparseDenseForward {
  /// The images of a group.
  static let groupImages = 4 * laneCount
  /// The most images that are cheaper one by one than as a whole group.
  static let fewImages = 4

  /// Brings rows of values side by side: columns[k][i] = rows[i][k].
  ///
  /// - Parameters:
  ///   - rows: [16][stride]; the stride is whole vectors.
  ///   - columns: [stride][64], from the place of the first row's values on.
  @inline(never)
  static func interleave(
    _ rows: UnsafePointer<Float>, stride: Int, into columns: UnsafeMutablePointer<Float>
  ) {
    var k = 0
    while k < stride {
      nibble_transpose(rows + k, stride, columns + k &* groupImages, groupImages)
      k &+= laneCount
    }
  }

  /// Computes a group of images.
  ///
  /// - Parameters:
  ///   - weights: The layer's nonzero weights.
  ///   - input: [inputs][64].
  ///   - bias: [outputs].
  ///   - sums: Room for [outputs rounded up to 16][64].
  ///   - output: [64][stride].
  @inline(never)
  static func forward(
    _ weights: SparseDenseWeights, input: UnsafePointer<Float>, bias: UnsafePointer<Float>,
    sums: UnsafeMutablePointer<Float>, output: UnsafeMutablePointer<Float>, stride: Int
  ) {
    for index in 0..<weights.outputs {
      ImageSums(bias: bias[index]).store(to: sums + index &* groupImages)
    }
    if let squares = weights.squares {
      add(squares, input: input, to: sums)
    } else {
      add(weights, input: input, to: sums)
    }
    for index in 0..<weights.outputs {
      ImageSums(at: sums + index &* groupImages).active.store(to: sums + index &* groupImages)
    }
    for first in Swift.stride(from: 0, to: stride, by: laneCount) {
      for image in Swift.stride(from: 0, to: groupImages, by: laneCount) {
        nibble_transpose(
          sums + first &* groupImages + image, groupImages, output + image &* stride + first, stride
        )
      }
    }
  }

  /// Adds the products of all nonzero weights to the sums of a group of images, in the order of k.
  @inline(__always)
  private static func add(
    _ weights: SparseDenseWeights, input: UnsafePointer<Float>,
    to sums: UnsafeMutablePointer<Float>
  ) {
    withPointers(weights) { values, positions, starts in
      for block in 0..<weights.blocks {
        let blockInput = input + block &* weights.blockInputs &* groupImages
        let blockStarts = starts + block &* weights.outputs
        for index in 0..<weights.outputs {
          let target = sums + index &* groupImages
          var sum = ImageSums(at: target)
          var entry = Int(blockStarts[index])
          let end = Int(blockStarts[index &+ 1])
          while entry < end {
            sum.accumulate(values[entry], blockInput + Int(positions[entry]) &* groupImages)
            entry &+= 1
          }
          sum.store(to: target)
        }
      }
    }
  }

  /// Calls body with the addresses of values, positions and starts.
  @inline(__always)
  static func withPointers(
    _ weights: SparseDenseWeights,
    _ body: (UnsafePointer<Float>, UnsafePointer<UInt16>, UnsafePointer<Int32>) -> Void
  ) {
    weights.values.withUnsafeBufferPointer { values in
      weights.positions.withUnsafeBufferPointer { positions in
        weights.starts.withUnsafeBufferPointer { starts in
          // An empty array has no address, and then no weight is looked at.
          guard let values = values.baseAddress, let positions = positions.baseAddress,
            let starts = starts.baseAddress
          else { return }
          body(values, positions, starts)
        }
      }
    }
  }
}

/// One value for each of 64 images.
struct ImageSums {
  private var v0, v1, v2, v3: Lanes

  /// Makes the same value for all images.
  @inline(__always)
  init(bias: Float) {
    v0 = Lanes(repeating: bias)
    v1 = v0
    v2 = v0
    v3 = v0
  }

  /// Loads 64 consecutive values.
  @inline(__always)
  init(at address: UnsafePointer<Float>) {
    v0 = Lanes(at: address)
    v1 = Lanes(at: address + laneCount)
    v2 = Lanes(at: address + 2 * laneCount)
    v3 = Lanes(at: address + 3 * laneCount)
  }

  /// Adds the products of a weight and consecutive values.
  @inline(__always)
  mutating func accumulate(_ weight: Float, _ values: UnsafePointer<Float>) {
    let repeated = Lanes(repeating: weight)
    v0.accumulate(repeated, Lanes(at: values))
    v1.accumulate(repeated, Lanes(at: values + laneCount))
    v2.accumulate(repeated, Lanes(at: values + 2 * laneCount))
    v3.accumulate(repeated, Lanes(at: values + 3 * laneCount))
  }

  /// Adds the products of a weight and values.
  @inline(__always)
  mutating func accumulate(_ weight: Float, _ values: ImageSums) {
    let repeated = Lanes(repeating: weight)
    v0.accumulate(repeated, values.v0)
    v1.accumulate(repeated, values.v1)
    v2.accumulate(repeated, values.v2)
    v3.accumulate(repeated, values.v3)
  }

  /// The values after ReLU.
  @inline(__always)
  var active: ImageSums {
    var active = self
    active.v0 = v0.larger(.zero)
    active.v1 = v1.larger(.zero)
    active.v2 = v2.larger(.zero)
    active.v3 = v3.larger(.zero)
    return active
  }

  /// Stores 64 consecutive values.
  @inline(__always)
  func store(to address: UnsafeMutablePointer<Float>) {
    v0.store(to: address)
    v1.store(to: address + laneCount)
    v2.store(to: address + 2 * laneCount)
    v3.store(to: address + 3 * laneCount)
  }
}
