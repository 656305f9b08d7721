import Compression
import Foundation
import Testing

@testable import Commands

/// Histories scheduled again.
@Suite struct SchedulerReplayTests {
  /// The first reviews of the first case that py-fsrs 6.3.2 computed with fuzzing off.
  private let known = """
    {"source": "py-fsrs 6.3.2, fuzzing off",
     "parameters": [0.212, 1.2931, 2.3065, 8.2956, 6.4133, 0.8334, 3.0194, 0.001, 1.8722, 0.1666,
      0.796, 1.4835, 0.0614, 0.2629, 1.6483, 0.6014, 1.8729, 0.5425, 0.0912, 0.0658, 0.1542],
     "maximum_interval_days": 36500,
     "cases": [{"learning_steps": [], "relearning_steps": [600], "desired_retention": 0.95,
      "reviews": [
       {"at": 0.0, "rating": 1, "retrievability_before": null, "state": "Review", "step": null,
        "stability": 0.212, "difficulty": 6.4133, "due": 86400.0},
       {"at": 216000.0, "rating": 3, "retrievability_before": 0.6984830026911623,
        "state": "Review", "step": null, "stability": 2.4329484753070623,
        "difficulty": 6.402115069296838, "due": 302400.0},
       {"at": 241950.0, "rating": 2, "retrievability_before": 1.0, "state": "Review",
        "step": null, "stability": 2.4329484753070623, "difficulty": 7.596784690858309,
        "due": 328350.0}]}]}
    """

  private func replay(_ text: String) throws -> SchedulerReplay {
    try SchedulerReplay(Array(text.utf8))
  }

  @Test func computesWhatTheReferenceComputed() throws {
    let replay = try replay(known)
    #expect(replay.differences.reviews == 3)
    #expect(replay.differences.compared == 3)
    #expect(replay.differences.memory < 1e-9)
    #expect(replay.differences.due == 0)
    #expect(replay.differences.otherStates == 0)
  }

  @Test func printsTheSameStructure() throws {
    let printed = try JSONParser.parse(Array(try replay(known).result.text.utf8)[...])
    let given = try JSONParser.parse(Array(known.utf8)[...])
    #expect(shape(of: printed) == shape(of: given))
    // What it printed is a file that it reads again, to the same text.
    let again = try replay(printed.text)
    #expect(again.result == printed)
    #expect(again.differences.memory == 0)
  }

  @Test func bareHistoriesGetEveryValueInOrder() throws {
    let text = #"{"cases":[{"note":"x","reviews":[{"at":0,"rating":3},{"rating":1,"at":90000}]}]}"#
    let result = try replay(text).result
    guard case .array(let cases)? = result["cases"],
      case .array(let reviews)? = cases[0]["reviews"],
      case .object(let members) = reviews[1]
    else {
      Issue.record("another structure: \(result.text)")
      return
    }
    #expect(
      members.map(\.key) == [
        "rating", "at", "retrievability_before", "state", "step", "stability", "difficulty", "due",
      ])
    #expect(cases[0]["note"] == .string("x"))
    // Defaults of py-fsrs: a first good answer goes to the second learning step, 600 s later.
    #expect(reviews[0]["state"] == .string("Learning"))
    #expect(reviews[0]["step"] == .integer(1))
    #expect(reviews[0]["due"] == .number(600))
    #expect(reviews[1]["due"] == .number(90_060))
  }

  @Test(arguments: [
    ("", "the histories are not JSON: no value where one is due at byte 0"),
    ("{}", "the histories need an object with a list “cases”"),
    (#"{"cases":[1]}"#, "cases[0] needs a list “reviews”"),
    (#"{"cases":[{"reviews":[{"at":0,"rating":5}]}]}"#, "rating must be 1, 2, 3 or 4"),
    (#"{"cases":[{"reviews":[{"at":"0","rating":3}]}]}"#, "at must be a number of seconds"),
    (#"{"cases":[{"reviews":[{"at":1e300,"rating":3}]}]}"#, "at must be a number of seconds"),
    (#"{"parameters":[1],"cases":[{"reviews":[]}]}"#, "FSRS-6 needs 21 weights, not 1."),
    (
      #"{"cases":[{"desired_retention":1.5,"reviews":[]}]}"#,
      "allowed is more than 0 and less than 1"
    ),
    (
      #"{"cases":[{"desired_retention":"x","reviews":[]}]}"#,
      "allowed is more than 0 and less than 1"
    ),
    (
      #"{"cases":[{"learning_steps":[0],"reviews":[]}]}"#,
      "learning_steps must be at most 100 numbers"
    ),
    (#"{"cases":[{"maximum_interval_days":0,"reviews":[]}]}"#, "maximum_interval_days must be"),
  ])
  func badHistoriesAreRefused(text: String, message: String) throws {
    let failure = #expect(throws: CommandFailure.self) { try replay(text) }
    #expect(failure?.status == ExitStatus.badData)
    let line = try #require(failure).description
    #expect(line.contains(message), "\(line)")
    #expect(!line.contains("\n"))
  }

  /// A value with all its keys in order and without its numbers and texts.
  private func shape(of value: JSONValue) -> String {
    switch value {
    case .null, .integer, .number: "#"
    case .boolean: "b"
    case .string: "s"
    case .array(let values): "[" + values.map(shape).joined(separator: ",") + "]"
    case .object(let members):
      "{" + members.map { "\($0.key):\(shape(of: $0.value))" }.joined(separator: ",") + "}"
    }
  }
}
