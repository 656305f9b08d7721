/// A small store of the values used last.
struct RecentValues<Key: Hashable & Sendable, Value: Sendable>: Sendable {
  private var entries: [(key: Key, value: Value)] = []
  private let capacity: Int

  init(capacity: Int) { self.capacity = capacity }

  /// The value of a key, which thereby becomes the newest.
  mutating func value(for key: Key) -> Value? {
    guard let index = entries.firstIndex(where: { $0.key == key }) else { return nil }
    let entry = entries.remove(at: index)
    entries.append(entry)
    return entry.value
  }

  /// Keeps a value and, when there are too many, lets the one go that was not used the longest.
  mutating func keep(_ value: Value, for key: Key) {
    entries.removeAll { $0.key == key }
    entries.append((key, value))
    if entries.count > capacity { entries.removeFirst() }
  }
}
