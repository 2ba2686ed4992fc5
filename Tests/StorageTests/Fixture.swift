import Expenses
import Glibc
import Storage
import TestDatabase

/// 2026-11-22 12:00 UTC.
let noon: Int64 = 1_795_348_800

/// An empty directory of its own, gone with the last reference.
final class TemporaryDirectory: Sendable {
    let path: String

    init() {
        var template = Array("/tmp/expense-tracker-tests-XXXXXX".utf8CString)
        let made = unsafe mkdtemp(&template)
        guard unsafe made != nil else { fatalError("tests need a directory for temporary files") }
        path = template.dropLast().reduce(into: "") { $0.unicodeScalars.append(Unicode.Scalar(UInt8($1))) }
    }

    deinit { for name in files + [""] { unsafe remove(path + "/" + name) } }

    func file(_ name: String) -> String { path + "/" + name }

    func write(_ bytes: [UInt8], to name: String) {
        let descriptor = unsafe open(file(name), O_CREAT | O_TRUNC | O_WRONLY, 0o600)
        defer { close(descriptor) }
        guard unsafe Glibc.write(descriptor, bytes, bytes.count) == bytes.count else {
            fatalError("tests need to write temporary files")
        }
    }

    func read(_ name: String) throws -> String { String(decoding: try bytes(name), as: UTF8.self) }

    func bytes(_ name: String) throws -> [UInt8] {
        let descriptor = unsafe open(file(name), O_RDONLY)
        defer { close(descriptor) }
        var bytes: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 65_536)
        while case let count = unsafe Glibc.read(descriptor, &piece, piece.count), count > 0 {
            bytes += piece.prefix(count)
        }
        return bytes
    }

    /// The permission bits of a file; nil when it is missing.
    func mode(of name: String) -> mode_t? {
        var status = stat()
        return unsafe stat(file(name), &status) == 0 ? status.st_mode & 0o777 : nil
    }

    /// The names of the files, sorted.
    var files: [String] {
        guard let directory = unsafe opendir(path) else { return [] }
        defer { unsafe closedir(directory) }
        var names: [String] = []
        while let entry = unsafe readdir(directory) {
            let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) { name in
                unsafe name.withMemoryRebound(to: CChar.self, capacity: 256) { unsafe String(cString: $0) }
            }
            if name != ".", name != ".." { names.append(name) }
        }
        return names.sorted()
    }
}

/// A fresh database with one user, Ada, and another one, Bob.
struct Fixture {
    let directory = TemporaryDirectory()
    let storage: Storage
    let ada: User.ID
    let bob: User.ID

    init(options: Storage.Options = Storage.Options()) throws {
        storage = try Storage(
            path: TestDatabase.name(file: directory.file("expenses.sqlite")), options: options)
        (ada, bob) = try storage.writeAndWait { stores in
            let ada = try stores.users.insert(
                username: "ada", email: "ada@example.com", passwordHash: "hash of Ada", at: noon)
            let bob = try stores.users.insert(
                username: "bob", email: "bob@example.com", passwordHash: "hash of Bob", at: noon)
            return (ada.id, bob.id)
        }
    }

    var path: String { storage.path }

    func category(_ name: String, of owner: User.ID) throws -> Category.ID {
        try storage.read { stores in
            guard let category = try stores.categories.find(named: name, owner: owner) else {
                throw Missing()
            }
            return category.id
        }
    }

    struct Missing: Error {}

    /// Adds an expense and returns it.
    @discardableResult
    func add(
        _ amount: Int64, _ category: String = "Groceries", on day: String = "2026-11-22",
        _ description: String = "", of owner: User.ID? = nil, form: String? = nil
    ) throws -> Expense {
        let owner = owner ?? ada
        let draft = try draft(amount, category, on: day, description, of: owner)
        let id = try storage.writeAndWait { stores in
            try stores.expenses.insert(draft, owner: owner, form: form, at: noon).id
        }
        return Expense(
            id: id, amount: draft.amount, category: draft.category, day: draft.day,
            description: draft.description)
    }

    func draft(
        _ amount: Int64, _ category: String = "Groceries", on day: String = "2026-11-22",
        _ description: String = "", of owner: User.ID? = nil
    ) throws -> ExpenseDraft {
        ExpenseDraft(
            amount: Money(minorUnits: amount), category: try self.category(category, of: owner ?? ada),
            day: Fixture.day(day), description: description)
    }

    /// A day that the test names as a literal.
    static func day(_ text: String) -> Day {
        guard let day = Day(text) else { fatalError("\(text) is not a day") }
        return day
    }
}

extension Storage {
    /// How many rows there are of sessions and of former refresh tokens.
    func sessionRows() throws -> [Int64?] {
        let database = try RawDatabase(path)
        return [
            try database.integer("SELECT count(*) FROM sessions"),
            try database.integer("SELECT count(*) FROM former_refresh_hashes"),
        ]
    }
}

extension Storage {
    /// Makes all steps of the long writes that there are.
    func finishLongWrites() throws {
        while try writeAndWait({ try $0.longWrites.step(after: nil) }) != nil {}
    }

    func untilLongWritesAreDone() async throws {
        while try RawDatabase(path).integer("SELECT count(*) FROM long_writes") != 0 { await Task.yield() }
    }

    /// Returns when no long write goes on: those that are left have failed.
    func untilLongWritesRest() async throws {
        while try RawDatabase(path).integer("SELECT count(*) FROM long_writes WHERE failure IS NULL") != 0 {
            await Task.yield()
        }
    }
}
