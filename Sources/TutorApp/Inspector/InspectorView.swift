import Compression
import Curriculum
import Lab
import Localization
import NeuralNetwork
import Presentation
import TerminalCanvas

/// Draws the step inspector.
struct InspectorView {
  /// The inspector's state.
  let screen: InspectorScreen
  /// What all screens share.
  let context: TutorContext
  /// Where everything stands.
  let layout: InspectorLayout

  /// Whether the learner reads English.

  /// Draws everything.
  func draw(into canvas: inout Canvas) {
    let body = Rect(
      x: layout.map.x, y: layout.map.y, width: layout.walk.maxX - layout.map.x,
      height: max(layout.picture.maxY, layout.bits.maxY) - layout.map.y)
    switch context.laboratory {
    case .loading:
      return note(context.text(Phrases.loadingNetwork), into: &canvas, in: layout.header)
    case .failed(let reason): return note(reason, role: .bad, into: &canvas, in: body)
    case .ready: break
    }
    let obstacles = screen.obstacles(context)
    guard obstacles.isEmpty else { return drawObstacles(obstacles, into: &canvas, in: body) }
    canvas.write(header, row: 0, of: layout.header)
    if let failure = screen.failure { return note(failure, role: .bad, into: &canvas, in: body) }
    guard let inspection = screen.inspection, let step = screen.step, let layer = screen.shownLayer
    else { return }
    InspectorMap(view: self, inspection: inspection, layer: layer, place: step.step.place)
      .draw(into: &canvas)
    for page in InspectorScreen.Page.allCases where layout.showsEverything || page == screen.page {
      draw(page, inspection, step, into: &canvas)
    }
  }

  private func draw(
    _ page: InspectorScreen.Page, _ inspection: ImageInspection, _ step: StepInspection,
    into canvas: inout Canvas
  ) {
    switch page {
    case .walk:
      let inner = panel(title(.walk), into: &canvas, in: layout.walk)
      InspectorWalk(inspection: step, context: context).draw(into: &canvas, in: inner)
    case .products:
      let order =
        screen.order == .kernel
        ? Phrase("in the kernel's order") : Phrase("largest first")
      let inner = panel(
        title(.products), right: context.text(order), into: &canvas, in: layout.products)
      InspectorProducts(
        step: step.step, order: screen.order, offset: screen.scroll.offset, context: context
      ).draw(into: &canvas, in: inner)
    case .running:
      let inner = panel(title(.running), into: &canvas, in: layout.running)
      InspectorPlots(context: context).drawRunningSum(
        of: step.step, order: screen.order, into: &canvas, in: inner)
    case .bits:
      let right = screen.survey.map { survey in
        context.text(Phrase("\(survey.images) images"))
      }
      let inner = panel(title(.bits), right: right ?? "", into: &canvas, in: layout.bits)
      guard let survey = screen.survey else { return note("…", into: &canvas, in: inner) }
      InspectorPlots(context: context).drawSurvey(
        survey, layer: step.step.layer, into: &canvas, in: inner)
    case .picture:
      drawPicture(inspection, step.step, into: &canvas)
    }
  }

  private func title(_ page: InspectorScreen.Page) -> String {
    let phrase =
      switch page {
      case .walk: Phrase("from codes to code")
      case .products: Phrase("products")
      case .running: Phrase("the sum, product by product")
      case .bits: Phrase("how many bits a sum needs")
      case .picture: Phrase("input image")
      }
    let number = screen.page.rawValue + 1
    return context.text(phrase)
      + (layout.showsEverything ? "" : "  \(number)/\(InspectorScreen.Page.allCases.count)")
  }

  /// Draws a framed panel and returns the cells inside it.
  func panel(
    _ title: String, right: String = "", into canvas: inout Canvas, in rect: Rect
  ) -> Rect {
    canvas.draw(Frame(title: title, rightText: right), in: rect)
    return Frame.inner(of: rect)
  }

  /// Writes a text, wrapped.
  func note(_ text: String, role: Role = .muted, into canvas: inout Canvas, in rect: Rect) {
    for (row, line) in TextWrapping.wrap(text, style: .role(role), width: max(1, rect.width))
      .enumerated()
    {
      canvas.write(line, row: row, of: rect)
    }
  }

  /// Which output of which image is shown.
  private var header: StyledLine {
    let wait = StyledRun("  …", .role(.warning, bold: true))
    guard let inspection = screen.inspection, let step = screen.step?.step else {
      return [StyledRun(context.text(Phrase("image \(screen.image)"))), wait]
    }
    var line: StyledLine = [
      StyledRun(step.layer, .role(.code, bold: true)),
      StyledRun("  " + InspectorText.place(step.place, in: context.language) + "  "),
      StyledRun(
        context.text(Phrase("image ")) + "\(inspection.image): \(label(of: inspection.image))",
        .role(.accent)),
    ]
    if inspection.image != screen.image {
      line.append(StyledRun(" → \(screen.image)"))
      line.append(wait)
    }
    line.append(StyledRun("  " + screen.recipe.line, .role(.muted)))
    return line
  }

  private func label(of image: Int) -> String {
    guard case .ready(let facts) = context.laboratory, image < facts.testSet.count else {
      return ""
    }
    let label = Int(facts.testSet.labels[image])
    let names = FashionMNIST.classNames
    return names.indices.contains(label) ? names[label] : "\(label)"
  }

  /// The input image, with the pixels that the output sees.
  private func drawPicture(
    _ inspection: ImageInspection, _ step: IntegerStep, into canvas: inout Canvas
  ) {
    guard case .ready(let facts) = context.laboratory, inspection.image < facts.testSet.count
    else { return }
    let data = facts.testSet
    let isFirst = step.layer == inspection.network.weightedLayers.first?.name
    let seen = isFirst ? Set(step.terms.map { $0.place.prefix(2) }) : []
    let inner = panel(
      title(.picture), right: label(of: inspection.image), into: &canvas, in: layout.picture)
    let picture = PixelField(
      shades: Array(data.image(inspection.image)), width: data.width, height: data.height,
      isMarked: { row, column in seen.contains([row, column]) })
    picture.draw(into: &canvas, in: inner, context: context)
    guard !layout.showsEverything, isFirst else { return }
    let (_, right) = inner.splitLeft(data.width + 2)
    note(
      context.text(Phrase("marked: the \(seen.count) pixels of this sum")),
      into: &canvas, in: right)
  }

  /// Which knobs to turn where the network does not run in integers.
  private func drawObstacles(
    _ obstacles: [IntegerObstacle], into canvas: inout Canvas, in body: Rect
  ) {
    let column = body.inset(horizontally: 2, vertically: 1)
    let width = min(column.width, 76)
    let start = Phrase(
      "The inspector walks through a network that runs in integers alone, from the image's codes to the logits' sums. This recipe's does not:"
    )
    var lines = TextWrapping.wrap(context.text(start), width: width) + [[]]
    for obstacle in obstacles {
      lines.append([
        StyledRun("  " + obstacle.setting, .role(.bad, bold: true)),
        StyledRun("  →  ", .role(.muted)), StyledRun(obstacle.allowed, .role(.good, bold: true)),
      ])
      lines += TextWrapping.wrap(
        "    " + context.text(obstacle.reason), style: .role(.muted), width: width, hangingIndent: 4
      )
    }
    guard case .ready(let facts) = context.laboratory else { return }
    let near = IntegerObstacle.integerRecipe(near: screen.recipe, layers: facts.network.layerNames)
    let offer = Phrase("Enter opens the nearest one that does:")
    lines += [[]] + TextWrapping.wrap(context.text(offer), style: .role(.accent), width: width)
    lines += TextWrapping.wrap(
      "  " + near.line, style: .role(.code), width: width, hangingIndent: 2)
    let rest = Phrase("The lab's own settings stay as they are.")
    lines += [[]] + TextWrapping.wrap(context.text(rest), style: .role(.muted), width: width)
    canvas.write(lines, in: column)
  }
}
