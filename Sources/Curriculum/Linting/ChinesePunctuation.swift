/// The rule that Chinese text uses full-width punctuation.
enum ChinesePunctuation {
  private static let fullWidth: [Unicode.Scalar: Unicode.Scalar] = [
    ",": "，", ";": "；", ":": "：", "?": "？", "!": "！",
  ]

  /// Half-width marks that follow a Chinese character in running text.
  ///
  /// Marks of emphasis between the two do not matter; code and formulas are left alone.
  static func faults(in source: LessonSource) -> [ContentFault] {
    let bytes = source.lines.bytes
    var faults: [ContentFault] = []
    for offset in bytes.indices {
      let scalar = Unicode.Scalar(bytes[offset])
      guard source.regions[offset] == .text, let better = fullWidth[scalar] else { continue }
      var end = offset
      while end > 0, "*_~".utf8.contains(bytes[end - 1]) { end -= 1 }
      guard end >= 3, source.regions[end - 1] == .text,
        let before = String(decoding: bytes[(end - 3)..<end], as: UTF8.self).unicodeScalars.last,
        (0x4E00...0x9FA5).contains(before.value)
      else { continue }
      faults.append(
        ContentFault(
          "the half-width “\(scalar)” follows a Chinese character; write “\(better)”",
          at: source.location(ofByte: offset)))
      if faults.count >= LessonBuilder.maximumFaults { break }
    }
    return faults
  }
}
