/// What a learner chose about how to study.
package struct StudySettings: Sendable, Hashable {
  /// The share of items to be recalled when they are due.
  package var desiredRetention = 0.9
  /// The most new items that a day's session brings.
  package var newPerDay = 20
  /// The most items that a day's session repeats.
  package var reviewsPerDay = 200
  /// The lapses after which an item is a leech.
  package var leechThreshold = 8
  /// The day of the interview that the learner prepares for, if one is set.
  package var interviewDate: StudyDate?
  /// Whether a quiz asks how sure the learner is before it shows what is right.
  package var asksConfidence = true

  /// Makes the settings that hold before anything was chosen; the numbers are Anki's.
  package init() {}

  /// The accepted numbers of new items a day.
  package static let newPerDayRange = 0...999
  /// The accepted numbers of repeated items a day.
  package static let reviewsPerDayRange = 0...9999
  /// The accepted numbers of lapses.
  package static let leechThresholdRange = 1...99
}

extension StudySettings {
  /// A setting as the store keeps it: a key and a text.
  enum Key: String, CaseIterable {
    case desiredRetention = "study.desired-retention"
    case newPerDay = "study.new-per-day"
    case reviewsPerDay = "study.reviews-per-day"
    case leechThreshold = "study.leech-threshold"
    case interviewDate = "study.interview-date"
    case asksConfidence = "study.asks-confidence"
  }

  /// Reads settings from their texts; what is missing or not allowed is as if never chosen.
  init(texts: [String: String]) {
    func number(_ key: Key, in range: ClosedRange<Int>) -> Int? {
      texts[key.rawValue].flatMap { Int($0) }.flatMap { range.contains($0) ? $0 : nil }
    }
    if let retention = texts[Key.desiredRetention.rawValue].flatMap(Double.init),
      ProgressStore.retentionRange.contains(retention)
    {
      desiredRetention = retention
    }
    newPerDay = number(.newPerDay, in: StudySettings.newPerDayRange) ?? newPerDay
    reviewsPerDay = number(.reviewsPerDay, in: StudySettings.reviewsPerDayRange) ?? reviewsPerDay
    leechThreshold =
      number(.leechThreshold, in: StudySettings.leechThresholdRange) ?? leechThreshold
    interviewDate = texts[Key.interviewDate.rawValue].flatMap(StudyDate.init(iso:))
    asksConfidence = texts[Key.asksConfidence.rawValue] != "no"
  }

  /// The text of a setting; none for one that is not set.
  func text(_ key: Key) -> String? {
    switch key {
    case .desiredRetention: String(desiredRetention)
    case .newPerDay: String(newPerDay)
    case .reviewsPerDay: String(reviewsPerDay)
    case .leechThreshold: String(leechThreshold)
    case .interviewDate: interviewDate?.iso
    case .asksConfidence: asksConfidence ? "yes" : "no"
    }
  }

  /// Says in one sentence what is not allowed, or nothing if all is.
  package var fault: String? {
    if !ProgressStore.retentionRange.contains(desiredRetention) {
      return "The desired retention must be within 0.7 and 0.97."
    }
    if !StudySettings.newPerDayRange.contains(newPerDay) {
      return "New items a day must be within 0 and 999."
    }
    if !StudySettings.reviewsPerDayRange.contains(reviewsPerDay) {
      return "Repeated items a day must be within 0 and 9999."
    }
    if !StudySettings.leechThresholdRange.contains(leechThreshold) {
      return "The lapses of a leech must be within 1 and 99."
    }
    return nil
  }
}
