import NeuralNetwork
import Testing

@testable import Compression

@Suite struct SecondOrderTests {
  /// Rows of inputs that are correlated, so that weights can stand in for one another.
  private static func inputs(_ rows: Int, _ columns: Int) -> [[Float]] {
    var random = TestRandom(7)
    return (0..<rows).map { _ in
      let common = Float.random(in: -1...1, using: &random)
      return (0..<columns).map { _ in common + Float.random(in: -0.5...0.5, using: &random) }
    }
  }

  private static func hessian(_ rows: [[Float]], threads: Int = 1) throws -> InputHessian {
    let columns = rows[0].count
    return try InputHessian(inputs: columns, threads: threads, isCancelled: { false }) { body in
      let piece = PaddedMatrix(rows: rows.count, columns: columns)
      for (index, row) in rows.enumerated() {
        for (column, value) in row.enumerated() { piece[index][columns - 1 - column] = value }
      }
      body(piece)
    }
  }

  /// ‖X·(W − V)‖² summed over outputs.
  private static func error(_ rows: [[Float]], _ first: Tensor, _ second: Tensor) -> Double {
    let outputs = first.shape[1]
    var sum = 0.0
    for row in rows {
      for output in 0..<outputs {
        var difference = 0.0
        for (input, value) in row.enumerated() {
          let place = input * outputs + output
          difference += Double(value) * Double(first.elements[place] - second.elements[place])
        }
        sum += difference * difference
      }
    }
    return sum
  }

  @Test(arguments: [(5, 3), (64, 10), (70, 17), (200, 33)])
  func nothingChangesWhenEveryWeightIsAllowed(inputs: Int, outputs: Int) throws {
    var random = TestRandom(3)
    let kernel = random.tensor([inputs, outputs])
    let hessian = try Self.hessian(Self.inputs(300, inputs))
    let result = try hessian.compensate(kernel, isCancelled: { false }) { _, _ in }
    #expect(result == kernel)
  }

  /// The last weight against all others fixed has a solution in closed form: with the other errors d
  /// it is w + (Σ d_j H_ji) / H_ii.
  @Test func theLastWeightIsTheLeastSquaresSolution() throws {
    let rows = Self.inputs(400, 70)
    var random = TestRandom(5)
    let kernel = random.tensor([70, 1])
    let result = try Self.hessian(rows).compensate(kernel, isCancelled: { false }) {
      input, weights in
      if input < 69 { weights[0] = 0.25 }
    }
    var gram = [Double](repeating: 0, count: 70)
    var diagonal = 0.0
    for row in rows {
      for column in 0..<70 {
        gram[column] += Double(row[column]) * Double(row[69])
        diagonal += Double(row[column]) * Double(row[column])
      }
    }
    gram[69] += diagonal / 70 * 0.01
    let shift = (0..<69).reduce(0.0) { $0 + Double(kernel.elements[$1] - 0.25) * gram[$1] }
    let expected = Double(kernel.elements[69]) + shift / gram[69]
    #expect(abs(Double(result.elements[69]) - expected) < 1e-3 * max(1, abs(expected)))
  }

  @Test func compensationLowersTheErrorAndDoesNotDependOnThreads() throws {
    let rows = Self.inputs(400, 130)
    var random = TestRandom(6)
    let kernel = random.tensor([130, 12])
    var options = WeightQuantization()
    options.bits = 3
    let nearest = WeightQuantizer.quantize(kernel, options).dequantized
    let results = try [1, 3].map { threads in
      try WeightRounder(options: options, recipe: Recipe(), context: .withoutImages)
        .gptq(kernel, Self.hessian(rows, threads: threads))
    }
    #expect(results[0] == results[1])
    #expect(
      Self.error(rows, kernel, results[0].dequantized) < 0.6 * Self.error(rows, kernel, nearest))
  }

  @Test func pruningByInputsKeepsItsCountsAndZeros() throws {
    let network = TestNetworks.seedShaped(filters: 2, units: 16)
    var random = TestRandom(9)
    let images = ImageDataset(
      height: 28, width: 28,
      pixels: (0..<20 * 784).map { _ in UInt8.random(in: 0...255, using: &random) },
      labels: [UInt8](repeating: 0, count: 20))
    let context = CompressionContext(threads: 2) { images }
    for criterion in ["wanda", "obs"] {
      for rounding in ["nearest", "gptq", "adaround", "stochastic"] {
        let recipe = try Recipe(
          line: "prune.criterion=\(criterion) prune.sparsity=0.75 weights.bits=8 "
            + "weights.rounding=\(rounding) prune.scope=dense")
        let prepared = try Compressor.pruneAndTune(network, recipe, context: context)
        let kernel = prepared.kernels[1].tensor
        #expect(kernel.zeroCount == (criterion == "wanda" ? 16 * 254 : 4_056))
        let rounded = try Compressor.quantize(prepared, recipe, context: context)
        for (before, after) in zip(kernel.elements, rounded.network.kernels[1].tensor.elements)
        where before == 0 {
          #expect(after == 0)
        }
      }
    }
    #expect(throws: CompressionError.noImages) {
      try Compressor.compress(network, Recipe(line: "prune.criterion=obs prune.sparsity=0.5"))
    }
  }

  @Test func smoothingChangesNothingInFloat() throws {
    let network = TestNetworks.seedShaped(filters: 3, units: 8)
    var random = TestRandom(4)
    let images = ImageDataset(
      height: 28, width: 28,
      pixels: (0..<16 * 784).map { _ in UInt8.random(in: 0...255, using: &random) },
      labels: [UInt8](repeating: 0, count: 16))
    let smoothed = Smoother.smooth(
      network, alpha: 0.5, inputs: LayerInputs(network, images: images, count: 16))
    #expect(smoothed != network)
    let logits = [network, smoothed].map {
      InferencePlan($0).logits(of: images, in: 0..<16, threads: 1)
    }
    for (first, second) in zip(logits[0], logits[1]) {
      #expect(abs(first - second) <= 1e-3 * max(1, abs(first)))
    }
  }
}
