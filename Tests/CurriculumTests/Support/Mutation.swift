import RandomNumbers

/// A text with a few random changes of the kinds that upset parsers.
func mutated(_ bytes: [UInt8], _ random: inout SplitMix64) -> [UInt8] {
  let pieces = [
    "$", "`", "```", "\n", "\n\n", "#", "####", "- ", "- [x] ", "> ", "<!--", "-->", "|", "\\", "{",
    "}",
    "^", "_", "\\frac", "\\left", "**", "[", "](", "<", ":", ";", "=", "\t", "\r", "\0", "量",
    "\u{202E}",
    "\u{F0001}", "\u{1F469}\u{200D}\u{1F4BB}", "    ", "```claim\n", "1: ", "=>", "{{", "}}",
    "vary: ", "{n}",
  ]
  var result = bytes
  for _ in 0..<Int.random(in: 1...6, using: &random) {
    guard !result.isEmpty else { return Array("#".utf8) }
    let place = Int.random(in: 0..<result.count, using: &random)
    switch Int.random(in: 0..<6, using: &random) {
    case 0: result[place] = UInt8.random(in: 0...255, using: &random)
    case 1: result.remove(at: place)
    case 2, 3:
      result.insert(
        contentsOf: Array((pieces.randomElement(using: &random) ?? "$").utf8), at: place)
    case 4:
      let end = min(result.count, place + Int.random(in: 0...80, using: &random))
      result.removeSubrange(place..<end)
    default:
      let end = min(result.count, place + Int.random(in: 0...80, using: &random))
      let copy = Array(result[place..<end])
      result.insert(contentsOf: copy, at: Int.random(in: 0...result.count, using: &random))
    }
  }
  return result
}
