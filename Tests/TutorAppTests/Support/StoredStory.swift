import Curriculum
import Foundation
import Localization
import Study
import TerminalCanvas

@testable import TutorApp

/// A story whose interviews, attempts and statistics go to a store and come back from it.
struct StoredStory {
  /// The learner and the screen.
  var story: Story
  /// The store.
  let store: ProgressStore

  /// Opens the tutor at home on a store.
  init(
    store: ProgressStore, width: Int = 80, height: Int = 24, language: Language = .english,
    glyphs: Preferences.Glyphs = .unicode, library: CourseLibrary? = nil
  ) throws {
    self.store = store
    story = try Story(
      width: width, height: height, language: language, glyphs: glyphs, library: library)
    try story.read(store)
  }

  /// Presses keys and lets the store do what they ask for.
  mutating func press(_ keys: Key...) throws {
    for key in keys {
      story.press(key)
      try carryOut()
    }
  }

  /// Types a text.
  mutating func type(_ text: String) throws {
    story.type(text)
    try carryOut()
  }

  /// Lets time go by.
  mutating func wait(_ seconds: Double) throws {
    story.wait(seconds)
    try carryOut()
  }

  /// Carries out what was asked of the store since the last time.
  mutating func carryOut() throws { try story.carryOut(with: store) }
}

/// A folder that is gone with its last reference.
final class TemporaryFolder {
  let path: String

  init() throws {
    path =
      FileManager.default.temporaryDirectory
      .appendingPathComponent("nibble-tutor-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit {
    try? FileManager.default.removeItem(atPath: path)
  }

  /// The store in the folder, opened anew.
  func store() throws -> ProgressStore {
    try ProgressStore.open(path: path + "/progress.sqlite", now: 1_700_000_000).store
  }
}
