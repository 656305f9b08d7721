import Curriculum
import Foundation
import Localization
import Study

/// Writes the report of a mock interview as Markdown, in the language it was held in.
struct InterviewMarkdown {
  /// The interview.
  let run: InterviewRun

  private var language: Language { Language(rawValue: run.language) ?? .english }

  private func text(_ phrase: Phrase) -> String { phrase(language) }

  /// The report.
  func document(in zone: TimeZone = .current) -> String {
    let level = Phrases.level(run.level)(language)
    let share = run.share.map { " (\(Int(($0 * 100).rounded())) %)" } ?? ""
    let count = run.answers.count
    let mean = TimeText.clock(count == 0 ? 0 : run.seconds / Double(count))
    var lines = [
      text(Phrase("# Mock interview of \(DateText.minute(run.startedAt, in: zone))")), "",
      text(Phrase("- Level: \(level)")),
      text(Phrase("- Key points: \(run.made) of \(run.possible)\(share)")),
      text(
        Phrase("- Answers: \(count) in \(TimeText.clock(run.seconds)), \(mean) each on average")),
      "",
      text(Phrase("## By topic")), "",
      text(Phrase("| topic | key points | time an answer |")),
      "| --- | ---: | ---: |",
    ]
    for topic in run.topics {
      lines.append(
        "| \(escaped(topic.title)) | \(topic.made)/\(topic.possible) | "
          + "\(TimeText.clock(topic.meanSeconds)) |")
    }
    lines += ["", text(Phrase("## To review")), ""]
    let weak = run.topics.flatMap(\.answers).filter { !$0.missing.isEmpty }
    if weak.isEmpty { lines.append(text(Phrase("Every key point was made."))) }
    for answer in weak {
      lines.append("- \(escaped(answer.chapterTitle)): \(escaped(answer.title))")
      lines += answer.missing.map { "  - \(escaped($0))" }
    }
    lines += ["", text(Phrase("## Answers")), ""]
    for (index, answer) in run.answers.enumerated() { lines += section(answer, index + 1) }
    return lines.joined(separator: "\n") + "\n"
  }

  private func section(_ answer: InterviewAnswer, _ number: Int) -> [String] {
    let time = TimeText.clock(answer.seconds)
    var lines = [
      "### \(number). \(escaped(answer.title))", "",
      text(
        Phrase("\(escaped(answer.chapterTitle)), \(Phrases.level(answer.level)(language)), \(time)")
      ), "",
    ]
    let spoken = Phrases.spokenAnswer(language)
    lines += (answer.text.isEmpty ? spoken : answer.text)
      .split(separator: "\n", omittingEmptySubsequences: false).map { "> \(escaped(String($0)))" }
    lines.append("")
    lines += answer.keyPoints.enumerated().map { index, point in
      "- [\(answer.made.contains(index) ? "x" : " ")] \(escaped(point))"
    }
    return lines + [""]
  }

  /// A text in which nothing is markup; what the learner typed must not change the report's form.
  private func escaped(_ text: String) -> String {
    var result = ""
    for character in text {
      if "\\`*_{}[]<>#|~$".contains(character) { result.append("\\") }
      result.append(character)
    }
    return result
  }
}
