package import Localization
package import Study

/// Times as a learner says them.
package enum TimeText {
  /// How far a moment lies ahead of now, such as "in 10 min" or "in 3 days (2026-11-27)".
  ///
  /// What lies on another day is counted in days of the calendar.
  package static func ahead(
    _ time: Double, now: Double, calendar: StudyCalendar = StudyCalendar()
  ) -> Phrase {
    let seconds = time - now
    if seconds <= 0 { return Phrase("now") }
    if seconds < 3600 {
      let minutes = Int((seconds / 60).rounded(.up))
      return Phrase("in \(minutes) min")
    }
    let today = calendar.day(at: now).date
    let date = calendar.day(at: time).date
    let days = date.dayNumber - today.dayNumber
    if days < 1 || seconds < 6 * 3600 {
      let hours = Int((seconds / 3600).rounded())
      return Phrase("in \(hours) h")
    }
    if days == 1 { return Phrase("tomorrow") }
    return Phrase("in \(days) days (\(date.iso))")
  }

  /// Minutes and seconds, such as `1:05`; what is not a time counts as none.
  package static func clock(_ seconds: Double) -> String {
    let whole = seconds.isFinite ? Int(max(0, min(seconds, 359_999))) : 0
    let rest = whole % 60
    return "\(whole / 60):" + (rest < 10 ? "0" : "") + "\(rest)"
  }

  /// A length in minutes and seconds.
  package static func length(_ seconds: Double) -> Phrase {
    let whole = Int(max(0, seconds))
    return Phrase("\(whole / 60) min \(whole % 60) s")
  }
}
