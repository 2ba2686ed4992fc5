import Expenses
import Storage
import Synchronization

/// Stores what an account's file holds in an account that is empty, in steps that let other writes through: all of it or,
/// where something goes wrong before all of it is staged, no expense.
final class AccountImport: Sendable {
    /// Expenses staged in one write.
    private static let step = ImportStore.rowsInAWrite

    /// The account is not, or no longer, empty.
    struct NotEmpty: Error {}

    private let storage: Storage
    /// One at a time: a file and what was read of it take some memory.
    private let isRunning = Mutex(false)

    init(_ storage: Storage) {
        self.storage = storage
    }

    /// Throws `AppError.busy` while another one runs, and what `read` throws.
    func run(for owner: User.ID, at now: Int64, _ read: () async throws -> AccountFile) async throws
        -> AccountFile
    {
        let isFirst = isRunning.withLock { isRunning in
            defer { isRunning = true }
            return !isRunning
        }
        guard isFirst else { throw AppError.busy(retryAfter: 10) }
        defer { isRunning.withLock { $0 = false } }
        let file = try await read()
        try await store(file, for: owner, at: now)
        return file
    }

    private func store(_ file: AccountFile, for owner: User.ID, at now: Int64) async throws {
        let count = file.expenses.count + file.bin.count
        let (categories, first, id) = try await storage.write(of: owner) { stores in
            guard try stores.expenses.isEmpty(of: owner) else { throw NotEmpty() }
            try stores.categories.removeAll(of: owner)
            let categories = try file.categories.map {
                try stores.categories.insert(name: $0.name, color: $0.color, owner: owner)
            }
            try stores.users.update(file.preferences, of: owner)
            let id = try stores.imports.begin(size: 0, owner: owner, at: now)
            return (categories, try stores.expenses.reserve(count, owner: owner), id)
        }
        guard count > 0 else { return }
        func expense(_ row: AccountFile.Row, _ number: Int) -> Expense {
            Expense(
                id: Expense.ID(first.rawValue + Int64(number)), amount: row.amount,
                category: categories[row.category], day: row.day, description: row.description)
        }
        // What is listed first is the newest, and gets the highest number.
        for start in stride(from: 0, to: file.bin.count, by: AccountImport.step) {
            let deleted = file.bin.indices[start...].prefix(AccountImport.step).map { index in
                DeletedExpense(
                    expense: expense(file.bin[index].row, file.bin.count - 1 - index),
                    deletedAt: min(file.bin[index].deletedAt, now))
            }
            try await storage.write(of: owner) { try $0.imports.stage(deleted, for: id, owner: owner) }
        }
        for start in stride(from: 0, to: file.expenses.count, by: AccountImport.step) {
            let expenses = file.expenses.indices[start...].prefix(AccountImport.step).map { index in
                expense(file.expenses[index], count - 1 - index)
            }
            try await storage.write(of: owner) { try $0.imports.stage(expenses, for: id, owner: owner) }
        }
        try await storage.writeToTheEnd(of: owner) {
            try $0.imports.add(id, first: first, count: count, owner: owner)
        }
    }
}
