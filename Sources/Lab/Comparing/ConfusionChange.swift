/// How a confusion matrix differs from the uncompressed network's on the same images.
package struct ConfusionChange: Sendable, Hashable {
  /// One entry that changed.
  package struct Entry: Sendable, Hashable {
    /// The true class.
    package let label: Int
    /// The predicted class.
    package let predicted: Int
    /// How many more images of the label are taken for the predicted class.
    package let change: Int
  }

  /// The number of classes.
  package let classes: Int
  /// The change of each entry: a row for each true class, a column for each predicted one.
  package let counts: [[Int]]

  /// Compares predictions by the images on which they differ.
  package init(_ evaluation: Evaluation) {
    classes = evaluation.confusion.count
    var counts = [[Int]](repeating: [Int](repeating: 0, count: classes), count: classes)
    for flip in evaluation.flips {
      counts[flip.label][flip.before] -= 1
      counts[flip.label][flip.after] += 1
    }
    self.counts = counts
  }

  /// The entries that changed, the largest change first.
  package var largest: [Entry] {
    var entries: [Entry] = []
    for (label, row) in counts.enumerated() {
      for (predicted, change) in row.enumerated() where change != 0 {
        entries.append(Entry(label: label, predicted: predicted, change: change))
      }
    }
    return entries.sorted {
      (-abs($0.change), $0.label, $0.predicted) < (-abs($1.change), $1.label, $1.predicted)
    }
  }
}
