import Curriculum
import Foundation
import Localization
import Presentation
import RandomNumbers
import Study

/// One note of a deck.
struct DeckNote {
  /// What tells this note from all others, so that importing again updates instead of doubling it.
  var guid: String
  /// The deck, with `::` between it and the deck above.
  var deck: String
  /// The question as HTML.
  var front: String
  /// The answer as HTML.
  var back: String
  /// The tags.
  var tags: [String]
}

/// The lessons as flash cards in the text form that Anki imports.
///
/// Every question is a note: its answer and key points are on the back. So is every quiz item but
/// those whose answer is measured when they are asked. The form: lines `#key:value` first, then a note
/// a line, its columns parted by tabs and quoted where they hold a quotation mark (Anki's manual,
/// "Importing text files").
struct CardDeck {
  /// The notes in the order of the lessons.
  private(set) var notes: [DeckNote] = []
  /// The language of the words between the lessons' texts.
  private let language: Language

  /// Makes the notes of chapters.
  init(chapters: [Chapter], language: Language) {
    self.language = language
    for chapter in chapters {
      // Two colons would begin another deck below.
      let title = chapter.title.replacingOccurrences(of: "::", with: ":")
      let number = chapter.number < 10 ? "0\(chapter.number)" : "\(chapter.number)"
      let deck = "Nibble::\(number) \(title)"
      for question in chapter.questions {
        notes.append(
          DeckNote(
            guid: "nibble:\(language.rawValue):\(question.id)", deck: deck,
            front: CardHTML.text(question.title), back: back(of: question),
            tags: [
              "nibble", "nibble::\(chapter.id)", "nibble::\(question.level.rawValue)",
              "nibble::asked-\(question.frequency.rawValue)",
            ]))
      }
      for item in chapter.quizItems {
        guard let (front, back) = faces(of: item) else { continue }
        notes.append(
          DeckNote(
            guid: "nibble:\(language.rawValue):\(item.id)", deck: deck, front: front, back: back,
            tags: ["nibble", "nibble::\(chapter.id)", "nibble::quiz"]))
      }
    }
  }

  /// The file.
  var text: String {
    let columns = ["GUID", "Deck", "Front", "Back", "Tags"]
    let header = [
      "#separator:tab", "#html:true", "#notetype:Basic", "#guid column:1", "#deck column:2",
      "#tags column:5", "#columns:" + columns.joined(separator: "\t"),
    ]
    let rows = notes.map { note in
      [
        note.guid, note.deck, note.front, note.back,
        note.tags.map(CardDeck.tag).joined(separator: " "),
      ].map(CardDeck.column).joined(separator: "\t")
    }
    return (header + rows).joined(separator: "\n") + "\n"
  }

  private static func column(_ text: String) -> String {
    let line = String(text.map { $0 == "\t" || $0.isNewline ? " " : $0 })
    return line.contains("\"")
      ? "\"" + line.replacingOccurrences(of: "\"", with: "\"\"") + "\"" : line
  }

  /// A tag without the space that would end it.
  private static func tag(_ text: String) -> String {
    String(text.map { $0.isWhitespace ? "-" : $0 })
  }

  private func label(_ phrase: Phrase) -> String { "<p><b>\(phrase(language))</b></p>" }

  private func back(of question: Question) -> String {
    var back = CardHTML.text(question.answer)
    if !question.keyPoints.isEmpty {
      back += label(Phrases.keyPoints) + CardHTML.list(question.keyPoints.map(CardHTML.text))
    }
    if !question.followUp.isEmpty {
      back += label(Phrases.followUp) + CardHTML.text(question.followUp)
    }
    return back
  }

  // MARK: Quiz items

  /// The two sides of an item; none for one that must be measured.
  private func faces(of item: QuizItem) -> (front: String, back: String)? {
    // The same numbers and the same order every time, so that an update finds the card unchanged.
    let item = item.variant(seed: 1)
    let prompt = CardHTML.text(item.prompt)
    let why = CardHTML.text(item.explanation)
    switch item.answer {
    case .choice(let choices), .multiple(let choices):
      return faces(of: choices, prompt: prompt, why: why)
    case .numeric(let numeric):
      let value = TypedNumber.text(numeric.value)
      let unit = numeric.unit.isEmpty ? "" : " " + CardHTML.escaped(numeric.unit)
      let steps = numeric.steps.map { step in
        "\(CardHTML.text(step.text)) <code>\(CardHTML.escaped(step.computation))</code> = "
          + TypedNumber.text(step.value)
      }
      return (
        prompt,
        "<p><b>\(value)\(unit)</b></p>" + (steps.isEmpty ? "" : CardHTML.list(steps)) + why
      )
    case .order(let lines):
      let shown = shuffled(lines.indices, item.id).map { CardHTML.text(lines[$0]) }
      return (
        prompt + CardHTML.list(shown),
        CardHTML.list(lines.map(CardHTML.text), isNumbered: true) + why
      )
    case .spot(_, let code, let line):
      let numbered = code.enumerated().map { "\($0 + 1)  \($1)" }.joined(separator: "\n")
      let wrong = code.indices.contains(line - 1) ? CardHTML.code(code[line - 1]) : ""
      return (
        prompt + CardHTML.code(numbered), label(Phrase("Line \(line)")) + wrong + why
      )
    case .match(let pairs):
      let right = shuffled(pairs.indices, item.id).map { CardHTML.text(pairs[$0].right) }
      return (
        prompt + CardHTML.list(pairs.map { CardHTML.text($0.left) }, isNumbered: true)
          + CardHTML.list(right),
        CardHTML.list(
          pairs.map { "\(CardHTML.text($0.left)) → \(CardHTML.text($0.right))" },
          isNumbered: true) + why
      )
    case .cloze(let cloze):
      return (prompt + text(of: cloze) { _ in "[…]" }, text(of: cloze) { "<b>\($0)</b>" } + why)
    case .measured:
      return nil
    }
  }

  private func faces(
    of choices: [QuizChoice], prompt: String, why: String
  ) -> (front: String, back: String) {
    let right = choices.filter(\.isRight)
    let back = right.map { choice in
      "<p><b>\(CardHTML.text(choice.text))</b></p>" + CardHTML.text(choice.explanation)
    }
    return (prompt + CardHTML.list(choices.map { CardHTML.text($0.text) }), back.joined() + why)
  }

  private func text(of cloze: ClozeText, blank: (String) -> String) -> String {
    cloze.paragraphs.map { pieces in
      let parts = pieces.map { piece in
        switch piece {
        case .text(let inlines): CardHTML.text(inlines)
        case .blank(let words): blank(CardHTML.escaped(words.words.first ?? ""))
        }
      }
      return "<p>\(parts.joined())</p>"
    }.joined()
  }

  /// Positions in an order that depends on the item alone and is not the right one.
  private func shuffled(_ positions: Range<Int>, _ itemID: String) -> [Int] {
    let seed = itemID.utf8.reduce(5381 as UInt64) { $0 &* 33 ^ UInt64($1) }
    var generator = SplitMix64(seed: seed)
    let given = Array(positions)
    let shuffled = generator.shuffled(given)
    return shuffled == given ? shuffled.reversed() : shuffled
  }
}

/// Numbers on cards.
enum TypedNumber {
  /// A number without digits that say nothing, as a learner would type it.
  static func text(_ value: Double) -> String {
    value == value.rounded() && abs(value) < 1e15 ? String(Int(value)) : "\(Float(value))"
  }
}
