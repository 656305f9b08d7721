package import Compression

/// Something that can be drawn of a recipe beyond its measurement, and how it is worked out.
///
/// A picture is a type of its own, beside what it shows: requests, the scheduler and the album know
/// none by name.
package protocol LabPicture: Sendable, Hashable {
  /// What there is to draw.
  associatedtype Content: Sendable

  /// Works out what there is to draw of a recipe; nil where the network has nothing to draw.
  ///
  /// - Throws: `LabError.cancelled` when that is wanted, or why there is no such picture.
  func content(
    in laboratory: Laboratory, of recipe: Recipe, isCancelled: @escaping @Sendable () -> Bool
  ) throws -> Content?
}

/// A picture of any type, as it is asked for.
package struct PictureRequest: Sendable, Hashable {
  /// The picture.
  package let picture: any LabPicture

  /// Asks for a picture.
  package init(_ picture: any LabPicture) { self.picture = picture }

  package static func == (first: PictureRequest, second: PictureRequest) -> Bool {
    AnyHashable(first.picture) == AnyHashable(second.picture)
  }

  package func hash(into hasher: inout Hasher) { hasher.combine(AnyHashable(picture)) }

  /// The type of the picture; of two requests of one type only the later one is still looked at.
  var type: ObjectIdentifier { ObjectIdentifier(Swift.type(of: picture)) }

  /// Draws the picture; nil where the network has nothing to draw.
  package func draw(
    in laboratory: Laboratory, of recipe: Recipe,
    isCancelled: @escaping @Sendable () -> Bool = { false }
  ) throws -> DrawnPicture? {
    try picture.content(in: laboratory, of: recipe, isCancelled: isCancelled)
      .map { DrawnPicture(request: self, content: $0) }
  }
}

/// A picture with what there is to draw.
package struct DrawnPicture: Sendable {
  /// What was asked for.
  let request: PictureRequest
  /// The picture's `Content`.
  let content: any Sendable
}

extension DrawnPicture {
  /// Pairs a picture with what was worked out for it.
  package init<Picture: LabPicture>(_ picture: Picture, _ content: Picture.Content) {
    self.init(request: PictureRequest(picture), content: content)
  }
}

extension LabRequest {
  /// Asks for one picture of a recipe.
  package static func draw(_ picture: some LabPicture, of recipe: Recipe) -> LabRequest {
    .draw([PictureRequest(picture)], of: recipe)
  }
}
