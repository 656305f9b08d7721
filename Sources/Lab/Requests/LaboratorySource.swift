package import NeuralNetwork

/// Where the lab's network and images come from.
package struct LaboratorySource: Sendable, Hashable {
  /// The file of the learner's own network; nil for the built-in one.
  package var model: String?
  /// The folder of the learner's own images; nil for the built-in ones.
  package var data: String?

  /// What comes with the program.
  package static let builtIn = LaboratorySource()

  /// Makes a source.
  package init(model: String? = nil, data: String? = nil) {
    self.model = model
    self.data = data
  }

  /// Whether both come with the program.
  package var isBuiltIn: Bool { model == nil && data == nil }
}

/// Whether the network can be measured.
package enum LaboratoryStatus: Sendable {
  /// Data and network are being read.
  case loading
  /// Everything is there.
  case ready(LaboratoryFacts)
  /// It cannot be used, for this reason.
  case failed(String)
}

/// What does not change while the laboratory has one network.
package struct LaboratoryFacts: Sendable {
  /// The test images, for showing some of them.
  package let testSet: ImageDataset
  /// The network before any compression.
  package let network: Network
  /// How many test images the uncompressed network gets right.
  package let baselineCorrect: Int
  /// The length of the uncompressed network in the format `dense`.
  package let baselineBytes: Int
  /// Where network and images come from.
  package let source: LaboratorySource

  /// Makes the facts.
  package init(
    testSet: ImageDataset, network: Network, baselineCorrect: Int, baselineBytes: Int,
    source: LaboratorySource = .builtIn
  ) {
    self.source = source
    self.testSet = testSet
    self.network = network
    self.baselineCorrect = baselineCorrect
    self.baselineBytes = baselineBytes
  }

  /// The share of test images that the uncompressed network gets right.
  package var baselineAccuracy: Double { Double(baselineCorrect) / Double(max(1, testSet.count)) }
}
