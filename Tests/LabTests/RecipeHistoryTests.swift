import Compression
import Lab
import Testing

/// Undo and redo.
@Suite struct RecipeHistoryTests {
  private func recipe(bits: Int) -> Recipe {
    var recipe = Recipe()
    recipe.weights.bits = bits
    return recipe
  }

  @Test func undoAndRedoWalkTheSameRecipesInBothDirections() {
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

  @Test func aNewChangeForgetsWhatWasUndone() {
    var history = RecipeHistory()
    history.leave(recipe(bits: 8), moving: nil, at: 0)
    _ = history.undo(from: recipe(bits: 7))
    history.leave(recipe(bits: 8), moving: "weights.bits", at: 0)
    #expect(!history.canRedo)
  }

  @Test func movesOfOneKnobWithinASecondAreOneStepAPauseOrAnotherKnobBeginsTheNext() {
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

  @Test func whatTheMouseDoesUntilItLetsGoIsOneStepHoweverLongItTakes() {
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

  @Test func aChangeAfterAnUndoIsAStepOfItsOwnAndOldStepsAreDropped() {
    var history = RecipeHistory()
    history.leave(recipe(bits: 8), moving: "weights.bits", at: 0)
    _ = history.undo(from: recipe(bits: 7))
    history.leave(recipe(bits: 8), moving: "weights.bits", at: 0)
    #expect(history.past.count == 1)
    for _ in 0..<1000 { history.leave(recipe(bits: 4), moving: nil, at: 0) }
    #expect(history.past.count == RecipeHistory.limit)
  }
}
