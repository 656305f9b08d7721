import Compression
import Lab
import NeuralNetwork

/// One hidden fault: what a colleague wanted, and what the engine does instead.
struct SabotageCase: Hashable, Sendable {
  /// The seed of the sequence that the case belongs to.
  let seed: UInt64
  /// Its place in the sequence, from 0.
  let number: Int
  /// What is wrong.
  let fault: Fault
  /// What was meant to be done.
  let intended: Recipe

  /// What is done.
  var recipe: Recipe {
    var recipe = intended
    recipe.disturbance.fault = fault
    return recipe
  }

  /// Whether measuring it trains first.
  var trains: Bool { intended.finetune.epochs > 0 }

  /// The faults that may be hidden.
  static let faults = Fault.allCases.filter { $0 != .none }

  /// What colleagues want: between them they give occasion for every fault.
  static let intentions = [
    "prune.pattern=2:4 weights.bits=8 activations.bits=8",
    "prune.pattern=2:4 weights.bits=8 weights.scheme=asymmetric activations.bits=8",
    "prune.sparsity=0.8 weights.bits=2 activations.bits=8 finetune.epochs=1 finetune.mode=qat",
  ].compactMap { try? Recipe(line: $0) }

  /// The case of that place in a sequence.
  ///
  /// Every fault comes once in each round of the sequence, in a random order, and never twice in a row.
  init(seed: UInt64, number: Int) {
    precondition(number >= 0, "Cases are numbered from 0.")
    self.seed = seed
    self.number = number
    let count = Self.faults.count
    let fault = Self.faults[Self.order(seed: seed, round: number / count)[number % count]]
    self.fault = fault
    // A fault that only training can have makes the learner wait; others are hidden where there is none.
    let fitting = Self.intentions.filter { intention in
      var recipe = intention
      recipe.disturbance.fault = fault
      return (try? recipe.checkCombination()) != nil
    }
    let quick = fitting.filter { $0.finetune.epochs == 0 }
    let choices = quick.isEmpty ? fitting : quick
    var numbers = SplitMix64(seed: seed &+ UInt64(number) &* 0x9e37_79b9)
    intended = choices.isEmpty ? Recipe() : choices[numbers.nextIndex(below: choices.count)]
  }

  /// The order of the faults in a round, which does not begin with the last of the round before.
  private static func order(seed: UInt64, round: Int) -> [Int] {
    var numbers = SplitMix64(seed: seed)
    var order: [Int] = []
    for _ in 0...round {
      let last = order.last
      order = numbers.permutation(of: faults.count)
      if order.first == last { order.swapAt(0, order.count - 1) }
    }
    return order
  }
}
