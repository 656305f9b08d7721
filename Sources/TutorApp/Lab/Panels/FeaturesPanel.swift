import Lab
import Localization
import NeuralNetwork
import TerminalCanvas

/// What the convolution makes of an image, before and after, and what the network says of it.
struct FeaturesPanel: LabPanel {
  let name = "features"
  let span = 2
  let isPile = true

  func needs(_ session: LabSession) -> [LabRequest] {
    image(session).map { [.draw(FeaturePicture(of: $0), of: session.recipe)] } ?? []
  }

  /// The test image whose feature maps are shown: those with another prediction than before come
  /// first; without any, all in turn.
  private func image(_ session: LabSession) -> Int? {
    guard let evaluation = session.results.measurement?.evaluation else { return nil }
    let flips = evaluation.flips
    return flips.isEmpty
      ? session.album.place(in: name, among: evaluation.images)
      : flips[session.album.place(in: name, among: flips.count)].image
  }

  /// The maps of the image that was drawn last, until those of another come.
  private func features(_ inputs: PanelInputs) -> FeaturePictures? {
    inputs.session.album.latest(FeaturePicture.self)
  }

  func titles(_ inputs: PanelInputs) -> [String] {
    [
      inputs.text(Phrase("feature maps before and after")),
      inputs.text(Phrase("feature maps")),
    ]
  }

  func readings(_ inputs: PanelInputs) -> [String] {
    features(inputs).map {
      [inputs.text(Phrase("image \($0.image)"))]
    } ?? []
  }

  func note(_ inputs: PanelInputs) -> Phrase? {
    features(inputs) == nil ? .waiting : nil
  }

  func draw(into canvas: inout Canvas, in rect: Rect, _ inputs: PanelInputs) {
    guard let features = features(inputs), let facts = inputs.facts else { return }
    let area = canvas.writeFooter(
      Self.captions(of: features, width: rect.width, inputs), atMost: max(1, rect.height / 4),
      in: rect)
    let tiles = FeatureTiles(
      imageSide: facts.testSet.width, mapSide: max(features.width, features.height), in: area)
    canvas.draw(inputs.image(features.image, of: facts), in: tiles.image)
    for (slot, filter) in Self.shown(of: features, count: tiles.count).enumerated() {
      Self.drawMaps(of: filter, features, at: tiles.place(slot), into: &canvas, inputs)
    }
  }

  /// The filters whose maps are shown: all if they fit, else those that changed most, in order.
  private static func shown(of features: FeaturePictures, count: Int) -> [Int] {
    let all = Array(features.before.indices)
    guard all.count > count else { return all }
    let changes = all.map(features.change)
    return all.sorted { (-changes[$0], $0) < (-changes[$1], $1) }.prefix(count).sorted()
  }

  /// A filter's two maps in one scale of grays; brightness is the root of a value, since most lie far
  /// below the largest.
  private static func drawMaps(
    of filter: Int, _ features: FeaturePictures, at place: FeatureTiles.Place,
    into canvas: inout Canvas, _ inputs: PanelInputs
  ) {
    let limit = max(features.limit(filter), .leastNormalMagnitude)
    func picture(_ values: [Float]) -> GrayImage {
      GrayImage(
        values: values.map { max(0, $0).squareRoot() }, range: 0...limit.squareRoot(),
        width: features.width, height: features.height, usesCharacters: inputs.usesCharacters)
    }
    let percent = Int((features.change(filter) * 100).rounded())
    canvas.write(
      [
        StyledRun("\(filter)", .role(.heading, bold: true)),
        StyledRun(" \(percent)%", .role(percent >= 50 ? .bad : percent > 0 ? .warning : .muted)),
      ], row: 0, of: place.caption)
    canvas.draw(picture(features.before[filter]), in: place.before)
    if let map = features.after[filter] {
      canvas.draw(picture(map), in: place.after)
    } else {
      canvas.fill(place.after, with: "×", style: .role(.bad))
    }
  }

  private static func captions(
    of features: FeaturePictures, width: Int, _ inputs: PanelInputs
  ) -> [StyledLine] {
    func answer(_ probabilities: [Float]) -> StyledRun {
      let best = probabilities.indices.max { probabilities[$0] < probabilities[$1] } ?? 0
      let percent = Int((probabilities[best] * 100).rounded())
      return StyledRun(
        "\(PanelInputs.className(best)) \(percent)%", .role(best == features.label ? .good : .bad))
    }
    let truth = PanelInputs.className(features.label)
    let legend = PanelInputs.fitting(
      [
        [
          inputs.muted(
            Phrase("true \(truth); number of the filter, change of its map (, next image)"))
        ], [inputs.muted(Phrase("true \(truth) (, next image)"))],
      ], width: width)
    return [
      [
        answer(features.probabilitiesBefore), StyledRun(" → "),
        answer(features.probabilitiesAfter),
      ], legend,
    ]
  }
}
