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
        /// Nil where there are no names of columns, or none that matter.
        let heading: ImportHeading?
        /// What was chosen about the reading.
        let choices: ImportChoices
        /// Whether that was for an earlier file with the same headings.
        let isRemembered: Bool
        let preview: ImportPreview
        /// The account's own.
        let categories: [Category]
        /// The category that went with each payee last, by `ImportReading.payeeKey`.
        let lastCategories: [String: Category.ID]
    }

    /// How a file with these names of columns was read; with nothing chosen, as it shows itself.
    struct Layout: Sendable {
        let heading: ImportHeading
        let choices: ImportChoices
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
        /// Whether it can be taken back: once all of its rows are staged.
        var canBeUndone = false
    }

    /// Rows staged in one write.
    private static let step = ImportStore.rowsInAWrite
    /// Rows that a page waits for; of more it tells how far they have come.
    static let maxAwaited = 5_000

    private let storage: Storage
    /// For short questions to the database.
    private let workers: WorkerPool
    /// Each file that is read takes some ten times its size of memory, hence two at a time. Users take turns.
    private let readers = WorkerPool(threads: 2, queue: 64, queuePerOwner: 4)
    /// What is being staged here, one import of each owner at a time.
    private let staging = Mutex<[User.ID: Progress]>([:])

    init(_ storage: Storage, _ workers: WorkerPool) {
        self.storage = storage
        self.workers = workers
    }

    /// What the file is, where it is of a kind that cannot be imported.
    func foreignFile(_ file: StoredBytes, for user: User) async throws -> ForeignFile? {
        try await workers.run(for: "user \(user.id)") { ForeignFile(try file.read(4096, at: 0)) }
    }

    /// Keeps the file, private to its owner. Throws `AppError.busy` where there is no room.
    func upload(_ file: StoredBytes, owner: User.ID, at now: Int64) async throws -> UploadedFile.ID {
        // Files that make room for it go in steps.
        let id = try await storage.writeAndGoOn(of: owner) {
            try $0.imports.begin(size: file.count, owner: owner, at: now)
        }
        for (number, start) in stride(from: 0, to: file.count, by: ImportStore.piece).enumerated() {
            let piece = try await workers.run(for: "user \(owner)") {
                try file.read(ImportStore.piece, at: start)
            }
            try await storage.write(of: owner) {
                try $0.imports.append(piece, number: number, to: id, owner: owner)
            }
        }
        return id
    }

    /// Reads a file that was uploaded, and makes something of it, on a thread for that. Throws `AppError.notFound`,
    /// `WorkerPool.Full` and `ImportReading.TooManyRows`.
    func read<Value: Sendable>(
        _ id: UploadedFile.ID, for user: User, _ form: ImportForm,
        _ body: @escaping @Sendable (Contents) throws -> Value
    ) async throws -> Value {
        let storage = storage
        return try await readers.run(for: "user \(user.id)") {
            let file = try storage.read { try $0.imports.bytes(of: id, owner: user.id) }
            return try body(try Contents(of: file, for: user, form, in: storage))
        }
    }

    /// The same for a file that is not stored in the database.
    func read<Value: Sendable>(
        _ file: StoredBytes, for user: User, _ form: ImportForm,
        _ body: @escaping @Sendable (Contents) throws -> Value
    ) async throws -> Value {
        let storage = storage
        return try await readers.run(for: "user \(user.id)") {
            try body(try Contents(of: try file.all(), for: user, form, in: storage))
        }
    }

    /// Those of the names that the owner has not got yet, as they are written first.
    static func newCategories(_ names: some Sequence<String>, besides categories: [Category]) -> [String] {
        var known = Set(categories.map { searchKey($0.name) })
        var new: [String] = []
        var seen: Set<String> = []
        for name in names where seen.insert(name).inserted && known.insert(searchKey(name)).inserted {
            new.append(name)
        }
        return new
    }

    /// How far the import has come; nil where it is not being added.
    func progress(of id: UploadedFile.ID, owner: User.ID) async throws -> Progress? {
        let storage = storage
        let moving: Progress? = try await workers.run(for: "user \(owner)") {
            try storage.read { stores in
                guard let rest = try stores.imports.rest(of: id, owner: owner),
                    let total = try stores.imports.find(id, owner: owner)?.added
                else { return nil }
                return Progress(id: id, total: total, added: total - rest, canBeUndone: true)
            }
        }
        return moving ?? staging.withLock { $0[owner] }.flatMap { $0.id == id ? $0 : nil }
    }

    /// Whether this import is being added by a request that is under way.
    func isStaging(_ id: UploadedFile.ID, owner: User.ID) -> Bool {
        staging.withLock { $0[owner]?.id == id }
    }

    /// Adds the rows, in that order, all or none: once they are staged, nothing but a full disk keeps them out, and many
    /// follow by themselves. Throws `AlreadyAdding` while an import of this owner is being added,
    /// `AppError.tooMany(.categories)`, and `AppError.notFound` where the file has been added already.
    func add(_ rows: [Chosen], from id: UploadedFile.ID, owner: User.ID) async throws {
        try await add(rows, from: id, owner: owner, isAwaited: rows.count <= FileImport.maxAwaited)
    }

    private func add(
        _ rows: [Chosen], from id: UploadedFile.ID, owner: User.ID, isAwaited: Bool
    ) async throws {
        let other = staging.withLock { staging in
            if let other = staging[owner] { return UploadedFile.ID?.some(other.id) }
            staging[owner] = Progress(id: id, total: rows.count)
            return nil
        }
        if let other { throw AlreadyAdding(id: other) }
        defer { staging.withLock { $0[owner] = nil } }
        try expectNoneIsMoving(owner)
        let first = try await stage(rows, from: id, owner: owner)
        let move: @Sendable (Stores) throws -> Void = {
            try $0.imports.add(id, first: first, count: rows.count, owner: owner)
        }
        if isAwaited {
            try await storage.writeToTheEnd(of: owner, move)
        } else {
            try await storage.writeAndGoOn(of: owner, move)
        }
    }

    /// Throws `AlreadyAdding` where rows that were staged, by whichever request, are not all in the list yet.
    private func expectNoneIsMoving(_ owner: User.ID) throws {
        for state in try storage.read({ try $0.longWrites.all(of: owner) }) {
            if case .addImport(let id) = state.write { throw AlreadyAdding(id: id) }
        }
    }

    /// The same for rows of a file that is not stored. Returns whether all of them are in the list: what has stopped on the
    /// way goes on by itself, or is taken back.
    func add(_ rows: [Chosen], owner: User.ID, at now: Int64) async throws -> Bool {
        if let other = staging.withLock({ $0[owner] }) { throw AlreadyAdding(id: other.id) }
        try expectNoneIsMoving(owner)
        let id = try await storage.write(of: owner) {
            try $0.imports.begin(size: 0, owner: owner, at: now)
        }
        try await add(rows, from: id, owner: owner, isAwaited: true)
        guard try await progress(of: id, owner: owner) == nil else { return false }
        return try storage.read { try $0.imports.find(id, owner: owner) }?.added != nil
    }

    /// The next file with the same headings is read in the same way, unless that cannot be kept: the rows have been added,
    /// and nothing else is to be said of them.
    func remember(_ layout: Layout, owner: User.ID, at now: Int64) async {
        try? await storage.write(of: owner) {
            try $0.imports.remember(
                layout.choices.fields.urlEncoded, for: layout.heading.text, owner: owner, at: now)
        }
    }

    /// Returns the number of the first.
    private func stage(
        _ rows: [Chosen], from id: UploadedFile.ID, owner: User.ID
    ) async throws -> Expense.ID {
        while try await storage.write(
            of: owner,
            {
                try $0.imports.discardRows(of: id, owner: owner, limit: FileImport.step)
            })
        {}
        let (categories, first) = try await storage.write(of: owner) { stores in
            var categories = try stores.categories.all(of: owner)
            let names = FileImport.newCategories(rows.lazy.map(\.category), besides: categories)
            guard names.isEmpty || categories.count + names.count <= Category.most else {
                throw AppError.tooMany(.categories)
            }
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
                let expense = Expense(
                    id: Expense.ID(first.rawValue + Int64(index)), amount: row.amount, category: category,
                    day: row.day, description: row.description)
                return (expense, row.original)
            }
            try await storage.write(of: owner) { try $0.imports.stage(expenses, for: id, owner: owner) }
        }
        return first
    }
}

extension FileImport.Contents {
    /// Payees whose last category is looked up.
    private static let maxPayees = 20_000

    fileprivate init(of file: [UInt8], for user: User, _ form: ImportForm, in storage: Storage) throws {
        let (owner, preferences) = (user.id, user.preferences)
        var choices = form.choices
        let isChosen = !choices.fields.fields.isEmpty
        let mayBeKnown = try storage.read { try $0.imports.hasLayouts(of: owner) }
        heading = mayBeKnown || isChosen ? ImportHeading(of: file, preferences) : nil
        var isRemembered = false
        if let division = form.division {
            // Columns that were chosen under another division into lines and columns mean nothing.
            if !choices.columns.isEmpty,
                division != ImportDivision(of: file, preferences, choices: choices).description
            {
                choices.columns = [:]
            }
        } else if !isChosen, let heading,
            let said = try storage.read({ try $0.imports.layout(heading.text, of: owner) })
        {
            let fields = FormData(urlEncoded: said)
            choices = ImportChoices { fields[$0] }
            isRemembered = true
        }
        (self.choices, self.isRemembered) = (choices, isRemembered)
        var reading = try ImportReading(of: file, preferences, choices: choices)
        lastCategories = try Self.lastCategories(of: owner, in: storage)
        if !reading.isOwnExport { reading.findRefunds(payees: Set(lastCategories.keys)) }
        let rules: [Rule]
        (categories, rules) = try storage.read { stores in
            (try stores.categories.all(of: owner), try stores.rules.all(of: owner))
        }
        reading.apply(Rules(rules), categories)
        preview = ImportPreview(
            reading.rows, known: try Self.known(like: reading.rows, of: owner, in: storage))
        self.reading = reading
    }

    private static func lastCategories(
        of owner: User.ID, in storage: Storage
    ) throws -> [String: Category.ID] {
        let used = try storage.read {
            try $0.descriptions.newestWithCategories(of: owner, limit: maxPayees)
        }
        return Dictionary(used.map { (ImportReading.payeeKey($0.text), $0.category) }) { newest, _ in newest }
    }

    /// The owner's expenses that the rows may be.
    private static func known(
        like rows: [ImportRow], of owner: User.ID, in storage: Storage
    ) throws -> KnownExpenses {
        guard let first = rows.map(\.day).min(), let last = rows.map(\.day).max() else {
            return KnownExpenses()
        }
        var known = KnownExpenses(like: rows)
        var filter = Filter()
        (filter.from, filter.through) = (first, last)
        try storage.read { stores in
            try stores.list.forEach(of: owner, matching: filter) { known.add($0.id, $0.duplicateKey) }
            try stores.bin.forEach(of: owner, from: first, through: last) {
                known.add($0.id, $0.duplicateKey, isDeleted: true)
            }
            try stores.imports.forEachOriginal(of: owner, from: first, through: last) {
                known.add($0, $1, isOriginal: true, isDeleted: $2)
            }
        }
        return known
    }
}
