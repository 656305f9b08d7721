import Foundation
import Testing

@testable import Study

/// Days and their borders.
@Suite struct StudyDateTests {
  @Test(arguments: [
    "2026-12-01", "2024-02-29", "2000-02-29", "1970-01-01", "9999-12-31",
  ])
  func isoDatesAreReadAndWritten(text: String) {
    #expect(StudyDate(iso: text)?.iso == text)
  }

  @Test(arguments: [
    "2026-02-29", "2100-02-29", "2026-13-01", "2026-00-10", "2026-01-00", "2026-04-31",
    "1969-12-31",
    "2026-1-1", "26-01-01", "2026/01/01", "2026-01-01T00:00", "", "２０２６-01-01", "+026-01-01",
    "2026-01--1",
  ])
  func otherTextsAreNoDates(text: String) {
    #expect(StudyDate(iso: text) == nil)
  }

  @Test func dayNumbersCountFrom1970() throws {
    // By GNU date: date -u -d 2026-01-02 +%s is 1767312000, which is day 20455.
    let date = try #require(StudyDate(iso: "2026-01-02"))
    #expect(date.dayNumber == 20_455)
    #expect(date.weekday == 4)
    #expect(try #require(StudyDate(iso: "1970-01-01")).dayNumber == 0)
    let leap = try #require(StudyDate(iso: "2024-02-29"))
    let march = try #require(StudyDate(iso: "2024-03-01"))
    #expect(march.dayNumber - leap.dayNumber == 1)
    #expect(leap < march)
  }

  @Test func daysFollowTheZone() throws {
    #expect(StudyCalendar.utc.day(at: moment).date.iso == "2026-01-02")
    #expect(StudyCalendar.zone("America/Los_Angeles").day(at: moment).date.iso == "2026-01-01")
    let shanghai = StudyCalendar.zone("Asia/Shanghai").day(at: moment)
    #expect(shanghai.date.iso == "2026-01-02")
    #expect(shanghai.start == moment - 11_045 - 8 * 3600)
  }

  @Test func changedClocksMakeLongAndShortDays() throws {
    let berlin = StudyCalendar.zone("Europe/Berlin")
    let spring = berlin.day(try #require(StudyDate(iso: "2026-03-29")))
    let autumn = berlin.day(try #require(StudyDate(iso: "2026-10-25")))
    #expect(spring.end - spring.start == 23 * 3600)
    #expect(autumn.end - autumn.start == 25 * 3600)
    let days = berlin.days(around: spring.date, before: 2, after: 2)
    #expect(
      days.map(\.date.iso)
        == ["2026-03-27", "2026-03-28", "2026-03-29", "2026-03-30", "2026-03-31"])
    #expect(zip(days, days.dropFirst()).allSatisfy { $0.end == $1.start })
    for day in days {
      #expect(berlin.day(at: day.start) == day)
      #expect(berlin.day(at: day.end - 1) == day)
    }
  }

  @Test(arguments: [-1e18, -1.0, 0, 4e11, 1e18])
  func clocksThatAreNotSetStillHaveADay(time: Double) {
    let day = StudyCalendar.utc.day(at: time)
    #expect(StudyDate.years.contains(day.date.year))
    #expect(day.start < day.end)
  }
}
