import Expenses
import SQLite
import Storage
import TestDatabase
import Testing

/// Changes of many rows: made in steps, each of which leaves a sound database that the next start goes on with.
@Suite struct LongWriteTests {
    let fixture: Fixture
    var storage: Storage { fixture.storage }

    init() throws {
        var options = Storage.Options()
        // Some hundred rows are many steps.
        options.stepLimits.rows = 100
        fixture = try Fixture(options: options)
    }

    /// Adds expenses to one of Ada's categories, under ten different descriptions.
    private func fill(_ count: Int, _ category: String = "Leisure") throws {
        let (ada, draft) = (fixture.ada, try fixture.draft(1, category))
        try storage.writeAndWait { stores in
            for number in 0..<count {
                var draft = draft
                draft.amount = Money(minorUnits: Int64(number + 1))
                draft.description = "Thing \(number % 10)"
                draft.day = Fixture.day("2026-10-\(10 + number % 20)")
                _ = try stores.expenses.insert(draft, owner: ada, form: nil, at: noon)
            }
        }
    }

    /// Makes all steps. After every few of them goes on with a copy of the file, as after a stop of the program: what it
    /// holds is sound then, and in the end the same as without the stop. Returns how many steps there were.
    private func finishWithStops(_ name: String = "stopped") throws -> Int {
        var steps = 0
        var ends: [Contents] = []
        while try storage.writeAndWait({ try $0.longWrites.step(after: nil) }) != nil {
            steps += 1
            guard steps % 3 == 1 else { continue }
            #expect(try storage.check().findings == [])
            guard TestDatabase.isFile else { continue }
            let copy = fixture.directory.file("\(name)\(steps).sqlite")
            _ = try Backup(of: fixture.path, to: copy)
            let started = try Storage(path: copy)
            try started.finishLongWrites()
            #expect(try started.check().findings == [])
            ends.append(try started.contents())
            started.close()
        }
        let end = try storage.contents()
        #expect(ends.allSatisfy { $0 == end })
        return steps
    }

    private func summary(_ filter: Filter = Filter()) throws -> Summary {
        try storage.read { [ada = fixture.ada] in try $0.totals.summary(of: ada, matching: filter) }
    }

    @Test func `a category is merged in steps, and nothing is lost or counted twice`() throws {
        try fill(1500)
        try fill(20, "Health")
        let ada = fixture.ada
        let (leisure, health) = (
            try fixture.category("Leisure", of: ada), try fixture.category("Health", of: ada)
        )
        let deleted = try fixture.add(9, "Leisure", "Deleted")
        _ = try storage.writeAndWait { try $0.expenses.remove(deleted.id, owner: ada, at: noon) }
        let total = try summary().total
        let count = try storage.writeAndWait { stores in
            try stores.categories.remove(leisure, movingTo: health, owner: ada)
        }
        #expect(count == 1500)
        // Somebody goes on adding to it: that moves too.
        let late = ExpenseDraft(
            amount: Money(minorUnits: 7), category: leisure, day: Fixture.day("2026-01-01"),
            description: "Late")
        let added = try storage.writeAndWait {
            try? $0.expenses.insert(late, owner: ada, form: nil, at: noon)
        }
        #expect(throws: AppError.busy(retryAfter: 5)) {
            try storage.writeAndWait { _ = try $0.categories.remove(health, movingTo: leisure, owner: ada) }
        }
        #expect(try finishWithStops() > 3)
        #expect(try storage.read { try $0.categories.find(leisure, owner: ada) } == nil)
        #expect(added != nil)
        #expect(try summary().total == total + Total(count: 1, amount: late.amount))
        #expect(try summary(Filter(categories: [health])).total == summary().total)
        #expect(
            try storage.read { try $0.bin.find(deleted.id, owner: ada) }?.category == health)
        #expect(
            try storage.read { try $0.descriptions.lastCategory(of: ada, description: "thing 3") } == health)
        #expect(try storage.check().findings == [])
    }

    @Test func `a removed user is gone at once for everybody, and in steps from the file`() throws {
        try fill(800)
        let (ada, bob) = (fixture.ada, fixture.bob)
        try fixture.add(5, of: bob)
        try storage.writeAndWait { stores in
            try stores.sessions.insert(.of(ada, "s"), refreshHash: [1])
            try stores.users.remove(ada)
        }
        #expect(try storage.read { try $0.users.find(login: "ada") } == nil)
        #expect(try storage.read { try $0.users.find(login: "ada@example.com") } == nil)
        #expect(try storage.read { try $0.sessions.find("s", at: noon) } == nil)
        // The name is free before the rows are gone.
        let again = try storage.writeAndWait {
            try $0.users.insert(username: "ada", email: "ada@example.com", passwordHash: "h", at: noon)
        }
        #expect(try finishWithStops() > 3)
        let contents = try storage.contents()
        #expect(contents.users == 2)
        #expect(contents.expenses == 1)
        #expect(try storage.read { try $0.users.find(ada) } == nil)
        #expect(try storage.read { try $0.users.find(again.id) } != nil)
        #expect(try storage.check().findings == [])
    }

    @Test func `two imports at once do not pass the quota`() throws {
        var options = Storage.Options()
        options.userQuota = 10
        let fixture = try Fixture(options: options)
        let ada = fixture.ada
        let draft = try fixture.draft(3, "Health", on: "2026-03-04")
        let imports = try (0..<2).map { _ in
            try fixture.storage.writeAndWait { stores in
                let id = try stores.imports.begin(size: 0, owner: ada, at: noon)
                return (id, try stores.expenses.reserve(6, owner: ada))
            }
        }
        for (id, first) in imports {
            try fixture.storage.writeAndWait { stores in
                let expenses = (0..<6).map {
                    Expense(
                        id: Expense.ID(first.rawValue + $0), amount: draft.amount, category: draft.category,
                        day: draft.day, description: "")
                }
                try stores.imports.stage(expenses, for: id, owner: ada)
            }
        }
        func add(_ number: Int) throws {
            let (id, first) = imports[number]
            try fixture.storage.writeAndWait {
                try $0.imports.add(id, first: first, count: 6, owner: ada)
            }
        }
        try add(0)
        #expect(throws: AppError.quotaReached(most: 10)) { try add(1) }
        #expect(try fixture.storage.check().findings == [])
        try fixture.storage.finishLongWrites()
        for _ in 0..<4 { try fixture.add(1) }
        #expect(throws: AppError.quotaReached(most: 10)) { try fixture.add(1) }
        #expect(try fixture.storage.check().findings == [])
    }

    /// Stages rows of a category for an import, without beginning to add it. Returns the import and the first number.
    private func stage(
        _ count: Int, _ category: String, of owner: User.ID
    ) throws -> (id: UploadedFile.ID, first: Expense.ID) {
        let draft = try fixture.draft(3, category, on: "2026-03-04", of: owner)
        return try storage.writeAndWait { stores in
            let id = try stores.imports.begin(size: 0, owner: owner, at: noon)
            let first = try stores.expenses.reserve(count, owner: owner)
            let expenses = (0..<count).map {
                Expense(
                    id: Expense.ID(first.rawValue + Int64($0)), amount: draft.amount,
                    category: draft.category, day: draft.day, description: "")
            }
            try stores.imports.stage(expenses, for: id, owner: owner)
            return (id, first)
        }
    }

    @Test func `a step that fails sets its owner's change aside, and nobody else's`() async throws {
        let (ada, bob) = (fixture.ada, fixture.bob)
        // More than the first step adds.
        let count = 900
        let (id, first) = try stage(count, "Health", of: ada)
        try storage.writeAndWait { try $0.imports.add(id, first: first, count: count, owner: ada) }
        // What is left of Ada's import cannot be added.
        try RawDatabase(fixture.path).execute("UPDATE import_rows SET category = 999999")
        let other = try stage(300, "Health", of: bob)
        try await storage.writeToTheEnd(of: bob) {
            try $0.imports.add(other.id, first: other.first, count: 300, owner: bob)
        }
        #expect(try storage.read { try $0.imports.rest(of: other.id, owner: bob) } == nil)
        // Her other changes go on too.
        let leisure = try fixture.category("Leisure", of: ada)
        let health = try fixture.category("Health", of: ada)
        try fixture.add(1, "Leisure")
        _ = try await storage.writeToTheEnd(of: ada) {
            try $0.categories.remove(leisure, movingTo: health, owner: ada)
        }
        #expect(try storage.read { try $0.categories.find(leisure, owner: ada) } == nil)
        // She and the host are told.
        try await storage.untilLongWritesRest()
        let failure = "a category that it needs is gone"
        #expect(try storage.read { try $0.longWrites.all(of: ada).map(\.failure) } == [failure])
        #expect(
            try storage.check().findings.contains(
                "long writes: user \(ada): add import \(id) cannot go on: \(failure)"))
        // Mended, it goes on with the next sweep.
        try RawDatabase(fixture.path).execute("UPDATE import_rows SET category = \(health.rawValue)")
        try storage.sweep(at: noon)
        try await storage.untilLongWritesAreDone()
        #expect(try summary().total.count == count + 1)
        #expect(try storage.read { try $0.longWrites.all(of: ada) } == [])
        #expect(try storage.check().findings == [])
    }

    @Test func `what is staged while its category is merged goes along`() throws {
        let ada = fixture.ada
        let (leisure, health) = (
            try fixture.category("Leisure", of: ada), try fixture.category("Health", of: ada)
        )
        // The merge has passed what was staged before, and is about to remove the category.
        try RawDatabase(fixture.path).execute(
            """
            INSERT INTO long_writes (owner, kind, subject, target, phase)
            VALUES (\(ada), 'merge category', \(leisure), \(health), 4);
            UPDATE counters SET merging = 1 WHERE owner = \(ada)
            """)
        let (id, first) = try stage(50, "Leisure", of: ada)
        try storage.finishLongWrites()
        try storage.writeAndWait { try $0.imports.add(id, first: first, count: 50, owner: ada) }
        try storage.finishLongWrites()
        #expect(try storage.read { try $0.categories.find(leisure, owner: ada) } == nil)
        #expect(try summary().total.count == 50)
        #expect(try storage.check().findings == [])
    }

    @Test(.timeLimit(.minutes(5)))
    func `a change that is done at once waits for nobody`() async throws {
        let (ada, bob) = (fixture.ada, fixture.bob)
        try fixture.add(1, "Leisure")
        // A category that is merged into itself is never empty: Ada's change goes on for as long as it is there.
        let leisure = try fixture.category("Leisure", of: ada)
        try RawDatabase(fixture.path).execute(
            """
            INSERT INTO long_writes (owner, kind, subject, target)
            VALUES (\(ada), 'merge category', \(leisure), \(leisure));
            UPDATE counters SET merging = 1 WHERE owner = \(ada)
            """)
        try storage.sweep(at: noon)
        let other = try stage(3, "Health", of: bob)
        try await storage.writeToTheEnd(of: bob) {
            try $0.imports.add(other.id, first: other.first, count: 3, owner: bob)
        }
        #expect(try RawDatabase(fixture.path).integer("SELECT count(*) FROM long_writes") == 1)
        try removeLongWrites()
    }

    /// Past the stores; the writer may hold the file at that moment.
    private func removeLongWrites() throws {
        while true {
            do {
                return try RawDatabase(fixture.path).execute("DELETE FROM long_writes")
            } catch let error as SQLiteError where error.isBusy {
                continue
            }
        }
    }

    @Test func `an import is added only where just its own rows are staged`() throws {
        let ada = fixture.ada
        let (id, first) = try stage(20, "Health", of: ada)
        for (first, count) in [(first, 19), (first, 21), (Expense.ID(first.rawValue + 1), 19)] {
            #expect(throws: AppError.busy(retryAfter: 5)) {
                try storage.writeAndWait { try $0.imports.add(id, first: first, count: count, owner: ada) }
            }
        }
        // Some have been taken away by another attempt.
        _ = try storage.writeAndWait { try $0.imports.discardRows(of: id, owner: ada, limit: 7) }
        #expect(throws: AppError.busy(retryAfter: 5)) {
            try storage.writeAndWait { try $0.imports.add(id, first: first, count: 20, owner: ada) }
        }
    }

    @Test(
        .timeLimit(.minutes(2)),
        arguments: [
            "DELETE FROM import_rows WHERE id = (SELECT max(id) FROM import_rows)",
            "UPDATE import_rows SET amount = amount + 1 WHERE id = (SELECT max(id) FROM import_rows)",
            "UPDATE import_rows SET category = 999999 WHERE id = (SELECT max(id) FROM import_rows)",
        ])
    func `an import that cannot be added to its end is taken back, with its reason and its file`(
        damage: String
    ) async throws {
        let ada = fixture.ada
        let before = try fixture.add(3, "Leisure")
        let (id, first) = try stage(1500, "Health", of: ada)
        try storage.writeAndWait { try $0.imports.append([1, 2, 3], number: 0, to: id, owner: ada) }
        try storage.writeAndWait { try $0.imports.add(id, first: first, count: 1500, owner: ada) }
        #expect(try storage.read { try $0.imports.rest(of: id, owner: ada) } != nil)
        try RawDatabase(fixture.path).execute(damage)
        #expect(try !storage.check().findings.isEmpty)
        while try storage.read({ try !$0.longWrites.all(of: ada).isEmpty }) {
            storage.goOnWithLongWrites()
            await Task.yield()
        }
        #expect(try storage.read { try $0.longWrites.all(of: ada) } == [])
        #expect(try summary().total.count == 1)
        #expect(try storage.read { try $0.expenses.find(before.id, owner: ada) } != nil)
        let file = try #require(try storage.read { try $0.imports.find(id, owner: ada) })
        #expect(file.added == nil && file.size == 3 && file.failure != nil)
        #expect(try storage.check().findings == [])
        // It can be added again.
        let again = try storage.writeAndWait { try $0.expenses.reserve(1, owner: ada) }
        let row = Expense(
            id: again, amount: Money(minorUnits: 5), category: before.category, day: before.day,
            description: "")
        try await storage.writeToTheEnd(of: ada) { stores in
            try stores.imports.stage([row], for: id, owner: ada)
            try stores.imports.add(id, first: again, count: 1, owner: ada)
        }
        #expect(try summary().total.count == 2)
        #expect(try storage.read { try $0.imports.find(id, owner: ada) }?.failure == nil)
    }

    @Test func `an import can be taken back while it is being added`() async throws {
        let ada = fixture.ada
        let (id, first) = try stage(1500, "Health", of: ada)
        try storage.writeAndWait { try $0.imports.add(id, first: first, count: 1500, owner: ada) }
        let added = try summary().total.count
        #expect(added > 0 && added < 1500)
        try storage.writeAndWait { try $0.imports.undo(id, owner: ada) }
        #expect(try finishWithStops() > 0)
        #expect(try summary().total.count == 0)
        #expect(try storage.read { try $0.imports.find(id, owner: ada) } == nil)
        #expect(
            try RawDatabase(fixture.path).integer("SELECT expenses FROM counters WHERE owner = \(ada)") == 0)
        #expect(try storage.check().findings == [])
    }

    @Test(.enabled(if: TestDatabase.isFile))
    func `an import that fills the disk stops in time, and can be taken back there`() async throws {
        var options = Storage.Options()
        options.maxPages = 150
        let fixture = try Fixture(options: options)
        let (storage, ada) = (fixture.storage, fixture.ada)
        let draft = try fixture.draft(3, "Health", on: "2026-03-04", of: ada)
        let id = try storage.writeAndWait { try $0.imports.begin(size: 0, owner: ada, at: noon) }
        let count = 2000
        let first = try storage.writeAndWait { try $0.expenses.reserve(count, owner: ada) }
        try storage.writeAndWait { stores in
            let expenses = (0..<count).map {
                Expense(
                    id: Expense.ID(first.rawValue + Int64($0)), amount: draft.amount,
                    category: draft.category, day: draft.day, description: "Some long text number \($0)")
            }
            try stores.imports.stage(expenses, for: id, owner: ada)
        }
        try await storage.writeToTheEnd(of: ada) {
            try $0.imports.add(id, first: first, count: count, owner: ada)
        }
        try await storage.untilLongWritesRest()
        let rest = try storage.read { try $0.imports.rest(of: id, owner: ada) }
        #expect(rest != nil && rest != 0)
        #expect(try storage.read { try $0.longWrites.all(of: ada).map(\.failure) } == ["the disk is full"])
        // What is small goes on.
        try fixture.add(1, "Leisure")
        try await storage.writeToTheEnd(of: ada) { try $0.imports.undo(id, owner: ada) }
        #expect(try storage.read { try $0.longWrites.all(of: ada) } == [])
        #expect(try storage.read { try $0.totals.summary(of: ada, matching: Filter()) }.total.count == 1)
        #expect(try storage.check().findings == [])
    }

    @Test func `a change that has gone from the table of long writes delays no other`() async throws {
        let ada = fixture.ada
        let (id, first) = try stage(1500, "Health", of: ada)
        // The account is removed while an import is being added: who waits for the import is told.
        async let added: Void = storage.writeToTheEnd(of: ada) {
            try $0.imports.add(id, first: first, count: 1500, owner: ada)
        }
        try await storage.writeToTheEnd(of: ada) { try $0.users.remove(ada) }
        try? await added
        #expect(try storage.contents().users == 1)
        #expect(try storage.check().findings == [])
    }

    @Test func `an import is added and taken back in steps`() throws {
        let ada = fixture.ada
        try fill(10)
        let before = try summary()
        let draft = try fixture.draft(3, "Health", on: "2026-03-04", "Thing 3")
        let count = TestDatabase.isFile ? 1200 : 20_000
        let id = try storage.writeAndWait { stores in
            let id = try stores.imports.begin(size: 2, owner: ada, at: noon)
            try stores.imports.append([1, 2], number: 0, to: id, owner: ada)
            let first = try stores.expenses.reserve(count, owner: ada)
            let expenses = (0..<count).map { number in
                Expense(
                    id: Expense.ID(first.rawValue + Int64(number)), amount: draft.amount,
                    category: draft.category, day: draft.day, description: "Imported \(number % 50)")
            }
            try stores.imports.stage(expenses, for: id, owner: ada)
            try stores.imports.add(id, first: first, count: count, owner: ada)
            return id
        }
        #expect(try finishWithStops() > 3)
        #expect(try summary().total.count == 10 + count)
        #expect(try summary(Filter(text: "imported")).total.count == count)
        #expect(try storage.read { try $0.imports.remaining(of: id, owner: ada) }.live == count)
        let moved = try #require(
            try storage.read {
                try $0.list.page(of: ada, matching: Filter(text: "imported"), after: nil, limit: 1)
            }.expenses.first)
        _ = try storage.writeAndWait { try $0.expenses.remove(moved.id, owner: ada, at: noon) }
        try storage.writeAndWait { try $0.imports.undo(id, owner: ada) }
        #expect(try finishWithStops("undone") > 3)
        #expect(try summary() == before)
        #expect(try storage.read { try $0.bin.find(moved.id, owner: ada) } == nil)
        #expect(try storage.read { try $0.imports.find(id, owner: ada) } == nil)
        #expect(try storage.check().findings == [])
    }

    @Test func `imported rows that were deleted go to the bin`() throws {
        let ada = fixture.ada
        let draft = try fixture.draft(3, "Health", on: "2026-03-04", "Gone")
        try storage.writeAndWait { stores in
            let id = try stores.imports.begin(size: 0, owner: ada, at: noon)
            let first = try stores.expenses.reserve(2, owner: ada)
            func expense(_ id: Expense.ID) -> Expense {
                Expense(
                    id: id, amount: draft.amount, category: draft.category, day: draft.day,
                    description: draft.description)
            }
            let last = Expense.ID(first.rawValue + 1)
            try stores.imports.stage(
                [DeletedExpense(expense: expense(first), deletedAt: noon - 5)], for: id, owner: ada)
            try stores.imports.stage([expense(last)], for: id, owner: ada)
            try stores.imports.add(id, first: first, count: 2, owner: ada)
        }
        try storage.finishLongWrites()
        #expect(try summary().total == Total(count: 1, amount: draft.amount))
        let bin = try storage.read { try $0.bin.page(of: ada, since: 0, limit: 9).expenses }
        #expect(bin.map(\.deletedAt) == [noon - 5])
        #expect(try storage.check().findings == [])
    }

    @Test func `a waiter is told when its long write is done, and others write meanwhile`() async throws {
        try fill(1500)
        let (ada, bob) = (fixture.ada, fixture.bob)
        let (leisure, health) = (
            try fixture.category("Leisure", of: ada), try fixture.category("Health", of: ada)
        )
        let draft = try fixture.draft(1, "Leisure", of: bob)
        async let merged = storage.writeToTheEnd(of: ada) {
            try $0.categories.remove(leisure, movingTo: health, owner: ada)
        }
        for _ in 0..<20 {
            _ = try await storage.write(of: bob) {
                try $0.expenses.insert(draft, owner: bob, form: nil, at: noon)
            }
        }
        #expect(try await merged == 1500)
        #expect(try storage.read { try $0.categories.find(leisure, owner: ada) } == nil)
        #expect(try storage.read { try $0.totals.summary(of: bob, matching: Filter()) }.total.count == 20)
        // With nothing to wait for it returns at once.
        #expect(try await storage.writeToTheEnd(of: ada) { _ in 1 } == 1)
        #expect(try storage.check().findings == [])
    }

    @Test func `a long write that a stop has interrupted goes on at the next start`() async throws {
        try fill(1500)
        let (ada, path) = (fixture.ada, fixture.path)
        try storage.writeAndWait { try $0.users.remove(ada) }
        #expect(try storage.contents().expenses > 0)
        storage.close()
        let started = try Storage(path: path)
        let left = try started.contents().expenses
        #expect(left > 0)
        #expect(try started.check().findings == [])
        #expect(try started.contents().expenses == left)
        try started.sweep(at: noon)
        try await started.untilLongWritesAreDone()
        #expect(try started.contents().users == 1)
        #expect(try started.check().findings == [])
    }
}
