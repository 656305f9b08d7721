import BundledContent
import Curriculum
import Testing

@testable import Commands

@Suite("nibble check")
struct CheckTests {
  @Test("The lessons name only settings, layers and quantities that the lab knows")
  func vocabulary() throws {
    let content = try BundledContent.locate(explicit: nil)
    let faults = Linter.check(
      contentDirectory: content, vocabulary: CheckCommand.vocabulary,
      recipeKeys: CheckCommand.recipeComplaint)
    #expect(faults.map(\.description) == [])
  }
}
