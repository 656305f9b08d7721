import Compression
import Curriculum
import Lab
import Localization
import NeuralNetwork
import Presentation
import TerminalCanvas

/// The step inspector: one output of one layer of the integer network, from codes to code.
///
/// An image is run once, in the background; after that every output of every layer is at hand.
struct InspectorScreen: TutorScreen {
  /// What the right part shows where there is no room for everything.
  enum Page: Int, Sendable, CaseIterable {
    case walk, products, running, bits, picture
  }

  /// In which order products are listed and added.
  enum Order: Sendable, Hashable {
    /// As the kernel has them.
    case kernel
    /// The largest first.
    case size
  }

  /// The images that the sums of all layers are looked at for.
  static let surveyedImages = 200

  /// The recipe that the network is made by.
  private(set) var recipe: Recipe
  /// The image that is asked for, or shown.
  private(set) var image: Int
  /// The number of the layer among those with weights.
  private(set) var layer = 0
  /// The output that is looked at in each layer.
  private(set) var places: [String: [Int]] = [:]
  /// What the right part shows.
  private(set) var page = Page.walk
  /// The order of the products.
  private(set) var order = Order.kernel
  /// How far the products are scrolled.
  private(set) var scroll = ScrollState()
  /// The image with all its outputs; of another number than `image` while that is being run.
  private(set) var inspection: ImageInspection?
  /// The output that is looked at.
  private(set) var step: StepInspection?
  /// The sums of all layers over many images.
  private(set) var survey: AccumulatorSurvey?
  /// Why the network cannot be looked into.
  private(set) var failure: String?
  private let givenRecipe: Recipe

  /// Makes the inspector for a recipe and a test image.
  init(recipe: Recipe, image: Int) {
    self.recipe = recipe
    givenRecipe = recipe
    self.image = image
  }

  func title(_ context: TutorContext) -> String {
    context.text(Phrases.lab) + " · " + context.text(Phrase("Step inspector"))
  }

  /// What keeps the recipe from running in integers alone.
  func obstacles(_ context: TutorContext) -> [IntegerObstacle] {
    guard case .ready(let facts) = context.laboratory else { return [] }
    return IntegerObstacle.all(in: recipe, of: facts.network.layerNames)
  }

  /// The layers with weights.
  var layers: [FixedPointLayer] { inspection?.network.weightedLayers ?? [] }

  /// The layer that is looked at.
  var shownLayer: FixedPointLayer? { layers.indices.contains(layer) ? layers[layer] : nil }

  private func requests(_ context: TutorContext) -> [TutorEffect] {
    guard case .ready(let facts) = context.laboratory, obstacles(context).isEmpty else { return [] }
    let images = min(Self.surveyedImages, facts.testSet.count)
    return [.ask(.inspect(recipe, image: image)), .ask(.survey(recipe, images: images))]
  }

  // MARK: Replies

  mutating func opened(_ context: inout TutorContext) -> [TutorEffect] { requests(context) }

  mutating func networkChanged(_ context: inout TutorContext) -> [TutorEffect] {
    requests(context)
  }

  mutating func receive(_ reply: LabReply, _ context: inout TutorContext) -> [TutorEffect] {
    switch reply {
    case .inspection(let inspection):
      self.inspection = inspection
      layer = max(0, min(layer, layers.count - 1))
      look()
    case .survey(let survey): self.survey = survey
    case .refused(_, let error): failure = "\(error)"
    default: break
    }
    return []
  }

  /// Looks at the chosen output, or where none was chosen in the layer at the one of the largest sum.
  private mutating func look() {
    guard let inspection, let layer = shownLayer else { return }
    let place = places[layer.name] ?? strongest(of: layer)
    places[layer.name] = place
    step = try? inspection.step(layer: layer.name, place: place)
    scroll = ScrollState()
  }

  /// The place of the largest sum of the layer.
  private func strongest(of layer: FixedPointLayer) -> [Int] {
    guard let sums = inspection?.trace.accumulators[self.layer],
      var flat = sums.indices.max(by: { sums[$0] < sums[$1] })
    else { return layer.outputShape.map { _ in 0 } }
    var place: [Int] = []
    for extent in layer.outputShape.reversed() {
      place.insert(flat % extent, at: 0)
      flat /= extent
    }
    return place
  }

  // MARK: Keys

  func bindings(_ context: TutorContext) -> [KeyBinding] {
    guard obstacles(context).isEmpty else {
      return [
        KeyBinding(
          .submit, [.enter], Phrase("open in integers"),
          Phrase("look into the nearest recipe that runs in integers")),
        CommonKeys.back, CommonKeys.help,
      ]
    }
    return InspectorKeys.bindings
  }

  mutating func perform(_ command: Command, _ context: inout TutorContext) -> [TutorEffect] {
    let area = context.screenArea
    switch command {
    case .back: return [.pop]
    case .submit: return openInIntegers(context)
    case .next: return show(image: image + 1, context)
    case .previous: return show(image: image - 1, context)
    case .skip: return show(image: image + 100, context)
    case .nextView:
      let pages = Page.allCases
      page = pages[((pages.firstIndex(of: page) ?? 0) + 1) % pages.count]
    case .nextLayer:
      if !layers.isEmpty { layer = (layer + 1) % layers.count }
      look()
    case .strongestOutput:
      if let layer = shownLayer { places[layer.name] = strongest(of: layer) }
      look()
    case .sortTerms:
      order = order == .kernel ? .size : .kernel
      scroll = ScrollState()
    case .up, .down, .decrease, .increase, .nextChannel, .previousChannel:
      move(command, columns: InspectorLayout(area: area).unitColumns)
    default:
      let rows = InspectorLayout(area: area).productRows
      _ = scroll.perform(command, lines: (step?.step.terms.count ?? 0) + 2, visible: rows)
    }
    return []
  }

  private mutating func openInIntegers(_ context: TutorContext) -> [TutorEffect] {
    guard case .ready(let facts) = context.laboratory, !obstacles(context).isEmpty else {
      return []
    }
    recipe = IntegerObstacle.integerRecipe(near: givenRecipe, layers: facts.network.layerNames)
    return requests(context)
  }

  /// Goes on to another image, round at the ends of the test set.
  private mutating func show(image: Int, _ context: TutorContext) -> [TutorEffect] {
    guard case .ready(let facts) = context.laboratory, inspection != nil else { return [] }
    let count = facts.testSet.count
    self.image = (image % count + count) % count
    return [.ask(.inspect(recipe, image: self.image))]
  }

  private mutating func move(_ command: Command, columns: Int) {
    guard let layer = shownLayer, var place = places[layer.name] else { return }
    let shape = layer.outputShape
    func turn(_ axis: Int, by amount: Int) {
      place[axis] = (place[axis] + amount + shape[axis]) % shape[axis]
    }
    func shift(_ axis: Int, by amount: Int) {
      place[axis] = max(0, min(place[axis] + amount, shape[axis] - 1))
    }
    let isMap = shape.count == 3
    // The ten units of the last layer stand below one another.
    let line = isMap || shape[0] <= InspectorLayout.listedUnits ? 1 : columns
    switch command {
    case .nextChannel: turn(shape.count - 1, by: 1)
    case .previousChannel: turn(shape.count - 1, by: -1)
    case .up: isMap ? shift(0, by: -1) : shift(0, by: -line)
    case .down: isMap ? shift(0, by: 1) : shift(0, by: line)
    case .decrease: shift(isMap ? 1 : 0, by: -1)
    case .increase: shift(isMap ? 1 : 0, by: 1)
    default: return
    }
    places[layer.name] = place
    look()
  }

  mutating func point(_ mouse: MouseEvent, _ context: inout TutorContext) -> [TutorEffect] {
    let area = context.screenArea
    let layout = InspectorLayout(area: area)
    switch mouse.action {
    case .press, .drag:
      guard let layer = shownLayer, let old = places[layer.name],
        let place = InspectorMap.place(
          at: mouse.point, in: layout.mapInner, shape: layer.outputShape, near: old,
          columns: layout.unitColumns)
      else { return [] }
      places[layer.name] = place
      look()
    case .scrollUp, .scrollDown:
      scroll.scroll(
        mouse, lines: (step?.step.terms.count ?? 0) + 2, visible: layout.productRows)
    case .release: break
    }
    return []
  }

  func draw(into canvas: inout Canvas, in area: Rect, _ context: TutorContext) {
    InspectorView(screen: self, context: context, layout: InspectorLayout(area: area))
      .draw(into: &canvas)
  }
}

extension Network {
  /// The names of the layers with a kernel, in file order.
  var layerNames: [String] { kernels.map(\.name.layer) }
}
