import Curriculum
import Localization
import RandomNumbers
import Study
import TerminalCanvas
import Testing

@testable import TutorApp

/// Random keys on the screens of interview, challenges and statistics.
@Suite struct RandomKeyStories {
  private static let keys: [Key] =
    [
      .up, .down, .left, .right, .enter, .escape, .home, .end, .pageUp, .pageDown, .tab,
      .backspace, .delete, .control("s"), .control("o"), .control("w"), .function(1),
      .shiftLeft, .shiftRight, .wordLeft, .wordRight, .deleteWordLeft, .deleteWordRight,
    ] + "ictqxauehrv 12量".map(Key.character)

  @Test(arguments: 1...6)
  func whateverIsPressedTheScreenKeepsItsSizeAndTheStoreItsAnswers(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    var story = try StoredStory(
      store: try .inMemory(), width: seed.isMultiple(of: 2) ? 80 : 132,
      height: seed.isMultiple(of: 3) ? 44 : 24,
      language: seed.isMultiple(of: 2) ? .simplifiedChinese : .english)
    var reports = 0
    for _ in 0..<250 {
      // q on the home screen would end the tutor, so the three screens are entered from there.
      if story.story.model.screens.count == 1 {
        try story.press(
          [.character("i"), .character("c"), .character("t")][random.nextIndex(below: 3)])
      }
      try story.press(Self.keys[random.nextIndex(below: Self.keys.count)])
      if random.nextIndex(below: 5) == 0 { try story.wait(Double(random.nextIndex(below: 90))) }
      #expect(story.story.rows.count == story.story.model.size.height)
      let kept = try story.store.interviewReports().count
      #expect(kept >= reports)
      reports = kept
    }
  }
}
