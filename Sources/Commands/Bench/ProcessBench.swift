import Foundation

/// Times the program itself, started anew for every run.
struct ProcessBench {
  /// The program's own file.
  let executable: String
  /// The folder with lessons, data and model.
  let content: String
  let runs: Int

  func run(_ report: inout BenchReport, threads: Int) throws {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("nibble-bench-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    var seconds: [Double] = []
    var reads: [Double] = []
    for move in 0...runs {
      guard
        let frame = try FirstFrame.measure(
          executable: executable, content: content, folder: folder)
      else { break }
      // The first start warms the system's file cache and makes the progress file.
      guard move > 0 else { continue }
      seconds.append(frame.seconds)
      if let bytes = frame.bytesRead { reads.append(Double(bytes) / 1e6) }
    }
    if !seconds.isEmpty {
      report.addTime("start to first frame", unit: "ms", threads: threads, seconds: seconds)
    }
    if !reads.isEmpty {
      report.add("read before the first frame", unit: "MB", threads: threads, values: reads)
    }
    let peaks = try (0..<runs).compactMap { _ in try peakMemory() }
    if !peaks.isEmpty {
      report.add("peak memory of a measurement", unit: "MB", threads: threads, values: peaks)
    }
  }

  /// The most megabytes that a measurement with both data sets in use holds at once.
  private func peakMemory() throws -> Double? {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: executable)
    process.arguments = [
      "measure", "--content", content, "--set", "weights.bits=8", "--set", "activations.bits=8",
    ]
    process.standardOutput = FileHandle.nullDevice
    try process.run()
    var peak: Double?
    // The system keeps the highest value, so that the last look before the end is enough.
    while process.isRunning {
      if let known = Self.highWaterMark(of: process.processIdentifier) { peak = known }
      usleep(2_000)
    }
    process.waitUntilExit()
    return process.terminationStatus == 0 ? peak : nil
  }

  /// The peak resident memory of a process in megabytes, where the system tells it.
  private static func highWaterMark(of process: Int32) -> Double? {
    guard let status = try? String(contentsOfFile: "/proc/\(process)/status", encoding: .utf8)
    else { return nil }
    for line in status.split(separator: "\n") where line.hasPrefix("VmHWM:") {
      return line.split(separator: " ").dropFirst().first.flatMap { Double($0) }.map {
        $0 * 1024 / 1e6
      }
    }
    return nil
  }
}
