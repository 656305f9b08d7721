import TerminalCanvas

/// One unit of input after the screen library has matched the key sequences it knows.
nonisolated enum InputUnit: Hashable {
  /// A byte that is part of no known sequence.
  case byte(UInt8)
  /// A known key; nil stands for one that the program has no use for.
  case key(Key?)
  /// The introducer of a mouse report in SGR encoding.
  case mouseIntroducer
  /// The introducer of a mouse report in the old encoding.
  case legacyMouseIntroducer
  /// The terminal begins to send what was pasted.
  case pasteBegin
  /// All that was pasted was sent.
  case pasteEnd
}

/// Turns input units into events: characters from UTF-8, control keys, mouse reports.
///
/// What is unfinished at the end of a batch is kept for the next, except a lone Escape, which is
/// then the key itself. Escape sequences that nobody knows are dropped whole, since their first
/// byte would otherwise act as the Escape key and the rest as typing.
nonisolated struct InputDecoder {
  private enum State: Hashable {
    case ground
    case escape
    case control(length: Int)
    case singleShift
    case mouse(SGRMouseParser)
    case legacyMouse(LegacyMouseParser)
    case paste
  }

  private var state = State.ground
  private var encoded: [UInt8] = []
  private var expectedLength = 0
  private var typed = String.UnicodeScalarView()
  private var events: [InputEvent] = []
  private var pasted: [UInt8] = []

  private static let longestSequence = 64
  /// What is pasted beyond this many bytes is dropped: it is typed into lines, not loaded as a file.
  static let maxPaste = 65_536

  /// Makes a decoder with nothing pending.
  init() {}

  /// Takes one unit.
  mutating func feed(_ unit: InputUnit) {
    if state == .paste {
      feedPaste(unit)
      return
    }
    switch unit {
    case .byte(let byte):
      feed(byte)
    case .key(let key):
      abandonSequence()
      emit(key)
    case .mouseIntroducer:
      abandonSequence()
      state = .mouse(SGRMouseParser())
    case .legacyMouseIntroducer:
      abandonSequence()
      state = .legacyMouse(LegacyMouseParser())
    case .pasteBegin:
      abandonSequence()
      emitTyped()
      pasted = []
      state = .paste
    case .pasteEnd:
      abandonSequence()
    }
  }

  /// Ends a batch and returns its events.
  mutating func finish() -> [InputEvent] {
    switch state {
    case .escape:
      abandonSequence()
    case .control(let length) where length == 0:
      state = .ground
      emit(.escape)
      emit(.character("["))
    case .singleShift:
      state = .ground
      emit(.escape)
      emit(.character("O"))
    case .ground, .control, .mouse, .legacyMouse, .paste:
      break
    }
    emitTyped()
    defer { events = [] }
    return events
  }

  // MARK: - Sequences

  private mutating func feed(_ byte: UInt8) {
    switch state {
    case .ground:
      feedGround(byte)
    case .escape:
      switch byte {
      case UInt8(ascii: "["): state = .control(length: 0)
      case UInt8(ascii: "O"): state = .singleShift
      default:
        abandonSequence()
        feedGround(byte)
      }
    case .control(let length):
      switch byte {
      case 0x20...0x3F where length < Self.longestSequence: state = .control(length: length + 1)
      case 0x20...0x7E: state = .ground
      default:
        state = .ground
        feedGround(byte)
      }
    case .singleShift:
      state = .ground
      if !(0x20...0x7E).contains(byte) { feedGround(byte) }
    case .mouse(var parser):
      let outcome = parser.feed(byte)
      state = .mouse(parser)
      finishMouse(outcome, byte)
    case .legacyMouse(var parser):
      let outcome = parser.feed(byte)
      state = .legacyMouse(parser)
      finishMouse(outcome, byte)
    case .paste:
      break
    }
  }

  private mutating func finishMouse(_ outcome: SGRMouseParser.Outcome, _ byte: UInt8) {
    switch outcome {
    case .incomplete:
      break
    case .report(let report):
      state = .ground
      emitTyped()
      if let event = report.event { events.append(.mouse(event)) }
    case .malformed:
      state = .ground
    case .interrupted:
      state = .ground
      feedGround(byte)
    }
  }

  // MARK: - Pasting

  /// Takes a unit between the two marks of a paste, in which no byte is a key.
  ///
  /// Terminals take controls out of what they paste, so Ctrl-C is a learner who waits for an end
  /// that never comes.
  private mutating func feedPaste(_ unit: InputUnit) {
    switch unit {
    case .byte(0x03):
      finishPaste()
      emit(.control("c"))
    case .byte(let byte):
      if pasted.count < Self.maxPaste { pasted.append(byte) }
    case .pasteEnd:
      finishPaste()
    case .key, .mouseIntroducer, .legacyMouseIntroducer, .pasteBegin:
      break
    }
  }

  private mutating func finishPaste() {
    state = .ground
    let lines = String(decoding: pasted, as: UTF8.self)
      .replacing("\r\n", with: "\n").replacing("\r", with: "\n")
    pasted = []
    var text = ""
    text.unicodeScalars.append(
      contentsOf: lines.unicodeScalars.filter { scalar in
        scalar == "\n" || scalar == "\t"
          // What is no UTF-8 was decoded as the replacement character.
          || (scalar.properties.generalCategory != .control && scalar != "\u{FFFD}")
      })
    if !text.isEmpty { events.append(.paste(text)) }
  }

  /// Gives up an unfinished sequence; a lone Escape becomes the key.
  private mutating func abandonSequence() {
    let wasEscape = state == .escape
    state = .ground
    if wasEscape { emit(.escape) }
  }

  // MARK: - Characters and control keys

  private mutating func feedGround(_ byte: UInt8) {
    if byte >= 0x80 {
      feedEncoded(byte)
      return
    }
    encoded = []
    switch byte {
    case 0x1B:
      state = .escape
    case 0x09: emit(.tab)
    case 0x0A, 0x0D: emit(.enter)
    case 0x08, 0x7F: emit(.backspace)
    case 0x01...0x1A: emit(.control(Character(Unicode.Scalar(byte + 0x60))))
    case 0x00, 0x1C...0x1F: emitTyped()
    default: typed.append(Unicode.Scalar(byte))
    }
  }

  /// Takes a byte of a character beyond ASCII; what is not UTF-8 is dropped.
  private mutating func feedEncoded(_ byte: UInt8) {
    if byte >= 0xC0 {
      encoded = [byte]
      expectedLength = byte >= 0xF0 ? 4 : byte >= 0xE0 ? 3 : 2
      return
    }
    guard !encoded.isEmpty else { return }
    encoded.append(byte)
    guard encoded.count == expectedLength else { return }
    if let text = String(validating: encoded, as: UTF8.self) {
      for scalar in text.unicodeScalars where scalar.value >= 0xA0 { typed.append(scalar) }
    }
    encoded = []
  }

  private mutating func emit(_ key: Key?) {
    emitTyped()
    if let key { events.append(.key(key)) }
  }

  /// Emits the scalars so far as characters, so that a letter and its accent are one key.
  private mutating func emitTyped() {
    guard !typed.isEmpty else { return }
    for character in String(typed) { events.append(.key(.character(character))) }
    typed = String.UnicodeScalarView()
  }
}
