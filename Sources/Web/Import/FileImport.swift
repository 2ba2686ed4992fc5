import Expenses
import HTTP
import Platform
import Storage
import Synchronization

/// Stores an uploaded file, reads it, and adds its rows: in steps that let other writes through.
final class FileImport: Sendable {
    /// What a file holds, beside what the account has.
    struct Contents: Sendable {
        let reading: ImportReading
        let preview: ImportPreview
        /// The category that went with each payee last, by `ImportReading.payeeKey`.
        let lastCategories: [String: Category.ID]
    }

    /// A row with the name of the category that it gets.
    struct Chosen: Sendable {
        var row: ImportRow
        var category: String
    }

    /// The owner's import that is being added; a second one has to wait for its end.
    struct AlreadyAdding: Error {
        let id: UploadedFile.ID
    }

    /// How far an import has come that is being added.
    struct Progress: Sendable {
        let id: UploadedFile.ID
        let total: Int
        /// Rows that are in the list.
        var added = 0
    }

    /// The file would make more new categories than anybody can want.
    struct TooManyCategories: Error {}

    static let maxNewCategories = 100
    /// Where a row without a category goes.
    static let fallback = "Others"
    /// Payees whose last category is looked up.
    private static let maxPayees = 20_000
    /// Rows staged in one write.
    private static let step = ImportStore.rowsInAWrite
    /// Files read at a time: each takes some ten times its size.
    private static let maxReading = 2

    private let storage: Storage
    private let workers: WorkerPool
    private let reading = Mutex(0)
    /// What is being staged here, one import of each owner at a time.
    private let staging = Mutex<[User.ID: Progress]>([:])

    init(_ storage: Storage, _ workers: WorkerPool) {
        self.storage = storage
        self.workers = workers
    }

    /// Keeps the file, private to its owner. Throws `AppError.busy` where there is no room.
    func upload(_ file: [UInt8], owner: User.ID, at now: Int64) async throws -> UploadedFile.ID {
        let id = try await storage.write(of: owner) {
            try $0.imports.begin(size: file.count, owner: owner, at: now)
        }
        for (number, start) in stride(from: 0, to: file.count, by: ImportStore.piece).enumerated() {
            let piece = Array(file[start..<min(start + ImportStore.piece, file.count)])
            try await storage.write(of: owner) {
                try $0.imports.append(piece, number: number, to: id, owner: owner)
            }
        }
        return id
    }

    /// Reads a file that was uploaded. Throws `AppError.notFound`, `AppError.busy` while others are being read, and
    /// `ImportReading.TooManyRows`.
    func read(_ id: UploadedFile.ID, for user: User, _ form: ImportForm) async throws -> Contents {
        let storage = storage
        return try await read(for: user, form) {
            try storage.read { try $0.imports.bytes(of: id, owner: user.id) }
        }
    }

    /// The same for a file that is not stored.
    func read(
        for user: User, _ form: ImportForm, _ file: @escaping @Sendable () throws -> [UInt8]
    ) async throws -> Contents {
        let mayRead = reading.withLock { reading in
            guard reading < FileImport.maxReading else { return false }
            reading += 1
            return true
        }
        guard mayRead else { throw AppError.busy(retryAfter: 5) }
        defer { reading.withLock { $0 -= 1 } }
        let storage = storage
        return try await workers.run(for: "user \(user.id)") {
            let bytes = try file()
            var reading = try ImportReading(
                of: bytes, user.preferences, choices: form.choices(for: bytes, user.preferences))
            let payees = try FileImport.lastCategories(of: user.id, in: storage)
            if !reading.isOwnExport { reading.findRefunds(payees: Set(payees.keys)) }
            let existing = try FileImport.existing(like: reading.rows, of: user.id, in: storage)
            return Contents(
                reading: reading, preview: ImportPreview(reading.rows, existing: existing),
                lastCategories: payees)
        }
    }

    private static func lastCategories(
        of owner: User.ID, in storage: Storage
    ) throws -> [String: Category.ID] {
        let used = try storage.read {
            try $0.descriptions.newestWithCategories(of: owner, limit: maxPayees)
        }
        return Dictionary(used.map { (ImportReading.payeeKey($0.text), $0.category) }) { newest, _ in newest }
    }

    /// How many of the owner's expenses are like each of the rows.
    private static func existing(
        like rows: [ImportRow], of owner: User.ID, in storage: Storage
    ) throws -> [DuplicateKey: Int] {
        guard let first = rows.map(\.day).min(), let last = rows.map(\.day).max() else { return [:] }
        let wanted = Set(rows.map(\.duplicateKey))
        var filter = Filter()
        (filter.from, filter.through) = (first, last)
        var found: [DuplicateKey: Int] = [:]
        try storage.read { stores in
            try stores.list.forEach(of: owner, matching: filter) { expense in
                let key = expense.duplicateKey
                if wanted.contains(key) { found[key, default: 0] += 1 }
            }
        }
        return found
    }

    /// The names among the rows' categories that the owner has not got yet, as they are written first.
    static func newCategories(_ rows: [Chosen], besides categories: [Category]) -> [String] {
        var known = Set(categories.map { searchKey($0.name) })
        var names: [String] = []
        var seen: Set<String> = []
        for row in rows {
            guard seen.insert(row.category).inserted, known.insert(searchKey(row.category)).inserted else {
                continue
            }
            names.append(row.category)
        }
        return names
    }

    /// How far the import has come; nil where it is not being added.
    func progress(of id: UploadedFile.ID, owner: User.ID) async throws -> Progress? {
        let storage = storage
        let moving: Progress? = try await workers.run(for: "user \(owner)") {
            try storage.read { stores in
                guard let rest = try stores.imports.rest(of: id, owner: owner),
                    let total = try stores.imports.find(id, owner: owner)?.added
                else { return nil }
                return Progress(id: id, total: total, added: total - rest)
            }
        }
        return moving ?? staging.withLock { $0[owner] }.flatMap { $0.id == id ? $0 : nil }
    }

    /// Whether this import is being added by a request that is under way.
    func isStaging(_ id: UploadedFile.ID, owner: User.ID) -> Bool {
        staging.withLock { $0[owner]?.id == id }
    }

    /// Adds the rows, in that order, all or none: once they are staged, nothing but a full disk keeps them out. Throws
    /// `AlreadyAdding` while an import of this owner is being added, and `AppError.notFound` where the file has been added
    /// already.
    func add(_ rows: [Chosen], from id: UploadedFile.ID, owner: User.ID) async throws {
        let other = staging.withLock { staging in
            if let other = staging[owner] { return UploadedFile.ID?.some(other.id) }
            staging[owner] = Progress(id: id, total: rows.count)
            return nil
        }
        if let other { throw AlreadyAdding(id: other) }
        defer { staging.withLock { $0[owner] = nil } }
        try await stage(rows, from: id, owner: owner)
    }

    private func stage(_ rows: [Chosen], from id: UploadedFile.ID, owner: User.ID) async throws {
        while try await storage.write(
            of: owner,
            {
                try $0.imports.discardRows(of: id, owner: owner, limit: FileImport.step)
            })
        {}
        let (categories, first) = try await storage.write(of: owner) { stores in
            var categories = try stores.categories.all(of: owner)
            let names = FileImport.newCategories(rows, besides: categories)
            guard names.count <= FileImport.maxNewCategories else { throw TooManyCategories() }
            for name in names {
                let color = CategoryColor.allCases[categories.count % CategoryColor.allCases.count]
                let id = try stores.categories.insert(name: name, color: color, owner: owner)
                categories.append(Category(id: id, name: name, color: color))
            }
            return (categories, try stores.expenses.reserve(rows.count, owner: owner))
        }
        let numbers = Dictionary(categories.map { (searchKey($0.name), $0.id) }) { first, _ in first }
        for start in stride(from: 0, to: rows.count, by: FileImport.step) {
            let expenses = try rows.indices[start...].prefix(FileImport.step).map { index in
                let row = rows[index].row
                guard let category = numbers[searchKey(rows[index].category)] else {
                    throw AppError.notFound
                }
                return Expense(
                    id: Expense.ID(first.rawValue + Int64(index)), amount: row.amount, category: category,
                    day: row.day, description: row.description)
            }
            try await storage.write(of: owner) { try $0.imports.stage(expenses, for: id, owner: owner) }
        }
        try await storage.writeToTheEnd(of: owner) {
            try $0.imports.add(id, first: first, count: rows.count, owner: owner)
        }
    }
}
