import Compression
import Foundation
import Localization
import NeuralNetwork
import Synchronization
import Testing

@testable import Lab
@testable import TutorApp

/// Letters in the order of their arrival.
private final class LetterBox: Sendable {
  private let stream: AsyncStream<Letter>
  private let continuation: AsyncStream<Letter>.Continuation

  init() { (stream, continuation) = AsyncStream.makeStream(of: Letter.self) }

  /// A laboratory that reads files and puts its letters here.
  func laboratory(_ files: LaboratoryFiles) -> BackgroundScheduler {
    BackgroundScheduler(
      status: { [continuation] in continuation.yield(.message(.laboratory($0))) },
      reply: { [continuation] in continuation.yield(.reply($0, $1)) }, open: files.open)
  }

  /// Waits for the next letter that a closure turns into something.
  func next<Result>(_ pick: (Letter) -> Result?) async -> Result? {
    for await letter in stream {
      if let result = pick(letter) { return result }
    }
    return nil
  }
}

/// The learner's own files in the lab.
@Suite struct OwnFilesTests {
  /// A folder with a little network and twelve images of each set, removed with the value.
  private final class Files {
    let folder: String
    var model: String { folder + "/net.safetensors" }
    static let images = 12

    init() throws {
      folder = NSTemporaryDirectory() + "own-files-" + UUID().uuidString
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
      try NetworkFile.write(Self.network, to: model)
      for prefix in ["t10k", "train"] {
        let pixels = (0..<Self.images * 784).map { UInt8(truncatingIfNeeded: $0 &* 37) }
        try write(
          [0, 0, 8, 3, 0, 0, 0, 12, 0, 0, 0, 28, 0, 0, 0, 28] + pixels,
          "\(prefix)-images-idx3-ubyte")
        try write(
          [0, 0, 8, 1, 0, 0, 0, 12] + (0..<12).map { UInt8($0 % 10) }, "\(prefix)-labels-idx1-ubyte"
        )
      }
    }

    deinit { try? FileManager.default.removeItem(atPath: folder) }

    static var network: Network {
      BaselineCNN.make(seed: 3, imageSide: 28, filters: 3, hidden: 6, classes: 10)
    }

    func write(_ bytes: [UInt8], _ name: String) throws {
      try Data(bytes).write(to: URL(fileURLWithPath: folder + "/" + name))
    }
  }

  private func opened(_ letter: Letter) -> Result<LaboratoryFacts, Refusal>? {
    switch letter {
    case .message(.laboratory(.ready(let facts))): .success(facts)
    case .message(.laboratory(.failed(let reason))): .failure(Refusal(reason))
    case .reply(.refused(.files, let error), _):
      .failure(Refusal(Phrase(describing: error)(.english)))
    default: nil
    }
  }

  private func id(_ slot: LabSlot, _ number: Int) -> RequestID {
    RequestID(asker: AskerID(1), slot: slot, number: number)
  }

  private func measured(_ letter: Letter) -> Lab.Measurement? {
    if case .reply(.measured(let measurement, _), _) = letter { measurement } else { nil }
  }

  @Test func aNetworkOfOtherSizesAndPlainImagesAreOpenedAndMeasured() async throws {
    let files = try Files()
    let box = LetterBox()
    let laboratory = box.laboratory(
      LaboratoryFiles(dataDirectory: files.folder, modelFile: files.model))
    laboratory.load(.builtIn)
    _ = await box.next(opened)
    let source = LaboratorySource(model: files.model, data: files.folder)
    laboratory.carryOut(.open(source), as: id(.files, 1))
    let facts = try #require(await box.next(opened)).get()
    #expect(facts.source == source && facts.testSet.count == Files.images)
    #expect(facts.network.parameterCount == Files.network.parameterCount)
    var recipe = Recipe()
    recipe.weights.bits = 4
    recipe.activations.bits = 8
    laboratory.carryOut(.measure(recipe), as: id(.measurement, 2))
    #expect(await box.next(measured)?.evaluation.images == Files.images)
    laboratory.cancel(nil, of: AskerID(1))
  }

  @Test func everyPresetRunsOnANetworkOfItsOwnSizes() throws {
    let pixels = (0..<60 * 784).map { UInt8(truncatingIfNeeded: $0 &* 37 ^ $0 >> 5) }
    let images = ImageDataset(
      height: 28, width: 28, pixels: pixels, labels: (0..<60).map { UInt8($0 % 10) })
    let laboratory = Laboratory(
      network: BaselineCNN.make(seed: 3, imageSide: 28, filters: 4, hidden: 20, classes: 10),
      test: images, threads: 2, training: { images })
    for preset in RecipePreset.known {
      let measurement = try laboratory.measure(preset.recipe, measuresLatency: false)
      #expect(measurement.evaluation.images == 60, "\(preset.recipe.line)")
      // The same recipe through its command line is measured the same.
      let again = try RecipeCommand(parsing: RecipeCommand(preset.recipe).line).recipe
      #expect(again == preset.recipe)
    }
  }

  @Test func whatIsWrongWithFilesIsSaidInOneLineThatNamesTheFile() async throws {
    let files = try Files()
    let box = LetterBox()
    let laboratory = box.laboratory(
      LaboratoryFiles(dataDirectory: files.folder, modelFile: files.model))
    laboratory.load(.builtIn)
    _ = await box.next(opened)
    func refusal(_ source: LaboratorySource) async throws -> String {
      laboratory.carryOut(.open(source), as: id(.files, 1))
      guard case .failure(let refusal) = try #require(await box.next(opened)) else {
        Issue.record("\(source) was opened")
        return ""
      }
      #expect(!refusal.description.contains("\n"))
      return refusal.description
    }
    let missing = files.folder + "/missing.safetensors"
    #expect(try await refusal(LaboratorySource(model: missing)).hasPrefix(missing))
    let kept = Files.network.parameters.filter { $0.name != "dense/bias" }
    try files.write(Safetensors.encode(kept), "cut.safetensors")
    #expect(
      try await refusal(LaboratorySource(model: files.folder + "/cut.safetensors"))
        .contains("dense/bias: the tensor is missing"))
    let wide = BaselineCNN.make(seed: 3, imageSide: 28, filters: 4, hidden: 6, classes: 10)
    let mixed = Files.network.parameters.map { parameter in
      parameter.name == "dense_1/kernel"
        ? parameter : wide.parameters.first { $0.name == parameter.name } ?? parameter
    }.map { $0.name == "conv2d/kernel" ? Files.network.parameters[0] : $0 }
    try files.write(Safetensors.encode(mixed), "mixed.safetensors")
    #expect(
      try await refusal(LaboratorySource(model: files.folder + "/mixed.safetensors"))
        .contains("its shape must be"))
    #expect(
      try await refusal(LaboratorySource(data: files.folder + "/nowhere"))
        .contains("no such file"))
    try files.write(
      [0, 0, 8, 1, 0, 0, 0, 11] + [UInt8](repeating: 1, count: 11), "t10k-labels-idx1-ubyte")
    #expect(
      try await refusal(LaboratorySource(data: files.folder)).contains("11 labels for 12 images"))
    let heavy = BaselineCNN.make(seed: 3, imageSide: 28, filters: 17_000, hidden: 1, classes: 10)
    try files.write(Safetensors.encode(heavy.parameters), "heavy.safetensors")
    #expect(
      try await refusal(LaboratorySource(model: files.folder + "/heavy.safetensors"))
        .contains("multiply-accumulates an image are too many"))
    try files.write(Array("not a network at all".utf8), "text.safetensors")
    _ = try await refusal(LaboratorySource(model: files.folder + "/text.safetensors"))
    // The network from before is still there.
    laboratory.carryOut(.measure(Recipe()), as: id(.measurement, 2))
    #expect(await box.next(measured) != nil)
    laboratory.cancel(nil, of: AskerID(1))
  }
}
