extension NcursesTerminal {
  /// Hands a text to the terminal's clipboard by the control sequence OSC 52.
  package func copy(_ text: String) -> Bool {
    guard isOpen, ClipboardSequence.isUnderstood(by: capabilities.name),
      let sequence = ClipboardSequence.sequence(for: text)
    else { return false }
    writeDirectly(sequence)
    return true
  }
}
