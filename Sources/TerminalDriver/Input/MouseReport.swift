import TerminalCanvas

/// One report of the mouse as the terminal sends it.
nonisolated struct MouseReport: Hashable {
  /// Bits 0 and 1 the button, 2 to 4 shift, alt and control, 5 motion, 6 wheel, 7 further buttons.
  var buttons: Int
  /// The column from 1.
  var column: Int
  /// The row from 1.
  var row: Int
  /// Whether a button was let go.
  var isRelease: Bool

  /// What the program makes of it; nil for buttons and movements that mean nothing to it.
  var event: MouseEvent? {
    guard column >= 1, row >= 1 else { return nil }
    let point = Point(x: column - 1, y: row - 1)
    guard buttons & 0x80 == 0 else { return nil }
    if buttons & 0x40 != 0 {
      switch buttons & 3 {
      case 0 where !isRelease: return MouseEvent(.scrollUp, at: point)
      case 1 where !isRelease: return MouseEvent(.scrollDown, at: point)
      default: return nil
      }
    }
    guard buttons & 3 == 0 else { return nil }
    if isRelease { return MouseEvent(.release, at: point) }
    return MouseEvent(buttons & 0x20 != 0 ? .drag : .press, at: point)
  }
}

/// Reads reports in the SGR encoding, mode 1006: `button ; column ; row` and a final `M` or `m`.
///
/// The introducer `ESC [ <` has already been read. Any bytes may come: what is no report is read
/// to its end and dropped, so that its rest is not taken for typing.
nonisolated struct SGRMouseParser: Hashable {
  /// What a byte led to.
  enum Outcome: Hashable {
    /// More bytes are needed.
    case incomplete
    /// A whole report.
    case report(MouseReport)
    /// The end of something that is no report; the byte belongs to it.
    case malformed
    /// The byte cannot belong to a report, which is given up; the byte means something else.
    case interrupted
  }

  private var numbers: [Int] = [0]
  private var hasDigit = false
  private var isMalformed = false
  private var length = 0

  private static let largestNumber = 65_535
  private static let longestReport = 48

  /// Takes the next byte.
  mutating func feed(_ byte: UInt8) -> Outcome {
    length += 1
    switch byte {
    case 0x30...0x39:
      hasDigit = true
      let value = numbers[numbers.count - 1] * 10 + Int(byte - 0x30)
      if value > Self.largestNumber { isMalformed = true }
      numbers[numbers.count - 1] = min(value, Self.largestNumber)
    case UInt8(ascii: ";"):
      if !hasDigit || numbers.count == 3 { isMalformed = true }
      if numbers.count < 3 { numbers.append(0) }
      hasDigit = false
    case UInt8(ascii: "M"), UInt8(ascii: "m"):
      guard !isMalformed, numbers.count == 3, hasDigit else { return .malformed }
      return .report(
        MouseReport(
          buttons: numbers[0], column: numbers[1], row: numbers[2],
          isRelease: byte == UInt8(ascii: "m")))
    case 0x20...0x3F:
      isMalformed = true
    case 0x40...0x7E:
      return .malformed
    default:
      return .interrupted
    }
    return length >= Self.longestReport ? .malformed : .incomplete
  }
}

/// Reads reports in the old encoding: three bytes, each 32 more than its value.
///
/// Terminals that know no SGR encoding answer in this one. The introducer `ESC [ M` has already
/// been read.
nonisolated struct LegacyMouseParser: Hashable {
  private var bytes: [UInt8] = []

  /// Takes the next byte and gives the report at the third; nil values and controls end it early.
  mutating func feed(_ byte: UInt8) -> SGRMouseParser.Outcome {
    guard byte >= 0x20 else { return .interrupted }
    bytes.append(byte)
    guard bytes.count == 3 else { return .incomplete }
    let buttons = Int(bytes[0]) - 32
    // The old encoding does not say which button went up: 3 stands for any.
    let isRelease = buttons & 0x43 == 3
    return .report(
      MouseReport(
        buttons: isRelease ? buttons & ~3 : buttons, column: Int(bytes[1]) - 32,
        row: Int(bytes[2]) - 32, isRelease: isRelease))
  }
}
