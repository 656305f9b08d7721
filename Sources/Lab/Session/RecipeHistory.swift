package import Compression

/// The recipes before and after the current one, for undo and redo.
///
/// Moves of one knob that follow one another within a second are one step, and so is whatever the mouse
/// does to a knob until its button is released.
package struct RecipeHistory: Sendable {
  /// The most steps that are kept.
  package static let limit = 200
  /// The seconds within which a move of the same knob goes on with the step before.
  package static let pause = 1.0

  /// The recipes to go back to, the latest last.
  package private(set) var past: [Recipe] = []
  /// The recipes to go forward to, the next last.
  package private(set) var future: [Recipe] = []
  private var latest: (key: String, time: Double)?
  private var heldKey: String?

  /// Makes an empty history.
  package init() {}

  /// Whether there is something to undo.
  package var canUndo: Bool { !past.isEmpty }

  /// Whether there is something to redo.
  package var canRedo: Bool { !future.isEmpty }

  /// Remembers a recipe that is about to be replaced.
  ///
  /// - Parameters:
  ///   - key: the knob that is moved; nil for a change of another kind, which is a step of its own.
  ///   - now: the time of the change, in seconds.
  package mutating func leave(_ recipe: Recipe, moving key: String?, at now: Double) {
    let continues =
      key.map { key in
        heldKey == key
          || latest.map { $0.key == key && abs(now - $0.time) < Self.pause } ?? false
      } ?? false
    future = []
    if !continues || past.isEmpty {
      past.append(recipe)
      if past.count > Self.limit { past.removeFirst() }
    }
    latest = key.map { ($0, now) }
    if heldKey != nil { heldKey = key }
  }

  /// The mouse took hold of a knob: its moves are one step from the next one on.
  package mutating func hold() {
    latest = nil
    heldKey = ""
  }

  /// The mouse let go: the next move is a step of its own.
  package mutating func release() {
    latest = nil
    heldKey = nil
  }

  /// The recipe before the current one.
  package mutating func undo(from current: Recipe) -> Recipe? {
    release()
    guard let recipe = past.popLast() else { return nil }
    future.append(current)
    return recipe
  }

  /// The recipe that was undone last.
  package mutating func redo(from current: Recipe) -> Recipe? {
    release()
    guard let recipe = future.popLast() else { return nil }
    past.append(current)
    return recipe
  }
}
