import Expenses
import Testing

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
