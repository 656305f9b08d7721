import Compression
import Foundation
import NeuralNetwork
import Testing

@testable import Lab

@Suite struct MeasurementTests {
  // By hand: six images of three classes.
  @Test func evaluationsAreCounted() {
    let evaluation = Evaluation(
      predictions: [0, 1, 2, 2, 1, 0], baseline: [0, 1, 1, 2, 2, 1], labels: [0, 1, 2, 1, 2, 0],
      classes: 3)
    #expect(evaluation.images == 6 && evaluation.correct == 4 && evaluation.baselineCorrect == 3)
    #expect(evaluation.confusion == [[2, 0, 0], [0, 1, 1], [0, 1, 1]])
    #expect(evaluation.correctByClass == [2, 1, 1])
    #expect(
      evaluation.flips == [
        Evaluation.Flip(image: 2, label: 2, before: 1, after: 2),
        Evaluation.Flip(image: 4, label: 2, before: 2, after: 1),
        Evaluation.Flip(image: 5, label: 0, before: 1, after: 0),
      ])
    #expect(evaluation.gained == 2 && evaluation.lost == 1)
  }

  @Test func theJSONHasTheKeysInTheirOrder() throws {
    let measurement = try LabSupport.laboratory(images: 40).measure(
      Recipe(line: "weights.bits=4 weights.layers=dense prune.sparsity=0.5"))
    guard case .object(let members) = measurement.json else {
      Issue.record("A measurement is a JSON object.")
      return
    }
    #expect(
      members.map(\.key) == [
        "recipe", "correct", "images", "accuracy", "accuracyBand", "baselineCorrect", "flips",
        "sparsity", "parameters", "macs", "bytes", "latency", "latencySpread",
        "layers", "correctByClass", "confusion", "flippedImages", "seconds",
      ])
    let text = measurement.json.text
    let object = try #require(
      try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    let recipe = try #require(object["recipe"] as? [String: Any])
    #expect(recipe["weights.bits"] as? Int == 4 && recipe["prune.sparsity"] as? Double == 0.5)
    #expect(recipe.count == Knob.all.count)
    let layers = try #require(object["layers"] as? [[String: Any]])
    #expect(
      layers.map { $0["name"] as? String } == ["conv2d/kernel", "dense/kernel", "dense_1/kernel"])
    #expect(layers[0]["sqnr"] is NSNull && layers[1]["sqnr"] is Double)
    let bytes = try #require(object["bytes"] as? [String: Int])
    #expect(Set(bytes.keys) == ["dense", "csr16", "bitmask", "relative", "huffman", "gzip"])
    #expect((object["latency"] as? [String: Double])?["float32"] ?? 0 > 0)
    let spread = try #require(object["latencySpread"] as? [String: Any])
    #expect(spread["processor"] as? String == Processor.name)
    let series = try #require(spread["series"] as? [[String: Any]])
    #expect(series.map { $0["network"] as? String }.prefix(2) == ["baseline", "recipe"])
    #expect(
      series[1]["median"] as? Double == (object["latency"] as? [String: Double])?["float32"])
    #expect(object["flips"] as? Int == (object["flippedImages"] as? [Any])?.count)
  }
}
