/// One measured figure: the median of several runs, their spread, and its share of a ceiling.
struct BenchFigure: Codable, Equatable {
  /// What was measured, the same in every report.
  let name: String
  /// The unit of the values, such as `ms`.
  let unit: String
  /// The threads that were used.
  let threads: Int
  /// The median of the runs.
  let median: Double
  /// The least value of a run.
  let least: Double
  /// The greatest value of a run.
  let greatest: Double
  /// The number of runs.
  let runs: Int
  /// The ceiling that the figure is held against, if there is one.
  let ceiling: String?
  /// The median's share of that ceiling, as measured in the same report.
  let share: Double?

  /// Whether larger values are better; true of speeds.
  var isSpeed: Bool { unit.hasSuffix("/s") }
}
