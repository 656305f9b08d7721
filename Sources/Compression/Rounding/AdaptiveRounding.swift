import Foundation
import NeuralNetwork
import RandomNumbers

/// AdaRound: learns whether each weight goes down or up.
///
/// Nagel et al. 2020, "Up or Down? Adaptive Rounding for Post-Training Quantization".
/// A weight is s·(⌊w/s⌋ + h(v)) with h(v) = clip(σ(v)·1.2 − 0.1, 0, 1). Adam (rate 0.01) minimises,
/// over random batches of the layer's inputs x, the mean of ‖x·(w − w̃)‖² plus
/// λ·Σ(1 − |2h(v) − 1|^β), whose β falls in whole steps from 20 to 2 after the first fifth, so that
/// every h ends at 0 or 1. The paper's 10,000 rounds become 1,000, and λ is set so that the second
/// term can at most outweigh the error of nearest rounding by `pressure`, since the scale of outputs
/// differs from layer to layer. Weights that are zero stay zero.
struct AdaptiveRounding {
  /// The rounds of optimisation.
  static let rounds = 1_000
  private static let batch = 32
  private static let rate: Float = 0.01
  /// The regularizer's greatest value as a multiple of the error of nearest rounding.
  ///
  /// Chosen on images that no network had seen: three networks (seeds 1, 2, 3) were trained on the
  /// first 55,000 training images and rounded to 2 and 3 bits, per tensor and per channel. Of the
  /// 12 × 5,000 predictions for the last 5,000 training images, 41,161 were right at 1, 44,317 at 3,
  /// 46,824 at 10, 46,884 at 30 and 46,788 at 100.
  private static let pressure: Float = 30

  private let kernel: Tensor
  private let grid: RoundingGrid
  private let isSign: Bool
  private let rows: PaddedMatrix
  private let context: CompressionContext

  private let seed: UInt64

  /// Gathers the inputs of a kernel.
  ///
  /// - Parameter seed: What the order of the inputs depends on that are learnt from.
  init(
    _ kernel: Tensor, _ options: WeightQuantization, inputs: LayerInputs, index: Int, seed: UInt64,
    context: CompressionContext
  ) {
    self.kernel = kernel
    self.seed = seed
    self.context = context
    grid = RoundingGrid(for: kernel, options)
    isSign = options.bits == 1 && options.scheme == .symmetric
    rows = inputs.sample(ofKernel: index, atMost: 16_384)
  }

  /// The kernel on its grid.
  ///
  /// One symmetric bit has no neighbouring levels to choose from and is
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
    var generator = SplitMix64(seed: seed)
    var weight: Float = 0
    let gates = Gates(count: variables.count)
    for round in 0..<AdaptiveRounding.rounds {
      if context.isCancelled() { throw CompressionError.cancelled }
      for row in 0..<AdaptiveRounding.batch {
        let source = rows[generator.nextIndex(below: rows.rows)]
        batch[row].update(from: source, count: inputs)
        for input in 0..<inputs { turned[input][row] = source[input] }
      }
      gates.fill(variables, threads: context.threads)
      fill(errors, steps) { round == 0 ? (gates.values[$0] < 0.5 ? 0 : 1) : gates.values[$0] }
      outputs.clear()
      TransposedGEMM.accumulate(
        into: outputs.base, strideC: outputs.stride, rows: 0..<AdaptiveRounding.batch,
        columns: (columns + 15) / 16 * 16, first: turned.base, strideA: turned.stride,
        second: errors.base, strideB: errors.stride, depth: inputs, sign: 1)
      gradient.clear()
      let strip = (inputs + 63) / 64
      Parallel.forEach(count: strip, threads: context.threads) { index, _ in
        let end = min(index * 64 + 64, inputs)
        TransposedGEMM.accumulate(
          into: gradient.base, strideC: gradient.stride,
          rows: index * 64..<(end + 3) / 4 * 4, columns: (columns + 15) / 16 * 16,
          first: batch.base, strideA: batch.stride, second: outputs.base,
          strideB: outputs.stride, depth: AdaptiveRounding.batch, sign: 1)
      }
      let progress = Float(round) / Float(AdaptiveRounding.rounds)
      if round == 0 {
        // The first round sees nearest rounding, which the regularizer is measured against.
        weight = scaleOfRegularizer(outputs)
        continue
      }
      let warm = progress < 0.2
      let beta = 20 - Int(18 * max(0, progress - 0.2) / 0.8)
      update(
        &variables, &means, &squares, gradient, gates, rate: adam.rate(atStep: round),
        regularizer: warm ? 0 : weight, beta: beta)
    }
  }

  /// λ: `pressure` times a weight's share in the layer's squared error.
  private func scaleOfRegularizer(_ outputs: PaddedMatrix) -> Float {
    var sum = 0.0
    for row in 0..<outputs.rows {
      for column in 0..<outputs.columns {
        sum += Double(outputs[row][column]) * Double(outputs[row][column])
      }
    }
    return AdaptiveRounding.pressure
      * Float(max(sum, 1e-12) / Double(outputs.rows) / Double(kernel.count))
  }

  /// w̃ − w of every weight for a share of the way up.
  private func fill(_ errors: PaddedMatrix, _ steps: [Float], share: (Int) -> Float) {
    let columns = grid.layout.columns
    for row in 0..<errors.rows {
      let line = errors[row]
      for column in 0..<columns {
        let place = row &* columns &+ column
        let weight = kernel.elements[place]
        guard weight != 0 else { continue }
        let soft = steps[place].rounded(.down) + share(place)
        line[column] = soft * grid.scale(row, column) - weight
      }
    }
  }

  private func update(
    _ variables: inout [Float], _ means: inout [Float], _ squares: inout [Float],
    _ gradient: PaddedMatrix, _ gates: Gates, rate: Float, regularizer: Float, beta: Int
  ) {
    let columns = grid.layout.columns
    let batch = Float(AdaptiveRounding.batch)
    var gradients = [Float](repeating: 0, count: variables.count)
    for row in 0..<gradient.rows {
      let line = gradient[row]
      for column in 0..<columns {
        let place = row &* columns &+ column
        let slope = gates.slopes[place]
        guard slope > 0, kernel.elements[place] != 0 else { continue }
        var sum = 2 * line[column] * grid.scale(row, column) / batch
        if regularizer > 0 {
          let distance = 2 * gates.values[place] - 1
          var power: Float = 1
          for _ in 1..<beta { power *= distance.magnitude }
          sum -= regularizer * 2 * Float(beta) * power * (distance < 0 ? -1 : 1)
        }
        // Scaled up, since Adam's small divisor of 1e-7 would drown gradients as small as these.
        gradients[place] = sum * slope * 1e4
      }
    }
    Adam.update(
      weights: &variables, gradient: gradients, mean: &means, square: &squares, rate: rate)
  }
}

/// h(v) and its slope for every weight.
private final class Gates: @unchecked Sendable {
  // Sendable because threads fill parts that do not overlap.
  let values: UnsafeMutablePointer<Float>
  let slopes: UnsafeMutablePointer<Float>

  init(count: Int) {
    values = .allocate(capacity: max(count, 1))
    slopes = .allocate(capacity: max(count, 1))
    values.initialize(repeating: 0, count: count)
    slopes.initialize(repeating: 0, count: count)
  }

  deinit {
    values.deallocate()
    slopes.deallocate()
  }

  func fill(_ variables: [Float], threads: Int) {
    let part = 8_192
    Parallel.forEach(count: (variables.count + part - 1) / part, threads: threads) { index, _ in
      for place in index * part..<min((index + 1) * part, variables.count) {
        let sigmoid = 1 / (1 + exp(-variables[place]))
        let value = sigmoid * 1.2 - 0.1
        values[place] = min(max(value, 0), 1)
        slopes[place] = value > 0 && value < 1 ? 1.2 * sigmoid * (1 - sigmoid) : 0
      }
    }
  }
}
