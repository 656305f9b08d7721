import NeuralNetwork

/// A kernel's grid, level by level.
struct RoundingGrid {
  /// How codes relate to weights.
  let layout: QuantizedTensor.Layout
  private let grids: KernelQuantizationParameters
  private let isSign: Bool

  /// Finds the grid that nearest rounding would use.
  init(for kernel: Tensor, _ options: WeightQuantization) {
    layout = QuantizedTensor.Layout(
      shape: kernel.shape, bits: options.bits, granularity: options.granularity,
      scheme: options.scheme)
    grids = GridSearch.grids(for: kernel, layout, options.range)
    isSign = options.scheme == .symmetric && options.bits == 1
  }

  /// A weight in units of its grid's step, 0 being the code of zero.
  func steps(_ weight: Float, row: Int, column: Int) -> Float { weight / scale(row, column) }

  /// The code of a number of whole steps, held to the grid's ends.
  func code(ofSteps steps: Float, row: Int, column: Int) -> Int32 {
    let code = steps + grids.zeroPoints[index(row, column)]
    return Int32(min(max(code, Float(layout.qmin)), Float(layout.qmax)))
  }

  /// The code of the nearest level; one symmetric bit has the levels −1 and 1 alone, and 0 for 0.
  func nearest(_ weight: Float, row: Int, column: Int) -> Int32 {
    if isSign { return weight > 0 ? 1 : (weight < 0 ? -1 : 0) }
    return code(
      ofSteps: steps(weight, row: row, column: column).rounded(.toNearestOrEven), row: row,
      column: column)
  }

  /// The code of the level below or above, where a number of 0 ..< 1 below the weight's share of the
  /// way means above.
  func drawn(_ weight: Float, chance: Float, row: Int, column: Int) -> Int32 {
    let steps = steps(weight, row: row, column: column)
    if isSign { return weight == 0 ? 0 : (chance < (steps + 1) / 2 ? 1 : -1) }
    let below = steps.rounded(.down)
    return code(
      ofSteps: chance < steps - below ? below + 1 : below, row: row, column: column)
  }

  /// The weight that a code stands for.
  func value(_ code: Int32, row: Int, column: Int) -> Float {
    (Float(code) - grids.zeroPoints[index(row, column)]) * scale(row, column)
  }

  /// The step of the grid at a weight.
  func scale(_ row: Int, _ column: Int) -> Float { grids.scales[index(row, column)] }

  /// The kernel of these codes.
  func tensor(_ codes: [Int32]) -> QuantizedTensor {
    WeightQuantizer.tensor(layout, grids, codes: codes, dequantized: nil)
  }

  private func index(_ row: Int, _ column: Int) -> Int {
    row / layout.blockRows * layout.columns + column
  }
}
