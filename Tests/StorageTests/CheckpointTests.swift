import Expenses
import SQLite
import Storage
import Synchronization
import TestDatabase
import Testing

/// How long the write-ahead log becomes, with a bound of 40 pages in the place of 8000.
@Suite(.enabled(if: TestDatabase.isFile)) struct CheckpointTests {
    private let reports = Reports()

    private final class Reports: Sendable {
        let lines = Mutex<[String]>([])
    }

    private func fixture() throws -> Fixture {
        var options = Storage.Options()
        options.checkpointPages = 40
        options.report = { [reports] line in reports.lines.withLock { $0.append(line) } }
        return try Fixture(options: options)
    }

    /// Makes that many commits, and returns the longest that the log was.
    private func write(_ count: Int, to fixture: Fixture) throws -> Int {
        let draft = try fixture.draft(1, "Leisure", String(repeating: "x", count: 400))
        var longest = 0
        for _ in 0..<count {
            _ = try fixture.storage.writeAndWait { [ada = fixture.ada] in
                try $0.expenses.insert(draft, owner: ada, form: nil, at: noon)
            }
            longest = max(longest, fixture.storage.statistics.logPages)
        }
        return longest
    }

    @Test func `the log starts over when it is long enough`() throws {
        let fixture = try fixture()
        let longest = try write(200, to: fixture)
        #expect(longest > 20 && longest < 80)
        #expect(reports.lines.withLock { $0 }.isEmpty)
    }

    @Test func `a log that another program holds is told`() throws {
        let fixture = try fixture()
        let other = try Connection(path: fixture.path, mode: .readOnly)
        try other.begin(.reading)
        _ = try other.integer("SELECT count(*) FROM users")
        let longest = try write(200, to: fixture)
        #expect(longest > 400)
        #expect((1...4).contains(reports.lines.withLock { $0 }.count))
        other.rollBack()
        _ = try write(20, to: fixture)
        #expect(try write(1, to: fixture) < 100)
    }
}
