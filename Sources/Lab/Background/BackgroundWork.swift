import Compression
import NeuralNetwork

/// Work that is done step by step; between two steps other work may come first.
///
/// A value: a step that is interrupted leaves it as it was before the step.
protocol BackgroundWork: Sendable {
  /// Whether what is left waits until its asker has nothing else to be done.
  var isPatient: Bool { get }

  /// Does the next step; false when it was the last.
  ///
  /// - Throws: `LabError.cancelled` when the control says so; any other error ends the work.
  mutating func performStep(_ control: WorkControl) throws -> Bool
}

extension BackgroundWork {
  var isPatient: Bool { false }
}

/// What work is told by the scheduler, and tells it.
struct WorkControl: Sendable {
  /// Whether the step shall end with `LabError.cancelled`; asked often.
  let isCancelled: @Sendable () -> Bool
  /// Whether a training shall end with what was learned.
  let isTrainingEnded: @Sendable () -> Bool
  /// Tells what was found.
  let reply: @Sendable (LabReply) -> Void
}

/// Work of one step.
struct SingleStepWork: BackgroundWork {
  /// Does the work, and returns the last reply.
  let perform: @Sendable (WorkControl) throws -> LabReply

  mutating func performStep(_ control: WorkControl) throws -> Bool {
    control.reply(try perform(control))
    return false
  }
}

/// A curve: every point is estimated from a part of the test set, then measured on all of it.
struct CurveWork: BackgroundWork {
  /// What measures.
  let laboratory: Laboratory
  /// The recipes, each under a name; those that contradict themselves are left out.
  let points: [(name: String, recipe: Recipe)]
  /// The reply that tells of a point.
  let reply: @Sendable (SweepPoint) -> LabReply
  /// Points done, estimates and exact ones together.
  private var done = 0

  init(
    _ laboratory: Laboratory, _ points: [(name: String, recipe: Recipe)],
    reply: @escaping @Sendable (SweepPoint) -> LabReply
  ) {
    self.laboratory = laboratory
    self.points = points.filter { (try? $0.recipe.checkCombination()) != nil }
    self.reply = reply
  }

  mutating func performStep(_ control: WorkControl) throws -> Bool {
    guard !points.isEmpty else { return false }
    let all = laboratory.test.count
    let index = done % points.count
    let estimate = try laboratory.estimate(
      of: points[index].recipe,
      images: done >= points.count ? all : min(Laboratory.estimateImages, all),
      isCancelled: control.isCancelled)
    let isExact = estimate.evaluation.images == all
    done += 1
    control.reply(
      reply(
        SweepPoint(
          index: index, value: points[index].name, accuracy: estimate.band.estimate,
          band: isExact
            ? .wilson(correct: estimate.evaluation.correct, images: all) : estimate.band,
          sparsity: estimate.size.sparsity, isExact: isExact,
          progress: SweepProgress(done: done, count: points.count))))
    return done < 2 * points.count
  }
}

/// Things that are done one after another, a step each.
struct SeriesWork<Item: Sendable>: BackgroundWork {
  /// What is left to do.
  var items: ArraySlice<Item>
  /// Does a thing; nil where there is nothing to tell.
  let perform: @Sendable (Item, WorkControl) throws -> LabReply?

  init(
    _ items: [Item], perform: @escaping @Sendable (Item, WorkControl) throws -> LabReply?
  ) {
    self.items = items[...]
    self.perform = perform
  }

  mutating func performStep(_ control: WorkControl) throws -> Bool {
    guard let item = items.popFirst() else { return false }
    if let reply = try perform(item, control) { control.reply(reply) }
    return !items.isEmpty
  }
}

/// A recipe and its control with several seeds; a step is the two runs of a seed.
struct SeedWork: BackgroundWork {
  /// What measures.
  let laboratory: Laboratory
  /// The runs so far.
  var comparison: SeedComparison

  mutating func performStep(_ control: WorkControl) throws -> Bool {
    try laboratory.addSeed(to: &comparison, isCancelled: control.isCancelled) {
      control.reply(.seeds(SeedRuns(comparison: $0, share: $1, isRunning: !$0.isComplete)))
    }
    return !comparison.isComplete
  }
}
