package import Compression

extension Measurement {
  /// The measurement as a JSON object whose keys always stand in the same order.
  ///
  /// The recipe's integers and shares are numbers, its names texts. An infinite signal-to-noise
  /// ratio, of a kernel that was not rounded, is `null`.
  package var json: JSONValue {
    .object([
      ("recipe", recipe.json),
      ("correct", .integer(evaluation.correct)),
      ("images", .integer(evaluation.images)),
      ("accuracy", .number(accuracy)),
      ("accuracyBand", .array([.number(band.lower), .number(band.upper)])),
      ("baselineCorrect", .integer(evaluation.baselineCorrect)),
      ("flips", .integer(evaluation.flips.count)),
      ("sparsity", .number(size.sparsity)),
      ("parameters", .integer(size.parameters)),
      ("macs", .integer(size.macs)),
      (
        "bytes",
        .object(
          StorageFormat.allCases.compactMap { format in
            size.bytes[format].map { (format.rawValue, .integer($0)) }
          })
      ),
      ("latency", .object(latency.sorted { $0.key < $1.key }.map { ($0.key, .number($0.value)) })),
      ("latencySpread", latencySpread?.json ?? .null),
      ("layers", .array(size.layers.map(\.json))),
      ("correctByClass", .array(evaluation.correctByClass.map(JSONValue.integer))),
      ("confusion", .array(evaluation.confusion.map { .array($0.map(JSONValue.integer)) })),
      (
        "flippedImages",
        .array(
          evaluation.flips.map { flip in
            .object([
              ("image", .integer(flip.image)), ("label", .integer(flip.label)),
              ("before", .integer(flip.before)), ("after", .integer(flip.after)),
            ])
          })
      ),
      ("seconds", .number(seconds)),
    ])
  }
}

extension Measurement {
  /// The measurement as one line of a sweep: `setting` names the recipe, and what differs from run to
  /// run, the times, is left out.
  package var sweepLine: JSONValue {
    guard case .object(let members) = json else { return json }
    return .object(
      [(key: "setting", value: .string(recipe.line))]
        + members.filter { !["latency", "latencySpread", "seconds"].contains($0.key) })
  }
}

extension Recipe {
  /// The complete recipe as a JSON object in the order of the key table.
  package var json: JSONValue {
    .object(
      RecipeKey.all.map { key in
        let text = key.read(self)
        switch key.kind {
        case .steps, .count: return (key.name, Int(text).map(JSONValue.integer) ?? .string(text))
        case .fraction, .number:
          return (key.name, Double(text).map(JSONValue.number) ?? .string(text))
        case .name: return (key.name, .string(text))
        }
      }
        + overrides.map { override in
          let name = "\(override.key)@\(override.layer)"
          return (name, Int(override.value).map(JSONValue.integer) ?? .string(override.value))
        })
  }
}

extension CompressedNetwork.KernelReport {
  fileprivate var json: JSONValue {
    .object([
      ("name", .string(name)),
      ("shape", .array(shape.map(JSONValue.integer))),
      ("bits", .integer(bits)),
      ("sparsity", .number(sparsity)),
      ("sqnr", .number(signalToNoise)),
      ("zeros", .integer(zeroCount)),
    ])
  }
}
