import Localization
import NeuralNetwork
import Testing

@Suite struct FashionMNISTTests {
  private static let imageHeader = idxHeader([3, 28, 28])
  private static let pixels = (0..<3 * 784).map { UInt8(truncatingIfNeeded: $0 &* 31) }
  private static let labelBytes: [UInt8] = idxHeader([3]) + [0, 9, 4]

  /// Reads a test set of the given unpacked files; nil leaves a file out.
  private func read(
    images: [UInt8]? = Self.imageHeader + Self.pixels, labels: [UInt8]? = Self.labelBytes
  ) throws -> Result<ImageDataset, IDXError> {
    try read(packedImages: images.map(gzip), packedLabels: labels.map(gzip))
  }

  private func read(
    packedImages: [UInt8]?, packedLabels: [UInt8]?, suffix: String = ".gz"
  ) throws -> Result<ImageDataset, IDXError> {
    let folder = try TemporaryFolder()
    if let packedImages {
      _ = try folder.write(packedImages, to: "t10k-images-idx3-ubyte" + suffix)
    }
    if let packedLabels {
      _ = try folder.write(packedLabels, to: "t10k-labels-idx1-ubyte" + suffix)
    }
    do {
      return .success(try FashionMNIST.test(in: folder.path))
    } catch let error as IDXError {
      #expect(error.file.hasPrefix(folder.path))
      #expect(!error.description.contains("\n"))
      return .failure(error)
    }
  }

  private func problem(_ result: Result<ImageDataset, IDXError>) -> IDXError.Problem? {
    if case .failure(let error) = result { error.problem } else { nil }
  }

  @Test func readsImagesAndLabels() throws {
    let dataset = try read().get()
    #expect(dataset.count == 3)
    #expect(dataset.labels == [0, 9, 4])
    #expect(Array(dataset.image(1)) == Array(Self.pixels[784..<1568]))
  }

  @Test func namesEveryFault() throws {
    let images = Self.imageHeader + Self.pixels
    #expect(problem(try read(images: nil)) == .missing)
    #expect(problem(try read(labels: nil)) == .missing)
    #expect(
      problem(try read(packedImages: Array("PK".utf8), packedLabels: Self.labelBytes))
        == .gzip(.notGzip))
    #expect(
      problem(
        try read(packedImages: gzip(images).dropLast(9), packedLabels: gzip(Self.labelBytes)))
        == .gzip(.truncated))
    #expect(
      problem(try read(images: images.dropLast(5)))
        == .truncated(expected: 16 + 3 * 784, found: 11 + 3 * 784))
    #expect(
      problem(try read(images: Array(images.prefix(9)))) == .truncated(expected: 16, found: 9))
    #expect(
      problem(try read(images: images + [1])) == .gzip(.oversized(limit: 16 + 3 * 784)))
    #expect(
      problem(
        try read(packedImages: gzip(images) + [0], packedLabels: gzip(Self.labelBytes)))
        == .gzip(.trailingBytes(1)))
    #expect(
      problem(try read(images: Self.labelBytes)) == .wrongMagic(expected: 0x803, found: 0x801))
    #expect(
      problem(try read(images: idxHeader([3, 28, 27]) + Self.pixels))
        == .wrongDimensions(expected: [28, 28], found: [28, 27]))
    #expect(
      problem(try read(labels: idxHeader([2]) + [0, 9])) == .countsDiffer(images: 3, labels: 2))
    #expect(
      problem(try read(labels: idxHeader([3]) + [0, 10, 4]))
        == .wrongLabel(found: 10, index: 1, classes: 10))
    #expect(
      problem(try read(images: idxHeader([0, 28, 28]))) == .wrongCount(found: 0, limit: 1_000_000))
  }

  @Test func plainFilesAreReadTooAndCheckedAlike() throws {
    let images = Self.imageHeader + Self.pixels
    for suffix in [".gz", ""] {
      let dataset = try read(
        packedImages: images, packedLabels: Self.labelBytes, suffix: suffix
      ).get()
      #expect(dataset.count == 3 && dataset.pixels == Self.pixels)
    }
    func fault(_ images: [UInt8]) throws -> IDXError.Problem? {
      problem(try read(packedImages: images, packedLabels: Self.labelBytes, suffix: ""))
    }
    #expect(try fault(images + [1]) == .trailingBytes(1))
    #expect(
      try fault(images.dropLast(5)) == .truncated(expected: 16 + 3 * 784, found: 11 + 3 * 784))
    #expect(try fault([0, 0, 8]) == .truncated(expected: 16, found: 3))
    #expect(
      try fault(idxHeader([1_000_000, 28, 28]))
        == .truncated(expected: 784_000_016, found: 16))
    #expect(
      try fault(idxHeader([3, 32, 32]) + Self.pixels)
        == .wrongDimensions(expected: [28, 28], found: [32, 32]))
  }

  @Test func whateverByteIsChangedAFileIsReadOrRefused() throws {
    let folder = try TemporaryFolder()
    let labels = try folder.write(Self.labelBytes, to: "t10k-labels-idx1-ubyte")
    for index in 0..<16 {
      for value: UInt8 in [0, 1, 3, 8, 28, 127, 255] {
        var images = Self.imageHeader + Self.pixels
        images[index] = value
        let path = try folder.write(images, to: "t10k-images-idx3-ubyte")
        do {
          #expect(try FashionMNIST.test(in: folder.path).count == 3)
        } catch let error as IDXError {
          #expect([path, labels].contains(error.file))
        }
      }
    }
  }

  @Test func aHostileHeaderCannotAskForMuchMemory() throws {
    #expect(
      problem(try read(images: idxHeader([0xffff_ffff, 28, 28]) + Self.pixels))
        == .wrongCount(found: 0xffff_ffff, limit: 1_000_000))
    #expect(
      problem(try read(images: idxHeader([1_000_000, 28, 28]) + Self.pixels))
        == .truncated(expected: 784_000_016, found: 16 + 3 * 784))
  }

  @Test func messagesSayWhatIsWrongAndWhatIsAllowed() throws {
    #expect(
      IDXError(file: "a.gz", problem: .wrongMagic(expected: 0x803, found: 0x801)).description
        == "a.gz: wrong magic number: 0x00000803 expected, 0x00000801 found")
    #expect(
      IDXError(file: "b.gz", problem: .wrongLabel(found: 12, index: 7, classes: 10)).description
        == "b.gz: label 12 of image 7 is not a class (0 to 9)")
    #expect(
      IDXError(file: "c.gz", problem: .gzip(.truncated)).description
        == "c.gz: the gzip data is truncated")
    #expect(
      IDXError(file: "d.gz", problem: .wrongDimensions(expected: [28, 28], found: [32, 28]))
        .description == "d.gz: wrong image size: 28×28 expected, 32×28 found")
  }

  @Test func foldersAreNotFiles() throws {
    #expect(throws: IDXError(file: "/", problem: .unreadable("not a regular file"))) {
      try IDXFile.labels(at: "/", classes: 10)
    }
  }
}
