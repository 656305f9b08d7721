/// A line that names the keys that work now.
package struct KeyBar: Widget {
  /// One key and what it does.
  package struct Item: Sendable, Hashable {
    /// The key as the reader finds it on the keyboard.
    package var key: String
    /// What it does, in a word or two.
    package var label: String

    /// Makes an entry.
    package init(_ key: String, _ label: String) {
      self.key = key
      self.label = label
    }

    /// The columns of key, blank and label.
    var width: Int {
      let label = TextWidth.width(of: label)
      return TextWidth.width(of: key) + (label > 0 ? 1 + label : 0)
    }
  }

  /// The entries, most useful first; the last one is never dropped.
  package var items: [Item]
  /// Whether the whole row takes the colours of a bar.
  package var isFilled: Bool

  private static let gap = 2

  /// Makes a bar.
  package init(_ items: [Item], isFilled: Bool = true) {
    self.items = items
    self.isFilled = isFilled
  }

  /// Returns the entries that fit with the rectangle of each.
  ///
  /// The last entry keeps its place; of the others those at the front stay.
  package func layout(in rect: Rect) -> [(item: Item, rect: Rect)] {
    guard let last = items.last, !rect.isEmpty else { return [] }
    let margin = isFilled && rect.width > last.width + 1 ? 1 : 0
    let room = rect.width - 2 * margin
    var kept: [Item] = []
    var used = last.width
    for item in items.dropLast() {
      guard used + item.width + Self.gap <= room else { break }
      kept.append(item)
      used += item.width + Self.gap
    }
    kept.append(last)
    var result: [(Item, Rect)] = []
    var x = rect.x + margin
    for item in kept {
      let space = Rect(x: x, y: rect.y, width: item.width, height: 1)
      result.append((item, space.intersection(rect)))
      x += item.width + Self.gap
    }
    return result
  }

  /// The entry under a cell, if there is one.
  package func item(at point: Point, in rect: Rect) -> Item? {
    layout(in: rect).first { $0.rect.contains(point) }?.item
  }

  /// Draws the entries that fit in the first row.
  package func render(into canvas: inout Canvas, in rect: Rect) {
    guard !rect.isEmpty else { return }
    let row = Rect(x: rect.x, y: rect.y, width: rect.width, height: 1)
    if isFilled { canvas.fill(row, style: .role(.bar)) }
    let keyStyle = isFilled ? Style.role(.barKey) : .role(.accent)
    let labelStyle = isFilled ? Style.role(.bar) : .role(.muted)
    for (item, space) in layout(in: rect) {
      let line = [StyledRun(item.key, keyStyle), StyledRun(" " + item.label, labelStyle)]
      canvas.write(line, at: Point(x: space.x, y: space.y), in: space)
    }
  }
}
