import Compression
import Curriculum
import Lab
import Localization
import NeuralNetwork
import Presentation
import TerminalCanvas

/// The texts of the search for a fault: the report, what probes measured, and the verdict.
struct FaultHuntText {
  /// The screen's state.
  let screen: FaultHuntScreen
  /// What all screens share.
  let context: TutorContext

  private func muted(_ text: String) -> StyledRun { StyledRun(text, .role(.muted)) }

  // MARK: The report

  /// What somebody sees before asking anything.
  func report(width: Int) -> [StyledLine] {
    guard let report = screen.report else { return waiting(width: width) }
    let evaluation = report.evaluation
    let band = AccuracyBand.wilson(correct: evaluation.correct, images: evaluation.images)
    let baseline = Double(evaluation.baselineCorrect) / Double(max(1, evaluation.images))
    var lines: [StyledLine] = [
      [
        muted(context.text(Phrase("accuracy  "))),
        StyledRun(QuantityFormat.percent(evaluation.accuracy), .role(.accent, bold: true)),
        muted(
          "  ±\(QuantityFormat.points(band.halfWidth))"
            + context.text(Phrase("  of \(evaluation.images) images"))),
      ],
      [
        muted(context.text(Phrase("float     "))), StyledRun(QuantityFormat.percent(baseline)),
        muted(
          context.text(Phrase("  flips \(evaluation.flips.count)"))),
      ], [],
    ]
    lines += Table(
      headers: ["", context.text(Phrase("bits")), context.text(Phrase("zeros")), "SQNR"].map {
        [StyledRun($0, .role(.heading, bold: true))]
      },
      rows: report.size.layers.map { layer in
        [
          [StyledRun(layer.name, .role(.code))], [StyledRun("\(layer.bits)")],
          [StyledRun(QuantityFormat.percent(layer.sparsity))],
          [StyledRun(text(layer.signalToNoise, .signalToNoise))],
        ]
      }, alignments: [.left, .right, .right, .right]
    ).lines(width: width, glyphs: context.glyphs)
    lines += [
      [], [StyledRun(context.text(Phrase("what changed most")), .role(.heading, bold: true))],
    ]
    return lines + changes(evaluation)
  }

  private func changes(_ evaluation: Evaluation) -> [StyledLine] {
    let names = FashionMNIST.classNames
    func name(_ label: Int) -> String { names.indices.contains(label) ? names[label] : "\(label)" }
    var counts: [[Int]: Int] = [:]
    for flip in evaluation.flips { counts[[flip.before, flip.after], default: 0] += 1 }
    let largest = counts.sorted {
      ($1.value, $0.key[0], $0.key[1]) < ($0.value, $1.key[0], $1.key[1])
    }
    guard !largest.isEmpty else { return [[muted(context.text(Phrase("nothing")))]] }
    return largest.prefix(6).map { pair, count in
      [
        StyledRun(TextFitting.pad("\(count)", to: 5, alignment: .right) + "  ", .role(.accent)),
        StyledRun("\(name(pair[0])) → \(name(pair[1]))"),
      ]
    }
  }

  private func waiting(width: Int) -> [StyledLine] {
    if let share = screen.training {
      return [
        [
          muted(
            context.text(Phrase("fine-tuning: \(Int(share * 100)) %")))
        ]
      ]
    }
    let text =
      screen.current?.trains == true
      ? Phrase("Fine-tuning on the training set…")
      : Phrase("Compressing and measuring…")
    return TextWrapping.wrap(context.text(text), style: .role(.muted), width: width)
  }

  // MARK: Readings

  /// What a probe measured, as a table.
  func reading(of probe: FaultProbe, width: Int) -> [StyledLine] {
    guard let reading = screen.readings[probe] else {
      return [[muted(context.text(Phrase("measuring…")))]]
    }
    let headers = [""] + reading.columns.map { context.text(ProbeTexts.title(of: $0)) }
    let rows = reading.rows.map { row in
      [name(of: row, in: reading)] + zip(reading.columns, row.values).map { text($1, $0) }
    }
    // Narrower than a table with lines, so that five columns fit beside the list.
    let widths = headers.indices.map { column in
      (rows + [headers]).map { TextWidth.width(of: $0[column]) }.max() ?? 0
    }
    func line(_ cells: [String], style: (Int) -> Style) -> StyledLine {
      cells.indices.map { column in
        StyledRun(
          column == 0
            ? TextFitting.pad(cells[0], to: widths[0])
            : "  " + TextFitting.pad(cells[column], to: widths[column], alignment: .right),
          style(column))
      }
    }
    var lines = [line(headers) { _ in .role(.heading, bold: true) }]
    lines += rows.map { cells in line(cells) { .role($0 == 0 ? .code : .text) } }
    if reading.images > 0 {
      lines.append([muted(context.text(Phrase("on \(reading.images) test images")))])
    }
    return lines
  }

  private func name(of row: ProbeReading.Row, in reading: ProbeReading) -> String {
    switch (reading.probe, row.name) {
    case (.classes, let label):
      let names = FashionMNIST.classNames
      return Int(label).flatMap { names.indices.contains($0) ? names[$0] : nil } ?? label
    case (_, ProbeReading.asItIs): return context.text(Phrase("as it is"))
    case (let probe, ProbeReading.changed): return context.text(ProbeTexts.title(of: probe))
    case (.zeros, let kernel), (.weights, let kernel): return kernel.replacing("/kernel", with: "")
    case (.biases, let bias): return bias.replacing("/bias", with: "")
    default: return row.name
    }
  }

  private func text(_ value: Double, _ column: ProbeReading.Column) -> String {
    guard !value.isNaN else { return "-" }
    guard value.isFinite else {
      return (value < 0 ? "-" : "") + (context.glyphs == .unicode ? "∞" : "inf")
    }
    switch column {
    case .accuracy, .baseline, .zeros, .foursAlongInputs, .foursAlongOutputs, .relativeError,
      .clipped, .wrongSums:
      return QuantityFormat.percent(value)
    case .signalToNoise: return NumberText.fixed(value, decimals: 1) + " dB"
    case .meanError, .largestError: return NumberText.fixed(value, decimals: 2)
    case .gridEnd, .largestValue: return InspectorText.scale(value)
    case .signChanges, .codesInUse, .bitsNeeded, .bitsKept:
      return NumberText.grouped(Int(value))
    }
  }

  // MARK: The verdict

  /// Whether the fault was named, why its traces point there, and how to see them again.
  func verdict(width: Int) -> [StyledLine] {
    guard let current = screen.current, let accused = screen.accused else { return [] }
    let title = context.text(FaultTexts.title(of: current.fault))
    var lines: [StyledLine] = []
    if accused == current.fault {
      lines += TextWrapping.wrap(
        "✓ " + context.text(Phrase("Named: ")) + title, style: .role(.good, bold: true),
        width: width)
    } else {
      let named = context.text(FaultTexts.title(of: accused))
      lines += TextWrapping.wrap(
        "✗ "
          + context.text(Phrase("You named: \(named). It was: \(title)")),
        style: .role(.bad, bold: true), width: width)
    }
    lines += [[]]
    lines += TextWrapping.wrap(
      context.text(FaultTexts.explanation(of: current.fault)), width: width)
    lines += [[]] + comparison + [[]]
    let telling = current.fault.tellingProbes.map { context.text(ProbeTexts.title(of: $0)) }
    lines += TextWrapping.wrap(
      [
        muted(context.text(Phrase("Telling probes: "))),
        StyledRun(telling.joined(separator: context.text(Phrase(", "))), .role(.accent)),
      ], width: width)
    lines += [[]]
    let command =
      "nibble measure" + current.recipe.line.split(separator: " ").map { " --set \($0)" }.joined()
    lines += TextWrapping.wrap(command, style: .role(.code), width: width, hangingIndent: 4)
    return lines
  }

  /// The accuracy with the fault beside that without it.
  private var comparison: [StyledLine] {
    let found = screen.report.map { QuantityFormat.percent($0.evaluation.accuracy) } ?? "-"
    let right: String
    if let healthy = screen.healthy {
      right = QuantityFormat.percent(healthy.evaluation.accuracy)
    } else if let share = screen.training {
      right = context.text(Phrase("fine-tuning ")) + "\(Int(share * 100)) %"
    } else {
      right = "…"
    }
    return [
      [
        muted(context.text(Phrase("accuracy with the fault     "))),
        StyledRun(found, .role(.bad, bold: true)),
      ],
      [
        muted(context.text(Phrase("accuracy without the fault  "))),
        StyledRun(right, .role(.good, bold: true)),
      ],
    ]
  }
}
