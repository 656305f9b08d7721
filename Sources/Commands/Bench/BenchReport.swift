import Foundation

/// All figures of one run of `nibble bench`.
struct BenchReport: Codable, Equatable {
  /// The instructions that the engine was compiled for.
  let instructionSet: String
  /// Whether training was timed on part of an epoch.
  let isQuick: Bool
  /// The figures, in the order of measurement.
  private(set) var figures: [BenchFigure] = []

  /// Makes a report without figures.
  init(instructionSet: String, isQuick: Bool) {
    self.instructionSet = instructionSet
    self.isQuick = isQuick
  }

  /// Reads a report that `--json` wrote.
  init(file: String) throws(CommandFailure) {
    guard let data = FileManager.default.contents(atPath: file) else {
      throw .badData("\(file) cannot be read")
    }
    do {
      self = try JSONDecoder().decode(BenchReport.self, from: data)
    } catch {
      throw .badData("\(file) is not a report that nibble bench --json wrote")
    }
  }

  /// The report as JSON on one line, which can be read again.
  func json() throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(self), as: UTF8.self) + "\n"
  }

  /// Adds a ceiling: operations or bytes a second, one value for each run.
  mutating func addCeiling(_ name: String, unit: String, threads: Int, speeds: [Double]) {
    add(name, unit: unit, threads: threads, values: speeds, share: Share?.none)
  }

  /// Adds a time, and its share of a ceiling if it is known how much work it took.
  ///
  /// - Parameters:
  ///   - unit: `s`, `ms` or `µs`.
  ///   - seconds: One time for each run.
  ///   - divisor: What the times are divided by, such as the images of a run.
  ///   - work: Giga-operations or gigabytes of one run, and the ceiling's name.
  mutating func addTime(
    _ name: String, unit: String, threads: Int, seconds: [Double], dividedBy divisor: Double = 1,
    work: (amount: Double, ceiling: String)? = nil
  ) {
    let factor: Double = unit == "ms" ? 1e3 : unit == "µs" ? 1e6 : 1
    let share = work.flatMap { work -> Share? in
      // The best run of the ceiling: what the machine can do when nothing disturbs it.
      guard let ceiling = figure(work.ceiling, threads: threads)?.greatest else { return nil }
      return (name: work.ceiling, value: work.amount / seconds.median / ceiling)
    }
    add(
      name, unit: unit, threads: threads, values: seconds.map { $0 * factor / divisor },
      share: share)
  }

  /// Adds values that are no times and have no ceiling.
  mutating func add(_ name: String, unit: String, threads: Int, values: [Double]) {
    add(name, unit: unit, threads: threads, values: values, share: Share?.none)
  }

  /// The figure of a name and a number of threads.
  func figure(_ name: String, threads: Int) -> BenchFigure? {
    figures.first { $0.name == name && $0.threads == threads }
  }

  private typealias Share = (name: String, value: Double)

  private mutating func add(
    _ name: String, unit: String, threads: Int, values: [Double], share: Share?
  ) {
    figures.append(
      BenchFigure(
        name: name, unit: unit, threads: threads, median: values.median,
        least: values.min() ?? .nan, greatest: values.max() ?? .nan, runs: values.count,
        ceiling: share?.name, share: share?.value))
  }
}

extension BenchReport {
  /// The report as a table.
  var table: String {
    var rows = [["figure", "threads", "median", "least", "greatest", "unit", "of the ceiling"]]
    for figure in figures {
      rows.append([
        figure.name, "\(figure.threads)", Self.text(figure.median), Self.text(figure.least),
        Self.text(figure.greatest), figure.unit, Self.shareText(figure),
      ])
    }
    let runs = figures.map(\.runs).min() ?? 0
    return Self.aligned(rows) + "\nbuilt for \(instructionSet); at least \(runs) runs a figure"
      + (isQuick ? "; training on a tenth of an epoch\n" : "\n")
  }

  /// This report beside an older one: the medians and how many times faster this one is.
  func comparison(with other: BenchReport) -> String {
    var rows = [["figure", "threads", "before", "now", "unit", "faster by"]]
    for figure in figures {
      guard let before = other.figure(figure.name, threads: figure.threads) else { continue }
      let ratio =
        figure.isSpeed ? figure.median / before.median : before.median / figure.median
      rows.append([
        figure.name, "\(figure.threads)", Self.text(before.median), Self.text(figure.median),
        figure.unit, Self.text(ratio) + "×",
      ])
    }
    return Self.aligned(rows)
  }

  private static func shareText(_ figure: BenchFigure) -> String {
    guard let share = figure.share, let ceiling = figure.ceiling else { return "" }
    return String(format: "%.0f %% of ", share * 100) + ceiling
  }

  private static func text(_ value: Double) -> String {
    String(format: abs(value) >= 100 ? "%.0f" : abs(value) >= 10 ? "%.1f" : "%.2f", value)
  }

  /// Rows with their columns one below the other: names to the left, numbers to the right.
  private static func aligned(_ rows: [[String]]) -> String {
    let columns = rows.first?.count ?? 0
    let widths = (0..<columns).map { column in rows.map { $0[column].count }.max() ?? 0 }
    return rows.map { row in
      let cells = row.enumerated().map { column, cell in
        let padding = String(repeating: " ", count: widths[column] - cell.count)
        return (1...4).contains(column) ? padding + cell : cell + padding
      }
      let line = cells.joined(separator: "  ")
      return String(line[...(line.lastIndex { $0 != " " } ?? line.startIndex)])
    }.joined(separator: "\n") + "\n"
  }
}
