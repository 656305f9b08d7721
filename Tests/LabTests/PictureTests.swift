import Compression
import NeuralNetwork
import Testing

@testable import Lab

/// Pictures of a compressed network.
@Suite struct PictureTests {
  private func laboratory(filters: Int = 4, hidden: Int = 8) -> Laboratory {
    Laboratory(
      network: LabSupport.network(filters: filters, hidden: hidden), test: LabSupport.images(20),
      threads: 1
    ) { LabSupport.images(16, seed: 9) }
  }

  @Test func aMaskHasTheZerosOfTheRunningNetwork() throws {
    let laboratory = laboratory()
    for line in [
      "prune.sparsity=0.7", "weights.bits=2 weights.granularity=tensor", "prune.pattern=2:4",
      "factorize.rank=3", "prune.pattern=filter prune.sparsity=0.5 factorize.rank=3",
    ] {
      let recipe = try Recipe(line: line)
      for kernel in try laboratory.compressed(recipe).network.kernels {
        let mask = try laboratory.mask(of: kernel.name.text, under: recipe)
        let removed = mask.isZero.count - kernel.tensor.count
        #expect(mask.zeros == kernel.tensor.zeroCount + removed, "\(line) \(kernel.name)")
      }
    }
  }

  @Test func ofEveryFourInputsOfAnOutputTwoAreZero() throws {
    let mask = try laboratory().mask(
      of: "dense/kernel", under: Recipe(line: "prune.pattern=2:4"))
    for column in 0..<mask.columns {
      for start in stride(from: 0, to: mask.rows, by: 4) {
        let zeros = (start..<start + 4).count { mask.isZero[$0 * mask.columns + column] }
        #expect(zeros == 2)
      }
    }
    let turned = mask.turned
    #expect(turned.rows == mask.columns && turned.zeros == mask.zeros && turned.turned == mask)
    #expect(
      (0..<8).allSatisfy { turned.isZero[mask.rows + $0] == mask.isZero[$0 * mask.columns + 1] })
    #expect(mask.shares(across: mask.rows / 4, down: mask.columns).allSatisfy { $0 == 0.5 })
  }

  @Test func filtersAndNeuronsThatLeftAreWholeColumnsAndRowsOfTheNextKernel() throws {
    let laboratory = laboratory()
    for (pattern, first, second) in [
      ("filter", "conv2d/kernel", "dense/kernel"), ("neuron", "dense/kernel", "dense_1/kernel"),
    ] {
      // What is left after fine-tuning is found as well.
      for more in ["", " weights.bits=4", " finetune.epochs=1"] {
        let recipe = try Recipe(line: "prune.pattern=\(pattern) prune.sparsity=0.5\(more)")
        let mask = try laboratory.mask(of: first, under: recipe)
        let next = try laboratory.mask(of: second, under: recipe)
        #expect(mask.removedColumns == mask.columns / 2)
        #expect(next.removedRows == next.rows / 2)
        let whole = try #require(laboratory.network.kernels.first { $0.name.text == first }).tensor
        let norms = (0..<mask.columns).map { column in
          (0..<mask.rows).reduce(Float(0)) {
            $0 + whole.elements[$1 * mask.columns + column].magnitude
          }
        }
        let gone = (0..<mask.columns).filter { column in
          (0..<mask.rows).allSatisfy { mask.isZero[$0 * mask.columns + column] }
        }
        // The criterion is the L1 norm: those that left are the smallest.
        let smallest = norms.indices.sorted { norms[$0] < norms[$1] }.prefix(gone.count).sorted()
        #expect(gone.prefix(gone.count) == smallest[...])
        let rows = Set(
          (0..<next.rows).filter { row in
            (0..<next.columns).allSatisfy { next.isZero[row * next.columns + $0] }
          }.map { $0 % mask.columns })
        #expect(rows.isSuperset(of: smallest))
      }
    }
  }

  @Test func filtersStandAtTheirOldPlacesThoseThatLeftAreGone() throws {
    let laboratory = laboratory()
    let plain = try #require(try laboratory.filters(under: Recipe()))
    #expect(plain.before == plain.after.map { $0 ?? [] })
    #expect(plain.before.count == 4 && plain.height == 3 && plain.width == 3)
    let kernel = laboratory.network.kernels[0].tensor
    // The third weight of the second filter stands at 2 · 4 + 1 of the file's layout.
    #expect(plain.before[1][2] == kernel.elements[2 * 4 + 1])
    let cut = try #require(
      try laboratory.filters(under: Recipe(line: "prune.pattern=filter prune.sparsity=0.5")))
    #expect((0..<4).count { cut.isGone($0) } == 2)
    for (index, filter) in cut.after.enumerated() {
      #expect(filter == nil || filter == cut.before[index])
    }
    #expect(cut.limit == kernel.elements.map(\.magnitude).max())
  }

  @Test func featureMapsAreThoseOfTheNetworksThatRunAndSoAreTheProbabilities() throws {
    let laboratory = laboratory()
    let plain = try #require(try laboratory.features(of: 3, under: Recipe()))
    #expect(plain.before == plain.after.map { $0 ?? [] })
    #expect((0..<4).allSatisfy { plain.change($0) == 0 })
    let predictions = try laboratory.baselinePredictions()
    let sure = try #require(plain.probabilitiesBefore.max())
    #expect(plain.probabilitiesBefore.firstIndex(of: sure) == Int(predictions[3]))
    #expect(abs(plain.probabilitiesBefore.reduce(0, +) - 1) < 1e-5)
    // By hand: the first value of the first map is the ReLU of nine products and the bias.
    let conv = try #require(laboratory.network.layers[0].weights)
    let image = Array(laboratory.test.image(3))
    var sum = conv.bias.elements[0]
    for row in 0..<3 {
      for column in 0..<3 {
        sum += Float(image[row * 28 + column]) / 255 * conv.kernel.elements[(row * 3 + column) * 4]
      }
    }
    #expect(abs(plain.before[0][0] - max(0, sum)) < 1e-5)

    let recipe = try Recipe(line: "prune.pattern=filter prune.sparsity=0.5 activations.bits=4")
    let cut = try #require(try laboratory.features(of: 3, under: recipe))
    #expect(cut.after.count { $0 == nil } == 2)
    let grid = try #require(try laboratory.activationGrids(for: recipe)["conv2d"])
    for case let map? in cut.after {
      #expect(map.allSatisfy { abs($0 / grid.scale - ($0 / grid.scale).rounded()) < 1e-3 })
    }
    for filter in 0..<4 where cut.after[filter] == nil {
      #expect(cut.change(filter) == 1 || cut.before[filter].allSatisfy { $0 == 0 })
    }
    #expect(throws: LabError.noSuchImage(20, available: 20)) {
      try laboratory.features(of: 20, under: Recipe())
    }
  }

  @Test func theBytesByPartAddUpToTheMeasuredLengths() throws {
    let laboratory = laboratory()
    let recipe = try Recipe(line: "weights.bits=4 prune.sparsity=0.8")
    let size = try laboratory.size(of: recipe)
    let breakdowns = try #require(
      try StoragePicture().content(in: laboratory, of: recipe) { false })
    #expect(breakdowns.map(\.format) == StorageFormat.allCases)
    for breakdown in breakdowns { #expect(breakdown.total == size.bytes[breakdown.format]) }
  }
}
