import RandomNumbers
import Testing
import VectorLanes

@testable import NeuralNetwork

@Suite struct GenericTrainingTests {
  /// Every gradient against finite differences of the readable network in double precision.
  @Test(arguments: [(12, 5, 19, 11), (11, 16, 16, 8), (11, 3, 17, 3)])
  func gradientsAreThoseOfTheLoss(side: Int, filters: Int, points: Int, images: Int) throws {
    let network = randomChannelNetwork(side: side, filters: filters, points: points, seed: 61)
    let dataset = randomDataset(height: side, width: side, count: images, classes: 4, seed: 62)
    let training = GenericTraining(network, batchSize: images)
    let result = training.computeGradients(dataset, indices: Array(0..<images)[...], threads: 2)
    let reference = ReferenceBatch(network: network, dataset: dataset)
    let point = reference.parameters
    let expectedLoss = try reference.loss(point)
    #expect(abs(result.loss / Double(images) - expectedLoss) < 1e-5)
    let trained = network.parameters.filter { !$0.isStatistic }
    #expect(Set(trained.map(\.name)) == Set(training.gradients.keys))
    for parameter in trained {
      let gradient = try #require(training.gradients[parameter.name])
      let channels = parameter.tensor.shape.last ?? 1
      let stride = roundedUp(channels, to: laneCount)
      // Some of each parameter, evenly spread: a finite difference runs the whole batch twice.
      let count = parameter.tensor.count
      for place in Swift.stride(from: 0, to: count, by: max(1, count / 9)) {
        var moved = point
        moved[parameter.name]?[place] += 1e-5
        let above = try reference.loss(moved)
        moved[parameter.name]?[place] -= 2e-5
        let expected = (above - (try reference.loss(moved))) / 2e-5
        let found = Double(gradient[place / channels * stride + place % channels])
        // Single precision sums; a bias before a normalization has a gradient of exactly zero.
        #expect(
          abs(found - expected) < 2e-5 + 1e-3 * abs(expected), "\(parameter.name) \(place)")
      }
    }
  }

  @Test func theWeightsDoNotDependOnTheThreads() throws {
    let network = randomChannelNetwork(seed: 63)
    let dataset = randomDataset(height: 12, width: 12, count: 45, classes: 4, seed: 64)
    func trained(threads: Int) -> Network? {
      Trainer.train(
        network, on: dataset, options: TrainingOptions(epochs: 3, batchSize: 16, threads: threads),
        isCancelled: { false }, progress: { _ in })
    }
    let one = try #require(trained(threads: 1))
    #expect(one == trained(threads: 2) && one == trained(threads: 5))
    #expect(one != network)
  }

  /// Images of four classes with a bright quarter each: any network that learns, learns them.
  @Test func itLearnsWithAndWithoutNormalizations() throws {
    var generator = SplitMix64(seed: 65)
    let labels = (0..<120).map { _ in UInt8(generator.nextIndex(below: 4)) }
    let pixels = labels.flatMap { label in
      (0..<144).map { place -> UInt8 in
        let quarter = place / 12 / 6 * 2 + place % 12 / 6
        return UInt8(generator.nextIndex(below: 120)) + (quarter == Int(label) ? 100 : 0)
      }
    }
    let dataset = ImageDataset(height: 12, width: 12, pixels: pixels, labels: labels)
    let network = DepthwiseNetwork.make(
      seed: 3, imageSide: 12, filters: 12, points: 24, classes: 4)
    for start in [network, network.foldingBatchNormalization] {
      let trained = try #require(
        Trainer.train(
          start, on: dataset,
          options: TrainingOptions(epochs: 60, batchSize: 24, learningRate: 0.005, threads: 2),
          isCancelled: { false }, progress: { _ in }))
      let predictions = InferencePlan(trained).predictions(of: dataset, in: 0..<120, threads: 2)
      #expect(zip(predictions, labels).count { $0 == $1 } > 114)
    }
  }

  @Test func fineTuningKeepsZerosAndListensToATeacher() throws {
    var network = randomChannelNetwork(seed: 66).foldingBatchNormalization
    let teacher = network
    for kernel in network.kernels {
      var tensor = kernel.tensor
      for index in stride(from: 0, to: tensor.count, by: 2) { tensor.elements[index] = 0 }
      network.setParameter(kernel.name, to: tensor)
    }
    let dataset = randomDataset(height: 12, width: 12, count: 48, classes: 4, seed: 67)
    var rules = FineTuningRules()
    rules.keepsZeros = true
    rules.distillation = Distillation(
      teacher: teacher, on: dataset, temperature: 2, alpha: 1, threads: 2)
    let tuned = try #require(
      FineTuner.tune(
        network, on: dataset, rules: rules,
        options: TrainingOptions(epochs: 60, batchSize: 16, threads: 2), isCancelled: { false },
        progress: { _ in }))
    for (before, after) in zip(network.kernels, tuned.kernels) {
      for (old, new) in zip(before.tensor.elements, after.tensor.elements) {
        #expect((old == 0) == (new == 0))
      }
    }
    // The mean divergence of the softened answers, which is what the loss holds.
    func distance(_ network: Network) -> Double {
      let (student, master) = (
        InferencePlan(network).logits(of: dataset, in: 0..<48, threads: 1),
        InferencePlan(teacher).logits(of: dataset, in: 0..<48, threads: 1)
      )
      return (0..<48).reduce(0) { sum, image in
        func softened(_ logits: [Float]) -> [Double] {
          Reference.softmaxCrossEntropyForward(
            logits: logits[image * 4..<image * 4 + 4].map { Double($0) / 2 }, label: 0
          ).probabilities
        }
        return sum + Reference.divergence(of: softened(student), from: softened(master)) / 48
      }
    }
    #expect(distance(tuned) < 0.5 * distance(network))
  }
}
