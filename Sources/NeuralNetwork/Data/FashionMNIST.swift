/// The Fashion-MNIST data set (Xiao, Rasul and Vollgraf 2017): grey pictures of clothes, 28×28
/// pixels, ten classes.
package enum FashionMNIST {
  /// The names of the classes in the order of their labels.
  package static let classNames = [
    "T-shirt/top", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag",
    "Ankle boot",
  ]

  /// Rows, and also columns, of an image.
  package static let imageSide = 28

  /// Reads the training images (60,000 in the original) and labels from a folder.
  /// - Throws: `IDXError` naming the file and what is wrong with it.
  package static func training(in directory: String) throws -> ImageDataset {
    try read(prefix: "train", in: directory)
  }

  /// Reads the test images (10,000 in the original) and labels from a folder.
  /// - Throws: `IDXError` naming the file and what is wrong with it.
  package static func test(in directory: String) throws -> ImageDataset {
    try read(prefix: "t10k", in: directory)
  }

  private static func read(prefix: String, in directory: String) throws -> ImageDataset {
    let folder = directory.isEmpty || directory.hasSuffix("/") ? directory : directory + "/"
    let labelPath = IDXFile.existing("\(folder)\(prefix)-labels-idx1-ubyte.gz")
    let images = try IDXFile.images(
      at: IDXFile.existing("\(folder)\(prefix)-images-idx3-ubyte.gz"), height: imageSide,
      width: imageSide)
    let labels = try IDXFile.labels(at: labelPath, classes: classNames.count)
    guard labels.count == images.count else {
      throw IDXError(
        file: labelPath, problem: .countsDiffer(images: images.count, labels: labels.count))
    }
    return ImageDataset(
      height: imageSide, width: imageSide, pixels: images.pixels, labels: labels)
  }
}
