import Compression
import Lab
import Localization
import TerminalCanvas

extension LabPlots {
  /// The bytes of every format, divided into what they hold, with the lines of the dense files.
  func drawBytes(into canvas: inout Canvas, in rect: Rect) {
    let storage = screen.pictures.storage
    let smallest = storage.min { $0.total < $1.total }
    var rights = [""]
    if !screen.prediction.isOpen, !isHidden, let smallest {
      let right = "\(smallest.format.rawValue) \(NumberText.grouped(smallest.total)) B"
      rights = [context.text(Phrase("least: ", "最小：")) + right, right, ""]
    }
    let inner = panel(
      titles: [
        context.text(Phrase("bytes by format", "各格式的字节数")), context.text(Phrase("bytes", "字节")),
      ], rights: rights, into: &canvas, in: rect)
    guard !waits(for: !storage.isEmpty, into: &canvas, in: inner),
      case .ready(let facts) = context.laboratory
    else { return }
    let (legend, below) = inner.splitTop(1)
    canvas.write(legendOfParts, row: 0, of: legend, glyphs: context.glyphs)
    let dense = storage.first { $0.format == .dense }?.total ?? 0
    let longest = storage.map(\.total).max() ?? 1
    // The float file is a line where it is not so far away that the bars would be unreadable.
    let float = facts.baselineBytes
    let maximum = Double(float) <= 2 * Double(longest) ? max(float, longest) : longest
    var rest = below
    if below.height > storage.count + 1, let first = storage.max(by: { $0.total < $1.total }),
      first.total > dense
    {
      rest = footer(
        verdict(storage, dense: dense, width: rest.width), into: &canvas, in: rest)
    }
    rest = footer(
      lines(dense: dense, float: float, isFloatVisible: float <= maximum, width: rest.width),
      into: &canvas, in: rest)
    canvas.draw(
      StackedBarList(
        storage.map(item), maximum: Double(maximum) * 1.02,
        marks: [PlotMark(Double(float), role: .bad), PlotMark(Double(dense), role: .warning)]),
      in: rest, glyphs: context.glyphs)
  }

  private func item(of breakdown: StorageBreakdown) -> StackedBarList.Item {
    let parts = StoragePart.allCases.compactMap { part in
      breakdown.bytes[part].map { (part, $0) }
    }
    return StackedBarList.Item(
      breakdown.format.rawValue,
      segments: parts.map { part, bytes in
        StackedBar.Segment("", value: Double(bytes), role: Self.role(of: part))
      }, valueText: NumberText.grouped(breakdown.total),
      detail: parts.flatMap { part, bytes in
        shade(of: part) + [StyledRun("\(NumberText.grouped(bytes)) ", .role(.muted))]
      })
  }

  /// A part's shade as the bars have it.
  private func shade(of part: StoragePart) -> StyledLine {
    let role = Self.role(of: part)
    return [
      StyledRun(
        String(StackedBarList.shade(of: role, glyphs: context.glyphs)), .role(role, bold: true))
    ]
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

  private func name(of part: StoragePart) -> String {
    switch part {
    case .values: context.text(Phrase("values", "数值"))
    case .indices: context.text(Phrase("indices", "索引"))
    case .scales: context.text(Phrase("scales", "缩放"))
    case .frame: context.text(Phrase("biases", "偏置"))
    case .stream: context.text(Phrase("gzip", "gzip 流"))
    }
  }

  /// The parts' shades; the gzip stream has a bar of its own.
  private var legendOfParts: StyledLine {
    StoragePart.allCases.filter { $0 != .stream }.flatMap { part in
      shade(of: part) + [StyledRun("\(name(of: part)) ", .role(.muted))]
    }
  }

  /// What the lines stand for.
  private func lines(dense: Int, float: Int, isFloatVisible: Bool, width: Int) -> StyledLine {
    let mark = String(context.glyphs.dashedVertical)
    let ratio = dense > 0 ? Double(float) / Double(dense) : 0
    let times = " = \(NumberText.fixed(ratio, decimals: 1))\(context.glyphs.times)"
    let floatMark = isFloatVisible ? mark : String(context.glyphs.arrowRight)
    func line(_ name: String, _ floatText: String) -> StyledLine {
      [
        StyledRun(mark, .role(.warning, bold: true)),
        StyledRun(name + NumberText.grouped(dense), .role(.muted)),
        StyledRun(float == dense ? "" : " " + floatMark, .role(.bad, bold: true)),
        StyledRun(float == dense ? "" : floatText, .role(.muted)),
      ]
    }
    let full = context.text(Phrase("break-even: dense ", "盈亏线：dense "))
    let float32 = "float32 \(NumberText.grouped(float))"
    return fitting(
      [
        line(full, float32 + times), line(full, float32), line("dense ", float32),
        line("dense ", "float32"),
      ], width: width)
  }

  /// Which formats are longer than the dense one, and by how much.
  private func verdict(_ storage: [StorageBreakdown], dense: Int, width: Int) -> StyledLine {
    let over = storage.filter { $0.total > dense }.sorted { $0.total > $1.total }.map {
      "\($0.format.rawValue) \(NumberText.fixed(Double($0.total) / Double(max(1, dense)), decimals: 2))"
        + String(context.glyphs.times)
    }
    let names = storage.filter { $0.total > dense }.map(\.format.rawValue)
    let words = context.text(Phrase("longer than dense: ", "比 dense 更长："))
    let short = context.text(Phrase("longer: ", "更长："))
    return fitting(
      [
        words + over.joined(separator: "  "), short + over.joined(separator: "  "),
        short + names.joined(separator: " "),
      ].map { [StyledRun($0, .role(.bad))] }, width: width)
  }
}
