import Compression
import Foundation
import Testing

@testable import Lab

@Suite struct SweepTests {
  private func path() -> String {
    FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString).path
  }

  private static let axes: [(key: String, values: [String])] = [
    ("weights.bits", ["2", "4", "8"]), ("prune.sparsity", ["0", "0.5", "0.9"]),
  ]

  @Test func combinationsStandInOrderOnceEach() throws {
    let plan = try SweepPlan(base: Recipe(), axes: Self.axes)
    #expect(plan.recipes.count == 9)
    #expect(plan.recipes[1].line == "prune.sparsity=0.5 weights.bits=2")
    let twice = try SweepPlan(base: Recipe(), axes: [("weights.bits", ["4", "4"])])
    #expect(twice.recipes.count == 1)
    #expect(throws: RecipeError.self) {
      try SweepPlan(base: Recipe(), axes: [("weights.bits", ["9"])])
    }
  }

  @Test(arguments: SweepPlan.presets)
  func presetsAreAllowedRecipes(name: String) throws {
    let plan = try SweepPlan(preset: name, base: Recipe())
    #expect(plan.recipes.count > 10)
    #expect(Set(plan.recipes).count == plan.recipes.count)
    #expect(throws: RecipeError.self) { try SweepPlan(preset: "none", base: Recipe()) }
  }

  @Test func shardsShareAllRecipesAmongThem() throws {
    let plan = try SweepPlan(base: Recipe(), axes: Self.axes)
    let parts = (1...4).flatMap { plan.shard($0, of: 4) }
    #expect(parts.count == plan.recipes.count)
    #expect(Set(parts) == Set(plan.recipes))
  }

  @Test func aFileCutAnywhereGoesOnWithoutLossOrRepetition() throws {
    let laboratory = LabSupport.laboratory(images: 60)
    let recipes = try SweepPlan(base: Recipe(), axes: Self.axes).recipes
    func run(_ path: String) throws {
      let file = try SweepFile(path)
      for recipe in recipes where !file.settings.contains(recipe.line) {
        try file.append(laboratory.measure(recipe, measuresLatency: false))
      }
    }
    let whole = path()
    defer { try? FileManager.default.removeItem(atPath: whole) }
    try run(whole)
    let expected = try Data(contentsOf: URL(fileURLWithPath: whole))
    #expect(expected.split(separator: 10).count == recipes.count)
    for share in [0.0, 0.13, 0.5, 0.77, 0.999] {
      let cut = path()
      defer { try? FileManager.default.removeItem(atPath: cut) }
      try expected.prefix(Int(Double(expected.count) * share))
        .write(to: URL(fileURLWithPath: cut))
      try run(cut)
      #expect(try Data(contentsOf: URL(fileURLWithPath: cut)) == expected)
    }
  }

  @Test func otherFilesAreLeftAlone() throws {
    let path = path()
    defer { try? FileManager.default.removeItem(atPath: path) }
    try Data("{\"a\":1}\nhello".utf8).write(to: URL(fileURLWithPath: path))
    let error = #expect(throws: FileError.self) { try SweepFile(path) }
    #expect(error?.problem == "line 1 is not a line of a sweep")
    #expect(try Data(contentsOf: URL(fileURLWithPath: path)).count == 13)
  }

  @Test func oneFileServesOneSweepAtATime() throws {
    let path = path()
    defer { try? FileManager.default.removeItem(atPath: path) }
    let file = try SweepFile(path)
    #expect(throws: FileError.self) { try SweepFile(path) }
    #expect(file.settings.isEmpty)
  }
}
