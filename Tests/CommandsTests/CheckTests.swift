import BundledContent
import Curriculum
import Testing

@testable import Commands

/// The command `nibble check`.
@Suite struct CheckTests {
  @Test func theLessonsNameOnlySettingsLayersAndQuantitiesThatTheLabKnows() throws {
    let content = try BundledContent.locate(explicit: nil)
    let faults = Linter.check(
      contentDirectory: content, vocabulary: CheckCommand.vocabulary,
      recipeKeys: CheckCommand.recipeComplaint)
    #expect(faults.map(\.description) == [])
  }
}
