import Expenses
import Storage
import Testing

/// Bob knows the numbers of everything that is Ada's, and gets nowhere with them.
@Suite struct OwnerTests {
    let fixture: Fixture
    let expense: Expense
    let deleted: Expense
    let category: Expenses.Category.ID
    let bobsCategory: Expenses.Category.ID

    init() throws {
        let fixture = try Fixture()
        self.fixture = fixture
        // Numbers count each user's own: this is one that Bob has not got.
        category = try fixture.storage.writeAndWait {
            try $0.categories.insert(name: "Garden", color: .green, owner: fixture.ada)
        }
        bobsCategory = try fixture.category("Leisure", of: fixture.bob)
        expense = try fixture.add(1240, "Garden", on: "2026-11-01", "Lunch")
        let deleted = try fixture.add(99, "Garden", on: "2026-11-01", "Deleted")
        self.deleted = deleted
        try fixture.storage.writeAndWait { stores in
            _ = try stores.expenses.remove(deleted.id, owner: fixture.ada, at: noon)
            try stores.sessions.insert(.of(fixture.ada, "adas"), refreshHash: [1])
        }
    }

    @Test func `every write with something of someone else's is refused, and changes nothing`() throws {
        let (bob, expense, deleted, category, bobsCategory) = (
            fixture.bob, expense, deleted, category, bobsCategory
        )
        var stolen = expense
        stolen.category = bobsCategory
        let theirs = stolen
        let draft = ExpenseDraft(
            amount: expense.amount, category: category, day: expense.day, description: "Lunch")
        let writes: [(String, @Sendable (Stores) throws -> Void)] = [
            ("update", { try $0.expenses.update(expense, owner: bob, at: noon) }),
            ("update with an own category", { try $0.expenses.update(theirs, owner: bob, at: noon) }),
            ("remove", { _ = try $0.expenses.remove(expense.id, owner: bob, at: noon) }),
            ("remove again", { _ = try $0.expenses.remove(deleted.id, owner: bob, at: noon) }),
            ("restore", { _ = try $0.expenses.restore(deleted.id, owner: bob) }),
            ("restore a live one", { _ = try $0.expenses.restore(expense.id, owner: bob) }),
            ("insert", { _ = try $0.expenses.insert(draft, owner: bob, form: nil, at: noon) }),
            (
                "rename",
                { try $0.categories.update(Category(id: category, name: "Mine", color: .red), owner: bob) }
            ),
            (
                "merge into theirs",
                { _ = try $0.categories.remove(bobsCategory, movingTo: category, owner: bob) }
            ),
            ("merge theirs", { _ = try $0.categories.remove(category, movingTo: bobsCategory, owner: bob) }),
        ]
        let before = try everything()
        for (name, write) in writes {
            #expect(throws: AppError.notFound, "\(name)") { try fixture.storage.writeAndWait(write) }
        }
        #expect(try fixture.storage.writeAndWait { try $0.sessions.revoke("adas", owner: bob) } == false)
        try fixture.storage.writeAndWait { try $0.sessions.revokeAll(of: bob, except: nil) }
        #expect(try everything() == before)
        #expect(try fixture.storage.check().findings == [])
    }

    @Test func `an own expense cannot be put into someone else's category`() throws {
        let bob = fixture.bob
        var mine = try fixture.add(5, "Leisure", "Mine", of: bob)
        mine.category = category
        let changed = mine
        #expect(throws: AppError.notFound) {
            try fixture.storage.writeAndWait { try $0.expenses.update(changed, owner: bob, at: noon) }
        }
    }

    @Test func `every read with something of someone else's finds nothing`() throws {
        let bob = fixture.bob
        try fixture.storage.read { stores in
            let (expenses, list, totals) = (stores.expenses, stores.list, stores.totals)
            let (descriptions, bin) = (stores.descriptions, stores.bin)
            let theirs = Filter(categories: [category])
            var found: [Bool] = []
            found.append(try expenses.find(expense.id, owner: bob) != nil)
            found.append(
                try !list.page(of: bob, matching: Filter(), after: nil, limit: 9).expenses.isEmpty)
            found.append(try !list.page(of: bob, matching: theirs, after: nil, limit: 9).expenses.isEmpty)
            found.append(try totals.summary(of: bob, matching: theirs).total.count > 0)
            found.append(try totals.summary(of: bob, matching: Filter(text: "lunch")).total.count > 0)
            found.append(try totals.months(of: bob) != nil)
            found.append(try !bin.page(of: bob, since: 0, limit: 100).expenses.isEmpty)
            let overview = try stores.overview.find(of: bob)
            found.append(!overview.descriptions.isEmpty)
            found.append(try descriptions.lastCategory(of: bob, description: "Lunch") != nil)
            found.append(overview.lastCategory != nil)
            found.append(overview.months != nil)
            try list.forEach(of: bob, matching: Filter()) { _ in found.append(true) }
            found.append(try stores.categories.find(category, owner: bob) != nil)
            found.append(try stores.categories.all(of: bob).contains { $0.id == category })
            found.append(try !stores.categories.expenseCounts(of: bob).isEmpty)
            found.append(try !stores.sessions.all(of: bob, at: noon).isEmpty)
            #expect(found.count == 15)
            #expect(!found.contains(true))
        }
    }

    /// All that Ada has.
    private func everything() throws -> [String] {
        try fixture.storage.read { stores in
            [
                "\(try stores.list.page(of: fixture.ada, matching: Filter(), after: nil, limit: 9))",
                "\(try stores.bin.page(of: fixture.ada, since: 0, limit: 100).expenses)",
                "\(try stores.categories.all(of: fixture.ada))",
                "\(try stores.sessions.all(of: fixture.ada, at: noon))",
            ]
        }
    }
}

extension Session {
    /// A session that began at noon and lasts for a day.
    static func of(_ owner: User.ID, _ id: String, at time: Int64 = noon) -> Session {
        Session(
            id: id, owner: owner, createdAt: time, lastUsedAt: time, expiresAt: time + 86_400,
            userAgent: "Firefox", address: "192.0.2.1")
    }
}
