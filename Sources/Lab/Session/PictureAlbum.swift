/// What was drawn of a recipe beyond its measurement, and how far its pictures were leafed through.
package struct PictureAlbum: Sendable {
  private var drawn: [ObjectIdentifier: DrawnPicture] = [:]
  /// What was asked for and has not come yet.
  package private(set) var awaited: [PictureRequest] = []
  private var places: [String: Int] = [:]

  /// Makes an empty album.
  package init() {}

  /// What there is to draw of a picture; nil until it was drawn.
  package func content<Picture: LabPicture>(of picture: Picture) -> Picture.Content? {
    let request = PictureRequest(picture)
    return drawn[request.type].flatMap {
      $0.request == request ? $0.content as? Picture.Content : nil
    }
  }

  /// What there is to draw of the picture of a type that was drawn last.
  package func latest<Picture: LabPicture>(_ type: Picture.Type) -> Picture.Content? {
    drawn[ObjectIdentifier(type)]?.content as? Picture.Content
  }

  /// Forgets what belongs to a recipe that was left; how far it was leafed through stays.
  package mutating func forget() {
    let kept = places
    self = PictureAlbum()
    places = kept
  }

  /// Notes pictures as asked for and returns all that are awaited; none if nothing is new.
  package mutating func expect(_ requests: [PictureRequest]) -> [PictureRequest] {
    let new = requests.filter { !awaited.contains($0) && drawn[$0.type]?.request != $0 }
    guard !new.isEmpty else { return [] }
    // Of two masks or two images only the later one is still looked at.
    awaited.removeAll { old in new.contains { old.type == $0.type } }
    awaited += new
    return awaited
  }

  /// Takes a picture that was drawn.
  package mutating func add(_ picture: DrawnPicture) {
    drawn[picture.request.type] = picture
    awaited.removeAll { $0 == picture.request }
  }

  /// Goes on by some pictures, or back, in the pile of a name.
  package mutating func leaf(_ pile: String, by step: Int) { places[pile, default: 0] += step }

  /// The place in a pile of some pictures, counted from 0 and going round.
  package func place(in pile: String, among count: Int) -> Int {
    guard count > 0 else { return 0 }
    let place = (places[pile] ?? 0) % count
    return place < 0 ? place + count : place
  }
}
