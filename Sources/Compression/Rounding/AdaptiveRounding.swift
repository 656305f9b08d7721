import Foundation
import NeuralNetwork

/// AdaRound (Nagel et al. 2020): learns whether each weight goes down or up.
///
/// A weight is s·(⌊w/s⌋ + h(v)) with h(v) = clip(σ(v)·1.2 − 0.1, 0, 1). Adam (rate 0.01) minimises,
/// over random batches of the layer's inputs x, the mean of ‖x·(w − w̃)‖² plus
/// λ·Σ(1 − |2h(v) − 1|^β), whose β falls from 20 to 2 after the first fifth, so that every h ends at 0
/// or 1. The paper's 10,000 rounds over 1,024 images become 1,000, and λ is measured against the
/// layer's own error, since this network's outputs are smaller. Weights that are zero stay zero.
struct AdaptiveRounding {
  /// The rounds of optimisation.
  static let rounds = 1_000
  private static let batch = 32
  private static let rate: Float = 0.01

  private let kernel: Tensor
  private let grid: RoundingGrid
  private let isSign: Bool
  private let rows: PaddedMatrix
  private let context: CompressionContext

  /// Gathers the inputs of a kernel.
  init(
    _ kernel: Tensor, _ options: WeightQuantization, inputs: LayerInputs, index: Int,
    context: CompressionContext
  ) {
    self.kernel = kernel
    self.context = context
    grid = RoundingGrid(for: kernel, options)
    isSign = options.bits == 1 && options.scheme == .symmetric
    rows = inputs.sample(ofKernel: index, atMost: 16_384)
  }

  /// The kernel on its grid. One symmetric bit has no neighbouring levels to choose from and is
  /// rounded to the nearest.
  func quantized() throws -> QuantizedTensor {
    let columns = grid.layout.columns
    if isSign {
      return grid.tensor(
        kernel.elements.enumerated().map {
          grid.nearest($1, row: $0 / columns, column: $0 % columns)
        })
    }
    let steps = kernel.elements.enumerated().map {
      grid.steps($1, row: $0 / columns, column: $0 % columns)
    }
    var variables = steps.map { step -> Float in
      // h(v) begins at the weight's own share of the way up.
      let share = (step - step.rounded(.down) + 0.1) / 1.2
      return -log(1 / share - 1)
    }
    try learn(&variables, steps: steps)
    return grid.tensor(
      kernel.elements.indices.map { place in
        let (row, column) = (place / columns, place % columns)
        if kernel.elements[place] == 0 { return grid.nearest(0, row: row, column: column) }
        let up: Float = variables[place] >= 0 ? 1 : 0
        return grid.code(
          ofSteps: steps[place].rounded(.down) + up, row: row, column: column)
      })
  }

  private func learn(_ variables: inout [Float], steps: [Float]) throws {
    let columns = grid.layout.columns
    let inputs = rows.columns
    let errors = PaddedMatrix(rows: inputs, columns: columns)
    let gradient = PaddedMatrix(rows: inputs, columns: columns)
    let outputs = PaddedMatrix(rows: AdaptiveRounding.batch, columns: columns)
    let batch = PaddedMatrix(rows: AdaptiveRounding.batch, columns: inputs)
    let turned = PaddedMatrix(rows: inputs, columns: AdaptiveRounding.batch)
    var (means, squares) = (
      [Float](repeating: 0, count: variables.count), [Float](repeating: 0, count: variables.count)
    )
    let adam = Adam(learningRate: AdaptiveRounding.rate)
    var generator = SplitMix64(seed: 1)
    var weight: Float = 0
    for round in 0..<AdaptiveRounding.rounds {
      if context.isCancelled() { throw CompressionError.cancelled }
      for row in 0..<AdaptiveRounding.batch {
        let source = rows[generator.nextIndex(below: rows.rows)]
        batch[row].update(from: source, count: inputs)
        for input in 0..<inputs { turned[input][row] = source[input] }
      }
      fill(errors, variables, steps)
      outputs.clear()
      OuterProducts.accumulate(
        into: outputs.base, strideC: outputs.stride, rows: 0..<AdaptiveRounding.batch,
        columns: (columns + 15) / 16 * 16, first: turned.base, strideA: turned.stride,
        second: errors.base, strideB: errors.stride, depth: inputs, sign: 1)
      gradient.clear()
      let strip = (inputs + 63) / 64
      Parallel.forEach(count: strip, threads: context.threads) { index, _ in
        let end = min(index * 64 + 64, inputs)
        OuterProducts.accumulate(
          into: gradient.base, strideC: gradient.stride,
          rows: index * 64..<(end + 3) / 4 * 4, columns: (columns + 15) / 16 * 16,
          first: batch.base, strideA: batch.stride, second: outputs.base,
          strideB: outputs.stride, depth: AdaptiveRounding.batch, sign: 1)
      }
      let progress = Float(round) / Float(AdaptiveRounding.rounds)
      if round == 0 { weight = scaleOfRegularizer(outputs) }
      let warm = progress < 0.2
      let beta = 20 + (2 - 20) * max(0, progress - 0.2) / 0.8
      update(
        &variables, &means, &squares, gradient, rate: adam.rate(atStep: round + 1),
        regularizer: warm ? 0 : weight, beta: beta)
    }
  }

  /// A hundredth of a weight's share in the layer's squared error at the beginning.
  private func scaleOfRegularizer(_ outputs: PaddedMatrix) -> Float {
    var sum = 0.0
    for row in 0..<outputs.rows {
      for column in 0..<outputs.columns {
        sum += Double(outputs[row][column]) * Double(outputs[row][column])
      }
    }
    return Float(max(sum, 1e-12) / Double(outputs.rows) / Double(kernel.count))
  }

  private static func gate(_ variable: Float) -> (value: Float, slope: Float) {
    let sigmoid = 1 / (1 + exp(-variable))
    let value = sigmoid * 1.2 - 0.1
    guard value > 0, value < 1 else { return (min(max(value, 0), 1), 0) }
    return (value, 1.2 * sigmoid * (1 - sigmoid))
  }

  /// w̃ − w of every weight.
  private func fill(_ errors: PaddedMatrix, _ variables: [Float], _ steps: [Float]) {
    let columns = grid.layout.columns
    Parallel.forEach(count: errors.rows, threads: context.threads) { row, _ in
      for column in 0..<columns {
        let place = row * columns + column
        let weight = kernel.elements[place]
        guard weight != 0 else { continue }
        let soft = steps[place].rounded(.down) + AdaptiveRounding.gate(variables[place]).value
        errors[row][column] = soft * grid.scale(row, column) - weight
      }
    }
  }

  private func update(
    _ variables: inout [Float], _ means: inout [Float], _ squares: inout [Float],
    _ gradient: PaddedMatrix, rate: Float, regularizer: Float, beta: Float
  ) {
    let columns = grid.layout.columns
    let batch = Float(AdaptiveRounding.batch)
    var gradients = [Float](repeating: 0, count: variables.count)
    for row in 0..<gradient.rows {
      for column in 0..<columns {
        let place = row * columns + column
        let (value, slope) = AdaptiveRounding.gate(variables[place])
        guard slope > 0, kernel.elements[place] != 0 else { continue }
        var sum = 2 * gradient[row][column] * grid.scale(row, column) / batch
        if regularizer > 0 {
          let distance = 2 * value - 1
          let power = pow(distance.magnitude, beta - 1)
          sum -= regularizer * 2 * beta * power * (distance < 0 ? -1 : 1)
        }
        gradients[place] = sum * slope
      }
    }
    // The small divisor of Adam is 1e-7, which these tiny gradients would drown in.
    let scale: Float = 1e4
    for place in gradients.indices { gradients[place] *= scale }
    Adam.update(
      weights: &variables, gradient: gradients, mean: &means, square: &squares, rate: rate)
  }
}
