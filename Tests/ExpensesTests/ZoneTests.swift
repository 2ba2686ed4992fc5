import Expenses
import Glibc
import Testing

/// Whether this machine has the time zone files that most of these tests read.
private let hasZones = Zone(identifier: "Europe/Berlin") != nil

/// Unix seconds of a time of day in UTC.
private func utc(_ day: String, _ hour: Int = 0, _ minute: Int = 0) -> Int64 {
    guard let day = Day(day) else { preconditionFailure("\(day) is no day") }
    return Int64(day.daysSinceEpoch * 86_400 + hour * 3600 + minute * 60)
}

struct ZoneTests {
    @Test func `UTC needs no file`() {
        #expect(Zone.utc.offset(at: utc("2026-07-01")) == 0)
        #expect(Zone(identifier: "UTC") == .utc)
        #expect(Zone.utc.day(at: -1).description == "1969-12-31")
        #expect(Zone.utc.day(at: 0).description == "1970-01-01")
        #expect(Zone.utc.time(at: utc("2026-11-23", 9, 5)).description == "2026-11-23 09:05")
    }

    @Test(
        .enabled(if: hasZones),
        arguments: [
            // The last second before a change, and the change.
            ("Europe/Berlin", utc("2026-03-29", 1) - 1, 3600), ("Europe/Berlin", utc("2026-03-29", 1), 7200),
            ("Europe/Berlin", utc("2026-10-25", 1) - 1, 7200), ("Europe/Berlin", utc("2026-10-25", 1), 3600),
            ("America/New_York", utc("2026-03-08", 7) - 1, -18_000),
            ("America/New_York", utc("2026-03-08", 7), -14_400),
            ("America/New_York", utc("2026-11-01", 6) - 1, -14_400),
            ("America/New_York", utc("2026-11-01", 6), -18_000),
            ("Australia/Sydney", utc("2026-04-04", 16) - 1, 39_600),
            ("Australia/Sydney", utc("2026-04-04", 16), 36_000),
            ("Australia/Sydney", utc("2026-10-03", 16) - 1, 36_000),
            ("Australia/Sydney", utc("2026-10-03", 16), 39_600),
            ("Australia/Lord_Howe", utc("2026-01-01"), 39_600),
            ("Australia/Lord_Howe", utc("2026-07-01"), 37_800),
            ("America/St_Johns", utc("2026-01-01"), -12_600), ("Asia/Kolkata", utc("2026-01-01"), 19_800),
            ("Asia/Kathmandu", utc("2026-01-01"), 20_700), ("Asia/Tokyo", utc("2026-01-01"), 32_400),
            ("Europe/Dublin", utc("2026-01-15"), 0), ("Europe/Dublin", utc("2026-07-15"), 3600),
            ("Etc/GMT+5", utc("2026-01-01"), -18_000), ("US/Eastern", utc("2026-01-01"), -18_000),
        ])
    func `offsets change at daylight saving time, north and south of the equator`(
        name: String, instant: Int64, offset: Int
    )
        throws
    {
        #expect(try #require(Zone(identifier: name)).offset(at: instant) == offset)
    }

    @Test(
        .enabled(if: hasZones),
        arguments: [
            ("Europe/Berlin", utc("2080-03-31", 1) - 1, 3600), ("Europe/Berlin", utc("2080-03-31", 1), 7200),
            ("Europe/Berlin", utc("2080-10-27", 1) - 1, 7200), ("Europe/Berlin", utc("2080-10-27", 1), 3600),
            ("America/New_York", utc("2080-03-10", 7), -14_400),
            ("America/New_York", utc("2080-11-03", 6), -18_000),
            ("Australia/Sydney", utc("2080-01-01"), 39_600), ("Australia/Sydney", utc("2080-07-01"), 36_000),
            ("America/Santiago", utc("2080-01-01"), -10_800),
            ("America/Santiago", utc("2080-06-01"), -14_400),
            ("America/Nuuk", utc("2080-07-01"), -3600), ("America/Nuuk", utc("2080-12-31", 23), -7200),
            ("Asia/Jerusalem", utc("2080-03-28", 23, 59), 7200),
            ("Asia/Jerusalem", utc("2080-03-29", 0), 10_800),
            ("Asia/Tokyo", utc("2500-01-01"), 32_400), ("Europe/Berlin", utc("2999-07-01"), 7200),
        ])
    func `years after the last known change follow the rule in the file`(
        name: String, instant: Int64, offset: Int
    ) throws {
        #expect(try #require(Zone(identifier: name)).offset(at: instant) == offset)
    }

    @Test(.enabled(if: hasZones)) func `years before the first change have local mean time`() throws {
        let berlin = try #require(Zone(identifier: "Europe/Berlin"))
        #expect(berlin.offset(at: utc("1900-01-01")) == 3600)
        #expect(berlin.offset(at: -100_000_000_000) == 3208)
    }

    @Test(.enabled(if: hasZones)) func `Kiritimati and Pago Pago are one or two calendar days apart`() throws
    {
        let east = try #require(Zone(identifier: "Pacific/Kiritimati"))
        let west = try #require(Zone(identifier: "Pacific/Pago_Pago"))
        #expect(east.day(at: utc("2026-11-23", 10, 30)).description == "2026-11-24")
        #expect(west.day(at: utc("2026-11-23", 10, 30)).description == "2026-11-22")
        #expect(east.day(at: utc("2026-12-31", 10)).description == "2027-01-01")
        #expect(west.day(at: utc("2027-01-01", 10, 59)).description == "2026-12-31")
        #expect(west.day(at: utc("2027-01-01", 11)).description == "2027-01-01")
    }

    @Test(
        .enabled(if: hasZones), arguments: ["UTC", "Europe/Berlin", "America/New_York", "Pacific/Kiritimati"])
    func `the first and the last instant have a day and a time`(name: String) throws {
        let zone = try #require(Zone(identifier: name))
        #expect(zone.day(at: .max) == .last)
        #expect(zone.day(at: .min) == .first)
        #expect(zone.time(at: .max).hour < 24)
        #expect((-90_000...93_600).contains(zone.offset(at: .min)))
    }

    @Test(arguments: [
        "", "..", "../etc/passwd", "/etc/localtime", "Europe/../../../etc/passwd", "Europe/./Berlin",
        "Europe//Berlin",
        "Europe/", "/Europe/Berlin", "Europe", "Europe/Atlantis", "europe/berlin\u{0}", "Europe/Berlin\u{0}x",
        "right/Europe/Berlin", "posix/Europe/Berlin", "zone.tab", "tzdata.zi", "Zürich", "Europe Berlin",
        String(repeating: "a", count: 300), String(repeating: "a/", count: 3000),
    ])
    func `a name that is unknown or unsafe is no zone`(name: String) {
        #expect(Zone(identifier: name) == nil)
    }

    @Test(.enabled(if: hasZones))
    func `the zones to choose from can all be opened and hold those of people's towns`() {
        let names = Zone.identifiers
        #expect(names.count > 300)
        #expect(names == names.sorted())
        for name in ["UTC", "Europe/Berlin", "Europe/Oslo", "America/New_York", "Asia/Kolkata"] {
            #expect(names.contains(name))
        }
        for name in names { #expect(Zone(identifier: name) != nil, "\(name)") }
    }

    @Test(.enabled(if: hasZones)) func `every zone agrees with what date(1) makes of it`() throws {
        var samples = Samples()
        for name in Zone.identifiers {
            let zone = try #require(Zone(identifier: name))
            let instants = (0..<20).map { _ in
                Int64.random(in: -2_208_988_800...4_102_444_800, using: &samples)
            }
            let expected = SystemClock.offsets(at: instants, in: name)
            #expect(instants.map { zone.offset(at: $0) } == expected, "\(name) at \(instants)")
        }
    }
}

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

struct ZoneFileTests {
    private static let good = TimeZoneFile(
        transitions: [(-5, 1), (1000, 0)], offsets: [3600, 7200], footer: "CET-1CEST,M3.5.0,M10.5.0/3")

    @Test func `a file of the first version has 32-bit times and no rule`() throws {
        let zone = try #require(Zone(identifier: "Test/One", data: Self.good.firstVersion))
        #expect(
            [-6, -5, 999, 1000, utc("2026-07-01")].map { zone.offset(at: $0) } == [
                3600, 7200, 7200, 3600, 3600,
            ])
    }

    @Test func `a file that ends too soon is malformed wherever it is cut`() {
        let bytes = Self.good.bytes
        #expect(Zone(identifier: "Test/Whole", data: bytes) != nil)
        for count in bytes.indices {
            #expect(Zone(identifier: "Test/Cut", data: Array(bytes[..<count])) == nil, "\(count) bytes")
        }
        let old = Self.good.firstVersion
        for count in old.indices { #expect(Zone(identifier: "Test/Cut", data: Array(old[..<count])) == nil) }
    }

    @Test(arguments: [
        TimeZoneFile(transitions: [(5, 0), (5, 0)], offsets: [0], footer: ""),
        TimeZoneFile(transitions: [(5, 0), (4, 0)], offsets: [0], footer: ""),
        TimeZoneFile(transitions: [(5, 1)], offsets: [0], footer: ""),
        TimeZoneFile(transitions: [], offsets: [], footer: "UTC0"),
        TimeZoneFile(transitions: [], offsets: [100_000], footer: ""),
        TimeZoneFile(transitions: [], offsets: [-100_000], footer: ""),
    ])
    func `a file that contradicts itself is malformed`(file: TimeZoneFile) {
        #expect(Zone(identifier: "Test/Bad", data: file.bytes) == nil)
    }

    @Test func `no change of any byte traps`() {
        let bytes = Self.good.bytes
        for index in bytes.indices {
            for value: UInt8 in [0, 1, 0x7F, 0x80, 0xFF, UInt8(ascii: ","), UInt8(ascii: "9")] {
                var changed = bytes
                changed[index] = value
                guard let zone = Zone(identifier: "Test/Changed", data: changed) else { continue }
                for instant in [Int64.min, -1, 0, utc("2026-07-01"), .max] { _ = zone.day(at: instant) }
            }
        }
    }
}

struct ZoneDatabaseTests {
    @Test func `a machine without zone files has UTC alone`() {
        let database = ZoneDatabase(directory: "/nonexistent/zoneinfo", localFile: "/nonexistent/localtime")
        #expect(database.identifiers() == ["UTC"])
        #expect(database.zone("UTC") == .utc)
        #expect(database.zone("Europe/Berlin") == nil)
        #expect(database.current(variable: nil) == .utc)
        #expect(database.current(variable: "Europe/Berlin") == .utc)
    }

    @Test(
        .enabled(if: hasZones),
        arguments: [
            ("Europe/Berlin", 7200), (":Europe/Berlin", 7200), ("/usr/share/zoneinfo/Europe/Berlin", 7200),
            ("CET-1CEST,M3.5.0,M10.5.0/3", 7200), ("<+0530>-5:30", 19_800), ("", 0), (":", 0),
            ("Nowhere/Nothing", 0),
            ("/nonexistent", 0), ("/", 0),
        ])
    func `the variable TZ names the machine's zone in each way POSIX knows`(value: String, offset: Int) {
        #expect(ZoneDatabase.system.current(variable: value).offset(at: utc("2026-07-01")) == offset)
    }

    @Test(.enabled(if: hasZones))
    func `without the variable the local file counts, named after what it links to`() {
        let database = ZoneDatabase(
            directory: "/usr/share/zoneinfo", localFile: "/usr/share/zoneinfo/Asia/Tokyo")
        #expect(database.current(variable: nil).offset(at: 0) == 32_400)
    }
}

/// A TZif file made to order (RFC 9636 §3).
struct TimeZoneFile: Sendable {
    var transitions: [(instant: Int64, type: UInt8)] = []
    var offsets: [Int32] = [0]
    var footer: String

    /// Version 2: an empty block of 32-bit times, the block of 64-bit times, the footer.
    var bytes: [UInt8] {
        let empty = TimeZoneFile(footer: "").block(version: "2", timeSize: 4)
        return empty + block(version: "2", timeSize: 8) + Array("\n\(footer)\n".utf8)
    }

    var firstVersion: [UInt8] { block(version: "\0", timeSize: 4) }

    private func block(version: Unicode.Scalar, timeSize: Int) -> [UInt8] {
        var block = Array("TZif".utf8) + [UInt8(ascii: version)] + [UInt8](repeating: 0, count: 15)
        for count in [0, 0, 0, transitions.count, offsets.count, 4] { block += Self.number(Int64(count), 4) }
        for transition in transitions { block += Self.number(transition.instant, timeSize) }
        block += transitions.map(\.type)
        for offset in offsets { block += Self.number(Int64(offset), 4) + [0, 0] }
        return block + Array("LMT\0".utf8)
    }

    private static func number(_ value: Int64, _ size: Int) -> [UInt8] {
        (0..<size).reversed().map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
    }
}

/// What the system's own commands say about the same files.
private enum SystemClock {
    static func offsets(at instants: [Int64], in name: String) -> [Int] {
        let lines = instants.map { "'@\($0)'" }.joined(separator: " ")
        let command = "printf '%s\\n' \(lines) | TZ='\(name)' LC_ALL=C date -f - '+%::z'"
        guard let pipe = unsafe popen(command, "r") else { return [] }
        defer { unsafe pclose(pipe) }
        var output: [UInt8] = []
        while case let byte = unsafe getc(pipe), byte != EOF { output.append(UInt8(byte)) }
        return output.split(separator: UInt8(ascii: "\n")).map { line in
            let parts = line.dropFirst().split(separator: UInt8(ascii: ":")).map { part in
                part.reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) }
            }
            let seconds = parts.reduce(0) { $0 * 60 + $1 }
            return line.first == UInt8(ascii: "-") ? -seconds : seconds
        }
    }
}
