import Curriculum
import Lab
import Localization
import TerminalCanvas

extension LabPlots {
  /// Which weights of the kernel are zero: inputs from left to right, outputs from top to bottom, or
  /// the other way round where there are more outputs.
  ///
  /// A kernel with more weights than the panel has dots is first shown whole, in shades, then part by
  /// part.
  func drawMask(into canvas: inout Canvas, in rect: Rect) {
    let latest = screen.pictures.mask.flatMap { $0.kernel == screen.layer ? $0 : nil }
    let isOpen = screen.prediction.isOpen || isHidden
    let share = latest.map { NumberText.fixed($0.sparsity * 100, decimals: 1) + " %" } ?? ""
    let inner = panel(
      titles: [
        context.text(Phrase("zeros of \(screen.layer)", "\(screen.layer) 的零")), screen.layer,
      ],
      rights: isOpen ? [""] : [context.text(Phrase("\(share) zero", "\(share) 为零")), share, ""],
      into: &canvas, in: rect)
    guard !waits(for: latest != nil, into: &canvas, in: inner), let found = latest else { return }
    let isTurned = found.columns > found.rows
    let mask = isTurned ? found.turned : found
    let picture = inner.splitBottom(1).rest
    guard !picture.isEmpty, mask.rows > 0, mask.columns > 0 else { return }
    let dotRows = picture.height * BitImage.rowsPerCell(context.glyphs)
    let parts = MaskParts(mask, width: picture.width, height: dotRows)
    let place = screen.pictures.place(of: .mask, among: parts.count)
    if let part = parts.part(place) {
      drawPart(part, of: mask, enlarged: parts.factor, into: &canvas, in: picture)
    } else {
      drawWhole(mask, into: &canvas, in: picture)
    }
    _ = footer(
      caption(of: mask, isTurned: isTurned, parts: parts, place: place, width: inner.width),
      into: &canvas, in: inner)
  }

  private func drawPart(
    _ part: MaskParts.Part, of mask: KernelMask, enlarged factor: Int, into canvas: inout Canvas,
    in rect: Rect
  ) {
    let dots = part.down.flatMap { column in
      let line = part.across.flatMap { row in
        [Bool](repeating: !mask.isZero[row * mask.columns + column], count: factor)
      }
      return [[Bool]](repeating: line, count: factor).flatMap { $0 }
    }
    canvas.draw(
      BitImage(
        dots: dots, width: part.across.count * factor, height: part.down.count * factor),
      in: rect, glyphs: context.glyphs)
  }

  /// The whole kernel in shades; brightness is the root of the share of weights that are left, so that
  /// differences are seen in a sparse kernel too.
  private func drawWhole(_ mask: KernelMask, into canvas: inout Canvas, in rect: Rect) {
    let width = min(rect.width, mask.rows)
    let height = min(rect.height * 2, mask.columns)
    let shades = mask.shares(across: width, down: height).map {
      UInt8((255 * (1 - $0).squareRoot()).rounded())
    }
    canvas.draw(
      GrayImage(pixels: shades, width: width, height: height, usesCharacters: usesCharacters),
      in: rect, glyphs: context.glyphs)
  }

  private func caption(
    of mask: KernelMask, isTurned: Bool, parts: MaskParts, place: Int, width: Int
  ) -> StyledLine {
    let names = [
      context.text(Phrase("inputs", "输入")), context.text(Phrase("outputs", "输出")),
    ]
    let (across, down) = isTurned ? (names[1], names[0]) : (names[0], names[1])
    var shape = "\(mask.rows) \(across) \(context.glyphs.rightwards) \(mask.columns) \(down) "
    shape += context.glyphs == .unicode ? "↓" : "v"
    if let part = parts.part(place), parts.count > 1 {
      shape =
        "\(across) \(part.across.lowerBound)-\(part.across.upperBound - 1), "
        + "\(down) \(part.down.lowerBound)-\(part.down.upperBound - 1)"
    }
    let leaf = StyledRun(
      parts.count > 1 ? "\(place + 1)/\(parts.count) (,) " : "", .role(.accent))
    let shapeRun = StyledRun(shape, .role(.muted))
    let gone = goneText(isTurned ? mask.turned : mask).map { StyledRun("  " + $0, .role(.bad)) }
    return fitting(
      [[leaf, shapeRun] + (gone.map { [$0] } ?? []), [leaf, shapeRun], [leaf]], width: width)
  }

  /// How many inputs or outputs left the network.
  private func goneText(_ mask: KernelMask) -> String? {
    if mask.removedColumns > 0 {
      return context.text(
        Phrase(
          "\(mask.removedColumns) of \(mask.columns) outputs gone",
          "\(mask.columns) 个输出中已删 \(mask.removedColumns) 个"))
    }
    guard mask.removedRows > 0 else { return nil }
    return context.text(
      Phrase(
        "\(mask.removedRows) of \(mask.rows) inputs gone",
        "\(mask.rows) 个输入中已删 \(mask.removedRows) 个"))
  }
}

/// How a mask is divided into parts that fit into a picture, every weight one dot or more.
struct MaskParts: Equatable {
  /// Some rows of the mask, which lie across, and some columns, which lie below one another.
  struct Part: Equatable {
    let across: Range<Int>
    let down: Range<Int>
  }

  private let rows: Int
  private let columns: Int
  private let width: Int
  private let height: Int

  /// Divides a mask for a picture of so many dots.
  init(_ mask: KernelMask, width: Int, height: Int) {
    rows = mask.rows
    columns = mask.columns
    self.width = max(1, width)
    self.height = max(1, height)
  }

  /// Whether the whole mask fits.
  var fits: Bool { rows <= width && columns <= height }

  /// How often a weight is repeated in both directions: more than once where there is room.
  var factor: Int { fits ? max(1, min(width / max(1, rows), height / max(1, columns))) : 1 }

  private var across: Int { (rows + width - 1) / width }

  /// The number of pictures: the whole, and if it does not fit all of its parts.
  var count: Int { fits ? 1 : 1 + across * ((columns + height - 1) / height) }

  /// The part of a picture's number; nil for the whole that does not fit.
  func part(_ place: Int) -> Part? {
    if fits { return Part(across: 0..<rows, down: 0..<columns) }
    guard place > 0, place < count else { return nil }
    let (x, y) = ((place - 1) % across * width, (place - 1) / across * height)
    return Part(
      across: x..<min(rows, x + width), down: y..<min(columns, y + height))
  }
}
