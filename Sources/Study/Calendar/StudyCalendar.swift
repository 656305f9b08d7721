package import Foundation

/// One day of a learner, from midnight to midnight.
package struct StudyDay: Sendable, Hashable {
  /// The date.
  package var date: StudyDate
  /// When it starts, in Unix seconds.
  package var start: Double
  /// When the next day starts, in Unix seconds; 23 or 25 hours later where clocks are changed.
  package var end: Double

  /// Makes a day.
  package init(date: StudyDate, start: Double, end: Double) {
    precondition(start < end, "A day ends after it starts.")
    self.date = date
    self.start = start
    self.end = end
  }
}

/// Which day a moment belongs to, in one time zone.
///
/// Nothing in the store depends on it: answers and due dates are kept in Unix seconds, so that
/// travelling only moves the borders of days.
package struct StudyCalendar: Sendable {
  private let calendar: Calendar

  /// Makes a calendar of a time zone.
  package init(timeZone: TimeZone = .current) {
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = timeZone
    self.calendar = calendar
  }

  /// The day that a time in Unix seconds falls on.
  ///
  /// Times outside the years that are kept count as the first or last day of them.
  package func day(at time: Double) -> StudyDay {
    precondition(time.isFinite, "A day needs a finite time.")
    let parts = calendar.dateComponents(
      [.year, .month, .day], from: Date(timeIntervalSince1970: min(max(time, -1e12), 1e12)))
    let isEarly = time < 0
    let date =
      StudyDate(year: parts.year ?? 0, month: parts.month ?? 0, day: parts.day ?? 0)
      ?? StudyCalendar.border(isEarly: isEarly)
    return day(date)
  }

  /// The day of a date.
  package func day(_ date: StudyDate) -> StudyDay {
    let start = self.start(of: date.dayNumber)
    return StudyDay(
      date: date, start: start, end: max(start + 1, self.start(of: date.dayNumber + 1)))
  }

  /// Some days in order, from `before` days ahead of a date to `after` days behind it.
  package func days(around date: StudyDate, before: Int, after: Int) -> [StudyDay] {
    precondition(before >= 0 && after >= 0, "Days are counted from 0.")
    let starts = (-before...after + 1).map { start(of: date.dayNumber + $0) }
    return zip(starts, starts.dropFirst()).enumerated().map { offset, borders in
      // Noon is on the day itself however the clocks are changed.
      let noon = calendar.dateComponents(
        [.year, .month, .day],
        from: Date(timeIntervalSince1970: (borders.0 + borders.1) / 2))
      let found = StudyDate(year: noon.year ?? 0, month: noon.month ?? 0, day: noon.day ?? 0)
      return StudyDay(
        date: found ?? StudyCalendar.border(isEarly: offset < before), start: borders.0,
        end: borders.1)
    }
  }

  private func start(of dayNumber: Int) -> Double {
    // Noon in UTC names the day whatever the zone; its start is then sought in the zone itself.
    var utc = Calendar(identifier: .gregorian)
    utc.timeZone = TimeZone(secondsFromGMT: 0) ?? utc.timeZone
    let noon = Date(timeIntervalSince1970: (Double(dayNumber) + 0.5) * 86_400)
    var parts = utc.dateComponents([.year, .month, .day], from: noon)
    parts.hour = 12
    let local = calendar.date(from: parts) ?? noon
    return calendar.startOfDay(for: local).timeIntervalSince1970
  }

  private static func border(isEarly: Bool) -> StudyDate {
    let date =
      isEarly
      ? StudyDate(year: StudyDate.years.lowerBound, month: 1, day: 1)
      : StudyDate(year: StudyDate.years.upperBound, month: 12, day: 31)
    guard let date else { preconditionFailure("The borders of the calendar are days.") }
    return date
  }
}
