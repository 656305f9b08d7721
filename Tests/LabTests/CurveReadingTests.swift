import Testing

@testable import Lab

/// What a curve of accuracy shows.
@Suite struct CurveReadingTests {
  private func reading(_ places: [(String, Double, Double?)]) -> CurveReading {
    CurveReading(
      places: places.map { .init(name: $0.0, accuracy: $0.1, expected: $0.2) }, baseline: 0.91,
      isOrdered: true)
  }

  @Test func itIsReadFromTheEndThatIsNearerToTheBaselineToTheOther() {
    // From 8 bits down, as the knob runs upwards: 1 bit lies above 2 bits.
    let bits = reading([
      ("1", 0.55, nil), ("2", 0.14, 0.137), ("3", 0.84, nil), ("4", 0.902, 0.88),
      ("8", 0.909, 0.91),
    ])
    #expect(bits.walk.map(\.name) == ["8", "4", "3", "2", "1"])
    #expect(bits.lastKept?.name == "4")
    #expect(bits.lowest?.name == "2")
    #expect(bits.largestRise?.from.name == "2" && bits.largestRise?.to.name == "1")
    #expect(bits.farthestFromExpected?.place.name == "4")
    let sparsity = reading([("0 %", 0.91, nil), ("50 %", 0.905, nil), ("90 %", 0.5, nil)])
    #expect(sparsity.walk.map(\.name) == ["0 %", "50 %", "90 %"])
    #expect(sparsity.largestRise == nil && sparsity.lastKept?.name == "50 %")
  }

  @Test func withoutPlacesThereIsNothingToRead() {
    let none = reading([])
    #expect(none.walk.isEmpty && none.lastKept == nil && none.lowest == nil)
    #expect(none.largestRise == nil && none.farthestFromExpected == nil)
  }
}
