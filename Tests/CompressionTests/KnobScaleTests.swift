import Testing

@testable import Compression

@Suite struct KnobScaleTests {
  private func knob(_ name: String, _ line: String = "") throws -> KnobScale {
    KnobScale(try #require(Knob.named(name)), for: try Recipe(line: line))
  }

  @Test func stepsOfSparsityLandOnTheGridAndStopAtTheEnds() throws {
    let knob = try knob("prune.sparsity")
    #expect(knob.value(from: "0", steps: 1) == "0.01")
    #expect(knob.value(from: "0.28", steps: 1) == "0.29")
    #expect(knob.value(from: "0.93", steps: -1, coarse: true) == "0.9")
    #expect(knob.value(from: "0.93", steps: 1, coarse: true) == "0.99")
    #expect(knob.value(from: "0.3", steps: 1, coarse: true) == "0.4")
    #expect(knob.value(from: "0", steps: -1) == "0")
    #expect(knob.value(from: "0.99", steps: 5) == "0.99")
  }

  @Test func placesOfSparsityGoThereAndBack() throws {
    let knob = try knob("prune.sparsity")
    for hundredths in 0...99 {
      let value = RecipeNumber.text(Double(hundredths) / 100)
      #expect(knob.value(at: knob.fraction(of: value)) == value)
    }
    #expect(knob.value(at: -1) == "0" && knob.value(at: 2) == "0.99")
  }

  @Test func discretePositionsGoThereAndBack() throws {
    for key in Knob.all where !key.positions.isEmpty {
      let knob = KnobScale(key, for: Recipe())
      for position in knob.positions {
        #expect(knob.value(at: knob.fraction(of: position)) == position)
      }
      #expect(knob.value(from: knob.positions[0], steps: -1) == knob.positions[0])
      #expect(knob.value(from: knob.positions[0], steps: 1) == knob.positions[1])
    }
  }

  @Test func aValueThatIsNotOfferedGetsAPlaceOfItsOwn() throws {
    let groups = try knob("weights.granularity", "weights.granularity=group:48")
    #expect(groups.positions.last == "group:48")
    let samples = try knob("activations.samples", "activations.samples=100")
    #expect(samples.positions.firstIndex(of: "100") == 4)
    #expect(samples.value(from: "100", steps: 1) == "256")
    let rank = try knob("factorize.rank", "factorize.rank=3")
    #expect(rank.positions.firstIndex(of: "3") == 3)
    let rate = try knob("finetune.rate", "finetune.rate=0.0005")
    #expect(rate.value(from: "0.0005", steps: 1) == "0.001")
    #expect(rate.value(from: "0.0005", steps: -1) == "0.0003")
  }
}
