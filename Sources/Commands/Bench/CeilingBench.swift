import NeuralNetwork

/// Measures what the machine can do at most, which all other figures are held against.
enum CeilingBench {
  /// Float multiply-adds in registers.
  static let floats = "fp32 peak"
  /// Products of bytes in registers.
  static let bytes = "int8 peak"
  /// Reading memory that no cache holds.
  static let memory = "memory read"

  static func run(_ report: inout BenchReport, threads: [Int], clock: BenchClock) {
    let memoryBlock = MachineCeilings.Memory(bytes: 256 << 20)
    for threads in threads {
      var operations = 0.0
      func speeds(_ work: () -> Double) -> [Double] {
        clock.times { operations = work() }.map { operations / $0 / 1e9 }
      }
      report.addCeiling(
        floats, unit: "GFLOP/s", threads: threads,
        speeds: speeds { MachineCeilings.multiplyAddFloats(threads: threads) })
      report.addCeiling(
        bytes, unit: "GOP/s", threads: threads,
        speeds: speeds { MachineCeilings.multiplyAddBytes(threads: threads) })
      report.addCeiling(
        memory, unit: "GB/s", threads: threads,
        speeds: speeds { memoryBlock.read(threads: threads) })
    }
  }
}
