import Testing

@testable import TerminalCanvas

@Suite struct HeatMapTests {
  @Test func signsAreHuesAndSizesAreBrightness() {
    let map = HeatMap(values: [-1, -0.5, 0, 0.5, 1, .nan], columns: 3)
    #expect(map.size == Size(width: 6, height: 2))
    let canvas = canvas(of: map, width: 6, height: 2)
    let colors = [(0, 0), (2, 0), (4, 0), (0, 1), (2, 1)].map { x, y in
      canvas[x, y].style.background
    }
    #expect(Set(colors).count == 5)
    #expect(canvas.lines[1] == "    ??")
    let light = [0, 0.25, 0.5, 0.75, 1].map { Palette.luminance(of: Int(HeatMap.color(for: $0))) }
    #expect(light == light.sorted())
    let warm = Palette.components(of: Int(HeatMap.color(for: -0.5)))
    let cold = Palette.components(of: Int(HeatMap.color(for: 0.5)))
    #expect(warm.red > warm.blue && cold.blue > cold.red)
  }

  @Test func withoutColoursSizesAreCharactersAndSignsAreLines() {
    let map = HeatMap(values: [-9, -4, 0, 4, 9], columns: 5, cellWidth: 1)
    let canvas = canvas(of: map, width: 5, height: 1, glyphs: .ascii)
    #expect(canvas.lines == ["@= =@"])
    #expect((0..<5).map { canvas[$0, 0].style.underline } == [true, true, false, false, false])
  }

  @Test func numbersAreFoundUnderTheMouse() {
    let map = HeatMap(values: [1, 2, 3, 4, 5], columns: 3)
    let rect = Rect(x: 1, y: 1, width: 20, height: 5)
    #expect(map.index(at: Point(x: 3, y: 1), in: rect) == 1)
    #expect(map.index(at: Point(x: 4, y: 2), in: rect) == 4)
    #expect(map.index(at: Point(x: 5, y: 2), in: rect) == nil)
    #expect(map.index(at: Point(x: 7, y: 1), in: rect) == nil)
    #expect(map.index(at: Point(x: 0, y: 1), in: rect) == nil)
  }

  @Test func aLimitOfNothingIsNoTrouble() {
    #expect(
      rendered(HeatMap(values: [0, 0], columns: 2, limit: 0), width: 4, height: 1, glyphs: .ascii)
        == "")
    #expect(HeatMap(values: [], columns: 4).size == Size(width: 0, height: 0))
  }
}
