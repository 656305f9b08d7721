import BundledContent
import Curriculum
import Foundation
import Localization
import NeuralNetwork

/// The options that say where lessons, data and model are, shared by several commands.
enum ContentOptions {
  static let content = OptionSpecification.value(
    "--content", "DIR", "the folder with lessons, data and model (default: the bundled one)")
  static let data = OptionSpecification.value(
    "--data", "DIR",
    "the folder with the four IDX files, .gz or plain (default: the bundled Fashion-MNIST)")
  static let model = OptionSpecification.value(
    "--model", "FILE", "the network's weights as safetensors (default: the bundled network)")
  static let network = OptionSpecification.value(
    "--network", "NAME",
    "the built-in network: "
      + BuiltInNetwork.allCases.map(\.rawValue).joined(separator: ", ") + " (default baseline)")
  static let language = OptionSpecification.value(
    "--lang", "en|zh-Hans", "the language (default: by LC_ALL, LC_MESSAGES, LANG)")

  /// The content folder that the arguments or the rules of location name, whose phrases count
  /// from then on.
  static func contentDirectory(_ arguments: ParsedArguments) throws(CommandFailure) -> String {
    do {
      let directory = try BundledContent.locate(explicit: arguments.value("--content"))
      PhraseTable.prefer(contentDirectory: directory)
      return directory
    } catch {
      throw .environment("\(error)")
    }
  }

  /// The data folder.
  static func dataDirectory(_ arguments: ParsedArguments) throws(CommandFailure) -> String {
    if let explicit = arguments.value("--data") { return explicit }
    return try bundledDataDirectory(arguments)
  }

  /// The data folder of the content folder.
  static func bundledDataDirectory(_ arguments: ParsedArguments) throws(CommandFailure) -> String {
    try contentDirectory(arguments) + "/datasets/fashion-mnist"
  }

  /// The network that `--network` names.
  static func builtInNetwork(
    _ arguments: ParsedArguments
  ) throws(CommandFailure) -> BuiltInNetwork {
    guard let name = arguments.value("--network") else { return .baseline }
    guard let network = BuiltInNetwork(rawValue: name) else {
      let names = BuiltInNetwork.allCases.map(\.rawValue).joined(separator: ", ")
      throw .usage("--network must be one of \(names), not '\(name)'")
    }
    return network
  }

  /// The model file.
  static func modelFile(_ arguments: ParsedArguments) throws(CommandFailure) -> String {
    let network = try builtInNetwork(arguments)
    if let explicit = arguments.value("--model") { return explicit }
    return try bundledModelFile(of: network, arguments)
  }

  /// The model file of a built-in network in the content folder.
  static func bundledModelFile(
    of network: BuiltInNetwork, _ arguments: ParsedArguments
  ) throws(CommandFailure) -> String {
    try contentDirectory(arguments) + "/models/\(network.fileName)"
  }

  /// The language that the arguments or the environment name.
  static func language(
    _ arguments: ParsedArguments,
    environment: [String: String] = ProcessInfo.processInfo.environment
  ) throws(CommandFailure) -> Language {
    if let explicit = arguments.value("--lang") {
      switch explicit.lowercased() {
      case "en": return .english
      case "zh", "zh-hans", "zh_cn", "zh-cn": return .simplifiedChinese
      default: throw .usage("--lang must be en or zh-Hans, not '\(explicit)'")
      }
    }
    return language(of: environment)
  }

  /// The language of an environment: the first set variable of the locale decides.
  static func language(of environment: [String: String]) -> Language {
    let locale =
      ["LC_ALL", "LC_MESSAGES", "LANG"].compactMap { environment[$0] }.first { !$0.isEmpty } ?? ""
    return locale.hasPrefix("zh") ? .simplifiedChinese : .english
  }

  /// The lessons for a first screen: those in one language, or all if there are none in it.
  static func firstLibrary(
    _ arguments: ParsedArguments, in language: Language
  ) throws(CommandFailure) -> CourseLibrary {
    let directory = try contentDirectory(arguments)
    let (library, _) = CourseLibrary.load(contentDirectory: directory, languages: [language])
    return library.chapters(in: language).isEmpty ? try self.library(arguments) : library
  }

  /// The lessons of the content folder; the faults of broken ones go to standard error.
  static func library(_ arguments: ParsedArguments) throws(CommandFailure) -> CourseLibrary {
    let directory = try contentDirectory(arguments)
    let (library, faults) = CourseLibrary.load(contentDirectory: directory)
    if Language.allCases.allSatisfy({ library.chapters(in: $0).isEmpty }) {
      throw .badData(
        faults.first?.description ?? "no lessons in \(directory)/en or \(directory)/zh-Hans")
    }
    for fault in faults { Console.message(fault.description) }
    return library
  }
}
