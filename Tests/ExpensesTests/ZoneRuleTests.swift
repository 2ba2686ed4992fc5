import Expenses
import Testing

struct ZoneRuleTests {
    /// A file without changes whose rule is the text (RFC 9636 §3): all of it is told by the footer.
    private static func zone(_ rule: String) -> Zone? {
        Zone(identifier: "Test/Rule", data: TimeZoneFile(footer: rule).bytes)
    }

    @Test(arguments: [
        ("UTC0", "2026-07-01", 0), ("<+0330>-3:30", "2026-07-01", 12_600), ("EST5", "2026-07-01", -18_000),
        ("<-03>3<-02>,M3.5.0/-2,M10.5.0/-1", "2026-07-01", -7200),
        ("IST-2IDT,M3.4.4/26,M10.5.0", "2026-07-01", 10_800),
        ("NZST-12NZDT,M9.5.0,M4.1.0/3", "2026-07-01", 43_200),
        ("NZST-12NZDT,M9.5.0,M4.1.0/3", "2026-12-31", 46_800), ("ABC-1:02:03", "2026-07-01", 3723),
        ("XXX3YYY1:30,J60/0,J300/0", "2026-03-02", -5400), ("XXX3YYY,59/0,300/0", "2026-03-02", -7200),
        // Summer time all year, as RFC 9636 writes it.
        ("XXX3EDT4,0/0,J365/23", "2026-01-01", -14_400), ("XXX3EDT4,0/0,J365/23", "2026-12-31", -14_400),
        ("XXX3EDT4,0/0,J365/23", "2026-07-01", -14_400),
    ])
    func `a rule of POSIX gives the offset of a day`(rule: String, day: String, offset: Int) throws {
        #expect(try #require(Self.zone(rule)).offset(at: utc(day, 12)) == offset)
    }

    @Test func `day 60 is 1 March in the one way of counting, and depends on the year in the other`() throws {
        let julian = try #require(Self.zone("AAA0BBB,J60/0,J300/0"))
        let zeroBased = try #require(Self.zone("AAA0BBB,60/0,300/0"))
        #expect(julian.offset(at: utc("2024-03-01") - 1) == 0)
        #expect(julian.offset(at: utc("2024-03-01")) == 3600)
        #expect(julian.offset(at: utc("2026-03-01")) == 3600)
        #expect(zeroBased.offset(at: utc("2024-03-01") - 1) == 0)
        #expect(zeroBased.offset(at: utc("2024-03-01")) == 3600)
        #expect(zeroBased.offset(at: utc("2026-03-02") - 1) == 0)
        #expect(zeroBased.offset(at: utc("2026-03-02")) == 3600)
    }

    @Test(arguments: [
        "A0", "UTC", "UTC25", "UTC0:60", "UTC0x", "<UTC0", "CET-1CEST", "CET-1CEST,M3.5.0",
        "CET-1CEST,M3.5.0,M13.5.0", "CET-1CEST,M3.6.0,M10.5.0", "CET-1CEST,M3.5.7,M10.5.0",
        "CET-1CEST,M0.5.0,M10.5.0", "CET-1CEST,J0,J300", "CET-1CEST,366,1", "CET-1CEST,M3.5.0/168,M10.5.0",
        "CET-1CEST,M3.5.0,M10.5.0/3,", "CET-1CE,M3.5.0,M10.5.0", "UTC99999999999999999999", "\u{E9}t\u{E9}1",
    ])
    func `what is no rule makes the file malformed`(rule: String) {
        #expect(Self.zone(rule) == nil)
    }

    @Test func `a file without a rule keeps its last offset`() throws {
        let file = TimeZoneFile(transitions: [(1000, 1), (2000, 0)], offsets: [3600, 7200], footer: "")
        let zone = try #require(Zone(identifier: "Test/None", data: file.bytes))
        #expect(
            [0, 999, 1000, 1999, 2000, 1_000_000].map { zone.offset(at: $0) } == [
                3600, 3600, 7200, 7200, 3600, 3600,
            ])
    }
}
