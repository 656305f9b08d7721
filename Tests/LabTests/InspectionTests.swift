import Compression
import NeuralNetwork
import Testing

@testable import Lab

@Suite struct InspectionTests {
  @Test func anImageInspectedOnceGivesEveryStep() throws {
    let laboratory = LabSupport.laboratory(images: 30)
    let recipe = try Recipe(line: "weights.bits=8 activations.bits=8")
    let inspection = try laboratory.inspect(recipe, image: 4)
    for (layer, place) in [("conv2d", [3, 7, 1]), ("dense", [2]), ("dense_1", [9])] {
      #expect(
        try inspection.step(layer: layer, place: place)
          == laboratory.inspect(recipe, layer: layer, place: place, image: 4))
    }
    #expect(throws: FixedPointError.self) { try inspection.step(layer: "dense", place: [5]) }
    #expect(throws: LabError.self) { try laboratory.inspect(recipe, image: 30) }
  }

  @Test func aSurveyGrowsAndIsCancelled() throws {
    let laboratory = LabSupport.laboratory(images: 50)
    let recipe = try Recipe(line: "weights.bits=8 activations.bits=8")
    var seen: [Int] = []
    let survey = try laboratory.accumulators(
      of: recipe, images: 50, progress: { seen.append($0.images) })
    #expect(survey.images == 50)
    #expect(seen == [20, 40])
    // 26×26 places of 2 filters, 5 units and 10 units, an image.
    let totals = [67_600, 250, 500]
    #expect(survey.layers.map(\.total) == totals)
    #expect(throws: LabError.cancelled) {
      try laboratory.accumulators(of: recipe, images: 50, isCancelled: { true })
    }
    #expect(throws: LabError.self) { try laboratory.accumulators(of: recipe, images: 51) }
  }
}
