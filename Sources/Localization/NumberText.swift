/// Numbers in words, the same in every locale.
package enum NumberText {
  /// Returns a number with some decimals, rounded half away from zero.
  ///
  /// What is not finite, or too large to be written exactly, comes out in the language's own form.
  package static func fixed(_ value: Double, decimals: Int) -> String {
    let decimals = max(0, min(9, decimals))
    let power = (0..<decimals).reduce(1.0) { result, _ in result * 10 }
    let scaled = (abs(value) * power).rounded()
    guard scaled.isFinite, scaled < 9_007_199_254_740_992 else { return "\(value)" }
    let digits = String(Int(scaled))
    let sign = value < 0 && scaled > 0 ? "-" : ""
    guard decimals > 0 else { return sign + digits }
    let padded = String(repeating: "0", count: max(0, decimals + 1 - digits.count)) + digits
    return sign + padded.dropLast(decimals) + "." + padded.suffix(decimals)
  }

  /// Returns a count with commas between groups of three digits.
  package static func grouped(_ value: Int) -> String {
    let digits = String(value.magnitude)
    var result = ""
    for (index, digit) in digits.enumerated() {
      if index > 0, (digits.count - index).isMultiple(of: 3) { result += "," }
      result.append(digit)
    }
    return (value < 0 ? "-" : "") + result
  }
}
