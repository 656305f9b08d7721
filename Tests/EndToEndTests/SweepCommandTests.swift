import Foundation
import Testing

/// `nibble sweep` as a process: in parts, killed, and driven by GNU parallel.
@Suite struct SweepCommandTests {
  private static let plan = [
    "sweep", "--vary", "weights.bits=2,4,8", "--vary", "prune.sparsity=0,0.5,0.9", "--images",
    "100", "--threads", "1",
  ]

  private static func lines(_ path: String) throws -> [String] {
    String(decoding: try Data(contentsOf: URL(fileURLWithPath: path)), as: UTF8.self)
      .split(separator: "\n").map(String.init)
  }

  @Test func wrongCommandLinesAreRefusedInOneLine() throws {
    for (arguments, message) in [
      (["sweep", "--shard", "5/4"], "--shard must be I/N with I from 1 to N, not '5/4'"),
      (["sweep", "--vary", "weights.bits"], "--vary has the form KEY=V1,V2,…, not weights.bits"),
      (
        ["sweep", "--preset", "bits", "--vary", "weights.bits=2"],
        "--preset has its own axes and takes no --vary"
      ),
      (
        ["sweep", "--vary", "weights.bits=9"],
        "weights.bits must be one of 1 … 8, 16, 32, not 9"
      ),
      (["sweep", "--out"], "--out needs a value: --out FILE"),
    ] {
      let result = try ProgramUnderTest.run(arguments)
      #expect(result.status == 2)
      #expect(result.output.isEmpty)
      #expect(result.errors == "nibble: \(message)\n")
    }
  }

  @Test func aListMeasuresNothing() throws {
    let result = try ProgramUnderTest.run(
      ["sweep", "--preset", "sparsity", "--list", "--shard", "2/7"])
    #expect(result.status == 0)
    // The eighth recipe of the plan begins the second half, where each layer is ranked by itself.
    #expect(result.output == "prune.sparsity=0.5\nprune.scope=layer prune.sparsity=0.5\n")
  }

  @Test func standardOutputAndAFileGetTheSameLines() throws {
    let folder = try ProgramUnderTest.temporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let path = folder.appendingPathComponent("lines.jsonl").path
    let printed = try ProgramUnderTest.run(Self.plan)
    #expect(printed.status == 0)
    #expect(printed.errors.isEmpty)
    #expect(try ProgramUnderTest.run(Self.plan + ["--out", path]).status == 0)
    #expect(try Self.lines(path) == printed.output.split(separator: "\n").map(String.init))
    #expect(try Self.lines(path).count == 9)
  }

  /// A run that is killed without warning and started again, three times over.
  @Test func killedSweepsGoOnWithoutLossOrRepetition() throws {
    let folder = try ProgramUnderTest.temporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let (whole, cut) = (
      folder.appendingPathComponent("whole").path, folder.appendingPathComponent("cut").path
    )
    let plan = "sweep --preset bits --images 400 --threads 1"
    let script = """
      set -u
      "$1" \(plan) --out "$2" || exit 10
      for count in 1 4 9; do
        "$1" \(plan) --out "$3" & process=$!
        until [ -f "$3" ] && [ "$(wc -l < "$3")" -ge $count ]; do
          kill -0 $process 2>/dev/null || exit 11
          sleep 0.01
        done
        kill -9 $process
        wait $process
        wc -l < "$3"
      done 2>/dev/null
      "$1" \(plan) --out "$3" || exit 12
      """
    let result = try Subprocess.run(
      "/bin/sh", ["-c", script, "sh", ProgramUnderTest.path, whole, cut],
      environment: ProgramUnderTest.cleanEnvironment(home: folder), folder: folder)
    #expect(result.status == 0, "\(result.errors)")
    let kept = result.output.split(whereSeparator: \.isWhitespace).compactMap { Int($0) }
    #expect(kept.count == 3 && kept == kept.sorted())
    #expect(kept.allSatisfy { $0 < 24 }, "The runs were killed before their end.")
    #expect(try Self.lines(cut) == Self.lines(whole))
    #expect(try Self.lines(whole).count == 24)
  }

  @Test(.enabled(if: GNUParallel.path != nil, "GNU parallel is not installed"))
  func parallelGetsTheSameLinesInFourShards() throws {
    let folder = try ProgramUnderTest.temporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let parallel = try #require(GNUParallel.path)
    let whole = folder.appendingPathComponent("whole.jsonl").path
    #expect(try ProgramUnderTest.run(Self.plan + ["--out", whole]).status == 0)
    let part = folder.appendingPathComponent("part-{}.jsonl").path
    let result = try Subprocess.run(
      parallel,
      ["--will-cite", "--jobs", "2", "--halt", "now,fail=1", ProgramUnderTest.path] + Self.plan
        + ["--shard", "{}/4", "--out", part, ":::", "1", "2", "3", "4"],
      environment: ProgramUnderTest.cleanEnvironment(home: folder), folder: folder)
    #expect(result.status == 0, "\(result.errors)")
    let parts = try (1...4).map {
      try Self.lines(folder.appendingPathComponent("part-\($0).jsonl").path)
    }
    #expect(parts.map(\.count) == [3, 2, 2, 2])
    #expect(parts.flatMap { $0 }.sorted() == (try Self.lines(whole)).sorted())
  }
}

/// GNU parallel, which other programs of that name are not.
private enum GNUParallel {
  static let path: String? = {
    let folders = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
    let found = folders.split(separator: ":").map { "\($0)/parallel" }
      .first { FileManager.default.isExecutableFile(atPath: $0) }
    guard let found, let folder = try? ProgramUnderTest.temporaryFolder() else { return nil }
    defer { try? FileManager.default.removeItem(at: folder) }
    let version = try? Subprocess.run(
      found, ["--version"], environment: ProgramUnderTest.cleanEnvironment(home: folder),
      folder: folder)
    return version?.output.hasPrefix("GNU parallel") == true ? found : nil
  }()
}
