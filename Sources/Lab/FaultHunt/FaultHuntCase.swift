package import Compression
import NeuralNetwork
import RandomNumbers

/// One hidden fault: what a colleague wanted, and what the engine does instead.
package struct FaultHuntCase: Hashable, Sendable {
  /// The seed of the sequence that the case belongs to.
  package let seed: UInt64
  /// Its place in the sequence, from 0.
  package let number: Int
  /// What is wrong.
  package let fault: Fault
  /// What was meant to be done.
  package let intended: Recipe

  /// What is done.
  package var recipe: Recipe {
    var recipe = intended
    recipe.injection.fault = fault
    return recipe
  }

  /// Whether measuring it trains first.
  package var trains: Bool { intended.finetune.epochs > 0 }

  /// The probes that a case allows before the fault is named.
  package static let allowedProbes = 3

  /// Where the sequence of cases starts; the same for everybody, so that a case can be talked about.
  package static let sharedSeed: UInt64 = 14

  /// The faults that may be hidden.
  package static let faults = Fault.allCases.filter { $0 != .none }

  /// What a colleague may want, and the faults that show in it.
  package struct Intention: Sendable {
    /// The recipe.
    package let recipe: Recipe
    /// The faults that it may hide.
    package let faults: Set<Fault>

    fileprivate init?(_ line: String, _ faults: Set<Fault>) {
      guard let recipe = try? Recipe(line: line) else { return nil }
      self.recipe = recipe
      self.faults = faults
    }
  }

  private static let calibrations: Set<Fault> = [
    .unscaledCalibration, .blackCalibration, .oneClassCalibration,
  ]

  /// What colleagues want: between them they give occasion for every fault.
  package static let intentions = [
    Intention(
      "prune.pattern=2:4 weights.bits=8 activations.bits=8",
      calibrations.union([
        .int16Accumulator, .int8Bias, .saturatedBias, .scale128, .channelFirstFlatten,
        .transposedPattern,
      ])),
    Intention(
      "prune.pattern=2:4 weights.bits=8 weights.scheme=asymmetric activations.bits=8",
      calibrations.union([
        .int8Bias, .channelFirstFlatten, .shiftedZeroPoint, .transposedPattern,
      ])),
    Intention(
      "prune.sparsity=0.8 weights.bits=8 activations.bits=8 finetune.epochs=1",
      [
        .droppedMask, .int16Accumulator, .int8Bias, .saturatedBias, .scale128,
        .channelFirstFlatten,
      ]),
    // At two bits training decides whether the network works at all.
    Intention(
      "weights.bits=2 activations.bits=8 finetune.epochs=1 finetune.mode=qat",
      [.noGradient, .int8Bias, .channelFirstFlatten]),
  ].compactMap { $0 }

  /// The case of that place in a sequence.
  ///
  /// Every fault comes once in each round of the sequence, in a random order, and never twice in a row.
  package init(seed: UInt64, number: Int) {
    precondition(number >= 0, "Cases are numbered from 0.")
    self.seed = seed
    self.number = number
    let count = Self.faults.count
    let fault = Self.faults[Self.order(seed: seed, round: number / count)[number % count]]
    self.fault = fault
    let fitting = Self.intentions.filter { $0.faults.contains(fault) }.map(\.recipe)
    let quick = fitting.filter { $0.finetune.epochs == 0 }
    // Training takes time, so that it is rare where the fault does without; but it is no sign of one of
    // the faults that need it.
    var numbers = SplitMix64(seed: seed &+ UInt64(number) &* 0x9e37_79b9)
    let isQuick = !quick.isEmpty && (number == 0 || numbers.nextIndex(below: 4) > 0)
    let choices = isQuick ? quick : fitting
    intended = choices.isEmpty ? Recipe() : choices[numbers.nextIndex(below: choices.count)]
  }

  /// The order of the faults in a round, which does not begin with the last of the round before.
  private static func order(seed: UInt64, round: Int) -> [Int] {
    var numbers = SplitMix64(seed: seed)
    var order: [Int] = []
    for _ in 0...round {
      let last = order.last
      order = numbers.shuffled(Array(0..<faults.count))
      if order.first == last { order.swapAt(0, order.count - 1) }
    }
    return order
  }
}
