import NeuralNetwork

/// How to compress a network: one immutable value that every panel, claim and command speaks.
///
/// The default recipe changes nothing. Pruning comes first, then fine-tuning, then the weights that
/// are left are rounded, then the activations of the network as compressed so far; `order` may put
/// the rounding of weights before the pruning.
package struct Recipe: Sendable, Hashable {
  /// Which weights become zero, or leave.
  package var prune = Pruning()
  /// Whether the first dense layer becomes two thinner ones.
  package var factorize = Factorization()
  /// How the remaining weights are rounded.
  package var weights = WeightQuantization()
  /// How the values between the layers are rounded.
  package var activations = ActivationQuantization()
  /// How the network recovers.
  package var finetune = FineTuning()
  /// Which of pruning and rounding comes first.
  package var order = CompressionOrder.pruneFirst
  /// What random draws depend on; 1 gives the order that the network was first tuned in.
  package var seed = 1
  /// What is made hard, or wrong, on purpose.
  package var injection = FaultInjection()
  /// Weight settings of single layers, sorted by key and layer.
  package internal(set) var overrides: [LayerOverride] = []

  /// The seeds that a recipe may have.
  package static let allowedSeeds = 1...99

  /// The names of the baseline network's layers with kernels, in file order.
  package static let layerNames = BaselineCNN.layerNames

  /// The names that layers with kernels have in any built-in network, in the order of their files.
  package static let knownLayerNames = [
    "conv2d", "depthwise_conv2d", "conv2d_1", "dense", "dense_1",
  ]

  /// The names that kernels have in any network that a recipe makes, in the order of their files.
  package static let kernelNames = knownLayerNames.flatMap { layer in
    [layer, layer + LowRank.suffixes.first, layer + LowRank.suffixes.second].map { "\($0)/kernel" }
  }

  /// Makes the recipe that changes nothing.
  package init() {}

  /// Makes a recipe from settings applied in order to the default.
  package init(settings: [(key: String, value: String)]) throws(RecipeError) {
    for setting in settings {
      try set(setting.key, setting.value)
    }
  }

  /// Makes a recipe from words such as `weights.bits=4`, separated by spaces.
  package init(line: String) throws(RecipeError) {
    for word in line.split(whereSeparator: \.isWhitespace) {
      try set(word: String(word))
    }
  }
}

extension Recipe {
  /// Sets the value of a key from text.
  package mutating func set(_ name: String, _ value: String) throws(RecipeError) {
    if name.contains("@") { return try override(name, value) }
    guard let key = Knob.named(name) else { throw .unknownKey(name) }
    guard key.write(&self, value) else { throw .notAllowed(key: key.name, value: value) }
  }

  /// Sets a value from one word of the form `key=value`.
  package mutating func set(word: String) throws(RecipeError) {
    guard let equals = word.firstIndex(of: "=") else { throw .notASetting(word) }
    try set(String(word[..<equals]), String(word[word.index(after: equals)...]))
  }

  /// The value of a key as text.
  package func value(of name: String) throws(RecipeError) -> String {
    guard let key = Knob.named(name) else { throw .unknownKey(name) }
    return key.read(self)
  }

  /// Every key with its value, in the order of the key table, then what single layers overrule.
  package var settings: [(key: String, value: String)] {
    Knob.all.map { (key: $0.name, value: $0.read(self)) }
      + overrides.map { (key: "\($0.key)@\($0.layer)", value: $0.value) }
  }

  /// What differs from the default, as `key=value` words joined by spaces; empty for the default.
  package var line: String {
    let defaults = Dictionary(
      uniqueKeysWithValues: Knob.all.map { ($0.name, $0.defaultValue) })
    return settings.filter { defaults[$0.key] != $0.value }.map { "\($0.key)=\($0.value)" }
      .joined(separator: " ")
  }
}

extension Recipe: Codable {
  /// Reads an object of keys and texts; absent keys take their default, others are refused.
  package init(from decoder: any Decoder) throws {
    let values = try [String: String](from: decoder)
    self.init()
    for (key, value) in values {
      try set(key, value)
    }
  }

  /// Writes an object with every key and its value as text.
  package func encode(to encoder: any Encoder) throws {
    try Dictionary(uniqueKeysWithValues: settings.map { ($0.key, $0.value) }).encode(to: encoder)
  }
}
