/// A day of the Gregorian calendar, without a time zone.
package struct StudyDate: Sendable, Hashable, Comparable {
  /// The year, from 1970 to 9999.
  package let year: Int
  /// The month, from 1.
  package let month: Int
  /// The day of the month, from 1.
  package let day: Int

  /// The years that progress is kept for; earlier ones come from clocks that are not set.
  package static let years = 1970...9999

  /// Makes a date, or nothing if the calendar has no such day.
  package init?(year: Int, month: Int, day: Int) {
    guard StudyDate.years.contains(year), (1...12).contains(month),
      day >= 1, day <= StudyDate.length(ofMonth: month, year: year)
    else { return nil }
    self.year = year
    self.month = month
    self.day = day
  }

  /// Reads a date as ISO 8601 writes it, such as `2026-12-01`.
  package init?(iso text: String) {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.map(\.count) == [4, 2, 2],
      parts.joined().allSatisfy({ $0.isASCII && $0.isNumber }),
      let year = Int(parts[0]), let month = Int(parts[1]), let day = Int(parts[2])
    else { return nil }
    self.init(year: year, month: month, day: day)
  }

  /// The date as ISO 8601 writes it.
  package var iso: String {
    func padded(_ number: Int, _ width: Int) -> String {
      let digits = String(number)
      return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
    return padded(year, 4) + "-" + padded(month, 2) + "-" + padded(day, 2)
  }

  /// The day of the week, 0 for Monday to 6 for Sunday.
  package var weekday: Int {
    // Day 0 was a Thursday.
    (dayNumber + 3) % 7
  }

  /// The days since 1970-01-01.
  ///
  /// Counted in years that begin in March, so that the leap day is the last of its year.
  package var dayNumber: Int {
    let shifted = month <= 2 ? year - 1 : year
    let dayOfYear = (153 * ((month + 9) % 12) + 2) / 5 + day - 1
    return 365 * shifted + shifted / 4 - shifted / 100 + shifted / 400 + dayOfYear - 719_468
  }

  /// Whether one day is before another.
  package static func < (left: StudyDate, right: StudyDate) -> Bool {
    (left.year, left.month, left.day) < (right.year, right.month, right.day)
  }

  private static func length(ofMonth month: Int, year: Int) -> Int {
    let isLeapYear = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    return [31, isLeapYear ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1]
  }
}
