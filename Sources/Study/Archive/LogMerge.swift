/// One row of the log with its place.
struct LogRow: Sendable, Hashable {
  /// Its number.
  var id: Int64
  /// Where it is replayed if not in the order of its number.
  var place: Double?
  /// What it says; `voids` is not used here.
  var entry: ProgressArchive.Entry
  /// The number of the answer that it takes back.
  var voids: Int64?

  /// Where it is replayed.
  var order: Double { place ?? Double(id) }
}

extension [LogRow] {
  /// The rows as an archive holds them, undos by position.
  var archived: [ProgressArchive.Entry] {
    let positions = Dictionary(uniqueKeysWithValues: enumerated().map { ($1.id, $0) })
    return map { row in
      var entry = row.entry
      entry.voids = row.voids.flatMap { positions[$0] }
      return entry
    }
  }
}

/// Finds out which entries of another log are new, and where they belong.
///
/// Entries are the same when everything they say is the same, their time to the microsecond included;
/// two equal entries of one log are two. A new entry comes behind all of the store's own entries that
/// are not younger, but never before its predecessor in its own log: each log keeps its own order,
/// which is not always that of time where a clock went back.
struct LogMerge {
  /// The rows to be inserted, in the order of their numbers.
  private(set) var new: [LogRow] = []

  /// Merges the entries of a sound archive into rows in the order of replay.
  init(existing: [LogRow], added: [ProgressArchive.Entry]) {
    var known: [ProgressArchive.Entry: [Int]] = [:]
    for (position, row) in existing.enumerated().reversed() where row.voids == nil {
      known[row.entry, default: []].append(position)
    }
    let voided = Set(existing.compactMap(\.voids))
    // For each added answer the row that it is, old or new.
    var ids: [Int64?] = added.map { _ in nil }
    var matches: [Int?] = added.map { _ in nil }
    var nextID = (existing.map(\.id).max() ?? 0) + 1
    var isNew = added.map { _ in false }
    for (index, entry) in added.enumerated() where entry.voids == nil {
      if let match = known[entry]?.popLast() {
        matches[index] = match
        ids[index] = existing[match].id
      } else {
        isNew[index] = true
      }
    }
    for (index, entry) in added.enumerated() {
      guard let target = entry.voids else { continue }
      isNew[index] = ids[target].map { !voided.contains($0) } ?? true
    }
    for index in added.indices where isNew[index] {
      ids[index] = nextID
      nextID += 1
    }
    var cursor = 0
    for (index, entry) in added.enumerated() {
      if let match = matches[index] { cursor = max(cursor, match + 1) }
      guard isNew[index], let id = ids[index] else { continue }
      while cursor < existing.count, existing[cursor].entry.at <= entry.at { cursor += 1 }
      var row = LogRow(id: id, place: nil, entry: entry, voids: entry.voids.flatMap { ids[$0] })
      row.entry.voids = nil
      if cursor < existing.count {
        let before = cursor > 0 ? existing[cursor - 1].order : existing[cursor].order - 1
        row.place = (before + existing[cursor].order) / 2
      }
      new.append(row)
    }
  }
}

extension SQLiteDatabase {
  /// The whole log in the order of replay, answers that were taken back and undos included.
  func logRows() throws(DatabaseError) -> [LogRow] {
    try rows(
      """
      SELECT id, item_id, chapter_id, at, session, rating, was_right, response, seconds, confidence,
        voids, place
      FROM reviews ORDER BY coalesce(place, id), id
      """
    ) { row in
      LogRow(
        id: row.integer(0), place: row.isNull(11) ? nil : row.real(11),
        entry: ProgressArchive.Entry(
          item: row.text(1), chapter: row.text(2), at: row.real(3), session: row.text(4),
          rating: row.optionalInteger(5), right: row.optionalInteger(6).map { $0 == 1 },
          response: row.isNull(7) ? nil : row.text(7), seconds: row.isNull(8) ? nil : row.real(8),
          confidence: row.optionalInteger(9), voids: nil),
        voids: row.isNull(10) ? nil : row.integer(10))
    }
  }

  /// Adds a row with its number and place.
  func insert(_ row: LogRow) throws(DatabaseError) {
    let entry = row.entry
    try execute(
      """
      INSERT INTO reviews (id, item_id, chapter_id, at, session, rating, was_right, response, seconds,
        confidence, voids, place)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """,
      [
        .integer(row.id), .text(entry.item), .text(entry.chapter), .real(entry.at),
        .text(entry.session), .integer(entry.rating), .integer(entry.right.map { $0 ? 1 : 0 }),
        entry.response.map { .text($0) } ?? .null, entry.seconds.map { .real($0) } ?? .null,
        .integer(entry.confidence), row.voids.map { .integer($0) } ?? .null,
        row.place.map { .real($0) } ?? .null,
      ])
  }
}
