import Curriculum
import Foundation
import Localization

/// A content folder that is removed when the value goes away.
final class TemporaryContent {
  /// The folder's path.
  let path: String

  /// Writes the given files; keys are paths such as `en/01-sample.md`.
  init(_ files: [String: String]) throws {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("curriculum-\(UUID().uuidString)")
    path = folder.path
    for (name, text) in files {
      let file = folder.appendingPathComponent(name)
      try FileManager.default.createDirectory(
        at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(text.utf8).write(to: file)
    }
  }

  deinit {
    try? FileManager.default.removeItem(atPath: path)
  }

  /// The two sample lessons.
  static let samples = [
    "en/01-sample.md": SampleLesson.english, "zh-Hans/01-sample.md": SampleLesson.chinese,
  ]

  /// The sample lessons with the kinds of items that were not in the first ones.
  static let recallSamples = [
    "en/02-recall.md": RecallLesson.english, "zh-Hans/02-recall.md": RecallLesson.chinese,
  ]

  /// Makes a folder of the recall samples in which a text of one file is replaced.
  static func recallSamples(
    replacing old: String, with new: String, in name: String
  ) throws -> TemporaryContent {
    var files = recallSamples
    let text = files[name] ?? ""
    precondition(text.contains(old), "The sample holds the text to be replaced.")
    files[name] = text.replacing(old, with: new, maxReplacements: 1)
    return try TemporaryContent(files)
  }

  /// Makes a folder of the two samples in which a text of one file is replaced.
  static func samples(
    replacing old: String, with new: String, in name: String
  ) throws -> TemporaryContent {
    var files = samples
    let text = files[name] ?? ""
    precondition(text.contains(old), "The sample holds the text to be replaced.")
    files[name] = text.replacing(old, with: new, maxReplacements: 1)
    return try TemporaryContent(files)
  }

  /// The linter's faults without the folder's path.
  func lint(
    thresholds: Linter.Thresholds = Linter.Thresholds(questions: 1, quizItems: 1, experiments: 1),
    recipeKeys: Linter.RecipeCheck = { _, _ in nil }
  ) -> [String] {
    Linter.check(
      contentDirectory: path, thresholds: thresholds, vocabulary: .sample, recipeKeys: recipeKeys
    ).map { $0.description.replacing(path + "/", with: "") }
  }
}

extension NetworkVocabulary {
  /// What the samples may say of the network.
  static let sample = NetworkVocabulary(
    kernels: ["conv2d/kernel", "dense/kernel"],
    claimable: ["accuracy", "flips", "sparsity", "bytes.csr16", "sqnr@KERNEL"],
    guessable: ["speedup.int8"], plots: ["curve", "histogram"])
}
