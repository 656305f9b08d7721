/// What a network said of the first images of the test set, beside what the baseline said.
package struct Evaluation: Sendable, Equatable {
  /// How many images were looked at.
  package let images: Int
  /// How many were classified right.
  package let correct: Int
  /// How many of the same images the uncompressed network has right.
  package let baselineCorrect: Int
  /// Images on which the two networks disagree, in order.
  package let flips: [Flip]
  /// For each true class (row) how many images were taken for each class (column).
  package let confusion: [[Int]]

  /// An image whose predicted class compression changed.
  package struct Flip: Sendable, Hashable {
    /// The image's index in the test set.
    package let image: Int
    /// Its true class.
    package let label: Int
    /// What the uncompressed network says.
    package let before: Int
    /// What the compressed network says.
    package let after: Int
  }

  /// Compares predictions for the first images with their labels and the baseline's predictions.
  package init(
    predictions: ArraySlice<UInt8>, baseline: ArraySlice<UInt8>, labels: ArraySlice<UInt8>,
    classes: Int
  ) {
    precondition(
      predictions.count == labels.count && baseline.count == labels.count,
      "Every image has a label and two predictions.")
    var confusion = [[Int]](repeating: [Int](repeating: 0, count: classes), count: classes)
    var flips: [Flip] = []
    var (correct, baselineCorrect) = (0, 0)
    for (index, label) in labels.enumerated() {
      let after = predictions[predictions.startIndex + index]
      let before = baseline[baseline.startIndex + index]
      confusion[Int(label)][Int(after)] += 1
      correct += after == label ? 1 : 0
      baselineCorrect += before == label ? 1 : 0
      if after != before {
        flips.append(Flip(image: index, label: Int(label), before: Int(before), after: Int(after)))
      }
    }
    images = labels.count
    self.correct = correct
    self.baselineCorrect = baselineCorrect
    self.flips = flips
    self.confusion = confusion
  }

  /// Correct over images; 0 without images.
  package var accuracy: Double { images == 0 ? 0 : Double(correct) / Double(images) }
  /// How many images of each class were classified right.
  package var correctByClass: [Int] { confusion.indices.map { confusion[$0][$0] } }
  /// Images that only the compressed network has right.
  package var gained: Int { flips.count { $0.after == $0.label } }
  /// Images that only the uncompressed network has right.
  package var lost: Int { flips.count { $0.before == $0.label } }
}
