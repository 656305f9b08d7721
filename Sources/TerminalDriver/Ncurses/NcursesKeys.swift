import CNcurses
import TerminalCanvas

/// The codes by which the screen library reports keys.
nonisolated enum NcursesKeys {
  /// Our own codes begin here: above the library's, and within the 16 bits that it stores.
  private static let firstOwnCode: Int32 = 0x4000
  private static let mouseCode: Int32 = 0x3FFF
  private static let legacyMouseCode: Int32 = 0x3FFE
  private static let pasteBeginCode: Int32 = 0x3FFD
  private static let pasteEndCode: Int32 = 0x3FFC

  /// Teaches the library the sequences that its description of the terminal may lack.
  static func define() {
    for (index, entry) in KeySequences.all.enumerated() {
      define_key(entry.sequence, firstOwnCode + Int32(index))
    }
    // The library's own mouse queue reverses bursts and loses some, so it never gets to see any.
    define_key("\u{1B}[<", mouseCode)
    define_key("\u{1B}[M", legacyMouseCode)
    define_key("\u{1B}[200~", pasteBeginCode)
    define_key("\u{1B}[201~", pasteEndCode)
  }

  /// What a code of `wgetch` stands for.
  static func unit(_ code: Int32) -> InputUnit {
    if (0...0xFF).contains(code) { return .byte(UInt8(code)) }
    if code == mouseCode { return .mouseIntroducer }
    if code == legacyMouseCode { return .legacyMouseIntroducer }
    if code == pasteBeginCode { return .pasteBegin }
    if code == pasteEndCode { return .pasteEnd }
    let own = Int(code - firstOwnCode)
    if KeySequences.all.indices.contains(own) { return .key(KeySequences.all[own].key) }
    return .key(key(code))
  }

  /// The key of one of the library's codes, or nil for keys without a use.
  private static func key(_ code: Int32) -> Key? {
    switch code {
    case KEY_UP, KEY_SR: .up
    case KEY_DOWN, KEY_SF: .down
    case KEY_LEFT: .left
    case KEY_RIGHT: .right
    case KEY_SLEFT: .shiftLeft
    case KEY_SRIGHT: .shiftRight
    case KEY_HOME, KEY_SHOME, KEY_A1, KEY_FIND: .home
    case KEY_END, KEY_SEND, KEY_C1, KEY_SELECT, KEY_LL: .end
    case KEY_PPAGE, KEY_A3: .pageUp
    case KEY_NPAGE, KEY_C3: .pageDown
    case KEY_DC, KEY_SDC: .delete
    case KEY_BACKSPACE: .backspace
    case KEY_BTAB: .backTab
    case KEY_ENTER: .enter
    // The Linux console's description makes a key of what is Ctrl-Z elsewhere.
    case KEY_SUSPEND: .control("z")
    case (KEY_F0 + 1)...(KEY_F0 + 63): .function(Int(code - KEY_F0))
    default: nil
    }
  }
}
