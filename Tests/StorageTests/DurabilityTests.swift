import Expenses
import Glibc
import SQLite
import Storage
import TestDatabase
import Testing

/// What a process that ends without warning, or a disk that stops taking bytes, leaves behind. Each runs in a process
/// of its own.
@Suite struct DurabilityTests {
    @Test func `what was answered survives the process being killed in the middle of writing`() async throws {
        let fixture = try Fixture()
        let (path, log) = (fixture.path, fixture.directory.file("answered"))
        let (ada, category) = (
            fixture.ada.rawValue, try fixture.category("Leisure", of: fixture.ada).rawValue
        )
        fixture.directory.write([], to: "answered")
        fixture.storage.close()
        await #expect(processExitsWith: .signal(SIGKILL)) {
            [path = path as String, log = log as String, ada = ada as Int64, category = category as Int64] in
            let storage = try Storage(path: path)
            let file = unsafe open(log, O_WRONLY | O_APPEND)
            let owner = User.ID(ada)
            let draft = ExpenseDraft(
                amount: Money(minorUnits: 100), category: Expenses.Category.ID(category),
                day: Fixture.day("2026-11-22"), description: "Tea")
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 1...16 {
                    group.addTask {
                        while true {
                            let id = try await storage.write(of: owner) {
                                try $0.expenses.insert(draft, owner: owner, form: nil, at: noon).id
                            }
                            let line = "\(id)\n"
                            _ = unsafe write(file, line, line.utf8.count)
                            if id.rawValue >= 500 { kill(getpid(), SIGKILL) }
                        }
                    }
                }
                try await group.waitForAll()
            }
        }
        let answered = try fixture.directory.read("answered").split(separator: "\n").compactMap {
            Expense.ID($0)
        }
        #expect(answered.count >= 400)
        let reopened = try Storage(path: path)
        let missing = try reopened.read { stores in
            try answered.filter { try stores.expenses.find($0, owner: fixture.ada) == nil }
        }
        #expect(missing == [])
        #expect(try reopened.check().findings == [])
        reopened.close()
    }

    @Test(.enabled(if: TestDatabase.isFile))
    func `writes whose commit does not reach the disk are all refused, and later ones are taken`()
        async throws
    {
        let fixture = try Fixture()
        let (path, ada) = (fixture.path, fixture.ada.rawValue)
        let category = try fixture.category("Leisure", of: fixture.ada).rawValue
        fixture.storage.close()
        await #expect(processExitsWith: .success) {
            [path = path as String, ada = ada as Int64, category = category as Int64] in
            let storage = try Storage(path: path)
            let owner = User.ID(ada)
            let draft = ExpenseDraft(
                amount: Money(minorUnits: 100), category: Expenses.Category.ID(category),
                day: Fixture.day("2026-11-22"), description: "Tea")
            func add() throws {
                _ = try storage.writeAndWait {
                    try $0.expenses.insert(draft, owner: owner, form: nil, at: noon)
                }
            }
            func count() throws -> Int {
                try storage.read { try $0.totals.summary(of: owner, matching: Filter()) }.total.count
            }
            try add()
            // From here on no file of this process may grow: the log of the database cannot take the commit.
            signal(SIGXFSZ, SIG_IGN)
            var limit = rlimit()
            unsafe getrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit)
            let former = limit.rlim_cur
            limit.rlim_cur = 1
            unsafe setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit)
            for _ in 1...3 { #expect(throws: SQLiteError.self) { try add() } }
            #expect(try count() == 1)
            limit.rlim_cur = former
            unsafe setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit)
            try add()
            #expect(try count() == 2)
            #expect(try storage.check().findings == [])
            storage.close()
        }
        let reopened = try Storage(path: path)
        #expect(
            try reopened.read { try $0.totals.summary(of: fixture.ada, matching: Filter()) }.total.count
                == 2)
    }
}
