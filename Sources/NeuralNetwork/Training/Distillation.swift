/// What a teacher network says of the training images, for a student that learns from it.
///
/// Hinton, Vinyals and Dean 2015, "Distilling the Knowledge in a Neural Network": with the student's
/// logits z, the teacher's t and a temperature T the loss of an image is
///
///     (1 − α) · CE(label, softmax(z)) + α · T² · KL(softmax(t / T) ‖ softmax(z / T))
///
/// in nats. T² keeps the size of the second gradient when T changes. The gradient by z is
/// (1 − α)(softmax(z) − onehot(label)) + α · T · (softmax(z / T) − softmax(t / T)).
package struct Distillation: Sendable {
  /// The temperature T, at least 1.
  package let temperature: Float
  /// The weight α of the teacher's part, 0 … 1.
  package let alpha: Float
  /// The number of logits of an image.
  let classes: Int
  private let teacherLogits: [Float]

  /// Makes a distillation from the teacher's logits of all images, image after image.
  package init(teacherLogits: [Float], classes: Int, temperature: Float, alpha: Float) {
    precondition(temperature >= 1 && temperature.isFinite, "A temperature is at least 1.")
    precondition(0...1 ~= alpha, "The teacher's part is a share from 0 to 1.")
    precondition(
      classes > 0 && teacherLogits.count % classes == 0, "Every image has a logit for each class.")
    self.teacherLogits = teacherLogits
    self.classes = classes
    self.temperature = temperature
    self.alpha = alpha
  }

  /// Asks a teacher about every image of a data set.
  package init(
    teacher: Network, on dataset: ImageDataset, temperature: Float, alpha: Float, threads: Int
  ) {
    let plan = InferencePlan(teacher)
    self.init(
      teacherLogits: plan.logits(of: dataset, in: 0..<dataset.count, threads: threads),
      classes: plan.classes, temperature: temperature, alpha: alpha)
  }

  /// Computes the loss of an image and the gradient of `share` times the loss by its logits.
  ///
  /// - Parameters:
  ///   - logits: The student's, [classes].
  ///   - image: The image's index in the data set.
  ///   - share: The image's share of the batch: 1 / images.
  ///   - dLogits: [classes].
  /// - Returns: The loss in nats, not yet multiplied by the share.
  func lossAndGradient(
    logits: UnsafePointer<Float>, image: Int, label: Int, share: Float,
    dLogits: UnsafeMutablePointer<Float>
  ) -> Double {
    let student = UnsafeBufferPointer(start: logits, count: classes)
    let hard = SoftmaxCrossEntropy.lossAndGradient(
      logits: logits, classes: classes, label: label, share: share * (1 - alpha), dLogits: dLogits)
    let soft = Reference.softmaxCrossEntropyForward(
      logits: student.map { $0 / temperature }, label: label
    ).probabilities
    let teacher = Reference.softmaxCrossEntropyForward(
      logits: (0..<classes).map { teacherLogits[image * classes + $0] / temperature }, label: label
    ).probabilities
    for index in 0..<classes {
      dLogits[index] += share * alpha * temperature * (soft[index] - teacher[index])
    }
    let divergence = Reference.divergence(of: soft, from: teacher)
    return Double(1 - alpha) * hard + Double(alpha * temperature * temperature) * divergence
  }
}
