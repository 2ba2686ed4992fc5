import Expenses
import Testing

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
