/// Who asks the laboratory or the store; whoever lets others ask gives each of them one of its own.
///
/// A later asker has a higher number.
package struct AskerID: Sendable, Hashable {
  /// The number, which no two askers share.
  package let number: Int

  /// Makes the id of a number.
  package init(_ number: Int) { self.number = number }
}

/// Which of all requests one is.
package struct RequestID: Sendable, Hashable {
  /// Who asks.
  package let asker: AskerID
  /// What kind of work is asked for.
  package let slot: LabSlot
  /// Its place among all requests; a later one has a higher number.
  package let number: Int

  /// Makes an id.
  package init(asker: AskerID, slot: LabSlot, number: Int) {
    self.asker = asker
    self.slot = slot
    self.number = number
  }
}
