import Foundation

/// A program that runs to its end without a terminal.
///
/// Foundation's `Process` lets programs that start at the same time inherit one another's
/// descriptors. A server that stays then keeps a stranger's pipe open, and whoever reads that pipe
/// waits for ever. Here a program gets its three streams, as files, and nothing else.
enum Subprocess {
  /// What a finished program left behind.
  struct Result {
    /// The exit status, or 128 and the signal's number.
    var status: Int
    /// What it wrote to standard output.
    var output: String
    /// What it wrote to standard error.
    var errors: String
  }

  /// Runs a program and waits for its end.
  ///
  /// - Parameters:
  ///   - path: The program's path.
  ///   - arguments: Its arguments, without its name.
  ///   - environment: All of its environment.
  ///   - input: What it reads from standard input.
  ///   - folder: A folder for the files of its streams, which are removed.
  static func run(
    _ path: String, _ arguments: [String], environment: [String: String], input: String = "",
    folder: URL
  ) throws -> Result {
    let stem = folder.appendingPathComponent(UUID().uuidString).path
    let files = [".in", ".out", ".err"].map { stem + $0 }
    defer { for file in files { unlink(file) } }
    try Data(input.utf8).write(to: URL(fileURLWithPath: files[0]))

    let process = try start(
      path, arguments, environment: environment, output: files[1], errors: files[2]
    ) { posix_spawn_file_actions_addopen(&$0, 0, files[0], O_RDONLY, 0) }
    var status: Int32 = 0
    while waitpid(process, &status, 0) < 0 && errno == EINTR { continue }
    let signal = Int(status & 0x7F)
    return Result(
      status: signal == 0 ? Int((status >> 8) & 0xFF) : 128 + signal,
      output: try read(files[1]), errors: try read(files[2]))
  }

  /// Starts a program and returns its process, for the caller to wait for.
  ///
  /// - Parameters:
  ///   - path: The program's path.
  ///   - arguments: Its arguments, without its name.
  ///   - environment: All of its environment.
  ///   - output: The file for its standard output.
  ///   - errors: The file for its standard error.
  ///   - input: Adds what makes its standard input.
  static func start(
    _ path: String, _ arguments: [String], environment: [String: String], output: String,
    errors: String, input: (inout posix_spawn_file_actions_t) -> Void
  ) throws -> pid_t {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    input(&actions)
    posix_spawn_file_actions_addopen(&actions, 1, output, O_WRONLY | O_CREAT, 0o600)
    posix_spawn_file_actions_addopen(&actions, 2, errors, O_WRONLY | O_CREAT, 0o600)
    // Closing what is not open is no error here.
    for descriptor in 3..<Int32(256) {
      posix_spawn_file_actions_addclose(&actions, descriptor)
    }

    // Test runners block and ignore signals, which a program would inherit.
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var signals = sigset_t()
    sigemptyset(&signals)
    posix_spawnattr_setsigmask(&attributes, &signals)
    sigfillset(&signals)
    posix_spawnattr_setsigdefault(&attributes, &signals)
    posix_spawnattr_setflags(
      &attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))

    var process: pid_t = 0
    var failure: Int32 = 0
    withStrings([path] + arguments) { arguments in
      withStrings(environment.map { "\($0)=\($1)" }) { environment in
        failure = posix_spawn(&process, path, &actions, &attributes, arguments, environment)
      }
    }
    guard failure == 0 else {
      throw POSIXError(POSIXErrorCode(rawValue: failure) ?? .EINVAL)
    }
    return process
  }

  private static func read(_ path: String) throws -> String {
    String(decoding: try Data(contentsOf: URL(fileURLWithPath: path)), as: UTF8.self)
  }

  /// Lends strings to C as an array that a null pointer ends.
  private static func withStrings(
    _ strings: [String], _ body: ([UnsafeMutablePointer<CChar>?]) -> Void
  ) {
    let copies = strings.map { strdup($0) }
    defer { for copy in copies { free(copy) } }
    body(copies + [nil])
  }
}
