import Compression
import Testing

@testable import Lab
@testable import TutorApp

/// What the learner keeps beside the lab.
@Suite struct LabWorkbenchTests {
  /// A measurement with so many of 100 images right and a shortest file of some bytes.
  private func measurement(_ line: String, right: Int, bytes: Int?) throws -> Lab.Measurement {
    let labels = (0..<100).map { UInt8($0 % 10) }
    let predictions = labels.enumerated().map { $0 < right ? $1 : ($1 + 1) % 10 }
    return Measurement(
      recipe: try Recipe(line: line),
      evaluation: Evaluation(
        predictions: predictions[...], baseline: labels[...], labels: labels[...], classes: 10),
      size: NetworkSize(
        sparsity: 0, parameters: 10, macs: 10,
        bytes: bytes.map { [.dense: $0 + 50, .gzip: $0] } ?? [:], layers: []),
      latency: [:], seconds: 0)
  }

  @Test func aPinnedRecipeTakesInWhatIsMeasuredOfItLater() throws {
    var workbench = LabWorkbench()
    workbench.fix(try measurement("weights.bits=4", right: 80, bytes: nil))
    workbench.note(try measurement("weights.bits=3", right: 70, bytes: 300))
    #expect(workbench.pin?.size.bytes.isEmpty == true)
    workbench.note(try measurement("weights.bits=4", right: 80, bytes: 400))
    #expect(workbench.pin?.size.bytes[.gzip] == 400)
    workbench.removePin()
    #expect(workbench.pin == nil && workbench.visited.all.count == 2)
  }
}
