import Compression
import Localization

extension LabSession {
  /// Asks for the figures of the recipe as it is; for none while a guess is prepared.
  package mutating func measure() -> [LabRequest] {
    results = RecipeResults()
    kernels.isCurrent = false
    if seeds?.comparison.isComplete == false { seeds = nil }
    album.forget()
    return prediction == .arming ? [] : [.measure(recipe)]
  }

  /// Asks for what panels need beyond the recipe's figures, once these are there; each kind of work
  /// once for a recipe.
  package mutating func ask(for needs: [LabRequest]) -> [LabRequest] {
    guard results.measurement != nil, !prediction.isOpen else { return [] }
    var requests: [LabRequest] = []
    var pictures: [PictureRequest] = []
    for need in needs {
      if case .draw(let wanted, _) = need {
        pictures += wanted
      } else if results.asked.insert(need.slot).inserted {
        requests.append(need)
      }
    }
    let awaited = album.expect(pictures)
    return requests + (awaited.isEmpty ? [] : [.draw(awaited, of: recipe)])
  }

  /// Asks for the curve and the bytes along the moved knob, however long each point takes.
  package func sweep() -> [LabRequest] {
    results.measurement == nil || prediction.isOpen ? [] : [sweepRequest] + weighRequests
  }

  /// What measures the accuracy along the moved knob.
  package var sweepRequest: LabRequest { .sweep(key: curve.key.name, through: recipe) }

  /// What measures the bytes along the moved knob, as far as they are unknown.
  package var weighRequests: [LabRequest] {
    let missing = curve.key.sweepValues.filter { curve.bytes[$0] == nil }
    return missing.isEmpty
      ? [] : [.weigh(key: curve.key.name, values: missing, through: recipe)]
  }

  /// Takes in what the laboratory answers.
  package mutating func receive(_ reply: LabReply) {
    switch reply {
    case .estimate(let estimate):
      guard results.measurement == nil else { return }
      results.estimate = estimate
      curve.add(
        CurvePoint(accuracy: estimate.band.estimate, isExact: false, band: estimate.band),
        at: curve.key.read(recipe))
    case .measured(let measurement, _):
      results.measurement = measurement
      sensitivity.begin(with: recipe)
      curve.add(
        CurvePoint(accuracy: measurement.accuracy, isExact: true, band: measurement.band),
        at: curve.key.read(recipe))
    case .histograms(let histograms): kernels.add(histograms)
    case .training(let training): results.training = training
    case .stopped(let stopped): results.stopped = stopped
    case .point(let point):
      curve.add(CurvePoint(point), at: point.value)
      results.sweeps[.curve] = point.progress
    case .layerPoint(let layer, let bits, let point):
      sensitivity.add(CurvePoint(point), layer: layer, bits: bits)
      results.sweeps[.layers] = point.progress
    case .bytes(let value, let bytes): curve.add(bytes, at: value)
    case .picture(let picture): album.add(picture)
    case .seeds(let runs): seeds = runs
    case .refused(.measurement, let error), .refused(.pictures, let error),
      .refused(.seeds, let error):
      results.refusal = Phrase(describing: error)
    case .inspection, .survey, .tuning, .report, .reading, .opened, .refused: break
    }
  }

  /// Forgets what was measured on a network that was replaced, and asks anew.
  package mutating func begin() -> [LabRequest] {
    kernels.forget()
    sensitivity = LayerSensitivity()
    seeds = nil
    curve = KnobCurve(along: curve.key, through: recipe)
    if case .resolved = prediction { prediction = .none }
    return measure()
  }
}

// MARK: Trainings and seeds

extension LabSession {
  /// Goes back to the recipe before the training, or to the one that does not train.
  package mutating func cancelTraining() -> [LabRequest] {
    guard results.isTraining else { return [] }
    if history.canUndo { return undo() }
    var untrained = recipe
    untrained.finetune.epochs = 0
    return show(untrained, moving: nil)
  }

  /// The runs with several seeds, if they are of the recipe as it stands.
  package var seedRuns: SeedRuns? {
    seeds.flatMap { $0.comparison.recipe == recipe ? $0 : nil }
  }

  /// Whether the runs may begin by themselves: nothing has to be trained or optimized.
  package var runsSeedsByItself: Bool {
    !takesSeconds && seedRuns?.comparison.isComplete != true
      && !SeedComparison(of: recipe).isItsOwnControl
  }

  /// Notes that the learner stops the runs; false where none is under way.
  package mutating func stopSeeds() -> Bool {
    guard seedRuns?.isRunning == true else { return false }
    seeds?.isRunning = false
    return true
  }

  /// Begins the runs anew; for a recipe that is its own control there are none.
  package mutating func runSeeds() -> [LabRequest] {
    guard !SeedComparison(of: recipe).isItsOwnControl else { return [] }
    seeds = nil
    // The runs asked for here are not asked for again by their panel.
    results.asked.insert(.seeds)
    return [.compareSeeds(of: recipe)]
  }

  /// Looks at the next kernel.
  package mutating func showNextKernel() { kernels.showNext() }

  /// Goes on by some pictures, or back, in the pile of a name.
  package mutating func leaf(_ pile: String, by step: Int) { album.leaf(pile, by: step) }
}
