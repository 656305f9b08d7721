import Lab

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
