import Foundation

/// The folder of lessons, data and models that ships with the package.
package enum BundledContent {
  /// Finds the folder `Content`, or the one that the user names instead.
  ///
  /// - Parameter explicit: The folder from the command line, if any.
  /// - Returns: The folder's absolute path.
  package static func locate(explicit: String?) throws(ContentLocationError) -> String {
    try ContentLocator(
      explicit: explicit,
      environment: ProcessInfo.processInfo.environment["NIBBLE_CONTENT"],
      executable: executablePath,
      checkout: checkoutPath
    ).locate()
  }

  /// Finds the folder `Content` that came with this program, whatever else the user names.
  package static func locateOwn() throws(ContentLocationError) -> String {
    try ContentLocator(executable: executablePath, checkout: checkoutPath).locate()
  }

  /// The running program's own path, or nil where the system does not tell.
  private static var executablePath: String? {
    Bundle.main.executablePath ?? CommandLine.arguments.first
  }

  /// The root of the package that this file was compiled in.
  private static var checkoutPath: String {
    URL(fileURLWithPath: #filePath)
      .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().path
  }
}

/// The rule by which the folder of lessons is found, free of the process that it runs in.
///
/// A folder that the user names is taken or refused. Otherwise the first of these counts: a
/// resource bundle beside the executable, `../share/nibble/Content` seen from the executable, and
/// the package's checkout. `Bundle.module` is not used, since it ends the process where the bundle
/// is missing.
package struct ContentLocator: Sendable {
  private let explicit: String?
  private let environment: String?
  private let executable: String?
  private let checkout: String?

  /// What holds resources beside an executable, by the names that build systems give it.
  private static let bundleSuffixes = [".resources", ".bundle"]
  private static let moduleName = "BundledContent"
  private static let folderName = "Content"

  /// Makes a locator.
  ///
  /// - Parameters:
  ///   - explicit: The folder from the command line, if any.
  ///   - environment: The value of NIBBLE_CONTENT; empty counts as unset.
  ///   - executable: The path of the program, which may be a symbolic link.
  ///   - checkout: The root of the package's source, if known.
  package init(
    explicit: String? = nil, environment: String? = nil, executable: String? = nil,
    checkout: String? = nil
  ) {
    self.explicit = explicit
    self.environment = environment
    self.executable = executable
    self.checkout = checkout
  }

  /// Finds the folder.
  package func locate() throws(ContentLocationError) -> String {
    if let explicit { return try named(explicit, .option) }
    if let environment, !environment.isEmpty { return try named(environment, .environment) }
    var searched: [String] = []
    for place in places() {
      if isContent(place) { return place }
      searched.append(place)
    }
    throw .notFound(searched: searched)
  }

  private func named(
    _ path: String, _ source: ContentLocationError.Source
  ) throws(ContentLocationError) -> String {
    guard isFolder(path) else { throw .notAFolder(path: path, source: source) }
    return URL(fileURLWithPath: path, isDirectory: true).standardizedFileURL.path
  }

  /// The places where the folder may be, in the order in which they count.
  private func places() -> [String] {
    var places: [String] = []
    if let executable {
      let folder = URL(fileURLWithPath: executable).resolvingSymlinksInPath()
        .deletingLastPathComponent()
      let bundles = bundles(in: folder)
      places += bundles
      if bundles.isEmpty { places.append(folder.path + "/*\(Self.moduleName)*") }
      places.append(
        folder.deletingLastPathComponent().appendingPathComponent("share/nibble/Content").path)
    }
    if let checkout { places.append(checkout + "/" + Self.folderName) }
    return places
  }

  /// The content folders of the resource bundles in a folder.
  ///
  /// Build systems name bundles after the package and the target, each in its own way and with its
  /// own suffix, so they are found by listing.
  private func bundles(in folder: URL) -> [String] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return
      names
      .filter { name in
        name.contains(Self.moduleName) && Self.bundleSuffixes.contains { name.hasSuffix($0) }
      }
      .sorted()
      .flatMap { name in
        [Self.folderName, "Contents/Resources/" + Self.folderName].map {
          folder.appendingPathComponent(name).appendingPathComponent($0).path
        }
      }
  }

  /// Whether a folder is the package's content: lessons or the data that they speak of.
  private func isContent(_ path: String) -> Bool {
    ["en", "datasets"].contains { isFolder(path + "/" + $0) }
  }

  private func isFolder(_ path: String) -> Bool {
    var isDirectory: ObjCBool = false
    return FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory)
      && isDirectory.boolValue
  }
}
