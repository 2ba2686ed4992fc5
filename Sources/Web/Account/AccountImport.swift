import Expenses
import Platform
import Storage

/// Stores what an account's file holds in an account that is empty, in steps that let other writes through: all of it or,
/// where something goes wrong before all of it is staged, no expense.
final class AccountImport: Sendable {
    /// Expenses staged in one write.
    private static let step = ImportStore.rowsInAWrite
    /// Files that may wait for their turn.
    private static let maxWaiting = 16

    /// The account is not, or no longer, empty.
    struct NotEmpty: Error {}

    private let storage: Storage
    /// A file is read for seconds, and its rows wait for the writer.
    private let workers = WorkerPool(threads: 1, queue: AccountImport.maxWaiting, queuePerOwner: 1)

    init(_ storage: Storage) {
        self.storage = storage
    }

    /// Throws an `AccountFile.Refusal`, `NotEmpty`, `WorkerPool.Full`, and what the storage throws.
    func run(_ bytes: StoredBytes, for owner: User.ID, at now: Int64) async throws -> AccountFile {
        let storage = storage
        let (file, staged) = try await workers.run(for: "user \(owner)") {
            let file = try AccountFile(bytes)
            return (file, try Self.stage(file, for: owner, at: now, in: storage))
        }
        guard let (id, first) = staged else { return file }
        try await storage.writeToTheEnd(of: owner) {
            try $0.imports.add(id, first: first, count: file.expenses + file.bin, owner: owner)
        }
        return file
    }

    /// Nil where the file has no rows. Blocks.
    private static func stage(
        _ file: AccountFile, for owner: User.ID, at now: Int64, in storage: Storage
    ) throws -> (id: UploadedFile.ID, first: Expense.ID)? {
        let count = file.expenses + file.bin
        let head = file.head
        let (categories, repeating, first, id) = try storage.writeAndWait(of: owner) { stores in
            guard try stores.expenses.isEmpty(of: owner) else { throw NotEmpty() }
            try stores.repeating.removeAll(of: owner)
            try stores.categories.removeAll(of: owner)
            let categories = try head.categories.map {
                try stores.categories.insert(name: $0.name, color: $0.color, owner: owner)
            }
            if !head.rules.isEmpty {
                for rule in try stores.rules.all(of: owner) { try stores.rules.remove(rule.id, owner: owner) }
            }
            for (rule, place) in head.rules {
                var rule = rule
                rule.category = place.map { categories[$0] }
                _ = try stores.rules.insert(rule, at: nil, owner: owner)
            }
            if !head.targets.isEmpty { try stores.targets.removeAll(of: owner) }
            for (target, place) in head.targets.sorted(by: { $0.target.month < $1.target.month }) {
                var target = target
                target.category = place.map { categories[$0] }
                try stores.targets.set(target, owner: owner)
            }
            let repeating = try head.repeating.map { rule, place in
                var rule = rule
                rule.category = categories[place]
                return try stores.repeating.insert(rule, owner: owner, at: now).id
            }
            try stores.users.update(head.preferences, of: owner)
            let id = try stores.imports.begin(size: 0, owner: owner, at: now)
            return (categories, repeating, try stores.expenses.reserve(count, owner: owner), id)
        }
        guard count > 0 else { return nil }
        // What is listed first is the newest, and gets the highest number; the bin has the lowest ones.
        var next = (
            expense: first.rawValue + Int64(count) - 1, deleted: first.rawValue + Int64(file.bin) - 1
        )
        var expenses: [Expense] = []
        var bin: [DeletedExpense] = []
        var recorded: [(id: Expense.ID, rule: RepeatingExpense.ID, due: Day)] = []
        func flush() throws {
            if !expenses.isEmpty {
                try storage.writeAndWait(of: owner) { [expenses] in
                    try $0.imports.stage(expenses, for: id, owner: owner)
                }
            }
            if !bin.isEmpty {
                try storage.writeAndWait(of: owner) { [bin] in
                    try $0.imports.stage(bin, for: id, owner: owner)
                }
            }
            if !recorded.isEmpty {
                try storage.writeAndWait(of: owner) { [recorded] in
                    try $0.repeating.noteRecorded(recorded, owner: owner)
                }
            }
            recorded.removeAll(keepingCapacity: true)
            expenses.removeAll(keepingCapacity: true)
            bin.removeAll(keepingCapacity: true)
        }
        try file.forEachRow { row in
            let number = row.deletedAt == nil ? next.expense : next.deleted
            var expense = Expense(id: Expense.ID(number), row.draft)
            expense.category = categories[row.category]
            if let (place, due) = row.recorded { recorded.append((expense.id, repeating[place], due)) }
            if let deletedAt = row.deletedAt {
                bin.append(DeletedExpense(expense: expense, deletedAt: min(deletedAt, now)))
                next.deleted -= 1
            } else {
                expenses.append(expense)
                next.expense -= 1
            }
            if expenses.count + bin.count == step { try flush() }
        }
        try flush()
        return (id, first)
    }
}
