import Curriculum
import Localization
import Study

/// Times as a learner says them.
enum TimeText {
  /// How far a moment lies ahead of now, such as "in 10 min" or "in 3 days (2026-11-27)".
  ///
  /// What lies on another day is counted in days of the calendar.
  static func ahead(
    _ time: Double, now: Double, _ language: Language, calendar: StudyCalendar = StudyCalendar()
  ) -> String {
    let isEnglish = language == .english
    let seconds = time - now
    if seconds <= 0 { return isEnglish ? "now" : "现在" }
    if seconds < 3600 {
      let minutes = Int((seconds / 60).rounded(.up))
      return isEnglish ? "in \(minutes) min" : "\(minutes) 分钟后"
    }
    let today = calendar.day(at: now).date
    let date = calendar.day(at: time).date
    let days = date.dayNumber - today.dayNumber
    if days < 1 || seconds < 6 * 3600 {
      let hours = Int((seconds / 3600).rounded())
      return isEnglish ? "in \(hours) h" : "\(hours) 小时后"
    }
    if days == 1 { return isEnglish ? "tomorrow" : "明天" }
    return isEnglish ? "in \(days) days (\(date.iso))" : "\(days) 天后（\(date.iso)）"
  }

  /// A length in minutes and seconds.
  static func length(_ seconds: Double, _ language: Language) -> String {
    let whole = Int(max(0, seconds))
    return language == .english
      ? "\(whole / 60) min \(whole % 60) s" : "\(whole / 60) 分 \(whole % 60) 秒"
  }
}
