import Localization

/// Turns the nodes of one lesson into a chapter, collecting every fault on the way.
///
/// The work is split over extensions: blocks and inlines, metadata and fences, questions,
/// experiments, quiz items.
struct LessonBuilder {
  /// The text and its formulas.
  let source: LessonSource
  /// The language of the file.
  let language: Language
  /// The chapter's id once its metadata were read; an empty string before.
  var chapterID = ""
  /// What was found, whether it could be used or not.
  var outline: [OutlineEntry] = []
  /// The recipe keys and values that occur.
  var recipeUses: [RecipeUse] = []
  /// The parts and measures of the network that occur.
  var networkUses: [NetworkUse] = []
  /// The ids that are referred to.
  var references: [Reference] = []
  /// The texts of the lesson, for comparing words across languages.
  var passages: [LessonPassage] = []
  /// How many tokens of formulas were evaluated for variants, which only the items' number limits.
  var evaluations = 0
  /// What is wrong.
  private(set) var faults: [ContentFault] = []
  private var seenIDs: Set<String> = []

  /// The most faults that are collected from one file.
  static let maximumFaults = 1000

  /// Prepares to build a lesson from a text.
  init(source: LessonSource, language: Language) {
    self.source = source
    self.language = language
  }

  /// Notes a fault unless too many were found already.
  mutating func report(_ message: String, at location: SourceLocation) {
    guard faults.count < Self.maximumFaults else { return }
    faults.append(ContentFault(message, at: location))
  }

  /// Notes a fault at the beginning of a node.
  mutating func report(_ message: String, on node: MarkdownNode) {
    guard faults.count < Self.maximumFaults else { return }
    report(message, at: location(of: node))
  }

  /// Notes a fault at a byte of the text.
  mutating func report(_ message: String, atByte offset: Int) {
    guard faults.count < Self.maximumFaults else { return }
    report(message, at: source.location(ofByte: offset))
  }

  /// The place where a node begins.
  func location(of node: MarkdownNode) -> SourceLocation {
    source.location(line: node.line, byteColumn: node.byteColumn)
  }

  /// Checks an id's form and that it was not used in this file; false when it cannot be used.
  mutating func accept(id field: Field, of owner: String) -> Bool {
    let parts = field.value.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
    guard parts.count >= 2, parts.allSatisfy(\.isIdentifierPart) else {
      report(
        "the id “\(field.value)” of the \(owner) must be the chapter's id, a point and a name of "
          + "small letters, digits and hyphens",
        at: field.valueLocation)
      return false
    }
    if !chapterID.isEmpty, parts[0] != chapterID {
      report(
        "the id “\(field.value)” must begin with the chapter's id “\(chapterID).”",
        at: field.valueLocation)
    }
    guard seenIDs.insert(field.value).inserted else {
      report("the id “\(field.value)” is used twice", at: field.valueLocation)
      return false
    }
    return true
  }
}

/// A question, an experiment or a quiz item as it stands in a file, for comparing translations.
struct OutlineEntry: Sendable, Hashable {
  /// The sorts of entries.
  enum Kind: String, Sendable, Hashable {
    /// A question.
    case question
    /// An experiment.
    case experiment
    /// A quiz item.
    case item
    /// A challenge.
    case challenge
    /// The worked example of a chapter, under the chapter's id.
    case workedExample = "worked example of the chapter"
  }

  /// What it is.
  var kind: Kind
  /// Its id.
  var id: String
  /// Where it stands.
  var location: SourceLocation
  /// How a quiz item is answered; nil for other entries and where it could not be read.
  var itemKind: LessonBuilder.ItemKind?
  /// Whether a quiz item asks for other numbers each time.
  var hasVariants = false
  /// What must be the same in every language, in a fixed order.
  var facts: [Fact] = []

  /// A property that does not depend on the language.
  struct Fact: Sendable, Hashable {
    /// The name for messages, such as `level`.
    var name: String
    /// The value as text.
    var value: String
    /// Where it stands.
    var location: SourceLocation
  }
}

/// A recipe's key, with a value where one is set.
struct RecipeUse: Sendable, Hashable {
  /// The key.
  var key: String
  /// The value; nil where the key is only named, as among the knobs.
  var value: String?
  /// Where it stands.
  var location: SourceLocation
}

/// A name of a part, a measure or a plot of the network.
struct NetworkUse: Sendable, Hashable {
  /// What a name stands for.
  enum Kind: Sendable, Hashable {
    /// A quantity that is claimed, or asked for and measured.
    case claim
    /// A quantity that is guessed.
    case guess
    /// A layer.
    case layer
    /// A plot of the lab.
    case plot
  }

  /// What it stands for.
  var kind: Kind
  /// The name.
  var name: String
  /// Where it stands.
  var location: SourceLocation
}

/// A mention of another element's id.
struct Reference: Sendable, Hashable {
  /// What must be found under the id.
  var kind: OutlineEntry.Kind
  /// The id.
  var id: String
  /// Where it is mentioned.
  var location: SourceLocation
}
