import Compression

/// The recipes before and after the current one, for undo and redo.
///
/// Moves of one knob that follow one another within a second are one step, and so is whatever the mouse
/// does to a knob until its button is released.
struct RecipeHistory: Sendable {
  /// The most steps that are kept.
  static let limit = 200
  /// The seconds within which a move of the same knob goes on with the step before.
  static let pause = 1.0

  /// The recipes to go back to, the latest last.
  private(set) var past: [Recipe] = []
  /// The recipes to go forward to, the next last.
  private(set) var future: [Recipe] = []
  /// The time of the input that is being worked on, in seconds.
  var now = 0.0
  private var latest: (key: String, time: Double)?
  private var heldKey: String?

  /// Makes an empty history.
  init() {}

  /// Whether there is something to undo.
  var canUndo: Bool { !past.isEmpty }

  /// Whether there is something to redo.
  var canRedo: Bool { !future.isEmpty }

  /// Remembers a recipe that is about to be replaced.
  ///
  /// - Parameter key: the knob that was moved; nil for a change of another kind, which is a step of
  ///   its own.
  mutating func leave(_ recipe: Recipe, moving key: String?) {
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
  mutating func hold() {
    latest = nil
    heldKey = ""
  }

  /// The mouse let go: the next move is a step of its own.
  mutating func release() {
    latest = nil
    heldKey = nil
  }

  /// The recipe before the current one.
  mutating func undo(from current: Recipe) -> Recipe? {
    release()
    guard let recipe = past.popLast() else { return nil }
    future.append(current)
    return recipe
  }

  /// The recipe that was undone last.
  mutating func redo(from current: Recipe) -> Recipe? {
    release()
    guard let recipe = future.popLast() else { return nil }
    past.append(current)
    return recipe
  }
}
