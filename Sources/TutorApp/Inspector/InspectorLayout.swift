import TerminalCanvas

/// Where the parts of the step inspector stand in an area.
///
/// The outputs of the layer are always on the left. On the right a small window shows one page at a
/// time; a larger one shows the steps, the products, the running sum and the bits at once, and the
/// input image below the outputs.
struct InspectorLayout {
  /// One line that says which output of which image is shown.
  let header: Rect
  /// The outputs of the layer.
  let map: Rect
  /// The steps from codes to code.
  let walk: Rect
  /// The products.
  let products: Rect
  /// The sum after each product.
  let running: Rect
  /// The sums of the layer over many images.
  let bits: Rect
  /// The input image.
  let picture: Rect
  /// Whether all parts are visible at once.
  let showsEverything: Bool

  /// The most units of a layer that stand below one another, with their names.
  static let listedUnits = 12
  /// The columns of a unit in the grid of units.
  static let unitWidth = 4

  /// The columns that steps and products need, with their frames.
  private static let tableWidth = 50
  /// The rows that all steps need, with the gaps between their groups and the frame.
  private static let walkHeight = 19

  /// Divides an area among the parts.
  init(area: Rect) {
    let (header, body) = area.splitTop(1)
    self.header = header.inset(horizontally: 1)
    // A feature map of 26×26 or an image of 28×28, its frame, and a blank on both sides of a map.
    let (left, right) = body.splitLeft(30)
    showsEverything = area.width >= 114 && area.height >= 35
    guard showsEverything else {
      (map, walk, products, running, bits, picture) = (left, right, right, right, right, right)
      return
    }
    let (picture, map) = (left.splitBottom(16).bottom, left.splitBottom(16).rest)
    self.picture = picture
    self.map = map
    // Steps and products are tables of a given width; plots take what is left.
    let (tables, plots) = right.splitLeft(max(Self.tableWidth, right.width * 49 / 100))
    (walk, products) = tables.splitTop(Self.walkHeight)
    let halves = plots.rows(weights: [1, 1])
    (running, bits) = (halves[0], halves[1])
  }

  /// The cells of the outputs.
  var mapInner: Rect { Frame.inner(of: map) }

  /// How many units stand beside one another.
  var unitColumns: Int { max(1, mapInner.width / Self.unitWidth) }

  /// The rows of products that are visible below their headers.
  var productRows: Int { max(1, Frame.inner(of: products).height - 1) }
}
