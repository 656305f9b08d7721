import Foundation
import NeuralNetwork
import Testing

@testable import Commands

@Suite struct BenchTests {
  private func report(times: [Double]) -> BenchReport {
    var report = BenchReport(instructionSet: "some instructions", isQuick: false)
    report.addCeiling("peak", unit: "GFLOP/s", threads: 1, speeds: [90, 100, 80])
    report.addTime(
      "work", unit: "ms", threads: 1, seconds: times, dividedBy: 10, work: (5, "peak"))
    report.addTime("work", unit: "s", threads: 2, seconds: [3, 1], work: (5, "peak"))
    report.add("size", unit: "MB", threads: 1, values: [7])
    return report
  }

  @Test func figuresHaveMedianSpreadAndShare() throws {
    let report = report(times: [0.4, 0.1, 0.2, 0.3, 0.25])
    let peak = try #require(report.figure("peak", threads: 1))
    #expect([peak.median, peak.least, peak.greatest] == [90, 80, 100])
    #expect(peak.share == nil)
    let work = try #require(report.figure("work", threads: 1))
    #expect([work.median, work.least, work.greatest] == [25, 10, 40])
    // 5 Gop in 0.25 s are 20 a second: a fifth of the best 100.
    #expect(work.share.map { abs($0 - 0.2) < 1e-12 } == true)
    #expect(work.ceiling == "peak")
    #expect(work.runs == 5)
    // There is no ceiling for two threads.
    let other = try #require(report.figure("work", threads: 2))
    #expect(other.share == nil)
    #expect(other.median == 2)
    #expect(report.figure("size", threads: 2) == nil)
  }

  @Test func tableAndComparisonNameEveryFigure() {
    let (now, before) = (report(times: [0.1, 0.1, 0.1]), report(times: [0.2, 0.2, 0.2]))
    for line in ["peak", "work", "size", "GFLOP/s", "50 % of peak"] {
      #expect(now.table.contains(line), "\(line)")
    }
    let lines = now.comparison(with: before).split(separator: "\n")
    #expect(lines.count == 5)
    #expect(lines.contains { $0.hasPrefix("work") && $0.hasSuffix("2.00×") })
    #expect(lines.contains { $0.hasPrefix("peak") && $0.hasSuffix("1.00×") })
  }

  @Test func reportsComeBackFromTheirFiles() throws {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("bench-tests-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let file = folder.appendingPathComponent("report.json").path
    let report = report(times: [0.5, 0.25, 0.75])
    try report.json().write(toFile: file, atomically: true, encoding: .utf8)
    #expect(try BenchReport(file: file) == report)

    try "{}".write(toFile: file, atomically: true, encoding: .utf8)
    for bad in [file, file + "-missing"] {
      let failure = #expect(throws: CommandFailure.self) { try BenchReport(file: bad) }
      #expect(failure?.status == ExitStatus.badData)
      #expect(failure?.description.hasPrefix(bad) == true)
      // It is refused before anything is measured.
      #expect(throws: CommandFailure.self) { try BenchCommand.run(["--compare", bad]) }
    }
  }

  @Test(arguments: [["--runs", "4"], ["--threads", "0"], ["--fast"], ["word"]])
  func wrongWordsAreRefused(_ words: [String]) {
    let failure = #expect(throws: CommandFailure.self) { try BenchCommand.run(words) }
    #expect(failure?.status == ExitStatus.usage)
  }

  @Test func ceilingsCountTheirOperations() {
    // Two multiply-adds a lane and step; the counts do not depend on the machine.
    #expect(
      MachineCeilings.multiplyAddFloats(threads: 2)
        == 2 * MachineCeilings.multiplyAddFloats(threads: 1))
    #expect(
      MachineCeilings.multiplyAddBytes(threads: 1)
        == 4 * MachineCeilings.multiplyAddFloats(threads: 1))
    #expect(MachineCeilings.Memory(bytes: 1 << 20).read(threads: 2) == Double(1 << 20))
  }
}
