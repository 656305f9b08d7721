/// Items that are forgotten again and again: repeating them costs time and teaches nothing, so that
/// the lesson and its experiment should be looked at instead.
package enum Leeches {
  /// Whether the learner is to be told after a lapse: at the threshold, and at every half of it
  /// (rounded up) from then on, as Anki does.
  package static func isNotice(lapses: Int, threshold: Int) -> Bool {
    precondition(threshold >= 1, "A leech needs at least one lapse.")
    return lapses >= threshold && (lapses - threshold) % ((threshold + 1) / 2) == 0
  }
}

extension CardRecord {
  /// Whether the item was forgotten so often that repeating does not help.
  package func isLeech(threshold: Int) -> Bool { lapses >= threshold }
}
