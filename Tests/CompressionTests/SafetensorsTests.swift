import Foundation
import Localization
import NeuralNetwork
import Testing

@testable import Compression

@Suite struct SafetensorsTests {
  private let network = TestNetworks.seedShaped(filters: 2, units: 3)

  private func file(_ header: String, _ floats: [Float]) -> [UInt8] {
    var writer = ByteWriter()
    writer.write(UInt32(header.utf8.count))
    writer.write(UInt32(0))
    writer.write(Array(header.utf8))
    writer.write(floats)
    return writer.bytes
  }

  private func message(_ bytes: [UInt8]) -> String {
    do {
      _ = try NetworkAssembly.network(of: Safetensors.decode(bytes))
      return "no error"
    } catch {
      return error.description
    }
  }

  @Test func aNetworkGoesThereAndBack() throws {
    let bytes = Safetensors.encode(network.parameters)
    #expect(bytes[0] % 8 == 0)
    #expect(try NetworkAssembly.network(of: Safetensors.decode(bytes)) == network)
    // The order in a file is free.
    let reversed = Safetensors.encode(network.parameters.reversed())
    #expect(try NetworkAssembly.network(of: Safetensors.decode(reversed)) == network)
  }

  // The layout by hand: 8 bytes of length, the header, then 1.5 = 0x3FC00000 in little-endian order.
  @Test func theBytesAreThoseOfTheFormat() throws {
    let bytes = Safetensors.encode([
      NamedParameter(name: "a", tensor: Tensor(shape: [1], elements: [1.5]))
    ])
    let header = #"{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}"#
    let padded = header + String(repeating: " ", count: (8 - header.utf8.count % 8) % 8)
    let length: [UInt8] = [UInt8(padded.utf8.count), 0, 0, 0, 0, 0, 0, 0]
    let values: [UInt8] = [0x00, 0x00, 0xC0, 0x3F]
    #expect(bytes == length + Array(padded.utf8) + values)
  }

  @Test func metadataIsPassedOver() throws {
    let bytes = file(
      #"{"__metadata__":{"format":"pt"},"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}"#,
      [1, 2])
    #expect(try Safetensors.decode(bytes).map(\.tensor.elements) == [[1, 2]])
  }

  @Test(arguments: [
    (
      #"{"a":{"dtype":"F16","shape":[2],"data_offsets":[0,4]}}"#, 1,
      "a: its dtype must be F32"
    ),
    (
      #"{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}}"#, 1,
      "a: its shape needs 8 bytes, but it has 4"
    ),
    (
      #"{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}"#, 1,
      "a: its bytes end at 8, beyond the 4 of the file's data"
    ),
    (
      #"{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}"#, 2,
      "4 bytes of the file belong to no tensor"
    ),
    (
      #"{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}"#, 2,
      "4 bytes of the file belong to no tensor"
    ),
    (
      #"{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"#
        + #""b":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}"#, 2,
      "b: its bytes overlap another tensor's"
    ),
    (
      #"{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,0]}}"#, 2,
      "a: its data_offsets must rise"
    ),
    (
      #"{"a":{"dtype":"F32","shape":[4611686018427387904,4],"data_offsets":[0,4]}}"#, 1,
      "a: its shape is too large"
    ),
    (
      #"{"a":{"dtype":"F32","shape":[0],"data_offsets":[0,0]}}"#, 0,
      "a: its shape must be a list of positive integers"
    ),
    (
      #"{"a":{"dtype":"F32","shape":[1]}}"#, 1,
      "a: its entry must have dtype, shape and data_offsets"
    ),
    (#"{"a\u001b[2J":7}"#, 1, "a?[2J: its entry must have dtype, shape and data_offsets"),
    ("[]", 0, "the header is wrong: it is not a JSON object"),
    ("{", 0, "the header is wrong: no \" where one is due at byte 1"),
    (
      #"{"a":1,"a":2}"#, 0, "the header is wrong: a repeated key at byte 7"
    ),
  ])
  func brokenFilesAreRefusedWithOneLine(header: String, floats: Int, expected: String) {
    #expect(message(file(header, [Float](repeating: 1, count: floats))) == expected)
  }

  @Test func shortAndHugeHeadersAreRefused() {
    #expect(message([1, 2, 3]) == "the file is truncated: it needs 8 bytes and has 3")
    #expect(
      message([255, 255, 255, 255, 255, 255, 255, 255, 0])
        == "the header claims to have 18446744073709551615 bytes, more than the file or than "
        + "1000000")
    // 18 + 2 + 338 · 3 + 3 + 30 + 10 = 1,077 floats of 4 bytes.
    let bytes = Safetensors.encode(network.parameters)
    #expect(
      message(Array(bytes.dropLast()))
        == "dense_1/bias: its bytes end at 4308, beyond the 4307 of the file's data")
  }

  @Test(arguments: [Float.nan, .infinity, -.infinity])
  func valuesThatAreNotFiniteAreRefused(value: Float) {
    let bytes = file(#"{"a":{"dtype":"F32","shape":[3],"data_offsets":[0,12]}}"#, [1, 2, value])
    #expect(message(bytes) == "a: its value number 2 is not a finite number")
  }

  @Test func wrongSetsOfTensorsAreRefusedByName() {
    var parameters = network.parameters
    let last = parameters.removeLast()
    #expect(message(Safetensors.encode(parameters)) == "dense_1/bias: the tensor is missing")
    parameters.append(NamedParameter(name: "dense_2/bias", tensor: last.tensor))
    #expect(
      message(Safetensors.encode(parameters))
        == "dense_2/bias: the network has no such tensor")
    parameters[5] = last
    parameters[2] = NamedParameter(name: "dense/kernel", tensor: Tensor(zeros: [7, 3]))
    #expect(
      message(Safetensors.encode(parameters))
        == "dense/kernel: its shape must be [338, units] (13·13·filters inputs), not [7, 3]")
  }

  @Test func mutatedFilesNeverTrap() {
    var random = TestRandom(5)
    let bytes = Safetensors.encode(network.parameters)
    for _ in 0..<2000 {
      var mutated = bytes
      for _ in 0..<Int.random(in: 1...4, using: &random) {
        let place = Int.random(in: 0..<min(600, mutated.count), using: &random)
        switch Int.random(in: 0..<3, using: &random) {
        case 0: mutated[place] = UInt8.random(in: 0...255, using: &random)
        case 1: mutated.remove(at: place)
        default: mutated[place] ^= 1 << UInt8.random(in: 0..<8, using: &random)
        }
      }
      #expect(!message(mutated).contains("\n"))
    }
  }

  @Test func filesAreWrittenWholeAndReadBack() throws {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("nibble-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let path = folder.appendingPathComponent("model.safetensors").path
    try NetworkFile.write(network, to: path)
    try NetworkFile.write(network, to: path)
    #expect(try NetworkFile.read(path) == network)
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["model.safetensors"])
    let error = #expect(throws: FileError.self) {
      try NetworkFile.write(network, to: folder.path + "/missing/model")
    }
    #expect(error?.problem == "cannot be written: No such file or directory")
    #expect(throws: FileError(path: folder.path, problem: "is not a regular file")) {
      try NetworkFile.read(folder.path)
    }
    // Writing over a folder fails at the last step and leaves no temporary file.
    let inner = folder.appendingPathComponent("inner").path
    try FileManager.default.createDirectory(atPath: inner, withIntermediateDirectories: false)
    #expect(throws: FileError.self) { try NetworkFile.write(network, to: inner) }
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
        == ["inner", "model.safetensors"])
  }
}

@Suite struct NetworkAssemblyTests {
  /// What a file of each kind of network reads back as.
  @Test func everyBuiltInNetworkReadsBack() throws {
    let depthwise = DepthwiseNetwork.make(seed: 4)
    let factorised = try Compressor.compress(
      TestNetworks.seedShaped(filters: 3, units: 9), try Recipe(line: "factorize.rank=4")
    ).network
    for network in [depthwise, depthwise.foldingBatchNormalization, factorised] {
      let bytes = Safetensors.encode(network.parameters)
      #expect(try NetworkAssembly.network(of: Safetensors.decode(bytes)) == network)
    }
  }

  @Test func aNormalizationThatIsNotWholeIsRefused() throws {
    let parameters = DepthwiseNetwork.make(seed: 4).parameters
    let without = parameters.filter { $0.name != "batch_normalization_1/moving_mean" }
    #expect(throws: SafetensorsError.missing(name: "batch_normalization_1/moving_mean")) {
      try NetworkAssembly.network(of: without)
    }
    let negative = parameters.map { parameter in
      var changed = parameter
      if parameter.name == "batch_normalization/moving_variance" {
        changed.tensor.elements[0] = -1
      }
      return changed
    }
    #expect(throws: SafetensorsError.self) { try NetworkAssembly.network(of: negative) }
  }

  @Test func valuesThatWouldOverflowAreRefused() throws {
    func network(with value: Float) throws -> Network {
      var parameters = BaselineCNN.make(
        seed: 1, imageSide: 28, filters: 1, hidden: 2, classes: 10
      ).parameters
      parameters[2].tensor.elements[5] = value
      return try NetworkAssembly.network(of: parameters)
    }
    #expect(try network(with: -10_000).parameters[2].tensor.elements[5] == -10_000)
    for value: Float in [10_001, -3e38] {
      #expect(throws: SafetensorsError.self) { try network(with: value) }
    }
    // A variance near zero under a large gamma folds to as much.
    let depthwise = DepthwiseNetwork.make(seed: 4).parameters.map { parameter in
      var changed = parameter
      if parameter.name == "batch_normalization/gamma" { changed.tensor.elements[0] = 9_999 }
      if parameter.name == "batch_normalization/moving_variance" { changed.tensor.elements[0] = 0 }
      return changed
    }
    #expect(throws: SafetensorsError.self) { try NetworkAssembly.network(of: depthwise) }
  }
}
