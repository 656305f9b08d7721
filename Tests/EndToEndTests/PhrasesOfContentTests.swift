import Foundation
import Testing

/// The phrases of a content folder that a run is told of.
@Suite struct PhrasesOfContentTests {
  @Test func aContentFolderBringsItsPhrases() throws {
    let home = try ProgramUnderTest.temporaryFolder()
    defer { try? FileManager.default.removeItem(at: home) }
    let content = home.appendingPathComponent("Content")
    let chinese = content.appendingPathComponent("zh-Hans")
    try FileManager.default.createDirectory(at: chinese, withIntermediateDirectories: true)
    let own = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("Content")
    for name in ["en", "datasets", "models", "glossary.md"] {
      try FileManager.default.createSymbolicLink(
        at: content.appendingPathComponent(name),
        withDestinationURL: own.appendingPathComponent(name))
    }
    for file in try FileManager.default.contentsOfDirectory(
      at: own.appendingPathComponent("zh-Hans"), includingPropertiesForKeys: nil)
    where file.pathExtension == "md" {
      try FileManager.default.createSymbolicLink(
        at: chinese.appendingPathComponent(file.lastPathComponent), withDestinationURL: file)
    }
    try """
    msgid "All chapters"
    msgstr "每一章"
    """.write(
      to: chinese.appendingPathComponent("interface.po"), atomically: true, encoding: .utf8)
    let result = try ProgramUnderTest.run(
      ["stats", "--lang", "zh-Hans", "--content", content.path, "--db", home.path + "/p.sqlite"])
    #expect(result.status == 0, "\(result.errors)")
    #expect(result.output.contains("每一章"), "\(result.output)")
  }
}
