import Compression
import Dispatch
import Foundation
import NeuralNetwork

/// Carries out requests to the laboratory in the background and tells what is found as it is found.
///
/// Of one asker and slot only the newest request is worked on; all others of their kind wait in line.
/// What measures takes turns on one thread, so that times are taken while nothing else runs: the newest
/// asker's work first, in the order of the slots, and its latency when the rest is done. A measurement
/// that comes before the work that runs interrupts it; the interrupted step is begun again later. Looks
/// into a network and the opening of files have a thread for each slot.
///
/// No method waits for work. Replies come on the scheduler's threads, one at a time; a receiver passes
/// them on and returns, since every method waits while a reply is being received. Once a method that
/// ends work has returned, nothing of that work is told.
package final class BackgroundScheduler: LaboratoryService, @unchecked Sendable {
  // Unchecked: the mutable state below is only touched while `lock` is held. The lock is recursive
  // so that a receiver may ask for more from within its call.

  /// Reads network and images.
  package typealias Opener = @Sendable (LaboratorySource) throws -> Laboratory

  private struct Job: Sendable {
    /// Its place among all jobs, by which its replies are told from those of every other.
    let number: Int
    let id: RequestID
    var work: any BackgroundWork
    /// Whether its training shall end with what was learned.
    var isTrainingEnded = false

    /// Jobs of a smaller rank go first.
    func goesBefore(_ other: Job) -> Bool {
      (-id.asker.number, work.isPatient ? 1 : 0, id.slot.rawValue)
        < (-other.id.asker.number, other.work.isPatient ? 1 : 0, other.id.slot.rawValue)
    }

    /// Whether it may interrupt what runs.
    var isUrgent: Bool { id.slot == .measurement && !work.isPatient }
  }

  private let open: Opener
  private let activity: ForegroundActivity
  private let tellStatus: @Sendable (LaboratoryStatus) -> Void
  private let reply: @Sendable (LabReply, RequestID) -> Void
  private let queues: [LabSlot: DispatchQueue]
  private let lock = NSRecursiveLock()
  private var bench: Bench?
  private var jobs: [Job] = []
  private var jobCount = 0
  private var busyLanes: Set<LabSlot> = []

  /// Makes a scheduler that has no network yet.
  ///
  /// - Parameters:
  ///   - activity: what else the program does, which no measurement of time shall overlap.
  ///   - status: told when the network can, or cannot, be measured from now on.
  ///   - reply: takes the replies.
  ///   - open: reads network and images; called on another thread.
  package init(
    activity: ForegroundActivity = ForegroundActivity(),
    status: @escaping @Sendable (LaboratoryStatus) -> Void,
    reply: @escaping @Sendable (LabReply, RequestID) -> Void, open: @escaping Opener
  ) {
    self.activity = activity
    tellStatus = status
    self.reply = reply
    self.open = open
    queues = Dictionary(
      uniqueKeysWithValues: Set(LabSlot.allCases.map(\.lane)).map {
        ($0, DispatchQueue(label: "nibble.lab.\($0)", qos: .userInitiated))
      })
  }

  /// Makes a scheduler for a network that is there already.
  package convenience init(
    _ laboratory: Laboratory, activity: ForegroundActivity = ForegroundActivity(),
    reply: @escaping @Sendable (LabReply, RequestID) -> Void
  ) {
    self.init(activity: activity, status: { _ in }, reply: reply, open: { _ in laboratory })
    bench = Bench(laboratory: laboratory, activity: activity)
  }

  /// Reads the first network and images; until they are there, other requests are not met.
  package func load(_ source: LaboratorySource) {
    carryOut(.open(source), as: RequestID(asker: .program, slot: .files, number: 0))
  }

  package func carryOut(_ request: LabRequest, as id: RequestID) {
    lock.withLock {
      jobCount += 1
      let number = jobCount
      let work: any BackgroundWork
      if case .open(let source) = request {
        // There is one network for all, so that only the latest opening counts.
        jobs.removeAll { $0.id.slot == .files }
        work = SingleStepWork { [self] _ in try install(source, for: number) }
      } else {
        guard let bench else { return }
        work = bench.work(on: request)
      }
      cancel(id.slot, of: id.asker)
      jobs.append(Job(number: number, id: id, work: work))
      start(id.slot.lane)
    }
  }

  package func endTraining(of asker: AskerID) {
    lock.withLock {
      for index in jobs.indices
      where jobs[index].id.asker == asker && jobs[index].id.slot == .measurement {
        jobs[index].isTrainingEnded = true
      }
    }
  }

  package func cancel(_ slot: LabSlot?, of asker: AskerID) {
    lock.withLock {
      jobs.removeAll { job in
        guard job.id.asker == asker else { return false }
        return slot.map { $0.ended.contains(job.id.slot) } ?? !job.id.slot.outlivesAsker
      }
    }
  }

  // MARK: Working

  private func start(_ lane: LabSlot) {
    guard busyLanes.insert(lane).inserted else { return }
    queues[lane]?.async { [self] in
      while let job = next(in: lane) { carryOutStep(of: job, in: lane) }
    }
  }

  private func next(in lane: LabSlot) -> Job? {
    lock.withLock {
      let job = jobs.filter { $0.id.slot.lane == lane }.min { $0.goesBefore($1) }
      if job == nil { busyLanes.remove(lane) }
      return job
    }
  }

  private func carryOutStep(of job: Job, in lane: LabSlot) {
    // What runs beside the bench would disturb a measurement of time there.
    if lane != .bench { activity.begin() }
    defer { if lane != .bench { activity.end() } }
    var work = job.work
    let control = WorkControl(
      isCancelled: { [self] in !isWanted(job.number) || isInterrupted(job) },
      isTrainingEnded: { [self] in
        lock.withLock { jobs.first { $0.number == job.number }?.isTrainingEnded == true }
      },
      reply: { [self] content in
        lock.withLock { if isWanted(job.number) { reply(content, job.id) } }
      })
    do {
      let goesOn = try work.performStep(control)
      settle(job.number, with: goesOn ? work : nil)
    } catch LabError.cancelled {
      // A job that is still wanted was interrupted: its step is begun again.
    } catch {
      control.reply(.refused(job.id.slot, error))
      if job.id.asker == .program, isWanted(job.number) { tellStatus(.failed("\(error)")) }
      settle(job.number, with: nil)
    }
  }

  private func isWanted(_ number: Int) -> Bool {
    lock.withLock { jobs.contains { $0.number == number } }
  }

  private func isInterrupted(_ running: Job) -> Bool {
    lock.withLock {
      running.id.slot.lane == .bench
        && jobs.contains { $0.isUrgent && $0.number != running.number && $0.goesBefore(running) }
    }
  }

  /// Keeps what is left of a job's work, or ends the job.
  private func settle(_ number: Int, with work: (any BackgroundWork)?) {
    lock.withLock {
      guard let index = jobs.firstIndex(where: { $0.number == number }) else { return }
      if let work { jobs[index].work = work } else { jobs.remove(at: index) }
    }
  }

  /// Reads a network and puts it in place of the one that is there.
  private func install(_ source: LaboratorySource, for number: Int) throws -> LabReply {
    let laboratory = try open(source)
    let facts = try LaboratoryFacts(of: laboratory, from: source)
    lock.withLock {
      guard isWanted(number) else { return }
      bench = Bench(laboratory: laboratory, activity: activity)
      // What is left of the network before has no meaning any more.
      jobs.removeAll { $0.number != number }
      // Under the lock, so that no reply about the new network overtakes the news of it.
      tellStatus(.ready(facts))
    }
    return .opened
  }
}

extension AskerID {
  /// The program itself, which opens the first network.
  fileprivate static let program = AskerID(0)
}

extension LabSlot {
  /// The lane of everything that measures.
  fileprivate static let bench = LabSlot.measurement

  /// The slots of a lane are worked on by one thread, one after another.
  fileprivate var lane: LabSlot { LabSlot.measurement.ended.contains(self) ? .bench : self }
}

extension LaboratoryFacts {
  /// Measures the uncompressed network.
  fileprivate init(of laboratory: Laboratory, from source: LaboratorySource) throws {
    let baseline = try laboratory.evaluation(of: .init(), images: laboratory.test.count)
    let size = try laboratory.size(of: .init(), formats: [.dense])
    self.init(
      testSet: laboratory.test, network: laboratory.network, baselineCorrect: baseline.correct,
      baselineBytes: size.bytes[.dense] ?? 0, source: source)
  }
}
