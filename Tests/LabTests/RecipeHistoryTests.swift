import Compression
import Lab
import Testing

@Suite("Undo and redo")
struct RecipeHistoryTests {
  private func recipe(bits: Int) -> Recipe {
    var recipe = Recipe()
    recipe.weights.bits = bits
    return recipe
  }

  @Test("Undo and redo walk the same recipes in both directions")
  func walk() {
    var history = RecipeHistory()
    history.leave(recipe(bits: 8), moving: nil, at: 0)
    history.leave(recipe(bits: 7), moving: nil, at: 0)
    #expect(history.undo(from: recipe(bits: 6)) == recipe(bits: 7))
    #expect(history.undo(from: recipe(bits: 7)) == recipe(bits: 8))
    #expect(history.undo(from: recipe(bits: 8)) == nil)
    #expect(history.redo(from: recipe(bits: 8)) == recipe(bits: 7))
    #expect(history.redo(from: recipe(bits: 7)) == recipe(bits: 6))
    #expect(!history.canRedo && history.canUndo)
  }

  @Test("A new change forgets what was undone")
  func newChange() {
    var history = RecipeHistory()
    history.leave(recipe(bits: 8), moving: nil, at: 0)
    _ = history.undo(from: recipe(bits: 7))
    history.leave(recipe(bits: 8), moving: "weights.bits", at: 0)
    #expect(!history.canRedo)
  }

  @Test("Moves of one knob within a second are one step; a pause or another knob begins the next")
  func coalescing() {
    var history = RecipeHistory()
    var now = 0.0
    for bits in [8, 7, 6] {
      history.leave(recipe(bits: bits), moving: "weights.bits", at: now)
      now += 0.3
    }
    #expect(history.past == [recipe(bits: 8)])
    now += 1
    history.leave(recipe(bits: 5), moving: "weights.bits", at: now)
    history.leave(recipe(bits: 4), moving: "prune.sparsity", at: now)
    history.leave(recipe(bits: 3), moving: nil, at: now)
    #expect(history.past == [8, 5, 4, 3].map(recipe))
  }

  @Test("What the mouse does until it lets go is one step, however long it takes")
  func drag() {
    var history = RecipeHistory()
    var now = 0.0
    history.hold()
    for bits in [8, 7, 6] {
      history.leave(recipe(bits: bits), moving: "weights.bits", at: now)
      now += 5
    }
    history.release()
    history.hold()
    history.leave(recipe(bits: 5), moving: "weights.bits", at: now)
    #expect(history.past == [8, 5].map(recipe))
  }

  @Test("A change after an undo is a step of its own, and old steps are dropped")
  func bounds() {
    var history = RecipeHistory()
    history.leave(recipe(bits: 8), moving: "weights.bits", at: 0)
    _ = history.undo(from: recipe(bits: 7))
    history.leave(recipe(bits: 8), moving: "weights.bits", at: 0)
    #expect(history.past.count == 1)
    for _ in 0..<1000 { history.leave(recipe(bits: 4), moving: nil, at: 0) }
    #expect(history.past.count == RecipeHistory.limit)
  }
}
