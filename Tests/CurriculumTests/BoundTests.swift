import Curriculum
import Testing

/// Conditions on numbers.
@Suite struct BoundTests {
  @Test func aBoundHoldsUpToRoundingAlone() {
    #expect(Bound.equals(value: 0.9098, tolerance: 0.0005).holds(for: 0.9103))
    #expect(!Bound.equals(value: 0.9098, tolerance: 0.0005).holds(for: 0.9104))
    #expect(Bound.atLeast(0.3).holds(for: 0.1 + 0.2))
    #expect(!Bound.atLeast(0.3).holds(for: 0.2999))
    #expect(Bound.atMost(0.3).holds(for: 0.1 + 0.2))
    #expect(!Bound.atMost(0.3).holds(for: 0.3001))
    #expect(Bound.atLeast(40).holds(for: .infinity))
    #expect(!Bound.equals(value: 40, tolerance: 1).holds(for: .infinity))
  }
}
