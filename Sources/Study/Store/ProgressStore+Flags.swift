extension ProgressStore {
  /// Sets or removes the flag of an item.
  func setFlag(
    _ itemID: String, to isSet: Bool, at time: Double
  ) throws(ProgressStoreError) {
    precondition(time.isFinite, "A flag needs a finite time.")
    try write { (database) throws(DatabaseError) in
      if isSet {
        // A flag that stands already keeps its time.
        try database.execute(
          "INSERT OR IGNORE INTO flags (item_id, at) VALUES (?, ?)", [.text(itemID), .real(time)])
      } else {
        try database.execute("DELETE FROM flags WHERE item_id = ?", [.text(itemID)])
      }
    }
  }

  /// The flagged items with the Unix seconds at which they were flagged.
  package func flags() throws(ProgressStoreError) -> [String: Double] {
    let rows = try read { (database) throws(DatabaseError) in
      try database.rows("SELECT item_id, at FROM flags") { ($0.text(0), $0.real(1)) }
    }
    return Dictionary(uniqueKeysWithValues: rows)
  }
}
