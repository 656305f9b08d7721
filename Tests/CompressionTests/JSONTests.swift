import Foundation
import Testing

@testable import Compression

@Suite struct JSONTests {
  private func parse(_ text: String) throws -> JSONValue {
    try JSONParser.parse(Array(text.utf8)[...])
  }

  @Test func valuesGoThereAndBack() throws {
    let value = JSONValue.object([
      ("text", .string("a \"quoted\" \\ line\n\u{1}é🙂")), ("whole", .integer(-12)),
      ("part", .number(0.1)), ("list", .array([.null, .boolean(true), .boolean(false)])),
      ("empty", .object([])), ("none", .array([])),
    ])
    #expect(try parse(value.text) == value)
    #expect(JSONValue.number(.infinity).text == "null")
    // Another implementation reads it too.
    let other = try JSONSerialization.jsonObject(with: Data(value.text.utf8)) as? [String: Any]
    #expect(other?["text"] as? String == "a \"quoted\" \\ line\n\u{1}é🙂")
  }

  @Test(arguments: [
    (#""\u00e9\ud83d\ude42\/\b""#, JSONValue.string("é🙂/\u{8}")), ("-0", .integer(0)),
    (" [1 , 2.5e1 ]\n", .array([.integer(1), .number(25)])),
    ("99999999999999999999", .number(1e20)),
  ])
  func soundTextsAreRead(text: String, value: JSONValue) throws {
    #expect(try parse(text) == value)
  }

  @Test(arguments: [
    "", "{", "[1,]", "{\"a\":1,}", "01", "1.", "1e", "+1", "nul", "\"\u{1}\"", "\"a", "\"\\x\"",
    "\"\\ud800\"", "\"\\ud800\\u0041\"", "\"\\udc00\\udc00\"", "1 2", "{\"a\":1,\"a\":1}", "1e999",
    "{a:1}", "[1 2]", "\"\\u12g4\"",
  ])
  func brokenTextsAreRefused(text: String) {
    #expect(throws: JSONError.self) { try parse(text) }
  }

  @Test func deepNestingIsRefused() {
    #expect(throws: JSONError.self) { try parse(String(repeating: "[", count: 100_000)) }
  }

  @Test func textsThatAreNotUTF8AreRefused() {
    #expect(throws: JSONError.self) { try JSONParser.parse([0x22, 0xFF, 0x22]) }
  }
}
