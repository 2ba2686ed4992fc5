import Expenses
import Glibc
import SQLite
import Storage
import TestDatabase
import Testing

/// Files that cannot be used, or not now: each an error that says why, and nothing is changed or left behind.
@Suite(.enabled(if: TestDatabase.isFile)) struct UnusableFileTests {
    let fixture: Fixture

    init() throws { fixture = try Fixture() }

    private static func message(_ open: () throws -> Void) -> String {
        do {
            try open()
            return "no error"
        } catch {
            return "\(error)"
        }
    }

    @Test func `a disk without room for the schema is told in one sentence`() {
        let message = Self.message {
            var options = Storage.Options()
            options.maxPages = 4
            _ = try Storage(path: fixture.directory.file("new.sqlite"), options: options)
        }
        #expect(message == "the disk is full, or the database may not grow; make room, then try again")
        #expect(!fixture.directory.files.contains("new.sqlite"))
    }

    // Another process's lock

    @Test func `a write waits for another process's lock and is refused as busy, and reads go on`()
        async throws
    {
        let (path, ada) = (fixture.path, fixture.ada.rawValue)
        let other = try Connection(path: path, mode: .readWrite)
        try other.begin(.writing)
        await #expect(processExitsWith: .success) { [path = path as String, ada = ada as Int64] in
            var options = Storage.Options()
            options.busyTimeout = 100
            let storage = try Storage(path: path, options: options)
            let owner = User.ID(ada)
            #expect(throws: AppError.busy(retryAfter: 1)) {
                try storage.writeAndWait { try $0.users.update(passwordHash: "new", of: owner) }
            }
            #expect(try storage.read { try $0.users.credentials(of: owner) }?.passwordHash == "hash of Ada")
            storage.close()
        }
        other.rollBack()
        await #expect(processExitsWith: .success) { [path = path as String, ada = ada as Int64] in
            let storage = try Storage(path: path)
            try storage.writeAndWait { try $0.users.update(passwordHash: "new", of: User.ID(ada)) }
            storage.close()
        }
    }

    @Test func `a database that another process holds for itself is not opened, and says why`() async throws {
        let path = fixture.path
        fixture.storage.close()
        let other = try Connection(path: path, mode: .readWrite)
        try other.run("PRAGMA locking_mode = EXCLUSIVE")
        try other.run("BEGIN EXCLUSIVE")
        await #expect(processExitsWith: .success) { [path = path as String] in
            var options = Storage.Options()
            options.busyTimeout = 100
            let message = UnusableFileTests.message { _ = try Storage(path: path, options: options) }
            #expect(message.contains("database is locked"))
        }
        other.rollBack()
    }

    // Damage

    @Test
    func `a damaged page is an error for who reads it, others go on, check finds it, and no backup is made`()
        throws
    {
        let (path, ada, bob) = (fixture.path, fixture.ada, fixture.bob)
        try fixture.add(1, "Groceries", on: "2026-11-22", "Bob's", of: bob)
        let category = try fixture.category("Groceries", of: ada)
        try fixture.storage.writeAndWait { stores in
            for number in 1...2000 {
                let draft = ExpenseDraft(
                    amount: Money(minorUnits: 5), category: category, day: Fixture.day("2026-11-22"),
                    description: "Ada's \(number)")
                _ = try stores.expenses.insert(draft, owner: ada, form: nil, at: noon)
            }
        }
        fixture.storage.close()
        try damage(path, whereItSays: "Ada's 1000")
        let storage = try Storage(path: path)
        #expect(throws: (any Error).self) {
            try storage.read { try $0.list.forEach(of: ada, matching: Filter()) { _ in } }
        }
        #expect(
            try storage.read { try $0.totals.summary(of: bob, matching: Filter(text: "bob")) }.total.count
                == 1)
        let findings = try storage.check().findings
        #expect(findings.contains { $0.hasPrefix("file: ") })
        let copy = fixture.directory.file("copy.sqlite")
        #expect(throws: (any Error).self) { _ = try Backup(of: path, to: copy) }
        #expect(!fixture.directory.files.contains { $0.hasPrefix("copy") })
        storage.close()
    }

    @Test func `a database whose schema is damaged is not opened, and says so`() throws {
        let path = fixture.path
        fixture.storage.close()
        try damage(path, from: 100, count: 3996)
        let message = UnusableFileTests.message { _ = try Storage(path: path) }
        #expect(message.contains("malformed"))
        #expect(message.split(separator: "\n").count == 1)
    }

    /// Overwrites the page that holds the text, and every other one that does.
    private func damage(_ path: String, whereItSays text: String) throws {
        let bytes = Array(try fixture.directory.bytes("expenses.sqlite"))
        let needle = Array(text.utf8)
        var pages: Set<Int> = []
        for start in 0..<(bytes.count - needle.count)
        where bytes[start] == needle[0] && bytes[start..<(start + needle.count)].elementsEqual(needle) {
            pages.insert(start / 4096)
        }
        #expect(!pages.isEmpty)
        for page in pages { try damage(path, from: page * 4096, count: 4096) }
    }

    private func damage(_ path: String, from offset: Int, count: Int) throws {
        let descriptor = unsafe open(path, O_WRONLY)
        defer { close(descriptor) }
        let garbage = [UInt8](repeating: 0xA5, count: count)
        #expect(unsafe pwrite(descriptor, garbage, count, offset) == count)
    }

    // Not ours

    @Test(arguments: [
        (
            "PRAGMA application_id = 7; CREATE TABLE theirs (n INTEGER)",
            "is a SQLite database of another program"
        ),
        (
            "CREATE TABLE theirs (n INTEGER); PRAGMA user_version = 1",
            "is a SQLite database of another program"
        ),
        (
            "PRAGMA application_id = 1165520980; PRAGMA user_version = 99; CREATE TABLE later (n INTEGER)",
            "was written by a later release"
        ),
    ])
    func `a file of another program, or of a later release, stays as it is to the byte`(
        script: String, message: String
    ) throws {
        let path = fixture.directory.file("other.sqlite")
        fixture.directory.write([], to: "other.sqlite")
        try Connection(path: path, mode: .readWrite).execute(script: script)
        let before = try fixture.directory.bytes("other.sqlite")
        #expect(UnusableFileTests.message { _ = try Storage(path: path) }.contains(message))
        #expect(throws: StorageError.self) {
            _ = try Backup(of: path, to: fixture.directory.file("copy.sqlite"))
        }
        #expect(try fixture.directory.bytes("other.sqlite") == before)
        #expect(!fixture.directory.files.contains { $0.hasPrefix("copy") || $0.hasPrefix("other.sqlite-") })
    }

    // Not writable

    @Test func `a folder or a file that may not be written is an error in one line, and nothing is made`()
        async throws
    {
        fixture.storage.close()
        let folder = fixture.directory.path
        #expect(unsafe chmod(fixture.path, 0o644) == 0)
        #expect(unsafe chmod(folder, 0o555) == 0)
        await #expect(processExitsWith: .success) { [folder = folder as String] in
            // Nothing is forbidden to root.
            if getuid() == 0 { #expect(setuid(65534) == 0) }
            let missing = folder + "/new.sqlite"
            #expect(
                UnusableFileTests.message { _ = try Storage(path: missing) }
                    == "\(missing): cannot be made: Permission denied")
            let existing = folder + "/expenses.sqlite"
            let message = UnusableFileTests.message { _ = try Storage(path: existing) }
            #expect(message.contains("unable to open database file") || message.contains("readonly database"))
            #expect(message.split(separator: "\n").count == 1)
        }
        #expect(unsafe chmod(folder, 0o755) == 0)
        #expect(fixture.directory.files == ["expenses.sqlite"])
    }
}
