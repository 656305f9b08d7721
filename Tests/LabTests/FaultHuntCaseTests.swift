import Compression
import Lab
import Testing

/// The sequence of hidden faults.
@Suite struct FaultHuntCaseTests {
  @Test func everyFaultComesOnceARoundAndNeverTwiceInARowInARecipeThatAllowsIt() throws {
    for seed in [FaultHuntCase.sharedSeed, 1, 2] {
      let count = FaultHuntCase.faults.count
      let cases = (0..<5 * count).map { FaultHuntCase(seed: seed, number: $0) }
      for round in 0..<5 {
        #expect(Set(cases[round * count..<(round + 1) * count].map(\.fault)).count == count)
      }
      for (before, after) in zip(cases, cases.dropFirst()) { #expect(before.fault != after.fault) }
      for one in cases {
        #expect(one.recipe.injection.fault == one.fault)
        try one.recipe.checkCombination()
        #expect(one == FaultHuntCase(seed: seed, number: one.number))
      }
    }
    let orders = [1, 2].map { seed in
      (0..<12).map { FaultHuntCase(seed: seed, number: $0).fault }
    }
    #expect(orders[0] != orders[1])
  }

  @Test func everyFaultIsShownByAProbe() {
    for fault in FaultHuntCase.faults { #expect(!fault.tellingProbes.isEmpty, "\(fault)") }
  }
}
