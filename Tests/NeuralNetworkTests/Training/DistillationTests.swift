import RandomNumbers
import Testing

@testable import NeuralNetwork

@Suite struct DistillationTests {
  @Test(arguments: [(1.0, 0.3), (4.0, 0.9), (20.0, 1.0), (2.5, 0.0)])
  func theGradientIsThatOfTheLoss(temperature: Double, alpha: Double) {
    var generator = SplitMix64(seed: 31)
    let teacher = randomDoubles(7, from: &generator).map { 5 * $0 }
    let logits = randomDoubles(7, from: &generator).map { 5 * $0 }
    let result = Reference.distillation(
      logits: logits, teacher: teacher, label: 2, temperature: temperature, alpha: alpha)
    let error = gradientError(
      of: {
        Reference.distillation(
          logits: $0, teacher: teacher, label: 2, temperature: temperature, alpha: alpha
        ).loss
      }, at: logits, gradient: result.dLogits)
    #expect(error < 1e-8)
  }

  @Test func trainingComputesTheReference() {
    var generator = SplitMix64(seed: 32)
    let teacher = randomFloats(30, from: &generator).map { 6 * $0 }
    let distillation = Distillation(
      teacherLogits: teacher, classes: 10, temperature: 4, alpha: 0.75)
    for image in 0..<3 {
      let logits = FloatBuffer(randomFloats(10, from: &generator).map { 6 * $0 })
      let dLogits = FloatBuffer(count: 10)
      let loss = distillation.lossAndGradient(
        logits: logits.base, image: image, label: image, share: 0.125, dLogits: dLogits.base)
      let expected = Reference.distillation(
        logits: logits.elements.map(Double.init),
        teacher: teacher[image * 10..<image * 10 + 10].map(Double.init), label: image,
        temperature: 4, alpha: 0.75)
      #expect(abs(loss - expected.loss) < 1e-4)
      #expect(largestDifference(expected.dLogits.map { $0 / 8 }, dLogits.elements) < 1e-6)
    }
  }

  private static let images = randomDataset(height: 12, width: 12, count: 64, classes: 4, seed: 8)
  private static let student = BaselineCNN.make(
    seed: 82, imageSide: 12, filters: 5, hidden: 19, classes: 4)
  private static let teacher = BaselineCNN.make(
    seed: 83, imageSide: 12, filters: 5, hidden: 19, classes: 4)

  private static func tune(_ rules: FineTuningRules, threads: Int = 2) throws -> Network {
    try #require(
      FineTuner.tune(
        student, on: images, rules: rules,
        options: TrainingOptions(epochs: 10, batchSize: 16, threads: threads),
        isCancelled: { false }, progress: { _ in }))
  }

  private static func rules(alpha: Float) -> FineTuningRules {
    var rules = FineTuningRules()
    rules.distillation = Distillation(
      teacher: teacher, on: images, temperature: 2, alpha: alpha, threads: 2)
    return rules
  }

  @Test func aTeacherWithoutWeightChangesNothing() throws {
    #expect(try Self.tune(Self.rules(alpha: 0)) == Self.tune(FineTuningRules()))
  }

  @Test func aStudentComesCloserToItsTeacher() throws {
    func distance(_ network: Network) -> Double {
      let range = 0..<Self.images.count
      let student = InferencePlan(network).logits(of: Self.images, in: range, threads: 1)
      let teacher = InferencePlan(Self.teacher).logits(of: Self.images, in: range, threads: 1)
      return range.reduce(0) { sum, image in
        func softened(_ logits: [Float]) -> [Float] {
          Reference.softmaxCrossEntropyForward(
            logits: logits[image * 4..<image * 4 + 4].map { $0 / 2 }, label: 0
          ).probabilities
        }
        return sum + Reference.divergence(of: softened(student), from: softened(teacher))
      }
    }
    let distilled = try Self.tune(Self.rules(alpha: 1))
    #expect(distance(distilled) < 0.3 * distance(Self.student))
    #expect(try distilled == Self.tune(Self.rules(alpha: 1), threads: 1))
  }
}
