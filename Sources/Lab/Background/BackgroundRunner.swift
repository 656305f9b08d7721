package import Compression
import Dispatch
import Foundation
import NeuralNetwork

/// Measures recipes on a thread of its own and tells what it finds as it finds it.
///
/// One recipe is measured at a time, the newest: submitting another one ends the measurement that
/// runs, and nothing of the old one is published from then on. Tasks and sweeps are worked on only
/// while no recipe waits, and a sweep goes on where it was. Latency is measured when nothing else is
/// left to do.
///
/// No method waits for a measurement. Results come on the runner's thread, one at a time; a receiver
/// passes them on and returns, since `submit` waits while a result is being received.
package final class BackgroundRunner: @unchecked Sendable {
  // Unchecked: the mutable state below is only touched while `lock` is held. The lock is recursive
  // so that a receiver may submit the next recipe from within its call.

  /// Receives news, on the runner's thread.
  package typealias Receiver = @Sendable (LabUpdate) -> Void

  /// How many images the first figure is made of.
  package static let estimateImages = 1_000

  private struct Job: Sendable {
    let number: Int
    let recipe: Recipe
    let generation: Int
    let receiver: Receiver
  }

  /// A place for background work; new work takes the place of what the slot had.
  ///
  /// The order is the one in which slots are served.
  package enum Slot: Int, Sendable, CaseIterable {
    /// What pictures are drawn of.
    case pictures
    /// The curve along a knob.
    case curve
    /// The curves of the layers.
    case layers
    /// The curves of the storage formats.
    case crossings
    /// Runs with other seeds.
    case seeds
  }

  private struct Task: Sendable {
    let number: Int
    let body: @Sendable (_ isCancelled: @escaping @Sendable () -> Bool) -> Void
  }

  private struct Sweep: Sendable {
    let number: Int
    let slot: Slot
    let points: [(value: String, recipe: Recipe)]
    let generation: Int
    let receiver: Receiver
    /// Steps done: all estimates first, then all exact points.
    var done = 0
  }

  private enum Work {
    case measure(Job)
    case task(Task, Slot)
    case step(Sweep)
    case time(Job, Measurement)
  }

  private let laboratory: Laboratory
  private let activity: ForegroundActivity
  private let queue = DispatchQueue(label: "nibble.lab", qos: .userInitiated)
  private let lock = NSRecursiveLock()
  private var counter = 0
  private var currentJob: Int?
  private var waiting: Job?
  private var untimed: (job: Job, measurement: Measurement)?
  private var tasks: [Slot: Task] = [:]
  private var sweeps: [Slot: Sweep] = [:]
  private var isRunning = false
  private var endedJob: Int?
  private let curves = TrainingCurves()

  /// Makes a runner that measures in a laboratory.
  ///
  /// - Parameter activity: what else the program does, which no measurement of time shall overlap.
  package init(_ laboratory: Laboratory, activity: ForegroundActivity = ForegroundActivity()) {
    self.laboratory = laboratory
    self.activity = activity
  }

  /// Measures a recipe in place of the one submitted before.
  ///
  /// The receiver gets an estimate from the first 1,000 images and the histograms of the kernels, then
  /// the exact measurement, once without and once with the bytes, then, when nothing else is to do,
  /// the same with its latency; or a failure. A recipe that trains first tells of that before.
  package func submit(
    _ recipe: Recipe, generation: Int, onResult receiver: @escaping Receiver
  ) {
    lock.withLock {
      counter += 1
      let job = Job(
        number: counter, recipe: recipe, generation: generation, receiver: receiver)
      currentJob = job.number
      waiting = job
      untimed = nil
      startIfIdle()
    }
  }

  /// Does some work of the laboratory in place of what its slot had.
  ///
  /// The body is begun when no recipe waits. It must look often at whether it is cancelled, end soon
  /// when it is, and publish nothing from then on; a recipe that is submitted ends it for good.
  package func perform(
    _ slot: Slot,
    _ body: @escaping @Sendable (_ isCancelled: @escaping @Sendable () -> Bool) -> Void
  ) {
    lock.withLock {
      counter += 1
      tasks[slot] = Task(number: counter, body: body)
      startIfIdle()
    }
  }

  /// Draws the curve of accuracy against one knob in place of the sweep before.
  ///
  /// All points are first estimated from 1,000 images, then measured on all. A value that
  /// contradicts the recipe is left out.
  ///
  /// - Parameters:
  ///   - key: the key whose values are tried.
  ///   - recipe: the other keys' values.
  ///   - values: the values to try; nil for the key's own positions, or for a fraction 0, 0.1 … 0.9,
  ///     0.95, 0.99.
  package func sweep(
    _ key: RecipeKey, over recipe: Recipe, values: [String]? = nil, generation: Int,
    onResult receiver: @escaping Receiver
  ) {
    let tried = values ?? BackgroundRunner.sweepValues(of: key)
    let points = tried.compactMap { value -> (String, Recipe)? in
      var varied = recipe
      return key.write(&varied, value) ? (value, varied) : nil
    }
    sweep(points, in: .curve, generation: generation, onResult: receiver)
  }

  /// Measures some recipes, each under a name, in place of the slot's sweep before.
  ///
  /// All are first estimated from 1,000 images, then measured on all. A recipe that contradicts itself
  /// is left out.
  package func sweep(
    _ named: [(value: String, recipe: Recipe)], in slot: Slot, generation: Int,
    onResult receiver: @escaping Receiver
  ) {
    let points = named.filter { (try? $0.recipe.checkCombination()) != nil }
    lock.withLock {
      counter += 1
      sweeps[slot] = Sweep(
        number: counter, slot: slot, points: points, generation: generation, receiver: receiver)
      startIfIdle()
    }
  }

  /// Ends the measurement that runs or waits; nothing more of it is published.
  package func cancel() {
    lock.withLock {
      currentJob = nil
      waiting = nil
      untimed = nil
    }
  }

  /// Ends the training that goes on for the recipe submitted last.
  ///
  /// What it has learnt is measured and published as `LabUpdate.Content.stopped`, and not kept.
  /// Without a training nothing happens.
  package func endTraining() {
    lock.withLock { endedJob = currentJob }
  }

  /// Ends all sweeps and tasks; nothing more of them is published.
  package func cancelSweeps() {
    lock.withLock {
      sweeps = [:]
      tasks = [:]
    }
  }

  /// Ends the work of one slot; nothing more of it is published.
  package func cancel(_ slot: Slot) {
    lock.withLock {
      sweeps[slot] = nil
      tasks[slot] = nil
    }
  }

  /// The values that a sweep of a key tries.
  package static func sweepValues(of key: RecipeKey) -> [String] {
    guard case .fraction(let range) = key.kind else { return key.positions }
    return ["0", "0.1", "0.2", "0.3", "0.4", "0.5", "0.6", "0.7", "0.8", "0.9", "0.95", "0.99"]
      .filter { range.contains(Double($0) ?? .infinity) }
  }

  private func startIfIdle() {
    guard !isRunning else { return }
    isRunning = true
    queue.async { [self] in
      while let work = nextWork() {
        switch work {
        case .measure(let job): measure(job)
        case .task(let task, let slot): run(task, in: slot)
        case .step(let sweep): step(sweep)
        case .time(let job, let measurement): time(job, measurement)
        }
      }
    }
  }

  private func nextWork() -> Work? {
    lock.withLock {
      if let job = waiting {
        waiting = nil
        return .measure(job)
      }
      for slot in Slot.allCases {
        if let task = tasks[slot] { return .task(task, slot) }
        if let sweep = sweeps[slot] { return .step(sweep) }
      }
      if let (job, measurement) = untimed {
        untimed = nil
        return .time(job, measurement)
      }
      isRunning = false
      return nil
    }
  }

  private func isCurrent(_ job: Job) -> Bool {
    lock.withLock { currentJob == job.number }
  }

  /// Publishes only while the job is the current one; the lock is held meanwhile, so that nothing
  /// of it comes after `submit` or `cancel` has returned.
  private func publish(_ content: LabUpdate.Content, of job: Job) {
    lock.withLock {
      guard currentJob == job.number else { return }
      job.receiver(LabUpdate(generation: job.generation, content: content))
    }
  }

  private func measure(_ job: Job) {
    let work = RecipeMeasuring(
      laboratory: laboratory, recipe: job.recipe, curves: curves,
      isCancelled: { [self] in !isCurrent(job) },
      isEnded: { [self] in lock.withLock { endedJob == job.number } },
      publish: { [self] content in publish(content, of: job) })
    do {
      guard let measurement = try work.run() else { return }
      lock.withLock {
        if currentJob == job.number { untimed = (job, measurement) }
      }
      publish(.weighed(measurement), of: job)
    } catch LabError.cancelled {
      return
    } catch {
      publish(.failed("\(error)"), of: job)
    }
  }

  private func time(_ job: Job, _ measurement: Measurement) {
    do {
      var timed = measurement
      let isCancelled: @Sendable () -> Bool = { [self] in !isCurrent(job) }
      timed.add(
        try laboratory.latency(of: job.recipe, activity: activity, isCancelled: isCancelled))
      publish(.timed(timed), of: job)
    } catch LabError.cancelled {
      return
    } catch {
      publish(.failed("\(error)"), of: job)
    }
  }

  private func run(_ task: Task, in slot: Slot) {
    task.body { [self] in
      lock.withLock { waiting != nil || tasks[slot]?.number != task.number }
    }
    lock.withLock {
      if tasks[slot]?.number == task.number { tasks[slot] = nil }
    }
  }

  private func step(_ sweep: Sweep) {
    let count = sweep.points.count
    // A recipe that waits goes first; the point is begun again afterwards.
    let isCancelled: @Sendable () -> Bool = { [self] in
      lock.withLock { waiting != nil || sweeps[sweep.slot]?.number != sweep.number }
    }
    guard sweep.done < 2 * count else {
      publish(.sweepFinished, of: sweep, ends: true)
      return
    }
    let isExact = sweep.done >= count
    let index = sweep.done % count
    let (value, recipe) = sweep.points[index]
    let part = min(BackgroundRunner.estimateImages, laboratory.test.count)
    do {
      let estimate = try laboratory.estimate(
        of: recipe, images: isExact ? laboratory.test.count : part, isCancelled: isCancelled)
      publish(
        .point(
          SweepPoint(
            index: index, value: value, band: estimate.band, sparsity: estimate.size.sparsity,
            isExact: estimate.evaluation.images == laboratory.test.count,
            progress: SweepProgress(done: sweep.done + 1, count: count))), of: sweep, ends: false)
    } catch LabError.cancelled {
      return
    } catch {
      publish(.failed("\(error)"), of: sweep, ends: true)
    }
  }

  private func publish(_ content: LabUpdate.Content, of sweep: Sweep, ends: Bool) {
    lock.withLock {
      guard sweeps[sweep.slot]?.number == sweep.number else { return }
      if ends {
        sweeps[sweep.slot] = nil
      } else {
        sweeps[sweep.slot]?.done += 1
      }
      sweep.receiver(LabUpdate(generation: sweep.generation, content: content))
    }
  }
}
