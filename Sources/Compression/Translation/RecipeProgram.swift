/// A canonical recipe as a Python program: what fills the holes of a framework's template.
///
/// Every knob fills the hole of its own name with its value. What is said here follows from several
/// knobs, or is written otherwise in Python.
struct RecipeProgram {
  /// The recipe, without settings that have no effect.
  let recipe: Recipe
  /// What the program is written for.
  let dialect: CodeDialect

  /// The whole program.
  var text: String {
    let knobs = Knob.all.map { ($0.name, $0.read(recipe)) }
    let holes = knobs + shared + (dialect == .keras ? keras : pytorch)
    return ProgramTemplate.named(dialect.rawValue).filled(
      ProgramTemplate.Holes(uniqueKeysWithValues: holes), lists: ["layers": layers])
  }

  // MARK: What the templates ask

  private var prune: Pruning { recipe.prune }
  private var prunesWeights: Bool { !prune.isIdentity && !prune.pattern.isStructured }
  private var roundsActivations: Bool { recipe.activations.bits < 32 }
  private var roundsWeights: Bool { !recipe.quantizedLayers.isEmpty }

  /// Whether fine-tuning rounds.
  private var trainsRounded: Bool {
    recipe.tunesQuantized && (roundsWeights || roundsActivations)
  }

  /// Whether TFMOT's pruning does exactly this: single weights by magnitude, each layer by itself.
  private var prunesWithToolkit: Bool {
    recipe.finetune.epochs > 0 && prunesWeights && prune.pattern == .unstructured
      && prune.criterion == .magnitude && prune.scope == .layer && recipe.order == .pruneFirst
      && !trainsRounded
  }

  /// Whether torch.ao's sparsifier does the pattern.
  private var usesSparsifier: Bool { prunesWeights && prune.pattern.isForDenseLayers }

  private var clipsWeights: Bool {
    recipe.quantizedLayers.contains { $0.weights.range != .minimumToMaximum }
  }

  private var shared: [(String, String)] {
    [
      ("recipe", recipe.line.isEmpty ? "no compression" : recipe.line),
      ("is_structured", python(!prune.isIdentity && prune.pattern.isStructured)),
      ("ramps", python(recipe.rampsSparsity)),
      ("trains_rounded", python(trainsRounded)),
      ("rounds_weights", python(roundsWeights)),
      ("rounds_activations", python(roundsActivations)),
      ("pruned_layers", python(prunedLayers)),
      ("percentile", activationPercentile ?? "None"),
      ("kept", groups.map { String($0.kept) } ?? "None"),
      ("group_size", groups.map { String($0.size) } ?? "None"),
    ]
  }

  private var keras: [(String, String)] {
    let prunesBySteps = prunesWeights && !prunesWithToolkit
    return [
      ("prunes_with_toolkit", python(prunesWithToolkit)),
      ("uses_toolkit", python(prunesWithToolkit || trainsRounded)),
      ("prunes_before", python(prunesBySteps && recipe.order == .pruneFirst)),
      ("prunes_after", python(prunesBySteps && recipe.order == .quantizeFirst)),
    ]
  }

  private var pytorch: [(String, String)] {
    [
      ("prunes_weights", python(prunesWeights)),
      ("keeps_zeros", python(prunesWeights && recipe.order == .pruneFirst)),
      ("uses_sparsifier", python(usesSparsifier)),
      ("pruned_weights", prunedWeights),
      ("zeros_per_group", groups.map { String($0.size - $0.kept) } ?? "None"),
      ("levels", String((1 << recipe.activations.bits) - 1)),
      ("clips_weights", python(clipsWeights)),
      ("clipping_parameter", clipsWeights ? ", percentile=100" : ""),
    ]
  }

  /// The kernels that pruning looks at.
  private var prunedLayers: [String] {
    let layers = prune.pattern.isForDenseLayers ? ["dense", "dense_1"] : Recipe.layerNames
    if case .named(let name) = prune.scope { return layers.filter { $0 == name } }
    return layers
  }

  /// The same for torch.ao's sparsifier.
  private var prunedWeights: String {
    let weights = prunedLayers.map { "{\"tensor_fqn\": \"\($0).weight\"}" }
    return "[\(weights.joined(separator: ", "))]"
  }

  private var groups: (kept: Int, size: Int)? {
    if case .kept(let kept, let size) = prune.pattern { return (kept, size) }
    return nil
  }

  private var activationPercentile: String? {
    if case .percentile(let percentile) = recipe.activations.range {
      return RecipeNumber.text(percentile)
    }
    return nil
  }

  /// Each layer of the network that the programs build, with how its weights are rounded.
  private var layers: [ProgramTemplate.Holes] {
    let rounding = Dictionary(
      uniqueKeysWithValues: recipe.quantizedLayers.map { ($0.layer, $0.weights) })
    return Recipe.layerNames.map { name in
      let weights = rounding[name]
      return [
        "layer": name,
        "is_rounded": python(weights != nil),
        "bits": String(weights?.bits ?? 32),
        "per_axis": python(weights?.granularity == .channel),
        "symmetric": python(weights?.scheme == .symmetric),
        "arguments": weights.map(arguments) ?? "None",
      ]
    }
  }

  /// The arguments of the programs' `rounded` for a layer.
  private func arguments(_ weights: WeightQuantization) -> String {
    var arguments = ["bits=\(weights.bits)"]
    switch weights.granularity {
    case .tensor: arguments.append("together=True")
    case .channel: break
    case .group(let size): arguments.append("size=\(size)")
    }
    if weights.scheme == .asymmetric { arguments.append("symmetric=False") }
    if case .percentile(let percentile) = weights.range {
      arguments.append("percentile=\(RecipeNumber.text(percentile))")
    }
    return arguments.joined(separator: ", ")
  }

  private func python(_ value: Bool) -> String { value ? "True" : "False" }

  private func python(_ names: [String]) -> String {
    "[" + names.map { "\"\($0)\"" }.joined(separator: ", ") + "]"
  }
}
