/// Where items stand in store and log on one day.
struct ItemStanding: Sendable {
  /// The cards of the items that were ever answered but in a cram.
  var cards: [CardRecord] = []
  /// The items whose latest answer, of whatever session, was wrong and given with certainty.
  var confidentErrors: Set<String> = []
  /// The items that were answered for the first time on the day.
  var new: Set<String> = []
  /// The items of earlier days that were answered on the day.
  var repeated: Set<String> = []
}

extension ProgressStore {
  /// What decides about sessions at a time in Unix seconds, in the learner's time zone.
  package func studyState(
    at time: Double, calendar: StudyCalendar = StudyCalendar()
  ) throws(ProgressStoreError) -> StudyState {
    let day = calendar.day(at: time)
    return try read { (database) throws(DatabaseError) in
      let settings = try database.studySettings()
      let standing = try database.standing(of: nil, on: day)
      return StudyState(
        cards: standing.cards, confidentErrors: standing.confidentErrors,
        flagged: Set(try database.rows("SELECT item_id FROM flags") { $0.text(0) }),
        settings: settings, scheduler: try scheduler(database), now: time, day: day,
        interviewAt: settings.interviewDate.map { calendar.day($0).start },
        newToday: standing.new, repeatedToday: standing.repeated)
    }
  }

  /// Where one item stands.
  func standing(of itemID: String, on day: StudyDay) throws(ProgressStoreError) -> ItemStanding {
    try read { (database) throws(DatabaseError) in try database.standing(of: itemID, on: day) }
  }

  /// A number that changes when another program or connection has written to the file.
  func foreignVersion() throws(ProgressStoreError) -> Int64 {
    try read { (database) throws(DatabaseError) in
      try database.firstRow("PRAGMA data_version") { $0.integer(0) } ?? 0
    }
  }
}

extension SQLiteDatabase {
  /// Where one item stands, or all of them.
  fileprivate func standing(
    of itemID: String?, on day: StudyDay
  ) throws(DatabaseError) -> ItemStanding {
    let condition = itemID == nil ? "TRUE" : "item_id = ?"
    let item = itemID.map { [SQLiteValue.text($0)] } ?? []
    var standing = ItemStanding()
    standing.cards = try cards("WHERE \(condition) ORDER BY item_id", item)
    standing.confidentErrors = Set(
      try rows(
        """
        SELECT item_id FROM (
          SELECT item_id, was_right, confidence,
            row_number() OVER (PARTITION BY item_id ORDER BY place DESC, id DESC) AS age
          FROM standing_reviews WHERE \(condition)
        ) WHERE age = 1 AND was_right = 0 AND confidence = 3
        """, item
      ) { $0.text(0) })
    // The time of the first answer that moved a card tells new items from repeated ones.
    let today = try rows(
      """
      SELECT item_id, first FROM (
        SELECT item_id, min(at) AS first, max(at >= ? AND at < ?) AS is_today
        FROM standing_reviews WHERE session <> 'cram' AND \(condition) GROUP BY item_id
      ) WHERE is_today
      """, [.real(day.start), .real(day.end)] + item
    ) { ($0.text(0), $0.real(1)) }
    for (item, first) in today {
      if first >= day.start { standing.new.insert(item) } else { standing.repeated.insert(item) }
    }
    return standing
  }
}

extension StudyState {
  /// Takes in where one item stands now.
  mutating func replace(_ itemID: String, by standing: ItemStanding) {
    cards[itemID] = standing.cards.first
    func replace(_ items: inout Set<String>, by others: Set<String>) {
      items.remove(itemID)
      items.formUnion(others)
    }
    replace(&confidentErrors, by: standing.confidentErrors)
    replace(&newToday, by: standing.new)
    replace(&repeatedToday, by: standing.repeated)
  }
}
