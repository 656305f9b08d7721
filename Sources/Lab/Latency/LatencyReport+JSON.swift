package import Compression

extension LatencyReport {
  /// The report as a JSON object; times are microseconds an image.
  package var json: JSONValue {
    .object([
      ("processor", .string(processor)),
      ("instructionSet", .string(instructionSet)),
      ("threads", .integer(1)),
      ("repeatedRounds", .integer(repeatedRounds)),
      ("disturbedRounds", .integer(disturbedRounds)),
      ("series", .array(series.map(\.json))),
    ])
  }
}

extension LatencyReport.Series {
  fileprivate var json: JSONValue {
    .object([
      ("network", .string(subject.rawValue)),
      ("kernel", .string(kernel)),
      ("batch", .integer(batch)),
      ("rounds", .integer(distribution.times.count)),
      ("imagesPerRound", .integer(imagesPerRound)),
      ("median", .number(distribution.median)),
      ("lowerQuartile", .number(distribution.lowerQuartile)),
      ("upperQuartile", .number(distribution.upperQuartile)),
      ("lowerWhisker", .number(distribution.lowerWhisker)),
      ("upperWhisker", .number(distribution.upperWhisker)),
      ("outliers", .array(distribution.outliers.map(JSONValue.number))),
    ])
  }
}
