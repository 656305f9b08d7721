import NeuralNetwork
import Testing

@testable import Compression

@Suite struct CalibrationFaultTests {
  private static let images: ImageDataset = {
    var random = TestRandom(3)
    return ImageDataset(
      height: 28, width: 28,
      pixels: (0..<40 * 784).map { _ in UInt8.random(in: 0...255, using: &random) },
      labels: (0..<40).map { UInt8($0 % 5 + 1) })
  }()

  private func greatest(_ fault: Fault) throws -> [String: Float] {
    let images = fault.calibrationImages(of: Self.images, count: 16)
    let statistics = try #require(
      ActivationCalibrator.statistics(
        of: TestNetworks.seedShaped(filters: 4, units: 6), on: images, count: 16,
        hasDistribution: false, threads: 1))
    return Dictionary(
      uniqueKeysWithValues: statistics.names.map { ($0, statistics.greatest(at: $0) ?? -1) })
  }

  @Test func unscaledPixelsReach255() throws {
    let (right, wrong) = (try greatest(.none), try greatest(.unscaledCalibration))
    #expect(right["input"] == 1 && wrong["input"] == 255)
    // Nearly proportional: only the biases are not.
    for site in ["conv2d", "dense"] {
      let ratio = (wrong[site] ?? 0) / (right[site] ?? 1)
      #expect(ratio > 100 && ratio < 500)
    }
  }

  @Test func blackImagesShowTheBiasesAlone() throws {
    let wrong = try greatest(.blackCalibration)
    let bias = TestNetworks.seedShaped(filters: 4, units: 6).parameters[1].tensor.elements
    #expect(wrong["input"] == 0)
    #expect(wrong["conv2d"] == max(0, bias.max() ?? 0))
  }

  @Test func oneClassIsTheFirstOne() {
    let images = Fault.oneClassCalibration.calibrationImages(of: Self.images, count: 6)
    #expect(images.count == 6 && images.labels.allSatisfy { $0 == 1 })
    #expect(images.image(1) == Self.images.image(5)[...].withBase(784))
    #expect(Fault.oneClassCalibration.calibrationImages(of: Self.images, count: 100).count == 8)
  }
}

extension ArraySlice<UInt8> {
  /// The same bytes at other indices, as a slice of another array has them.
  fileprivate func withBase(_ base: Int) -> ArraySlice<UInt8> {
    ([UInt8](repeating: 0, count: base) + self)[base...]
  }
}
