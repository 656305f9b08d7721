import Localization
import Testing

/// Numbers as text.
@Suite struct NumberTextTests {
  @Test(arguments: [
    (0.0, 0, "0"), (0.5, 0, "1"), (-0.5, 1, "-0.5"), (-0.04, 1, "0.0"), (90.805, 2, "90.81"),
    (1234.5, 2, "1234.50"), (0.001, 3, "0.001"), (9.999, 2, "10.00"), (.nan, 2, "nan"),
    (.infinity, 2, "inf"), (1e300, 2, "1e+300"), (3, 99, "3.000000000"), (2, -4, "2"),
  ])
  func fixed(value: Double, decimals: Int, expected: String) {
    #expect(NumberText.fixed(value, decimals: decimals) == expected)
  }

  @Test(arguments: [
    (0, "0"), (999, "999"), (1000, "1,000"), (693_962, "693,962"), (-1_234_567, "-1,234,567"),
    (Int.min, "-9,223,372,036,854,775,808"),
  ])
  func grouped(value: Int, expected: String) {
    #expect(NumberText.grouped(value) == expected)
  }
}
