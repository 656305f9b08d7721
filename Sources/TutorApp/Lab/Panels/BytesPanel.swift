import Compression
import Lab
import Localization
import TerminalCanvas

/// The bytes of every format, divided into what they hold, with the lines of the dense files.
struct BytesPanel: LabPanel {
  let name = "bytes"

  func needs(_ session: LabSession) -> [LabRequest] {
    [.draw(StoragePicture(), of: session.recipe)]
  }

  private func storage(_ inputs: PanelInputs) -> [StorageBreakdown] {
    inputs.session.album.content(of: StoragePicture()) ?? []
  }

  func titles(_ inputs: PanelInputs) -> [String] {
    [
      inputs.text(Phrase("bytes by format")), inputs.text(Phrase("bytes")),
    ]
  }

  func readings(_ inputs: PanelInputs) -> [String] {
    guard let least = storage(inputs).min(by: { $0.total < $1.total }) else {
      return []
    }
    let file = "\(least.format.rawValue) \(NumberText.grouped(least.total)) B"
    return [inputs.text(Phrase("least: ")) + file, file]
  }

  func note(_ inputs: PanelInputs) -> Phrase? {
    storage(inputs).isEmpty ? .waiting : nil
  }

  func draw(into canvas: inout Canvas, in rect: Rect, _ inputs: PanelInputs) {
    let storage = storage(inputs)
    guard let float = inputs.facts?.baselineBytes else { return }
    let (legend, below) = rect.splitTop(1)
    canvas.write(Self.legend(inputs), row: 0, of: legend)
    let dense = storage.first { $0.format == .dense }?.total ?? 0
    let longest = storage.map(\.total).max() ?? 1
    // The float file is a line where it is not so far away that the bars would be unreadable.
    let maximum = Double(float) <= 2 * Double(longest) ? max(float, longest) : longest
    var rest = below
    if below.height > storage.count + 1, longest > dense {
      rest = canvas.writeFooter(
        [Self.verdict(storage, dense: dense, width: rest.width, inputs)], in: rest)
    }
    rest = canvas.writeFooter(
      [
        Self.lines(
          dense: dense, float: float, isFloatVisible: float <= maximum, width: rest.width, inputs)
      ], in: rest)
    canvas.draw(
      StackedBarList(
        storage.map { Self.item(of: $0, inputs) }, maximum: Double(maximum) * 1.02,
        marks: [PlotMark(Double(float), role: .bad), PlotMark(Double(dense), role: .warning)]),
      in: rest)
  }

  private static func item(
    of breakdown: StorageBreakdown, _ inputs: PanelInputs
  ) -> StackedBarList.Item {
    let parts = StoragePart.allCases.compactMap { part in
      breakdown.bytes[part].map { (part, $0) }
    }
    return StackedBarList.Item(
      breakdown.format.rawValue,
      segments: parts.map { part, bytes in
        StackedBar.Segment("", value: Double(bytes), role: role(of: part))
      }, valueText: NumberText.grouped(breakdown.total),
      detail: parts.flatMap { part, bytes in
        [
          shade(of: part, inputs),
          StyledRun("\(NumberText.grouped(bytes)) ", .role(.muted)),
        ]
      })
  }

  /// A part's shade as the bars have it.
  private static func shade(of part: StoragePart, _ inputs: PanelInputs) -> StyledRun {
    let role = role(of: part)
    return StyledRun(
      String(StackedBarList.shade(of: role, glyphs: inputs.glyphs)), .role(role, bold: true))
  }

  private static func role(of part: StoragePart) -> Role {
    switch part {
    case .values: .series1
    case .indices: .series2
    case .scales: .series3
    case .frame: .muted
    case .stream: .accent
    }
  }

  private static func name(of part: StoragePart) -> Phrase {
    switch part {
    case .values: Phrase("values")
    case .indices: Phrase("indices")
    case .scales: Phrase("scales")
    case .frame: Phrase("biases")
    case .stream: Phrase("gzip")
    }
  }

  /// The parts' shades; the gzip stream has a bar of its own.
  private static func legend(_ inputs: PanelInputs) -> StyledLine {
    StoragePart.allCases.filter { $0 != .stream }.flatMap { part in
      [
        shade(of: part, inputs), StyledRun("\(inputs.text(name(of: part))) ", .role(.muted)),
      ]
    }
  }

  /// What the lines stand for.
  private static func lines(
    dense: Int, float: Int, isFloatVisible: Bool, width: Int, _ inputs: PanelInputs
  ) -> StyledLine {
    let ratio = dense > 0 ? Double(float) / Double(dense) : 0
    let times = " = \(NumberText.fixed(ratio, decimals: 1))×"
    let floatMark = isFloatVisible ? "┊" : "▶"
    func line(_ name: String, _ floatText: String) -> StyledLine {
      [
        StyledRun("┊", .role(.warning, bold: true)),
        StyledRun(name + NumberText.grouped(dense), .role(.muted)),
        StyledRun(float == dense ? "" : " " + floatMark, .role(.bad, bold: true)),
        StyledRun(float == dense ? "" : floatText, .role(.muted)),
      ]
    }
    let full = inputs.text(Phrase("break-even: dense "))
    let float32 = "float32 \(NumberText.grouped(float))"
    return PanelInputs.fitting(
      [
        line(full, float32 + times), line(full, float32), line("dense ", float32),
        line("dense ", "float32"),
      ], width: width)
  }

  /// Which formats are longer than the dense one, and by how much.
  private static func verdict(
    _ storage: [StorageBreakdown], dense: Int, width: Int, _ inputs: PanelInputs
  ) -> StyledLine {
    let over = storage.filter { $0.total > dense }
    let ratios = over.sorted { $0.total > $1.total }.map {
      "\($0.format.rawValue) \(NumberText.fixed(Double($0.total) / Double(max(1, dense)), decimals: 2))"
        + "×"
    }.joined(separator: "  ")
    let short = inputs.text(Phrase("longer: "))
    return PanelInputs.fitting(
      [
        inputs.text(Phrase("longer than dense: ")) + ratios, short + ratios,
        short + over.map(\.format.rawValue).joined(separator: " "),
      ].map { [StyledRun($0, .role(.bad))] }, width: width)
  }
}
