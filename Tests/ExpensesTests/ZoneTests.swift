import Expenses
import Glibc
import Testing

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
