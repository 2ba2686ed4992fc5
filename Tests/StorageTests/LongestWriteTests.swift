import Expenses
import Glibc
import Storage
import Synchronization
import TestDatabase
import Testing

/// What every operation of the stores costs others: a user of many rows does one after the other while another adds an
/// expense each millisecond. Tells the longest wait, and expects bounds that no machine changes: on the transactions that
/// an operation is made in, and on the rows of each.
@Suite(.enabled(if: TestDatabase.isFile), .timeLimit(.minutes(5))) struct LongestWriteTests {
    /// 100,000 rows take a debug build too long for every run: LONGEST_WRITE_ROWS says how many.
    private static let rows =
        unsafe getenv("LONGEST_WRITE_ROWS").flatMap { unsafe Int(String(cString: $0)) } ?? 6000
    /// Of the bin.
    private static var deleted: Int { rows / 20 }

    private let fixture: Fixture
    private var storage: Storage { fixture.storage }
    /// Rows that the writer has changed at most in one transaction, those of triggers included.
    private static let mostRows = 12_000

    init() throws { fixture = try Fixture() }

    /// Adds an expense of Bob's each millisecond until it is stopped.
    private final class Stranger: Sendable {
        private let isStopped = Atomic(false)
        private let longest = Mutex(Duration.zero)
        let count = Atomic(0)

        func stop() { isStopped.store(true, ordering: .relaxed) }
        func takeLongest() -> Duration {
            longest.withLock { longest in
                defer { longest = .zero }
                return longest
            }
        }

        func run(_ storage: Storage, _ owner: User.ID, _ draft: ExpenseDraft) async throws {
            while !isStopped.load(ordering: .relaxed) {
                let start = ContinuousClock.now
                _ = try await storage.write(of: owner) {
                    try $0.expenses.insert(draft, owner: owner, form: nil, at: noon)
                }
                let time = ContinuousClock.now - start
                longest.withLock { $0 = max($0, time) }
                count.add(1, ordering: .relaxed)
                try await Task.sleep(for: .milliseconds(1))
            }
        }
    }

    private struct Operation: Sendable {
        let name: String
        /// Whether it is made in steps: in how many transactions, at least, of its own.
        var rowsOfAStep: Int?
        let body: @Sendable () async throws -> Void
    }

    @Test func `no operation on many rows keeps a stranger's insert waiting for all of them`() async throws {
        let (storage, ada, bob) = (storage, fixture.ada, fixture.bob)
        let categories = try storage.read { try $0.categories.all(of: ada) }
        let rows = LongestWriteTests.rows
        let file = Mutex<(id: UploadedFile.ID, first: Expense.ID)?>(nil)
        @Sendable func stage() async throws {
            let first = try await storage.write(of: ada) { try $0.expenses.reserve(rows, owner: ada) }
            let id = try await storage.write(of: ada) { try $0.imports.begin(size: 0, owner: ada, at: noon) }
            for start in stride(from: 0, to: rows, by: ImportStore.rowsInAWrite) {
                let expenses = (start..<min(rows, start + ImportStore.rowsInAWrite)).map { number in
                    Expense(
                        id: Expense.ID(first.rawValue + Int64(number)), amount: Money(minorUnits: 100),
                        category: categories[number % 3].id, day: Fixture.day("2026-0\(1 + number % 9)-11"),
                        description: "Payee \(number % 700)")
                }
                try await storage.write(of: ada) { try $0.imports.stage(expenses, for: id, owner: ada) }
            }
            file.withLock { $0 = (id, first) }
        }
        @Sendable func add() async throws {
            guard let (id, first) = file.withLock({ $0 }) else { return }
            try await storage.writeToTheEnd(of: ada) {
                try $0.imports.add(id, first: first, count: rows, owner: ada)
            }
        }
        let some = Mutex<Expense.ID?>(nil)
        @Sendable func one(_ body: @escaping @Sendable (ExpenseStore, Expense) throws -> Void) async throws {
            try await storage.write(of: ada) { stores in
                let newest = try stores.list.page(of: ada, matching: Filter(), after: nil, limit: 1).expenses[
                    0]
                try body(stores.expenses, newest)
            }
        }
        let operations: [Operation] = [
            Operation(name: "stage an import", rowsOfAStep: ImportStore.rowsInAWrite) { try await stage() },
            Operation(name: "add it", rowsOfAStep: 1200) { try await add() },
            Operation(name: "insert") {
                try await one { store, expense in
                    let draft = ExpenseDraft(
                        amount: expense.amount, category: expense.category, day: expense.day,
                        description: "New")
                    _ = try store.insert(draft, owner: ada, form: "a form", at: noon)
                }
            },
            Operation(name: "update") {
                try await one { store, expense in
                    var expense = expense
                    expense.description = "Other"
                    try store.update(expense, owner: ada, at: noon)
                }
            },
            Operation(name: "delete") {
                try await one { store, expense in
                    some.withLock { $0 = expense.id }
                    _ = try store.remove(expense.id, owner: ada, at: noon)
                }
            },
            Operation(name: "restore") {
                guard let id = some.withLock({ $0 }) else { return }
                _ = try await storage.write(of: ada) { try $0.expenses.restore(id, owner: ada) }
            },
            Operation(name: "delete many") {
                for _ in 0..<LongestWriteTests.deleted {
                    try await one { store, expense in _ = try store.remove(expense.id, owner: ada, at: noon) }
                }
            },
            Operation(name: "merge a category", rowsOfAStep: 6 * 1200) {
                _ = try await storage.writeToTheEnd(of: ada) {
                    try $0.categories.remove(categories[0].id, movingTo: categories[1].id, owner: ada)
                }
            },
            Operation(name: "rename a category") {
                let changed = Category(id: categories[1].id, name: "Renamed", color: .teal)
                try await storage.write(of: ada) { try $0.categories.update(changed, owner: ada) }
            },
            Operation(name: "empty the bin", rowsOfAStep: 20 * 64) {
                while try await storage.write(of: nil, { try $0.sweep.step(at: noon + 40 * 86_400) }) {}
            },
            Operation(name: "take the import back", rowsOfAStep: 1200) {
                guard let (id, _) = file.withLock({ $0 }) else { return }
                try await storage.writeToTheEnd(of: ada) { try $0.imports.undo(id, owner: ada) }
            },
            Operation(name: "abandon a file", rowsOfAStep: 0) {
                let merged = try storage.read { try $0.categories.find(categories[0].id, owner: ada) }
                guard merged == nil else { return }
                for _ in 0...ImportStore.maxWaiting {
                    _ = try await storage.write(of: ada) {
                        try $0.imports.begin(size: 0, owner: ada, at: noon)
                    }
                }
                storage.goOnWithLongWrites()
            },
            Operation(name: "sweep the forms") { try storage.sweep(at: noon + 40 * 86_400) },
            Operation(name: "remove the account", rowsOfAStep: 0) {
                try await storage.writeToTheEnd(of: ada) { try $0.users.remove(ada) }
            },
        ]
        let stranger = Stranger()
        let draft = try fixture.draft(1, "Leisure", of: bob)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await stranger.run(storage, bob, draft) }
            for operation in operations {
                let (commits, inserts) = (storage.commitCount, stranger.count.load(ordering: .relaxed))
                _ = stranger.takeLongest()
                try await operation.body()
                let made = storage.commitCount - commits
                print(
                    "\(operation.name), \(rows) rows: others waited \(stranger.takeLongest()) at most, "
                        + "\(stranger.count.load(ordering: .relaxed) - inserts) inserts, \(made) transactions"
                )
                guard let step = operation.rowsOfAStep, step > 0 else { continue }
                #expect(made >= min(rows, LongestWriteTests.deleted * 20) / step, "\(operation.name)")
            }
            stranger.stop()
            try await group.waitForAll()
        }
        #expect(try storage.check().findings == [])
        #expect(storage.mostRowsOfATransaction <= LongestWriteTests.mostRows)
    }
}
