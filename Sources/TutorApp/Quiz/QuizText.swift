import Curriculum

/// Texts that the quiz on the screen and the quiz line by line share.
enum QuizText {
  /// A number without digits that say nothing, its minus as in print.
  static func number(_ value: Double) -> String {
    value < 0 ? "−" + magnitude(-value) : magnitude(value)
  }

  private static func magnitude(_ value: Double) -> String {
    // Seven decimals, more where a number is small and fewer where it is large.
    var scale = 1e7
    while value * scale < 1e6, scale < 1e15 { scale *= 10 }
    while value * scale > 1e11, scale > 1 { scale /= 10 }
    let rounded = (value * scale).rounded() / scale
    if rounded == rounded.rounded(), rounded < 1e15 { return ClaimText.grouped(Int(rounded)) }
    return "\(rounded)"
  }

  /// The unit that a measured quantity is asked for in; may be empty.
  static func unit(of quantity: MeasuredQuantity) -> String {
    if quantity.isShare { return "%" }
    switch quantity.quantity.prefix(while: { $0 != "@" && $0 != "." }) {
    case "bytes": return "B"
    case "sqnr": return "dB"
    default: return ""
    }
  }

  /// A difference between two values of a quantity, in the unit it is asked for in.
  static func difference(_ difference: Double, of quantity: MeasuredQuantity) -> String {
    let unit = unit(of: quantity)
    return number(quantity.isShare ? difference * 100 : difference)
      + (unit.isEmpty ? "" : " \(unit)")
  }
}
