import NeuralNetwork
import Testing

@testable import Compression

@Suite struct ActivationCalibratorTests {
  private let network = TestNetworks.seedShaped(filters: 4, units: 6)

  private func images(_ count: Int, seed: UInt64 = 1) -> ImageDataset {
    var random = TestRandom(seed)
    return ImageDataset(
      height: 28, width: 28,
      pixels: (0..<count * 784).map { _ in UInt8.random(in: 0...200, using: &random) },
      labels: [UInt8](repeating: 0, count: count))
  }

  private func values(_ images: ImageDataset, _ count: Int) -> [String: [Float]] {
    var values: [String: [Float]] = [:]
    InferencePlan(network).visitActivations(of: images, in: 0..<count) { site, block in
      values[site, default: []] += block
    }
    return values
  }

  @Test func onlyTheFirstImagesCountAndThreadsDoNot() throws {
    let images = images(300)
    let one = try #require(
      ActivationCalibrator.statistics(
        of: network, on: images, count: 290, hasDistribution: true, threads: 1))
    let three = try #require(
      ActivationCalibrator.statistics(
        of: network, on: images, count: 290, hasDistribution: true, threads: 3))
    #expect(one.names == ["conv2d", "dense", "input"])
    let expected = values(images, 290)
    for site in one.names {
      #expect(one.greatest(at: site) == expected[site]?.max())
    }
    for range in [ActivationRange.minimumToMaximum, .percentile(99.9), .leastSquaredError] {
      #expect(one.grids(bits: 4, range: range) == three.grids(bits: 4, range: range))
    }
  }

  @Test func theScaleIsTheRangeOverTheLevels() throws {
    let images = images(10)
    let statistics = try #require(
      ActivationCalibrator.statistics(
        of: network, on: images, count: 10, hasDistribution: false, threads: 1))
    for bits in [2, 8, 16] {
      let grids = statistics.grids(bits: bits, range: .minimumToMaximum)
      for (site, grid) in grids {
        #expect(grid.levels == (1 << bits) - 1)
        #expect(grid.scale == (statistics.greatest(at: site) ?? 0) / Float(grid.levels))
      }
    }
    #expect(statistics.grids(bits: 32, range: .minimumToMaximum).isEmpty)
  }

  @Test func percentilesAreThoseOfAllValues() throws {
    let images = images(20)
    let statistics = try #require(
      ActivationCalibrator.statistics(
        of: network, on: images, count: 20, hasDistribution: true, threads: 2))
    for (site, values) in values(images, 20) {
      let keys = values.map(OrderStatistic.magnitudeKey)
      for percentile in [50, 90, 99, 99.9, 100] {
        let exact = keys.withUnsafeBufferPointer {
          OrderStatistic.percentile(percentile, of: $0) { Float(bitPattern: $0) }
        }
        let scale = statistics.grids(bits: 8, range: .percentile(percentile))[site]?.scale ?? 0
        #expect(abs(scale * 255 - exact) <= exact * 6.2e-5 + 1e-6, "\(site) \(percentile)")
      }
    }
  }

  @Test func theSquaredErrorSearchBeatsMinMax() throws {
    let images = images(20)
    let statistics = try #require(
      ActivationCalibrator.statistics(
        of: network, on: images, count: 20, hasDistribution: true, threads: 2))
    for (site, values) in values(images, 20) {
      func error(_ range: ActivationRange) throws -> Double {
        let grid = try #require(statistics.grids(bits: 2, range: range)[site])
        return values.reduce(0.0) { sum, value in
          let difference = Double(value - grid.rounded(value))
          return sum + difference * difference
        }
      }
      #expect(try error(.leastSquaredError) <= error(.minimumToMaximum) * 1.001)
    }
  }

  @Test func blackImagesGiveAGridThatClipsEverything() throws {
    let black = ImageDataset(
      height: 28, width: 28, pixels: [UInt8](repeating: 0, count: 784), labels: [0])
    let statistics = try #require(
      ActivationCalibrator.statistics(
        of: network, on: black, count: 5, hasDistribution: true, threads: 2))
    for range in [ActivationRange.minimumToMaximum, .percentile(99), .leastSquaredError] {
      let grid = try #require(statistics.grids(bits: 8, range: range)["input"])
      #expect(grid.rounded(1) < 1e-30)
    }
  }

  @Test func cancellingReturnsNothing() {
    #expect(
      ActivationCalibrator.statistics(
        of: network, on: images(3), count: 3, hasDistribution: false, threads: 1,
        isCancelled: { true }) == nil)
  }
}
