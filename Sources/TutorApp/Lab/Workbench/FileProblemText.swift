import Compression
import Lab
import Localization
import NeuralNetwork

/// What is wrong with a learner's file, in every language.
enum FileProblemText {
  /// One line that names the file and says what is wrong.
  static func phrase(for error: any Error) -> Phrase {
    let english = "\(error)"
    switch error {
    case let error as IDXError:
      return Phrase(english, "\(error.file)：\(chinese(error.problem))")
    case let error as FileError:
      return Phrase(english, error.cause.map { "\(error.path)：\(chinese($0))" } ?? english)
    default: return Phrase(english, english)
    }
  }

  private static func chinese(_ problem: IDXError.Problem) -> String {
    switch problem {
    case .missing: "没有这个文件"
    case .unreadable(let reason): "无法读取：\(reason)"
    case .gzip(let error): chinese(error)
    case .truncated(let expected, let found): "数据不完整：应有 \(expected) 字节，实有 \(found) 字节"
    case .trailingBytes(let count): "文件头声明的条目之后还有 \(count) 字节"
    case .wrongMagic(let expected, let found):
      "魔数不对：应为 0x\(String(expected, radix: 16))，实为 0x\(String(found, radix: 16))"
    case .wrongDimensions(let expected, let found):
      "图像尺寸不对：应为 \(size(expected))，实为 \(size(found))"
    case .wrongCount(let found, let limit): "条目数不对：允许 1～\(limit)，文件头声明 \(found)"
    case .countsDiffer(let images, let labels): "有 \(images) 张图像，却有 \(labels) 个标签"
    case .wrongLabel(let found, let index, let classes):
      "图像 \(index) 的标签 \(found) 不是类别（0～\(classes - 1)）"
    }
  }

  private static func size(_ dimensions: [Int]) -> String {
    dimensions.map(String.init).joined(separator: "×")
  }

  private static func chinese(_ error: GzipError) -> String {
    switch error {
    case .notGzip: "不是 gzip 文件（开头不是 1f 8b）"
    case .truncated: "gzip 数据不完整"
    case .corrupt(let reason): "gzip 数据已损坏：\(reason)"
    case .oversized(let limit): "gzip 数据解压后超过应有的 \(limit) 字节"
    case .trailingBytes(let count): "gzip 数据之后还有 \(count) 字节"
    }
  }

  private static func chinese(_ error: SafetensorsError) -> String {
    switch error {
    case .truncated(let needed, let found): "文件不完整：需要 \(needed) 字节，只有 \(found) 字节"
    case .headerTooLong(let length): "文件头自称有 \(length) 字节，超过文件大小或上限"
    case .badHeader(let reason): "文件头有误：\(reason)"
    case .badTensor(let name, let reason): "张量 \(name) 有误：\(reason)"
    case .missing(let name): "缺少张量 \(name)"
    case .unexpected(let name): "网络中没有张量 \(name) 的位置"
    case .unusedBytes(let count): "文件中有 \(count) 字节不属于任何张量"
    }
  }
}

/// A network that is too large to be measured while somebody waits.
struct OversizedNetwork: Error, CustomStringConvertible {
  /// The file.
  let file: String
  /// The multiply-accumulate operations of one image.
  let operations: Int

  /// The most operations of one image: a hundred times the built-in network's.
  static let mostOperations = 100_000_000

  /// One line that says what is wrong and what is allowed.
  var description: String {
    "\(file): \(NumberText.grouped(operations)) multiply-accumulates an image are too many for the lab, "
      + "which takes up to \(NumberText.grouped(Self.mostOperations))"
  }
}
