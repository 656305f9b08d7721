import Testing

@testable import TerminalDriver

/// The decisions that are made before a screen opens.
@Suite struct TerminalRulesTests {
  @Test func theLocaleDecidesAboutCharacters() {
    #expect(CharacterLocale.plan(codeset: "UTF-8", variables: ["", "de_DE.utf8", nil]) == .unicode)
    #expect(CharacterLocale.plan(codeset: "utf8", variables: [nil, nil, nil]) == .unicode)
    let ascii = "ANSI_X3.4-1968"
    #expect(CharacterLocale.plan(codeset: ascii, variables: [nil, "", nil]) == .tryNeutral)
    #expect(CharacterLocale.plan(codeset: ascii, variables: ["C", nil, nil]) == .ascii)
    #expect(CharacterLocale.plan(codeset: "ISO-8859-1", variables: [nil, nil, "de"]) == .ascii)
  }

  @Test(arguments: [(-1, 0), (0, 0), (2, 0), (8, 8), (16, 8), (88, 8), (256, 256), (16_777_216, 8)])
  func onlyKnownPalettesCount(reported: Int, used: Int) {
    #expect(TerminalCapabilities.usableColors(reported: reported) == used)
  }

  @Test func delaysAreTakenOutOfCapabilities() {
    #expect(TerminalDescription.withoutPadding("\u{1B}[H\u{1B}[J$<50>") == "\u{1B}[H\u{1B}[J")
    #expect(TerminalDescription.withoutPadding("a$<5/>b$<2*>c") == "abc")
    #expect(TerminalDescription.withoutPadding("a$b$<c") == "a$b$<c")
    #expect(TerminalDescription.withoutPadding("") == "")
  }

  @Test func colourPairsAreNumberedOnceAndEnd() {
    var pairs = ColorPairs(limit: 3)
    #expect(pairs.number(foreground: -1, background: -1) == (0, false))
    #expect(pairs.number(foreground: 1, background: -1) == (1, true))
    #expect(pairs.number(foreground: 1, background: 7) == (2, true))
    #expect(pairs.number(foreground: 1, background: -1) == (1, false))
    #expect(pairs.number(foreground: 1, background: 5) == (1, false))
    #expect(pairs.number(foreground: 2, background: 5) == (0, false))
  }

  @Test func errorsSayWhatIsWrongInOneLine() {
    #expect(
      TerminalError.notATerminal(.input).description
        == "standard input is not a terminal; the tutor needs one (see nibble --help for commands "
        + "that do not)")
    #expect(
      TerminalError.typeNotSet.description
        == "the environment variable TERM is not set; try TERM=xterm-256color")
    #expect(
      TerminalError.unknownTerminal(name: "foo").description
        == "the terminal type 'foo' is unknown here; try TERM=xterm-256color")
    #expect(
      TerminalError.dumbTerminal(name: "dumb").description
        == "a terminal of type 'dumb' cannot place its cursor; try TERM=xterm-256color")
    #expect(
      TerminalError.unknownTerminal(name: "\u{1B}]0;x\u{7}\n").description
        == "the terminal type '?]0;x??' is unknown here; try TERM=xterm-256color")
    #expect(TerminalError.exitStatus == 2)
  }
}
