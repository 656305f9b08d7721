import Lab
import Localization
import TerminalCanvas

/// Which weights of the kernel are zero: inputs from left to right, outputs from top to bottom, or
/// the other way round where there are more outputs.
///
/// A kernel with more weights than the panel has dots is first shown whole, in shades, then part by
/// part.
struct MaskPanel: LabPanel {
  let name = "mask"
  let isPile = true

  func needs(_ session: LabSession) -> [LabRequest] {
    [.draw(MaskPicture(of: session.kernels.shown), of: session.recipe)]
  }

  func titles(_ inputs: PanelInputs) -> [String] {
    let kernel = inputs.session.kernels.shown
    return [inputs.text(Phrase("zeros of \(kernel)")), kernel]
  }

  func readings(_ inputs: PanelInputs) -> [String] {
    let share = mask(inputs).map { NumberText.fixed($0.sparsity * 100, decimals: 1) + " %" } ?? ""
    return [inputs.text(Phrase("\(share) zero")), share]
  }

  func note(_ inputs: PanelInputs) -> Phrase? { mask(inputs) == nil ? .waiting : nil }

  /// The mask of the kernel that is looked at.
  private func mask(_ inputs: PanelInputs) -> KernelMask? {
    inputs.session.album.content(of: MaskPicture(of: inputs.session.kernels.shown))
  }

  func draw(into canvas: inout Canvas, in rect: Rect, _ inputs: PanelInputs) {
    guard let found = mask(inputs) else { return }
    let isTurned = found.columns > found.rows
    let mask = isTurned ? found.turned : found
    let picture = rect.splitBottom(1).rest
    guard !picture.isEmpty, mask.rows > 0, mask.columns > 0 else { return }
    let parts = MaskParts(
      mask, width: picture.width, height: picture.height * BitImage.rowsPerCell(inputs.glyphs))
    let place = inputs.session.album.place(in: name, among: parts.count)
    if let part = parts.part(place) {
      canvas.draw(Self.image(of: part, in: mask, enlarged: parts.factor), in: picture)
    } else {
      canvas.draw(Self.shades(of: mask, in: picture, inputs), in: picture)
    }
    let caption = Self.caption(
      of: mask, isTurned: isTurned, parts: parts, place: place, width: rect.width, inputs)
    _ = canvas.writeFooter([caption], in: rect)
  }

  private static func image(
    of part: MaskParts.Part, in mask: KernelMask, enlarged factor: Int
  ) -> BitImage {
    let dots = part.down.flatMap { column in
      let line = part.across.flatMap { row in
        [Bool](repeating: !mask.isZero[row * mask.columns + column], count: factor)
      }
      return [[Bool]](repeating: line, count: factor).flatMap { $0 }
    }
    return BitImage(
      dots: dots, width: part.across.count * factor, height: part.down.count * factor)
  }

  /// The whole kernel in shades; brightness is the root of the share of weights that are left, so that
  /// differences are seen in a sparse kernel too.
  private static func shades(
    of mask: KernelMask, in rect: Rect, _ inputs: PanelInputs
  ) -> GrayImage {
    let width = min(rect.width, mask.rows)
    let height = min(rect.height * 2, mask.columns)
    let shades = mask.shares(across: width, down: height).map {
      UInt8((255 * (1 - $0).squareRoot()).rounded())
    }
    return GrayImage(
      pixels: shades, width: width, height: height, usesCharacters: inputs.usesCharacters)
  }

  private static func caption(
    of mask: KernelMask, isTurned: Bool, parts: MaskParts, place: Int, width: Int,
    _ inputs: PanelInputs
  ) -> StyledLine {
    let names = [Phrase("inputs"), Phrase("outputs")].map(inputs.text)
    let (across, down) = isTurned ? (names[1], names[0]) : (names[0], names[1])
    var shape =
      "\(mask.rows) \(across) → \(mask.columns) \(down) ↓"
    if let part = parts.part(place), parts.count > 1 {
      shape =
        "\(across) \(part.across.lowerBound)-\(part.across.upperBound - 1), "
        + "\(down) \(part.down.lowerBound)-\(part.down.upperBound - 1)"
    }
    let leaf = StyledRun(parts.count > 1 ? "\(place + 1)/\(parts.count) (,) " : "", .role(.accent))
    let shapeRun = StyledRun(shape, .role(.muted))
    let gone = removed(from: isTurned ? mask.turned : mask).map {
      StyledRun("  " + inputs.text($0), .role(.bad))
    }
    return PanelInputs.fitting(
      [[leaf, shapeRun] + (gone.map { [$0] } ?? []), [leaf, shapeRun], [leaf]], width: width)
  }

  /// How many inputs or outputs left the network.
  private static func removed(from mask: KernelMask) -> Phrase? {
    if mask.removedColumns > 0 {
      return Phrase("\(mask.removedColumns) of \(mask.columns) outputs gone")
    }
    guard mask.removedRows > 0 else { return nil }
    return Phrase("\(mask.removedRows) of \(mask.rows) inputs gone")
  }
}
