import Compression
import Lab
import NeuralNetwork

extension StepInspection {
  /// The inspection as a JSON object whose keys always stand in the same order.
  func json(recipe: Recipe, image: Int) -> JSONValue {
    var members: [(key: String, value: JSONValue)] = [
      ("recipe", recipe.json), ("image", .integer(image)), ("layer", .string(step.layer)),
      ("output", Self.numbers(step.place)), ("shape", Self.numbers(step.outputShape)),
      ("inputScale", .number(Double(step.input.scale))),
      ("inputZeroPoint", .integer(Int(step.input.zeroPoint))),
      ("weightScale", .number(Double(step.weightScale))),
      ("weightZeroPoint", .integer(Int(step.weightZeroPoint))),
      (
        "terms",
        .array(
          step.terms.map { term in
            .object([
              ("place", Self.numbers(term.place)), ("input", .integer(Int(term.input))),
              ("weight", .integer(Int(term.weight))), ("product", .integer(Int(term.product))),
            ])
          })
      ),
      ("realBias", .number(Double(step.realBias))), ("bias", .integer(Int(step.bias))),
      ("accumulator", .integer(Int(step.accumulator))),
    ]
    if let requantized = step.requantization {
      members += [
        ("outputScale", .number(Double(requantized.output.scale))),
        ("outputZeroPoint", .integer(Int(requantized.output.zeroPoint))),
        ("multiplier", .integer(Int(requantized.multiplier.multiplier))),
        ("shift", .integer(requantized.multiplier.totalShift)),
        ("product", .integer(Int(requantized.product))),
        ("rounded", .integer(Int(requantized.rounded))),
        (
          "range",
          Self.numbers([Int(requantized.output.least), Int(requantized.output.greatest)])
        ),
        ("code", .integer(Int(requantized.code))),
      ]
    }
    members += [
      ("value", .number(Double(step.value))), ("simulated", .number(Double(simulatedValue))),
      ("float", .number(Double(floatValue))),
    ]
    return .object(members)
  }

  private static func numbers(_ values: [Int]) -> JSONValue {
    .array(values.map(JSONValue.integer))
  }
}
