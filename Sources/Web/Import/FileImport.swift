import Expenses
import HTTP
import Platform
import Storage
import Synchronization

/// Stores an uploaded file, reads it, and adds its rows: in steps that let other writes through.
final class FileImport: Sendable {
    /// A file, what was found out about it, and its rows beside what is there.
    struct Contents: Sendable {
        let detection: ImportDetection
        let reading: ImportReading
        let preview: ImportPreview
    }

    /// The file would make more new categories than anybody can want.
    struct TooManyCategories: Error {}

    static let mostNewCategories = 100
    /// Where a row without a category goes.
    static let fallback = "Others"
    /// Rows staged in one write.
    private static let step = 100
    /// Files read at a time: each takes some ten times its size.
    private static let mostReading = 2

    private let storage: Storage
    private let workers: WorkerPool
    private let reading = Mutex(0)

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

    /// Reads a file that was uploaded. Throws `AppError.notFound`, and `AppError.busy` while others are being read.
    func read(_ id: UploadedFile.ID, for user: User, _ choices: ImportChoices) async throws -> Contents {
        let storage = storage
        return try await read(for: user, choices) {
            try storage.read { try $0.imports.bytes(of: id, owner: user.id) }
        }
    }

    /// The same for a file that is not stored.
    func read(
        for user: User, _ choices: ImportChoices, _ file: @escaping @Sendable () throws -> [UInt8]
    ) async throws -> Contents {
        let mayRead = reading.withLock { reading in
            guard reading < FileImport.mostReading else { return false }
            reading += 1
            return true
        }
        guard mayRead else { throw AppError.busy(retryAfter: 5) }
        defer { reading.withLock { $0 -= 1 } }
        let storage = storage
        return try await workers.run(for: "user \(user.id)") {
            let bytes = try file()
            let detection = choices.detection(of: bytes, user.preferences)
            let reading = ImportReading(of: bytes, in: detection.format, user.preferences)
            let existing = try FileImport.existing(like: reading.rows, of: user.id, in: storage)
            return Contents(
                detection: detection, reading: reading,
                preview: ImportPreview(reading.rows, existing: existing))
        }
    }

    /// The owner's expenses that are like one of the rows.
    private static func existing(
        like rows: [ImportRow], of owner: User.ID, in storage: Storage
    ) throws -> [ImportRow.Likeness: Expense.ID] {
        guard let first = rows.map(\.day).min(), let last = rows.map(\.day).max() else { return [:] }
        let wanted = Set(rows.map(\.likeness))
        var filter = Filter()
        (filter.from, filter.through) = (first, last)
        var found: [ImportRow.Likeness: Expense.ID] = [:]
        try storage.read { stores in
            try stores.list.forEach(of: owner, matching: filter) { expense in
                let likeness = expense.likeness
                if wanted.contains(likeness) { found[likeness] = expense.id }
            }
        }
        return found
    }

    /// The names among the rows' categories that the owner has not got yet, as they are written first.
    static func newCategories(_ rows: [ImportRow], besides categories: [Category]) -> [String] {
        var known = Set(categories.map { searchKey($0.name) })
        var names: [String] = []
        var seen: Set<String> = []
        for row in rows {
            let name = row.category.isEmpty ? fallback : row.category
            guard seen.insert(name).inserted, known.insert(searchKey(name)).inserted else { continue }
            names.append(name)
        }
        return names
    }

    /// Adds the rows, in that order, all or none: once they are staged, nothing but a full disk keeps them out. Throws `AppError.notFound` where the file has been added already.
    func add(_ rows: [ImportRow], from id: UploadedFile.ID, owner: User.ID) async throws {
        while try await storage.write(
            of: owner,
            {
                try $0.imports.discardRows(of: id, owner: owner, limit: FileImport.step)
            })
        {}
        let (categories, first) = try await storage.write(of: owner) { stores in
            var categories = try stores.categories.all(of: owner)
            let names = FileImport.newCategories(rows, besides: categories)
            guard names.count <= FileImport.mostNewCategories else { throw TooManyCategories() }
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
                let row = rows[index]
                let name = row.category.isEmpty ? FileImport.fallback : row.category
                guard let category = numbers[searchKey(name)] else { throw AppError.notFound }
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
