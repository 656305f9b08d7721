package import Foundation

/// Times of the clock in words, the same in every language.
package enum DateText {
  /// The day and the minute in a time zone, such as `2026-11-24 09:31`.
  package static func minute(_ time: Double, in zone: TimeZone = .current) -> String {
    let parts = parts(time, zone)
    return "\(day(parts)) \(padded(parts.hour)):\(padded(parts.minute))"
  }

  /// The day and the minute without signs that file names should not have, such as `20261124-0931`.
  package static func fileName(_ time: Double, in zone: TimeZone = .current) -> String {
    minute(time, in: zone).replacing(" ", with: "-").replacing(":", with: "")
  }

  /// The day in a time zone, such as `2026-11-24`.
  package static func day(_ time: Double, in zone: TimeZone = .current) -> String {
    day(parts(time, zone))
  }

  private static func parts(_ time: Double, _ zone: TimeZone) -> DateComponents {
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = zone
    return calendar.dateComponents(
      [.year, .month, .day, .hour, .minute], from: Date(timeIntervalSince1970: time))
  }

  private static func day(_ parts: DateComponents) -> String {
    "\(parts.year ?? 0)-\(padded(parts.month))-\(padded(parts.day))"
  }

  private static func padded(_ number: Int?) -> String {
    let digits = String(number ?? 0)
    return digits.count < 2 ? "0" + digits : digits
  }
}
