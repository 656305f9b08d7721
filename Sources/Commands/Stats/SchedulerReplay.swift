import Compression
import Study

/// Review histories, answered again by the scheduler of this program.
///
/// The form is that of a file of known answers: `parameters` and `maximum_interval_days` for all
/// `cases`, each with `learning_steps`, `relearning_steps` and `desired_retention` and perhaps the
/// first two again, and `reviews` with `at` in seconds and `rating` from 1 to 4. What a case does not
/// say is as in py-fsrs. The replay keeps every key in its place and sets in each review
/// `retrievability_before`, `state`, `step`, `stability`, `difficulty` and `due`.
struct SchedulerReplay {
  /// The largest distances between values of the file and those computed.
  struct Differences {
    /// The number of cases.
    var cases = 0
    /// The number of reviews.
    var reviews = 0
    /// The reviews of which the file says a value to compare with.
    var compared = 0
    /// The largest difference of a stability or a difficulty.
    var memory = 0.0
    /// The largest difference of a due time, in seconds.
    var due = 0.0
    /// The reviews whose state or step is another one.
    var otherStates = 0
  }

  /// The file with the computed values in it.
  private(set) var result: JSONValue
  /// How far the file's own values are from them.
  private(set) var differences = Differences()

  /// Replays a file.
  init(_ bytes: [UInt8]) throws(CommandFailure) {
    let file: JSONValue
    do {
      file = try JSONParser.parse(bytes[...])
    } catch {
      throw .badData("the histories are not JSON: \(error)")
    }
    guard case .object(var members) = file, case .array(let cases)? = file["cases"] else {
      throw .badData("the histories need an object with a list “cases”")
    }
    result = .null
    var replayed: [JSONValue] = []
    for (number, history) in cases.enumerated() {
      replayed.append(try replay(history, in: file, place: "cases[\(number)]"))
    }
    for index in members.indices {
      switch members[index].key {
      case "cases": members[index].value = .array(replayed)
      // The source names who computed the values.
      case "source": members[index].value = .string("nibble, FSRS-6, fuzzing off")
      default: break
      }
    }
    differences.cases = cases.count
    result = .object(members)
  }

  private mutating func replay(
    _ history: JSONValue, in file: JSONValue, place: String
  ) throws(CommandFailure) -> JSONValue {
    guard case .object(let members) = history, case .array(let reviews)? = history["reviews"] else {
      throw .badData("\(place) needs a list “reviews”")
    }
    let scheduler = try SchedulerReplay.scheduler(history, file, place: place)
    var card: FSRSCard?
    var replayed: [JSONValue] = []
    for (number, review) in reviews.enumerated() {
      let place = "\(place).reviews[\(number)]"
      guard case .object(let given) = review else { throw .badData("\(place) is no object") }
      guard let time = review["at"]?.double, abs(time) <= 1e12 else {
        throw .badData("\(place).at must be a number of seconds from -1e12 to 1e12")
      }
      guard case .integer(let number)? = review["rating"], let rating = Rating(rawValue: number)
      else { throw .badData("\(place).rating must be 1, 2, 3 or 4") }
      let recall = card.map { scheduler.retrievability(of: $0, at: time) }
      let next = scheduler.review(card, rating: rating, at: time)
      card = next
      differences.compare(next, with: review)
      replayed.append(SchedulerReplay.review(given, next, recall: recall))
    }
    return .object(
      members.map { $0.key == "reviews" ? ($0.key, .array(replayed)) : ($0.key, $0.value) })
  }

  private static func review(
    _ given: [(key: String, value: JSONValue)], _ card: FSRSCard, recall: Double?
  ) -> JSONValue {
    let state =
      switch card.state {
      case .learning: "Learning"
      case .review: "Review"
      case .relearning: "Relearning"
      }
    let computed: [(key: String, value: JSONValue)] = [
      ("retrievability_before", recall.map { .number($0) } ?? .null),
      ("state", .string(state)), ("step", card.step.map { .integer($0) } ?? .null),
      ("stability", .number(card.stability)), ("difficulty", .number(card.difficulty)),
      ("due", .number(card.due)),
    ]
    var members = given
    for (key, value) in computed {
      if let index = members.firstIndex(where: { $0.key == key }) {
        members[index].value = value
      } else {
        members.append((key, value))
      }
    }
    return .object(members)
  }

  private static func scheduler(
    _ history: JSONValue, _ file: JSONValue, place: String
  ) throws(CommandFailure) -> FSRS {
    func numbers(_ key: String, _ value: JSONValue?) throws(CommandFailure) -> [Double]? {
      guard let value else { return nil }
      guard case .array(let values) = value else {
        throw .badData("\(place).\(key) must be a list")
      }
      let numbers = values.compactMap(\.double)
      guard numbers.count == values.count else {
        throw .badData("\(place).\(key) must hold numbers only")
      }
      return numbers
    }
    func steps(_ key: String, default fallback: [Double]) throws(CommandFailure) -> [Double] {
      let steps = try numbers(key, history[key]) ?? fallback
      guard steps.count <= 100, steps.allSatisfy({ $0 > 0 && $0 <= 1e9 }) else {
        throw .badData("\(place).\(key) must be at most 100 numbers of seconds from above 0 to 1e9")
      }
      return steps
    }
    let weights =
      try numbers("parameters", history["parameters"] ?? file["parameters"]) ?? FSRS.defaultWeights
    let retention = history["desired_retention"].map { $0.double ?? .nan } ?? 0.9
    if let fault = FSRS.fault(inWeights: weights, desiredRetention: retention) {
      throw .badData("\(place): \(fault)")
    }
    let key = "maximum_interval_days"
    let longest = history[key] ?? file[key] ?? .integer(36_500)
    guard case .integer(let days) = longest, (1...1_000_000).contains(days) else {
      throw .badData("\(place).\(key) must be a whole number from 1 to 1000000")
    }
    return FSRS(
      weights: weights, desiredRetention: retention,
      learningSteps: try steps("learning_steps", default: [60, 600]),
      relearningSteps: try steps("relearning_steps", default: [600]), maximumInterval: days)
  }
}

extension SchedulerReplay.Differences {
  fileprivate mutating func compare(_ card: FSRSCard, with review: JSONValue) {
    reviews += 1
    guard let due = review["due"]?.double else { return }
    compared += 1
    self.due = max(self.due, abs(due - card.due))
    for (key, value) in [("stability", card.stability), ("difficulty", card.difficulty)] {
      if let expected = review[key]?.double { memory = max(memory, abs(expected - value)) }
    }
    if case .string(let state)? = review["state"] {
      let step: JSONValue = card.step.map { .integer($0) } ?? .null
      let isSame =
        state.lowercased() == String(describing: card.state) && review["step"] ?? step == step
      if !isSame { otherStates += 1 }
    }
  }
}

extension JSONValue {
  /// The value as a number, if it is one.
  fileprivate var double: Double? {
    switch self {
    case .integer(let value): Double(value)
    case .number(let value): value
    default: nil
    }
  }
}
