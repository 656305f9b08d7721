import Study

/// Settings of one's studies as typed on the command line.
enum SettingText {
  /// What can be set, for the help text.
  static let help = """
    Settings: retention=0.7 … 0.97 (share of items to be recalled when they are due, default 0.9);
    new-per-day=0 … 999 (20); reviews-per-day=0 … 9999 (200); leech-threshold=1 … 99 lapses (8);
    interview-date=YYYY-MM-DD or none; ask-confidence=yes or no, in the tutor.
    """

  /// Changes a setting as `KEY=VALUE` says.
  static func apply(_ text: String, to settings: inout StudySettings) throws(CommandFailure) {
    let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2 else { throw .usage("--set needs KEY=VALUE, not '\(text)'") }
    let (key, value) = (String(parts[0]), String(parts[1]))
    func number(_ range: ClosedRange<Int>) throws(CommandFailure) -> Int {
      guard let number = Int(value), range.contains(number) else {
        throw .usage(
          "\(key) must be a whole number from \(range.lowerBound) to \(range.upperBound), "
            + "not '\(value)'")
      }
      return number
    }
    switch key {
    case "retention":
      let range = ProgressStore.retentionRange
      guard let share = Double(value), range.contains(share) else {
        throw .usage(
          "retention must be a number from \(range.lowerBound) to \(range.upperBound), "
            + "not '\(value)'")
      }
      settings.desiredRetention = share
    case "new-per-day": settings.newPerDay = try number(StudySettings.newPerDayRange)
    case "reviews-per-day": settings.reviewsPerDay = try number(StudySettings.reviewsPerDayRange)
    case "leech-threshold": settings.leechThreshold = try number(StudySettings.leechThresholdRange)
    case "interview-date":
      let date = StudyDate(iso: value)
      guard date != nil || value == "none" else {
        throw .usage("interview-date must be a day such as 2026-12-01, or none, not '\(value)'")
      }
      settings.interviewDate = date
    case "ask-confidence":
      guard ["yes", "no"].contains(value) else {
        throw .usage("ask-confidence must be yes or no, not '\(value)'")
      }
      settings.asksConfidence = value == "yes"
    default:
      throw .usage(
        "there is no setting '\(key)'; there are retention, new-per-day, reviews-per-day, "
          + "leech-threshold, interview-date, ask-confidence")
    }
  }
}
