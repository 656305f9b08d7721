import Compression
import Curriculum
import Localization
import NeuralNetwork
import TerminalCanvas
import Testing

@testable import Lab
@testable import TutorApp

/// The lab's pictures.
@Suite struct PicturePanelStories {
  private static let kinds: [String] = [
    "histogram", "curve", "bytes", "crossings", "confusion", "mask", "filters", "features", "flips",
    "sqnr",
  ]

  private func look(_ studio: PanelStudio) -> String {
    PanelStudio.sizes.map { size in
      Self.kinds.map { "\($0)\n" + studio.text($0, size) }.joined(separator: "\n")
    }.joined(separator: "\n")
  }

  @Test(arguments: Language.allCases)
  func everyPanelIsDrawnAtEverySizeInBothLanguages(language: Language) throws {
    var studio = try PanelStudio("weights.bits=2 prune.sparsity=0.6", language: language)
    try studio.sweep("prune.sparsity", values: ["0", "0.3", "0.6", "0.9"])
    for size in PanelStudio.sizes {
      for kind in Self.kinds {
        let canvas = studio.canvas(kind, size)
        let inside = canvas.lines.dropFirst().dropLast().joined()
        #expect(!inside.contains("…"), "\(kind) at \(size):\n\(canvas.text)")
        #expect(inside.contains { !" │".contains($0) }, "\(kind) at \(size) is empty")
      }
    }
  }

  @Test func inASCIINothingElseIsDrawnAndWithoutColoursNoShadeIsAColour() throws {
    var studio = try PanelStudio(
      "weights.bits=3 prune.pattern=filter prune.sparsity=0.5", glyphs: .ascii)
    try studio.sweep("weights.bits", values: ["8", "3", "1"])
    let text = look(studio)
    let foreign = text.filter { !$0.isASCII }
    #expect(foreign.isEmpty)

    var mono = try PanelStudio("weights.bits=2 prune.sparsity=0.6", colors: .mono)
    try mono.sweep("weights.bits", values: ["8", "2", "1"])
    for size in PanelStudio.sizes {
      for kind in Self.kinds {
        let canvas = mono.canvas(kind, size)
        for y in 0..<size.height {
          for x in 0..<size.width {
            let style = canvas[x, y].style
            for color in [style.foreground, style.background] {
              switch color {
              case .gray, .palette: Issue.record("\(kind) needs colours at \(x), \(y)")
              case .role, .standard: break
              }
            }
          }
        }
      }
    }
  }

  @Test(arguments: kinds)
  func nothingGivesTheAnswerAwayBeforeTheGuess(kind: String) throws {
    guard kind != "histogram" else { return }
    var studio = try PanelStudio("weights.bits=2 prune.sparsity=0.6")
    try studio.sweep("weights.bits", values: ["8", "2"])
    studio.screen.session.prediction = .asking(target: studio.screen.session.recipe)
    for size in PanelStudio.sizes {
      let text = studio.text(kind, size)
      #expect(!text.contains { $0.isNumber }, "\(text)")
      #expect(!text.contains("▀") && !text.contains("█") && !text.contains("⣀"))
    }
  }

  @Test func barsHoldTheBytesOfEveryFormatAndTheLinesThoseOfTheDenseFiles() throws {
    let studio = try PanelStudio("weights.bits=8 prune.sparsity=0.5")
    let size = try #require(studio.screen.session.results.measurement?.size.bytes)
    for panel in PanelStudio.sizes {
      let text = studio.text("bytes", panel)
      for format in StorageFormat.allCases {
        let length = try #require(size[format])
        let bytes = NumberText.grouped(length)
        #expect(text.contains { $0 == "█" } && text.contains(bytes), "\(format):\n\(text)")
      }
    }
    let large = studio.text("bytes", PanelStudio.sizes[2])
    // At half the weights of a byte each, an index of two bytes costs more than it saves.
    #expect(large.contains("longer than dense: csr16"))
    for breakdown in try #require(studio.screen.session.album.latest(StoragePicture.self)) {
      for bytes in breakdown.bytes.values { #expect(large.contains(NumberText.grouped(bytes))) }
    }
  }

  @Test func sparseRowsOfFloatWeightsPayBeyondAThirdOfZerosOfBytesBeyondTwoThirds() throws {
    // Value and column take 4 + 2 bytes for 4 dense ones, or 1 + 2 for 1; pointers and headers move
    // the place a little.
    for (line, range) in [("", 33.0...36), ("weights.bits=8", 66.0...69)] {
      var studio = try PanelStudio(line)
      try studio.sweep("prune.sparsity", values: ["0", "0.2", "0.4", "0.6", "0.8", "0.9"])
      let text = studio.text("crossings", PanelStudio.sizes[2])
      let match = try #require(text.firstMatch(of: /csr16 from ([0-9.]+) %/))
      let place = try #require(Double(match.1))
      #expect(range.contains(place), "\(text)")
    }
  }

  @Test func theChangeOfTheConfusionMatrixIsThatOfTheTwoMatrices() throws {
    let studio = try PanelStudio("weights.bits=1 prune.sparsity=0.8")
    let evaluation = try #require(studio.screen.session.results.measurement?.evaluation)
    let baseline = try studio.laboratory.evaluation(of: Recipe(), images: 60).confusion
    let change = ConfusionChange(evaluation)
    for label in 0..<10 {
      for predicted in 0..<10 {
        #expect(
          change.counts[label][predicted]
            == evaluation.confusion[label][predicted] - baseline[label][predicted])
      }
    }
    let first = try #require(change.largest.first)
    #expect(change.largest.allSatisfy { abs($0.change) <= abs(first.change) })
    let names = FashionMNIST.classNames
    let sign = first.change > 0 ? "+" : "−"
    for size in PanelStudio.sizes {
      let text = studio.text("confusion", size)
      #expect(text.contains("\(sign)\(abs(first.change))"), "\(text)")
      #expect(text.contains(names[first.label]), "\(text)")
    }
  }

  @Test func aMaskIsLeafedThroughFromTheWholeToItsPartsEveryWeightOnce() throws {
    var studio = try PanelStudio("prune.pattern=2:4")
    let size = PanelStudio.sizes[1]
    #expect(studio.text("mask", size).contains("1/"))
    let mask = try #require(studio.screen.session.album.latest(MaskPicture.self))
    let parts = MaskParts(mask, width: size.width - 2, height: 2 * (size.height - 3))
    #expect(!parts.fits && parts.part(0) == nil)
    var seen = [Bool](repeating: false, count: mask.isZero.count)
    for place in 1..<parts.count {
      let part = try #require(parts.part(place))
      for input in part.across {
        for output in part.down {
          #expect(!seen[input * mask.columns + output])
          seen[input * mask.columns + output] = true
        }
      }
    }
    #expect(seen.allSatisfy { $0 })
    // The second picture shows the first part: of four inputs of an output two are left.
    studio.screen.session.album.leaf("mask", by: 1)
    studio.context.preferences.glyphs = .ascii
    let rows = studio.text("mask", size).split(separator: "\n").dropFirst().dropLast(2)
    for row in rows {
      let dots = Array(row.dropFirst().dropLast().prefix(56))
      for start in stride(from: 0, to: dots.count, by: 4) {
        #expect(dots[start..<start + 4].count { $0 == "#" } == 2, "\(String(dots))")
      }
    }
    // Backwards from the whole comes the last part.
    studio.screen.session.album.leaf("mask", by: -2)
    #expect(studio.screen.session.album.place(in: "mask", among: 7) == 6)
  }

  @Test func neuronsThatLeftAreEmptyRows() throws {
    var studio = try PanelStudio("prune.pattern=neuron prune.sparsity=0.5")
    studio.context.preferences.glyphs = .ascii
    studio.screen.session.album.leaf("mask", by: 1)
    let text = studio.text("mask", Size(width: 60, height: 22))
    let rows = text.split(separator: "\n").dropFirst().prefix(16).map { $0.dropFirst().dropLast() }
    #expect(rows.count { row in row.allSatisfy { $0 == "." } } == 8, "\(text)")
    #expect(rows.count { row in row.allSatisfy { $0 == "#" } } == 8, "\(text)")
    #expect(text.contains("50.0 %"))
  }

  @Test func filtersThatLeftAreCrossedOutAndAllAreOnSomePage() throws {
    let studio = try PanelStudio("prune.pattern=filter prune.sparsity=0.5")
    let filters = try #require(studio.screen.session.album.latest(FilterPicture.self))
    let gone = filters.after.indices.filter(filters.isGone)
    #expect(gone.count == 4)
    let canvas = studio.canvas("filters", PanelStudio.sizes[2])
    #expect(canvas.text.contains("4 gone"))
    let tiles = FilterTiles(
      count: 8, height: 3, width: 3, in: Rect(x: 1, y: 1, width: 134, height: 43))
    for filter in 0..<8 {
      let rect = tiles.rect(filter)
      let cell = canvas[rect.x, rect.maxY - 1].character
      #expect((cell == "×") == gone.contains(filter))
    }
    for size in PanelStudio.sizes {
      let tiles = FilterTiles(
        count: 32, height: 3, width: 3,
        in: Rect(x: 0, y: 0, width: size.width - 2, height: size.height - 3))
      #expect((0..<tiles.pages).flatMap(tiles.filters) == Array(0..<32))
      let height = 1 + 2 * ((3 * tiles.factor + 1) / 2)
      let slots = tiles.filters(onPage: 0).count
      #expect((0..<slots).allSatisfy { tiles.rect($0).height == height })
    }
  }

  @Test func featureMapsComeWithTheImagesClassBeforeAndAfter() throws {
    var studio = try PanelStudio("weights.bits=1 prune.sparsity=0.8")
    let flips = try #require(studio.screen.session.results.measurement?.evaluation.flips)
    try #require(flips.count > 1)
    let names = FashionMNIST.classNames
    for step in [0, 1] {
      if step > 0 {
        studio.screen.session.album.leaf("features", by: 1)
        try studio.drawPictures()
      }
      for size in PanelStudio.sizes {
        let text = studio.text("features", size)
        #expect(text.contains("image \(flips[step].image)"), "\(text)")
        #expect(text.contains(/→/) && text.contains(names[flips[step].before]), "\(text)")
        #expect(text.contains(names[flips[step].after]), "\(text)")
      }
    }
  }

  @Test func sqnrStandsBesideTheBitsOfEachLayer() throws {
    let studio = try PanelStudio("weights.bits=4 weights.layers=dense")
    let layers = try #require(studio.screen.session.results.measurement?.size.layers)
    for size in PanelStudio.sizes {
      let text = studio.text("sqnr", size)
      let ratio = NumberText.fixed(layers[1].signalToNoise, decimals: 1)
      #expect(text.contains("\(ratio) dB"), "\(text)")
      #expect(text.contains("exact"))
    }
  }

  @Test func theHistogramTellsStepAndLargestWeight() throws {
    let studio = try PanelStudio("weights.bits=4 weights.granularity=tensor")
    let histogram = try #require(studio.screen.session.kernels.histogram)
    let step = try #require(histogram.step)
    #expect(abs(step * 7 - abs(histogram.extreme)) < 1e-6)
    #expect(studio.text("histogram", PanelStudio.sizes[1]).contains("15 levels, step 0.0"))
    #expect(studio.text("histogram", PanelStudio.sizes[1]).contains("σ"))
  }
}
