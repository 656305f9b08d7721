import RandomNumbers
import Testing
import VectorLanes

@testable import NeuralNetwork

@Suite struct DenseKernelTests {
  /// Rows, inputs and outputs; inputs and outputs are rounded up to whole vectors, with zeros.
  private static let sizes = [
    [1, 1, 1], [2, 5, 3], [4, 16, 16], [5, 31, 17], [8, 48, 10], [9, 100, 33], [13, 208, 20],
    [32, 130, 128], [3, 5408, 16], [7, 2800, 5],
  ]

  private struct Case {
    let rows, inputs, outputs: Int
    let sizes: DenseForward.Sizes
    /// Rows of the input and of the output gradient, padded to eight rows and whole vectors.
    let input, dOutput: FloatBuffer
    let weights, bias: FloatBuffer

    init(_ size: [Int]) {
      (rows, inputs, outputs) = (size[0], size[1], size[2])
      sizes = DenseForward.Sizes(
        inputStride: roundedUp(inputs, to: laneCount),
        outputStride: roundedUp(outputs, to: laneCount))
      var generator = SplitMix64(seed: 41)
      func matrix(_ rows: Int, _ columns: Int, storedRows: Int, stride: Int) -> FloatBuffer {
        let buffer = FloatBuffer(count: storedRows * stride)
        for row in 0..<rows {
          for column in 0..<columns {
            buffer.base[row * stride + column] = 2 * generator.nextFloat() - 1
          }
        }
        return buffer
      }
      let storedRows = roundedUp(rows, to: 8)
      input = matrix(rows, inputs, storedRows: storedRows, stride: sizes.inputStride)
      dOutput = matrix(rows, outputs, storedRows: storedRows, stride: sizes.outputStride)
      weights = matrix(
        outputs, inputs, storedRows: sizes.outputStride, stride: sizes.inputStride)
      bias = matrix(1, outputs, storedRows: 1, stride: sizes.outputStride)
    }

    func row(_ buffer: FloatBuffer, _ row: Int, count: Int, stride: Int) -> [Double] {
      (0..<count).map { Double(buffer.base[row * stride + $0]) }
    }

    /// The weights in the reference's layout [inputs][outputs].
    var kernel: [Double] {
      (0..<inputs * outputs).map { index in
        Double(weights.base[index % outputs * sizes.inputStride + index / outputs])
      }
    }

    func output(relu: Bool) -> FloatBuffer {
      let output = FloatBuffer(count: roundedUp(rows, to: 8) * sizes.outputStride)
      DenseForward.forward(
        sizes, rows: rows, input: input.base, weights: weights.base, bias: bias.base,
        output: output.base, relu: relu)
      return output
    }

    /// Sums of n terms of the order of 1: a rounding of 6e-8 for each, half of them cancelling.
    func tolerance(terms: Int) -> Double { 1e-6 + 2e-7 * Double(terms).squareRoot() * 10 }
  }

  @Test(arguments: sizes, [false, true])
  func forwardIsTheReference(_ size: [Int], relu: Bool) {
    let test = Case(size)
    let output = test.output(relu: relu)
    for row in 0..<test.rows {
      var expected = Reference.denseForward(
        input: test.row(test.input, row, count: test.inputs, stride: test.sizes.inputStride),
        kernel: test.kernel,
        bias: test.row(test.bias, 0, count: test.outputs, stride: test.sizes.outputStride))
      if relu { expected = Reference.reluForward(expected) }
      let values = (0..<test.sizes.outputStride).map {
        output.base[row * test.sizes.outputStride + $0]
      }
      #expect(
        largestDifference(expected, Array(values.prefix(test.outputs)))
          < test.tolerance(terms: test.inputs))
      #expect(values.dropFirst(test.outputs).allSatisfy { $0 == 0 })
    }
  }

  @Test(arguments: sizes, [false, true])
  func oneRowIsTheSameToTheLastBit(_ size: [Int], relu: Bool) {
    let test = Case(size)
    let all = test.output(relu: relu)
    let one = FloatBuffer(count: test.sizes.outputStride)
    for row in 0..<test.rows {
      DenseForward.forwardOne(
        test.sizes, input: test.input.base + row * test.sizes.inputStride,
        weights: test.weights.base, bias: test.bias.base, output: one.base, relu: relu)
      let start = row * test.sizes.outputStride
      #expect(one.elements == Array(all.elements[start..<start + test.sizes.outputStride]))
    }
  }

  @Test(arguments: sizes)
  func inputGradientIsTheReference(_ size: [Int]) {
    let test = Case(size)
    let stride = test.sizes.inputStride
    let dInput = FloatBuffer(count: roundedUp(test.rows, to: 8) * stride)
    DenseInputGradient.backward(
      test.sizes, outputs: test.outputs, rows: test.rows, dOutput: test.dOutput.base,
      weights: test.weights.base, dInput: dInput.base)
    for row in 0..<test.rows {
      let expected = Reference.denseBackward(
        dOutput: test.row(
          test.dOutput, row, count: test.outputs, stride: test.sizes.outputStride),
        input: [Double](repeating: 0, count: test.inputs), kernel: test.kernel
      ).dInput
      let values = (0..<stride).map { dInput.base[row * stride + $0] }
      #expect(
        largestDifference(expected, Array(values.prefix(test.inputs)))
          < test.tolerance(terms: test.outputs))
      #expect(values.dropFirst(test.inputs).allSatisfy { $0 == 0 })
    }
  }

  /// Adam's first mean is a tenth of the gradient, which makes the gradient visible.
  @Test(arguments: sizes)
  func weightGradientIsTheReference(_ size: [Int]) {
    let test = Case(size)
    let parameter = TrainedParameter(FloatBuffer(test.weights.elements))
    let stride = test.sizes.inputStride
    for range in [0..<stride / 32 * 16, stride / 32 * 16..<stride] {
      DenseWeightUpdate.update(
        test.sizes, range: range, rows: test.rows, dOutput: test.dOutput.base,
        input: test.input.base, parameter: parameter, by: AdamUpdate(rate: 0.01))
    }
    var expected = [Double](repeating: 0, count: test.inputs * test.outputs)
    for row in 0..<test.rows {
      let gradient = Reference.denseBackward(
        dOutput: test.row(
          test.dOutput, row, count: test.outputs, stride: test.sizes.outputStride),
        input: test.row(test.input, row, count: test.inputs, stride: stride), kernel: test.kernel
      ).dKernel
      for index in gradient.indices { expected[index] += gradient[index] }
    }
    let gradient = (0..<expected.count).map { index in
      10 * parameter.mean.base[index % test.outputs * stride + index / test.outputs]
    }
    #expect(largestDifference(expected, gradient) < test.tolerance(terms: test.rows))
    // The padding of the weights stays zero.
    for output in 0..<test.sizes.outputStride {
      for input in 0..<stride where output >= test.outputs || input >= test.inputs {
        #expect(parameter.weights.base[output * stride + input] == 0)
      }
    }
  }
}
