import Compression
import NeuralNetwork
import Synchronization

/// Draws the curve of a training while it goes on.
///
/// Losses are taken at fixed steps, some two hundred over the whole training. A look at the network
/// costs time, so looks are at most 25, and put off while they took more than a fifth of the time so
/// far; the first and the last are always made. Nothing of this changes what is learnt.
final class TrainingRecorder: Sendable {
  private let laboratory: Laboratory
  private let recipe: Recipe
  private let images: Int
  private let publish: @Sendable (TrainingCurve) -> Void
  private let isCancelled: @Sendable () -> Bool
  private let state = Mutex(State())

  private struct State: Sendable {
    var curve = TrainingCurve()
    var recent: [Double] = []
    var codes: [[Int32]]?
    var nextLook = 0
    var lookTime = Duration.zero
    // The training begins with its first moment; before it, images may have to be read.
    var start = ContinuousClock.now
    var published = ContinuousClock.now
  }

  /// The least time between two curves that are published without a look.
  private static let interval = Duration.milliseconds(100)
  /// The parts that looks divide a training into.
  private static let looks = 24
  /// The parts that losses divide a training into.
  private static let losses = 200

  /// Makes a recorder.
  ///
  /// - Parameters:
  ///   - images: how many of the first test images a look classifies.
  ///   - publish: told the curve every 0.1 s and after each look, on the thread that trains.
  init(
    _ laboratory: Laboratory, recipe: Recipe, images: Int,
    isCancelled: @escaping @Sendable () -> Bool,
    publish: @escaping @Sendable (TrainingCurve) -> Void
  ) {
    self.laboratory = laboratory
    self.recipe = recipe
    self.images = images
    self.isCancelled = isCancelled
    self.publish = publish
  }

  /// The curve so far.
  var curve: TrainingCurve { state.withLock { $0.curve } }

  /// Notes that the training is over.
  func finish() -> TrainingCurve {
    state.withLock { state in
      state.curve.isOver = true
      state.curve.secondsLeft = 0
      return state.curve
    }
  }

  /// Takes note of a moment.
  func record(_ moment: TrainingMoment) {
    // Recorders belong to one training, whose moments come one at a time: nothing else waits here.
    let isDue = state.withLock { state in
      state.curve.step = moment.step
      state.curve.steps = moment.steps
      state.curve.epoch = moment.epoch
      state.curve.epochs = moment.epochs
      if let loss = moment.loss {
        add(loss, of: moment, to: &state)
      } else {
        state.start = .now
      }
      return isLookDue(moment, state)
    }
    if isDue {
      look(at: moment)
    } else {
      let isTime = state.withLock { state in
        guard ContinuousClock.now - state.published >= Self.interval else { return false }
        state.published = .now
        return true
      }
      if !isTime { return }
    }
    publish(curve)
  }

  private func add(_ loss: Double, of moment: TrainingMoment, to state: inout State) {
    state.recent.append(loss)
    if state.recent.count > TrainingCurve.window { state.recent.removeFirst() }
    let stride = max(1, moment.steps / Self.losses)
    if moment.step % stride == 0 || moment.step == moment.steps {
      let mean = state.recent.reduce(0, +) / Double(state.recent.count)
      state.curve.losses.append(TrainingCurve.Loss(step: moment.step, value: mean))
    }
    let elapsed = (ContinuousClock.now - state.start) / .seconds(1)
    state.curve.secondsLeft =
      elapsed / Double(moment.step) * Double(moment.steps - moment.step)
  }

  private func isLookDue(_ moment: TrainingMoment, _ state: State) -> Bool {
    if moment.step == 0 || moment.step == moment.steps { return true }
    return moment.step >= state.nextLook
      && state.lookTime * 5 <= ContinuousClock.now - state.start
  }

  private func look(at moment: TrainingMoment) {
    let start = ContinuousClock.now
    guard
      let seen = try? laboratory.snapshot(
        at: moment.network, under: recipe, images: images, isCancelled: isCancelled)
    else { return }
    state.withLock { state in
      let changed = state.codes.flatMap { Self.share(of: seen.codes, differingFrom: $0) }
      state.codes = seen.codes
      state.curve.looks.append(
        TrainingCurve.Look(
          step: moment.step, images: seen.images, correct: seen.correct, sparsity: seen.sparsity,
          changedCodes: changed))
      state.nextLook = moment.step + max(1, moment.steps / Self.looks)
      state.lookTime += ContinuousClock.now - start
      state.published = .now
    }
  }

  /// The share of codes that differ; nil without codes.
  private static func share(of codes: [[Int32]], differingFrom others: [[Int32]]) -> Double? {
    let count = codes.reduce(0) { $0 + $1.count }
    guard count > 0, codes.map(\.count) == others.map(\.count) else { return nil }
    let changed = zip(codes, others).reduce(0) { sum, pair in
      sum + zip(pair.0, pair.1).count { $0 != $1 }
    }
    return Double(changed) / Double(count)
  }
}
