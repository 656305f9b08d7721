import Curriculum
import Localization
import Study

/// One number, date or switch of how the learner wants to study.
enum StudySetting: Int, Sendable, Hashable, CaseIterable {
  /// The share of items to be recalled when they are due.
  case retention
  /// The day of the interview.
  case interview
  /// The most new items a day.
  case newItems
  /// The most repeated items a day.
  case reviews
  /// The lapses after which lesson and experiment are recommended.
  case leeches
  /// Whether a quiz asks how sure the learner is.
  case confidence

  /// Its name.
  var name: Phrase {
    switch self {
    case .retention: Phrase("Retention", context: "target")
    case .interview: Phrase("Interview on")
    case .newItems: Phrase("New a day")
    case .reviews: Phrase("Reviews a day")
    case .leeches: Phrase("Leech after")
    case .confidence: Phrase("How sure?")
    }
  }

  /// What it does, in a sentence or two.
  var explanation: Phrase {
    switch self {
    case .retention:
      Phrase(
        "The share of items you want to recall when they come back. More means more reviews a day; 90 % suits most people."
      )
    case .interview:
      Phrase(
        "What you would recall least on that day is asked first, and every item once more in the three days before it. A date as 2026-12-31; empty for none."
      )
    case .newItems:
      Phrase("The most new items that \"due today\" brings in a day.")
    case .reviews:
      Phrase(
        "The most items that \"due today\" repeats in a day; the rest waits, the most urgent come first."
      )
    case .leeches:
      Phrase("After an item was forgotten so often, the quiz points to its lesson and experiment.")
    case .confidence:
      Phrase(
        "Quiz answers may say how sure you are: s sure, t think so, g guess instead of Enter. Errors made with certainty come back first."
      )
    }
  }

  /// The value as it is shown.
  func value(_ settings: StudySettings, _ context: TutorContext) -> String {
    switch self {
    case .retention: return "\(Int((settings.desiredRetention * 100).rounded())) %"
    case .interview:
      guard let date = settings.interviewDate else {
        return context.text(Phrase("none", context: "date"))
      }
      let days = date.dayNumber - context.study.day.date.dayNumber
      if days < 0 { return date.iso + context.text(Phrase(" (over)")) }
      if days == 0 { return date.iso + context.text(Phrase(" (today)")) }
      return date.iso
        + context.text(days == 1 ? Phrase(" (in 1 day)") : Phrase(" (in \(days) days)"))
    case .newItems:
      return context.text(Phrase("\(settings.newPerDay) items", context: "setting"))
    case .reviews:
      return context.text(Phrase("\(settings.reviewsPerDay) items", context: "setting"))
    case .leeches:
      return context.text(Phrase("\(settings.leechThreshold) lapses"))
    case .confidence:
      return context.text(settings.asksConfidence ? Phrase("on") : Phrase("off"))
    }
  }

  /// The value as it is typed; nil where nothing is typed.
  func typed(_ settings: StudySettings) -> String? {
    switch self {
    case .retention: "\(Int((settings.desiredRetention * 100).rounded()))"
    case .interview: settings.interviewDate?.iso ?? ""
    case .newItems: "\(settings.newPerDay)"
    case .reviews: "\(settings.reviewsPerDay)"
    case .leeches: "\(settings.leechThreshold)"
    case .confidence: nil
    }
  }

  /// The settings with the value one step further, as far as is allowed.
  func stepped(_ settings: StudySettings, by step: Int, today: StudyDate) -> StudySettings {
    var settings = settings
    func number(_ value: Int, step size: Int, in range: ClosedRange<Int>) -> Int {
      min(range.upperBound, max(range.lowerBound, value + step * size))
    }
    switch self {
    case .retention:
      let percent = Int((settings.desiredRetention * 100).rounded()) + step
      settings.desiredRetention =
        Double(
          min(Self.percents.upperBound, max(Self.percents.lowerBound, percent))) / 100
    case .interview:
      let start = settings.interviewDate ?? today
      let moved = max(today.dayNumber, start.dayNumber + step)
      settings.interviewDate = Self.date(dayNumber: moved, near: start) ?? start
    case .newItems:
      settings.newPerDay = number(settings.newPerDay, step: 5, in: StudySettings.newPerDayRange)
    case .reviews:
      settings.reviewsPerDay = number(
        settings.reviewsPerDay, step: 10, in: StudySettings.reviewsPerDayRange)
    case .leeches:
      settings.leechThreshold = number(
        settings.leechThreshold, step: 1, in: StudySettings.leechThresholdRange)
    case .confidence:
      settings.asksConfidence.toggle()
    }
    return settings
  }

  /// The allowed percents of items to be recalled.
  private static let percents =
    Int(
      (ProgressStore.retentionRange.lowerBound * 100).rounded())...Int(
      (ProgressStore.retentionRange.upperBound * 100).rounded())

  /// The date of a day, found from one close to it.
  private static func date(dayNumber: Int, near start: StudyDate) -> StudyDate? {
    for year in [start.year, start.year + 1, start.year - 1] {
      guard let first = StudyDate(year: year, month: 1, day: 1),
        let last = StudyDate(year: year, month: 12, day: 31),
        (first.dayNumber...last.dayNumber).contains(dayNumber)
      else { continue }
      for month in (1...12).reversed() {
        guard let start = StudyDate(year: year, month: month, day: 1),
          start.dayNumber <= dayNumber
        else { continue }
        return StudyDate(year: year, month: month, day: dayNumber - start.dayNumber + 1)
      }
    }
    return nil
  }

  /// The settings with a typed value, or what is wrong with it and what is allowed.
  func entered(
    _ text: String, _ settings: StudySettings, today: StudyDate
  ) -> Result<StudySettings, StudySettingFault> {
    var settings = settings
    let plain = text.filter { !$0.isWhitespace && $0 != "%" }
    func number(in range: ClosedRange<Int>) -> Int? {
      Int(plain).flatMap { range.contains($0) ? $0 : nil }
    }
    func fault(_ range: ClosedRange<Int>) -> Result<StudySettings, StudySettingFault> {
      .failure(
        StudySettingFault(
          Phrase(
            "A whole number from \(range.lowerBound) to \(range.upperBound) is needed, not '\(text)'."
          )))
    }
    switch self {
    case .retention:
      guard let percent = number(in: Self.percents) else { return fault(Self.percents) }
      settings.desiredRetention = Double(percent) / 100
    case .interview:
      guard !plain.isEmpty else {
        settings.interviewDate = nil
        break
      }
      guard let date = StudyDate(iso: plain) else {
        return .failure(
          StudySettingFault(
            Phrase(
              "'\(text)' is no date: year, month and day as in \(today.iso), or empty for none.")))
      }
      guard date >= today else {
        return .failure(
          StudySettingFault(
            Phrase("\(date.iso) is over: the interview is today (\(today.iso)) or later.")))
      }
      settings.interviewDate = date
    case .newItems:
      guard let number = number(in: StudySettings.newPerDayRange) else {
        return fault(StudySettings.newPerDayRange)
      }
      settings.newPerDay = number
    case .reviews:
      guard let number = number(in: StudySettings.reviewsPerDayRange) else {
        return fault(StudySettings.reviewsPerDayRange)
      }
      settings.reviewsPerDay = number
    case .leeches:
      guard let number = number(in: StudySettings.leechThresholdRange) else {
        return fault(StudySettings.leechThresholdRange)
      }
      settings.leechThreshold = number
    case .confidence:
      break
    }
    return .success(settings)
  }
}

/// Why a typed value is not accepted.
struct StudySettingFault: Error, Hashable {
  /// The reason, with what is allowed.
  let reason: Phrase

  /// Makes a fault.
  init(_ reason: Phrase) {
    self.reason = reason
  }
}
