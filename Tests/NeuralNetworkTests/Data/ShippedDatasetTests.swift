import Foundation
import NeuralNetwork
import Testing

/// The files in the repository's Content folder.
@Suite struct ShippedDatasetTests {
  private static let folder = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().appendingPathComponent("../../../Content/datasets/fashion-mnist")
    .standardizedFileURL.path

  /// The data set's authors made every class equally frequent: 6,000 and 1,000 images of each.
  ///
  /// The first labels are those of the original files.
  @Test func holdAllImagesOfEveryClass() throws {
    let training = try FashionMNIST.training(in: Self.folder)
    let test = try FashionMNIST.test(in: Self.folder + "/")
    for (dataset, count) in [(training, 6000), (test, 1000)] {
      let counts = dataset.labels.reduce(into: [Int](repeating: 0, count: 10)) {
        $0[Int($1)] += 1
      }
      #expect(counts == [Int](repeating: count, count: 10))
      #expect(dataset.pixels.count == 10 * count * 784)
    }
    #expect(training.labels.prefix(5) == [9, 0, 0, 3, 0])
    #expect(test.labels.prefix(5) == [9, 2, 1, 1, 6])
  }
}
