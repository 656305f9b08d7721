import Foundation

/// The program that the tests drive.
enum ProgramUnderTest {
  /// The path of the built program, which lies beside the test bundle.
  static let path: String = {
    let executable = Bundle.main.executableURL ?? URL(fileURLWithPath: CommandLine.arguments[0])
    let bundles = [executable] + Bundle.allBundles.map(\.bundleURL)
    let candidates = bundles.map {
      $0.resolvingSymlinksInPath().deletingLastPathComponent().appendingPathComponent("nibble").path
    }
    return candidates.first { FileManager.default.isExecutableFile(atPath: $0) } ?? "nibble"
  }()

  /// Runs the program without a terminal, in a home of its own, and waits for its end.
  ///
  /// - Parameters:
  ///   - arguments: The arguments.
  ///   - input: What it reads from standard input.
  ///   - environment: Variables on top of a clean environment.
  static func run(
    _ arguments: [String], input: String = "", environment: [String: String] = [:]
  ) throws -> Subprocess.Result {
    let home = try temporaryFolder()
    defer { try? FileManager.default.removeItem(at: home) }
    return try Subprocess.run(
      path, arguments,
      environment: cleanEnvironment(home: home).merging(["TERM": "xterm-256color"]) { $1 }
        .merging(environment) { $1 },
      input: input, folder: home)
  }

  /// A new temporary folder, for its user to remove.
  static func temporaryFolder() throws -> URL {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("nibble-test-\(UUID().uuidString.prefix(13))")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    return folder
  }

  /// An environment that depends on the machine's settings as little as can be.
  static func cleanEnvironment(home: URL) -> [String: String] {
    let inherited = ProcessInfo.processInfo.environment
    var environment = [
      "PATH": inherited["PATH"] ?? "/usr/bin:/bin",
      "HOME": home.path,
      "XDG_DATA_HOME": home.appendingPathComponent("data").path,
      "XDG_CONFIG_HOME": home.appendingPathComponent("config").path,
      "TMPDIR": home.path,
      "LANG": "C.UTF-8",
      "SHELL": "/bin/sh",
      // A crashed program on a terminal would otherwise wait for a key before it ends.
      "SWIFT_BACKTRACE": "enable=no",
    ]
    // Some toolchains keep their libraries where only this says.
    environment["LD_LIBRARY_PATH"] = inherited["LD_LIBRARY_PATH"]
    return environment
  }
}
