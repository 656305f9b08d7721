import Foundation
import Testing

@testable import BundledContent

/// A temporary folder that is removed when the test is over.
private final class Sandbox {
  let root: URL

  init() throws {
    root = FileManager.default.temporaryDirectory.resolvingSymlinksInPath()
      .appendingPathComponent("nibble-content-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: root, withIntermediateDirectories: true)
  }

  deinit {
    try? FileManager.default.removeItem(at: root)
  }

  func path(_ relative: String) -> String {
    root.appendingPathComponent(relative).path
  }

  @discardableResult func folder(_ relative: String) throws -> String {
    try FileManager.default.createDirectory(
      atPath: path(relative), withIntermediateDirectories: true)
    return path(relative)
  }

  @discardableResult func file(_ relative: String) throws -> String {
    try folder((relative as NSString).deletingLastPathComponent)
    try Data().write(to: URL(fileURLWithPath: path(relative)))
    return path(relative)
  }
}

@Suite struct ContentLocatorTests {
  @Test func whatTheUserNamesCountsFirst() throws {
    let sandbox = try Sandbox()
    let mine = try sandbox.folder("mine")
    let other = try sandbox.folder("other")
    try sandbox.folder("package/Content/en")
    let checkout = sandbox.path("package")
    #expect(
      try ContentLocator(explicit: mine, environment: other, checkout: checkout).locate() == mine)
    #expect(try ContentLocator(environment: other, checkout: checkout).locate() == other)
    #expect(
      try ContentLocator(environment: "", checkout: checkout).locate() == checkout + "/Content")
  }

  @Test func whatTheUserNamesIsNeverReplaced() throws {
    let sandbox = try Sandbox()
    try sandbox.folder("package/Content/en")
    let file = try sandbox.file("mine.md")
    #expect(throws: ContentLocationError.notAFolder(path: file, source: .option)) {
      try ContentLocator(explicit: file, checkout: sandbox.path("package")).locate()
    }
    #expect(throws: ContentLocationError.notAFolder(path: "/no/such", source: .environment)) {
      try ContentLocator(environment: "/no/such", checkout: sandbox.path("package")).locate()
    }
  }

  @Test(arguments: [
    "nibble_BundledContent.resources/Content", "nibble_BundledContent.bundle/Content",
    "nibble_BundledContent.bundle/Contents/Resources/Content",
  ])
  func bundlesBesideTheExecutableAreFound(bundle: String) throws {
    let sandbox = try Sandbox()
    let executable = try sandbox.file("build/nibble")
    try sandbox.folder("build/" + bundle + "/datasets")
    try sandbox.folder("share/nibble/Content/en")
    try sandbox.folder("package/Content/en")
    let located = try ContentLocator(executable: executable, checkout: sandbox.path("package"))
      .locate()
    #expect(located == sandbox.path("build/" + bundle))
  }

  @Test func anInstalledProgramIsFollowedThroughLinks() throws {
    let sandbox = try Sandbox()
    let executable = try sandbox.file("opt/bin/nibble")
    try sandbox.folder("opt/share/nibble/Content/en")
    try sandbox.folder("home/bin")
    let link = sandbox.path("home/bin/nibble")
    try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: executable)
    #expect(
      try ContentLocator(executable: link).locate() == sandbox.path("opt/share/nibble/Content"))
  }

  @Test func foldersWithoutLessonsOrDataDoNotCount() throws {
    let sandbox = try Sandbox()
    let executable = try sandbox.file("opt/bin/nibble")
    try sandbox.folder("opt/share/nibble/Content")
    try sandbox.folder("opt/bin/other_Module.resources/Content/en")
    try sandbox.folder("package/Content/datasets")
    let located = try ContentLocator(executable: executable, checkout: sandbox.path("package"))
      .locate()
    #expect(located == sandbox.path("package/Content"))
  }

  @Test func failureSaysWhereItLooked() throws {
    let error = #expect(throws: ContentLocationError.self) {
      try ContentLocator(executable: "/no/bin/nibble", checkout: "/no/source").locate()
    }
    #expect(
      error?.description
        == "the folder Content was not found; looked at /no/bin/*BundledContent*, "
        + "/no/share/nibble/Content, /no/source/Content; name it with --content DIR or "
        + "NIBBLE_CONTENT")
    #expect(
      ContentLocationError.notAFolder(path: "a\u{1B}b", source: .option).description
        == "--content names 'a?b', which is not a folder")
  }

  @Test func theRunningProgramFindsTheContentOfThePackage() throws {
    let path = try BundledContent.locate(explicit: nil)
    #expect(
      FileManager.default.fileExists(atPath: path + "/datasets/fashion-mnist/LICENSE"))
  }
}
