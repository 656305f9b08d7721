import Lab
import Localization
import NeuralNetwork
import TerminalCanvas

extension LabPlots {
  /// What the convolution makes of an image, before and after, and what the network says of it.
  func drawFeatures(into canvas: inout Canvas, in rect: Rect) {
    let features = screen.pictures.features
    let isOpen = screen.prediction.isOpen || isHidden
    let inner = panel(
      titles: [
        context.text(Phrase("feature maps before and after", "特征图：压缩前后")),
        context.text(Phrase("feature maps", "特征图")),
      ],
      rights: isOpen
        ? [""]
        : features.map { [context.text(Phrase("image \($0.image)", "图像 \($0.image)")), ""] } ?? [
          ""
        ],
      into: &canvas, in: rect)
    guard !waits(for: features != nil, into: &canvas, in: inner), let features,
      case .ready(let facts) = context.laboratory
    else { return }
    let lines = captions(of: features, width: inner.width)
    let (area, bottom) = inner.splitBottom(min(lines.count, max(1, inner.height / 4)))
    for (row, line) in lines.enumerated() {
      canvas.write(line, row: row, of: bottom, glyphs: context.glyphs)
    }
    let tiles = FeatureTiles(
      imageSide: facts.testSet.width, mapSide: max(features.width, features.height), in: area)
    let image = GrayImage(
      pixels: Array(facts.testSet.image(features.image)), width: facts.testSet.width,
      height: facts.testSet.height, usesCharacters: usesCharacters)
    canvas.draw(image, in: tiles.image, glyphs: context.glyphs)
    let shown = Self.shown(of: features, count: tiles.count)
    for (slot, filter) in shown.enumerated() {
      drawMaps(of: filter, features, at: tiles.place(slot), into: &canvas)
    }
  }

  /// The filters whose maps are shown: all if they fit, else those that changed most, in order.
  private static func shown(of features: FeaturePictures, count: Int) -> [Int] {
    let all = Array(features.before.indices)
    guard all.count > count else { return all }
    let changes = all.map(features.change)
    return all.sorted { (-changes[$0], $0) < (-changes[$1], $1) }.prefix(count).sorted()
  }

  /// A filter's two maps in one scale of greys; brightness is the root of a value, since most lie far
  /// below the largest.
  private func drawMaps(
    of filter: Int, _ features: FeaturePictures, at place: FeatureTiles.Place,
    into canvas: inout Canvas
  ) {
    let limit = max(features.limit(filter), .leastNormalMagnitude)
    func picture(_ values: [Float]) -> GrayImage {
      GrayImage(
        values: values.map { max(0, $0).squareRoot() }, range: 0...limit.squareRoot(),
        width: features.width, height: features.height,
        usesCharacters: usesCharacters)
    }
    let percent = Int((features.change(filter) * 100).rounded())
    canvas.write(
      [
        StyledRun("\(filter)", .role(.heading, bold: true)),
        StyledRun(" \(percent)%", .role(percent >= 50 ? .bad : percent > 0 ? .warning : .muted)),
      ], row: 0, of: place.caption, glyphs: context.glyphs)
    canvas.draw(picture(features.before[filter]), in: place.before, glyphs: context.glyphs)
    if let map = features.after[filter] {
      canvas.draw(picture(map), in: place.after, glyphs: context.glyphs)
    } else {
      canvas.fill(place.after, with: context.glyphs.times, style: .role(.bad))
    }
  }

  private func captions(of features: FeaturePictures, width: Int) -> [StyledLine] {
    func answer(_ probabilities: [Float]) -> (name: String, isRight: Bool, percent: Int) {
      let best = probabilities.indices.max { probabilities[$0] < probabilities[$1] } ?? 0
      return (
        FashionMNIST.classNames.indices.contains(best) ? FashionMNIST.classNames[best] : "\(best)",
        best == features.label, Int((probabilities[best] * 100).rounded())
      )
    }
    let (before, after) = (
      answer(features.probabilitiesBefore), answer(features.probabilitiesAfter)
    )
    let answers: StyledLine = [
      StyledRun("\(before.name) \(before.percent)%", .role(before.isRight ? .good : .bad)),
      StyledRun(" \(context.glyphs.rightwards) "),
      StyledRun("\(after.name) \(after.percent)%", .role(after.isRight ? .good : .bad)),
    ]
    let truth =
      FashionMNIST.classNames.indices.contains(features.label)
      ? FashionMNIST.classNames[features.label] : "\(features.label)"
    let legend = fitting(
      [
        Phrase(
          "true \(truth); number of the filter, change of its map (, next image)",
          "真实类别 \(truth)；卷积核编号与特征图变化幅度（, 下一张）"),
        Phrase("true \(truth) (, next image)", "真实类别 \(truth)（, 下一张）"),
      ].map { [StyledRun(context.text($0), .role(.muted))] }, width: width)
    return [answers, legend]
  }
}

/// Where an image and pairs of feature maps stand in a panel.
struct FeatureTiles: Equatable {
  /// A pair of maps with their caption.
  struct Place: Equatable {
    let caption: Rect
    let before: Rect
    let after: Rect
  }

  /// Where the image stands.
  let image: Rect
  /// How many pairs have room.
  let count: Int

  private let area: Rect
  private let side: Int
  private let isStacked: Bool
  private let columns: Int

  /// The sides of a map in dots that are tried, the largest first.
  private static let sides = [26, 20, 16, 13, 10, 8]

  /// Divides an area; maps get smaller until four pairs fit, but not below ten dots.
  init(imageSide: Int, mapSide: Int, in area: Rect) {
    let side = max(1, min(imageSide, area.height * 2, area.width / 3))
    image = Rect(x: area.x, y: area.y, width: side, height: (side + 1) / 2)
    let rest = area.splitLeft(side + 1).rest
    self.area = rest
    // Below one another a pair takes a row for its caption and twice the map; side by side once.
    func pairs(_ side: Int) -> (columns: Int, rows: Int) {
      ((rest.width + 1) / (side + 1), rest.height / (1 + 2 * ((side + 1) / 2)))
    }
    let sizes = Self.sides.filter { $0 <= mapSide } + [min(mapSide, 8)]
    let stacked = sizes.filter { pairs($0).rows > 0 && pairs($0).columns > 0 }
    let enough = stacked.first { pairs($0).columns * pairs($0).rows >= 4 && $0 >= 10 }
    if let chosen = enough ?? stacked.first(where: { $0 >= 10 }) {
      (self.side, isStacked) = (chosen, true)
      columns = pairs(chosen).columns
      count = columns * pairs(chosen).rows
    } else {
      let chosen = max(1, min(mapSide, (rest.height - 1) * 2, (rest.width - 1) / 2))
      (self.side, isStacked) = (chosen, false)
      columns = max(1, (rest.width + 2) / (2 * chosen + 3))
      count = rest.height > 1 ? columns : 0
    }
  }

  /// Where a pair stands.
  func place(_ slot: Int) -> Place {
    let rows = (side + 1) / 2
    let width = isStacked ? side : 2 * side + 1
    let height = isStacked ? 1 + 2 * rows : 1 + rows
    let x = area.x + slot % columns * (width + (isStacked ? 1 : 2))
    let y = area.y + slot / columns * height
    return Place(
      caption: Rect(x: x, y: y, width: width, height: 1),
      before: Rect(x: x, y: y + 1, width: side, height: rows),
      after: isStacked
        ? Rect(x: x, y: y + 1 + rows, width: side, height: rows)
        : Rect(x: x + side + 1, y: y + 1, width: side, height: rows))
  }
}
