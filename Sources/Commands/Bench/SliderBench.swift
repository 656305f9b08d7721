import Compression
import Lab
import NeuralNetwork

/// Times what one move of a slider costs: a new recipe is applied to the weights, calibrated where it
/// rounds activations, and evaluated on the first 1,000 test images, then on all of them.
struct SliderBench {
  /// The network and images; every call computes with its number of threads.
  let laboratory: Laboratory
  let threads: Int
  let runs: Int

  /// A slider that is moved, one recipe a move.
  private struct Slider: Sendable {
    let title: String
    /// Whether a move leaves the convolution as it was, so that it is not computed again.
    let keepsConvolution: Bool
    let recipe: @Sendable (_ move: Int) -> String
  }

  /// No recipe comes twice in a row, so that no move is answered by what the one before left, but for
  /// the layers that it does not change.
  private static let sliders = [
    Slider(title: "dense knob, 8 bits", keepsConvolution: true) {
      "weights.bits=8 activations.bits=8 prune.scope=dense prune.sparsity=0.\(10 + $0)"
    },
    Slider(title: "conv knob, 8 bits", keepsConvolution: false) {
      "weights.bits=8 activations.bits=8 prune.scope=conv2d prune.sparsity=0.\(10 + 2 * $0)"
    },
    Slider(title: "activations knob, 8 bits", keepsConvolution: false) {
      "weights.bits=8 activations.bits=\(8 - $0 % 7)"
    },
    Slider(title: "weights knob, float activations", keepsConvolution: false) {
      "weights.bits=\([8, 7, 6, 5, 4, 3, 2][$0 % 7])"
    },
    Slider(title: "prune knob, float activations", keepsConvolution: false) {
      "prune.sparsity=0.\(70 + $0)"
    },
  ]

  func run(_ report: inout BenchReport) throws {
    let images = laboratory.test.count
    let clock = ContinuousClock()
    let first = min(Laboratory.estimateImages, images)
    for slider in Self.sliders {
      var estimates: [Double] = []
      var evaluations: [Double] = []
      var work: (amount: Double, ceiling: String) = (0, CeilingBench.floats)
      for move in 0...runs {
        let recipe = try Recipe(line: slider.recipe(move))
        let start = clock.now
        let variant = try laboratory.prepare(recipe)
        _ = laboratory.predictions(of: variant, in: 0..<first)
        let estimate = (clock.now - start) / .seconds(1)
        for next in stride(from: first, to: images, by: Laboratory.imagesAtOnce) {
          let end = min(next + Laboratory.imagesAtOnce, images)
          _ = laboratory.predictions(of: variant, in: next..<end)
        }
        // The first move warms up.
        guard move > 0 else { continue }
        work = operations(of: variant, slider)
        estimates.append(estimate)
        evaluations.append((clock.now - start) / .seconds(1))
      }
      report.addTime(
        "\(slider.title): first \(first)", unit: "ms", threads: threads, seconds: estimates,
        work: (work.amount * Double(first), work.ceiling))
      report.addTime(
        "\(slider.title): all \(images)", unit: "ms", threads: threads, seconds: evaluations,
        work: (work.amount * Double(images), work.ceiling))
    }
  }

  /// The giga-operations that evaluating one image needs, and the ceiling for them; what a move costs
  /// besides evaluation lowers its share of the ceiling.
  private func operations(
    of variant: PreparedVariant, _ slider: Slider
  ) -> (amount: Double, ceiling: String) {
    let network = variant.compressed.network
    let isInteger = variant.engine.integerPlan != nil
    let dense = network.kernels.dropFirst().reduce(0) { $0 + $1.tensor.count }
    var products = isInteger && slider.keepsConvolution ? dense : network.macs
    if !isInteger, variant.engine.floatPlan.skipsZeros {
      products -= network["dense/kernel"]?.zeroCount ?? 0
    }
    return (2e-9 * Double(products), isInteger ? CeilingBench.bytes : CeilingBench.floats)
  }
}
