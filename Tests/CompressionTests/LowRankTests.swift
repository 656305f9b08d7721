import NeuralNetwork
import Testing

@testable import Compression

@Suite struct LowRankTests {
  private func product(_ first: Tensor, _ second: Tensor) -> [Float] {
    let (rows, rank, columns) = (first.shape[0], first.shape[1], second.shape[1])
    return (0..<rows * columns).map { index in
      (0..<rank).reduce(Float(0)) {
        $0 + first.elements[index / columns * rank + $1]
          * second.elements[$1 * columns + index % columns]
      }
    }
  }

  private func squaredError(_ a: [Float], _ b: [Float]) -> Double {
    zip(a, b).reduce(0) { $0 + Double($1.0 - $1.1) * Double($1.0 - $1.1) }
  }

  @Test func eigenvectorsDiagonaliseAndAreOrthonormal() {
    var random = TestRandom(4)
    let count = 17
    var matrix = [[Double]](repeating: [Double](repeating: 0, count: count), count: count)
    for row in 0..<count {
      for column in 0...row {
        matrix[row][column] = Double.random(in: -1...1, using: &random)
        matrix[column][row] = matrix[row][column]
      }
    }
    let eigen = SymmetricEigen(matrix: matrix)
    #expect(eigen.values == eigen.values.sorted(by: >))
    for (value, vector) in zip(eigen.values, eigen.vectors) {
      for row in 0..<count {
        let image = zip(matrix[row], vector).reduce(0) { $0 + $1.0 * $1.1 }
        #expect(abs(image - value * vector[row]) < 1e-12)
      }
      for (other, second) in eigen.vectors.enumerated() {
        let dot = zip(vector, second).reduce(0) { $0 + $1.0 * $1.1 }
        #expect(abs(dot - (eigen.vectors[other] == vector ? 1 : 0)) < 1e-12)
      }
    }
  }

  /// By hand: [[3, 0], [4, 5]] has the singular values √45 and √5 (Strang, Linear Algebra, section 7.2).
  @Test func singularValuesOfAKnownMatrix() {
    let decomposition = SingularValues(Tensor(shape: [2, 2], elements: [3, 0, 4, 5]))
    #expect(abs(decomposition.values[0] - 45.0.squareRoot()) < 1e-12)
    #expect(abs(decomposition.values[1] - 5.0.squareRoot()) < 1e-12)
  }

  @Test func factorsRebuildTheMatrixAndErrIsWhatIsCut() {
    var random = TestRandom(9)
    let matrix = random.tensor([40, 13])
    let decomposition = SingularValues(matrix)
    for rank in 1...13 {
      let factors = decomposition.factors(rank: rank)
      let error = squaredError(product(factors.first, factors.second), matrix.elements)
      // Eckart and Young: the least squared error is the sum of the squared values that were cut.
      let cut = decomposition.values.dropFirst(rank).reduce(0) { $0 + $1 * $1 }
      #expect(abs(error - cut) < 1e-6, "rank \(rank)")
    }
  }

  @Test func aMatrixOfLowRankIsRebuiltExactly() {
    var random = TestRandom(10)
    let (first, second) = (random.tensor([30, 3]), random.tensor([3, 12]))
    let matrix = Tensor(shape: [30, 12], elements: product(first, second))
    let factors = SingularValues(matrix).factors(rank: 3)
    #expect(squaredError(product(factors.first, factors.second), matrix.elements) < 1e-9)
    let zero = SingularValues(Tensor(zeros: [5, 4])).factors(rank: 2)
    #expect(zero.first.zeroCount == 10 && zero.second.zeroCount == 8)
  }

  @Test func theFirstDenseLayerBecomesTwo() throws {
    let network = TestNetworks.seedShaped(filters: 4, units: 20)
    let compressed = try Compressor.compress(
      network, try Recipe(line: "factorize.rank=6 weights.bits=4 weights.bits@dense=8"))
    let names = compressed.network.parameters.map(\.name)
    #expect(
      names == [
        "conv2d/kernel", "conv2d/bias", "dense_u/kernel", "dense_v/kernel", "dense_v/bias",
        "dense_1/kernel", "dense_1/bias",
      ])
    // 36 + 4 and 676·6 + 6·20 + 20 and 200 + 10.
    #expect(compressed.network.parameterCount == 40 + 4_196 + 210)
    #expect(compressed.network.macs == 26 * 26 * 36 + 676 * 6 + 6 * 20 + 200)
    #expect(compressed.kernels.map(\.bits) == [4, 8, 8, 4])
    let whole = try Compressor.compress(network, try Recipe(line: "factorize.rank=128"))
    #expect(whole.network.kernels[1].tensor.shape == [676, 20])
  }

  @Test(arguments: [
    "factorize.rank=8 prune.sparsity=0.5", "factorize.rank=8 finetune.epochs=1 finetune.mode=qat",
    "factorize.rank=8 weights.bits=4 weights.rounding=gptq",
    "factorize.rank=8 activations.smooth=0.5",
  ])
  func whatDoesNotGoTogetherIsRefused(line: String) throws {
    let recipe = try Recipe(line: line)
    #expect(throws: RecipeError.self) { try recipe.checkCombination() }
  }
}
