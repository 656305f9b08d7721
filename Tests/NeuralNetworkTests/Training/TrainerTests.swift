import RandomNumbers
import Testing

@testable import NeuralNetwork

@Suite struct TrainerTests {
  /// Images whose label is the brightest quarter, under noise.
  private static func quarters(count: Int, side: Int, seed: UInt64) -> ImageDataset {
    var generator = SplitMix64(seed: seed)
    var pixels: [UInt8] = []
    var labels: [UInt8] = []
    for _ in 0..<count {
      let label = generator.nextIndex(below: 4)
      labels.append(UInt8(label))
      for y in 0..<side {
        for x in 0..<side {
          let quarter = (y < side / 2 ? 0 : 2) + (x < side / 2 ? 0 : 1)
          pixels.append(UInt8(generator.nextIndex(below: 150) + (quarter == label ? 100 : 0)))
        }
      }
    }
    return ImageDataset(height: side, width: side, pixels: pixels, labels: labels)
  }

  /// Trains to the end.
  private func train(
    _ network: Network, on dataset: ImageDataset, options: TrainingOptions,
    progress: (TrainingProgress) -> Void = { _ in }
  ) throws -> Network {
    let trained = Trainer.train(
      network, on: dataset, options: options, isCancelled: { false }, progress: progress)
    return try #require(trained)
  }

  /// A network that only the reference operations take: it has no pooling.
  private static let unusual = Network(
    inputShape: [4, 4, 1],
    layers: [
      Flatten(),
      Dense(
        name: "only", kernel: Tensor(zeros: [16, 4]), bias: Tensor(zeros: [4]),
        activation: .linear),
    ])

  /// 203 images in batches of 32 end in a ragged batch of 11, which has a ragged tile too.
  @Test(arguments: [[32, 128], [5, 20], [17, 33]])
  func weightsDoNotDependOnThreads(_ size: [Int]) throws {
    let dataset = Self.quarters(count: 203, side: 12, seed: 81)
    let network = BaselineCNN.make(
      seed: 82, imageSide: 12, filters: size[0], hidden: size[1], classes: 4)
    let results = try [1, 2, 3].map { threads in
      try train(
        network, on: dataset, options: TrainingOptions(epochs: 2, seed: 83, threads: threads))
    }
    #expect(results[1] == results[0])
    #expect(results[2] == results[0])
    #expect(results[0] != network)
  }

  @Test func weightsDependOnTheSeed() throws {
    let dataset = Self.quarters(count: 60, side: 8, seed: 84)
    let network = BaselineCNN.make(seed: 85, imageSide: 8, filters: 4, hidden: 8, classes: 4)
    let trained = try [1, 1, 2].map { seed in
      try train(
        network, on: dataset,
        options: TrainingOptions(epochs: 1, batchSize: 7, seed: seed, threads: 1))
    }
    #expect(trained[0] == trained[1])
    #expect(trained[0] != trained[2])
  }

  /// One step of the fast kernels against one of the reference, for batches around the tiles' rows.
  ///
  /// Adam divides a gradient by its own size, so a weight whose gradient is zero but for rounding
  /// moves by up to the rate either way; all but a few must agree closely.
  @Test(arguments: [1, 2, 7, 8, 9, 32, 33])
  func stepsAreThoseOfTheReference(_ batch: Int) throws {
    let dataset = randomDataset(height: 9, width: 8, count: batch, classes: 5, seed: 86)
    let network = randomConvNet(height: 9, width: 8, filters: 18, hidden: 21, classes: 5, seed: 87)
    let fast = try #require(FusedTraining(network, batchSize: batch))
    let slow = ReferenceTraining(network)
    for step in 1...3 {
      let rate = Adam(learningRate: 0.001).rate(atStep: step)
      let results = [fast as any BatchTraining, slow].map {
        $0.step(dataset, indices: ArraySlice(0..<batch), rate: rate, threads: 2)
      }
      #expect(abs(results[0].loss - results[1].loss) < 1e-3 * Double(batch))
      #expect(results[0].correct == results[1].correct)
    }
    let pairs = zip(fast.network.parameters, slow.network.parameters)
    for (a, b) in pairs {
      let differences = zip(a.tensor.elements, b.tensor.elements).map { abs($0 - $1) }
      // Three steps of at most 0.001 each way.
      #expect((differences.max() ?? 1) <= 0.006 + 1e-6)
      #expect(differences.filter { $0 > 1e-5 }.count <= differences.count / 50, "\(a.name)")
    }
  }

  @Test func learnsAnEasyTask() throws {
    let network = BaselineCNN.make(seed: 88, imageSide: 12, filters: 8, hidden: 16, classes: 4)
    var last: TrainingProgress?
    let trained = try train(
      network, on: Self.quarters(count: 640, side: 12, seed: 89),
      options: TrainingOptions(epochs: 6, learningRate: 0.005, threads: 2)
    ) { last = $0 }
    let test = Self.quarters(count: 200, side: 12, seed: 90)
    let predictions = InferencePlan(trained).predictions(of: test, in: 0..<200, threads: 1)
    #expect(zip(predictions, test.labels).filter { $0 == $1 }.count > 180)
    #expect(last?.epoch == 6)
    #expect(last?.imagesSeen == 640)
    #expect((last?.loss ?? 9) < 0.5)
    #expect((last?.accuracy ?? 0) > 0.9)
    #expect(last?.secondsLeft == 0)
  }

  @Test func otherNetworksTrainOnTheReference() throws {
    let dataset = Self.quarters(count: 300, side: 4, seed: 91)
    let options = [1, 2].map {
      TrainingOptions(epochs: 4, batchSize: 16, learningRate: 0.01, threads: $0)
    }
    let trained = try options.map {
      try train(Self.unusual, on: dataset, options: $0)
    }
    #expect(trained[0] == trained[1])
    let predictions = InferencePlan(trained[0]).predictions(of: dataset, in: 0..<300, threads: 1)
    #expect(zip(predictions, dataset.labels).filter { $0 == $1 }.count > 240)
  }

  @Test func cancellingEndsTheTrainingBeforeTheNextStep() {
    let dataset = Self.quarters(count: 64, side: 4, seed: 92)
    for allowed in [0, 1, 5] {
      var asked = 0
      let result = Trainer.train(
        Self.unusual, on: dataset, options: TrainingOptions(epochs: 3, batchSize: 16, threads: 1),
        isCancelled: {
          asked += 1
          return asked > allowed
        }, progress: { _ in })
      #expect(result == nil)
      #expect(asked == allowed + 1)
    }
  }

  @Test func noEpochsChangeNothing() throws {
    let dataset = Self.quarters(count: 5, side: 8, seed: 93)
    let network = BaselineCNN.make(seed: 94, imageSide: 8, filters: 4, hidden: 8, classes: 4)
    let options = TrainingOptions(epochs: 0, threads: 1)
    #expect(try train(network, on: dataset, options: options) == network)
  }

  /// Every epoch ends with a report, whatever the time between reports, and only when all images
  /// have been seen, those of a ragged last batch too.
  @Test(arguments: [16, 25, 49, 50, 200])
  func everyEpochIsReported(_ batchSize: Int) throws {
    var ends: [Int] = []
    _ = try train(
      Self.unusual, on: Self.quarters(count: 50, side: 4, seed: 95),
      options: TrainingOptions(epochs: 3, batchSize: batchSize, threads: 1)
    ) { progress in
      #expect(progress.imagesTotal == 50 && progress.epochs == 3)
      if progress.imagesSeen == progress.imagesTotal { ends.append(progress.epoch) }
    }
    #expect(ends == [1, 2, 3])
  }
}
