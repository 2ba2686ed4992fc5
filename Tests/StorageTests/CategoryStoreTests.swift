import Expenses
import Storage
import TestDatabase
import Testing

@Suite struct CategoryStoreTests {
    let fixture: Fixture
    let storage: Storage
    let ada: User.ID

    init() throws {
        fixture = try Fixture()
        storage = fixture.storage
        ada = fixture.ada
    }

    private func insert(_ name: String) throws -> Expenses.Category.ID {
        try storage.writeAndWait { [ada] in
            try $0.categories.insert(name: name, color: .teal, owner: ada)
        }
    }

    @Test func `a new category comes last and is found by number and name`() throws {
        let id = try insert("Café")
        let category = Category(id: id, name: "Café", color: .teal)
        #expect(try storage.read { try $0.categories.all(of: ada).last } == category)
        #expect(try storage.read { try $0.categories.find(id, owner: ada) } == category)
        for name in ["Café", "CAFÉ", "cafe\u{301}", "cafe", "Ca\u{200B}fé "] {
            #expect(try storage.read { try $0.categories.find(named: name, owner: ada) } == category)
        }
        #expect(try storage.read { try $0.categories.find(named: "caf", owner: ada) } == nil)
    }

    @Test func `a name that is taken is refused and names the category that has it`() throws {
        let leisure = try fixture.category("Leisure", of: ada)
        let health = try fixture.category("Health", of: ada)
        #expect(throws: CategoryNameTaken(leisure)) { try insert("LEISURE") }
        #expect(throws: CategoryNameTaken(leisure)) {
            try storage.writeAndWait { [ada] in
                try $0.categories.update(Category(id: health, name: "leisure", color: .red), owner: ada)
            }
        }
        #expect(try insert("Leisure 2") != leisure)
    }

    @Test func `a category can change the case of its own name, and its colour`() throws {
        let changed = Category(id: try fixture.category("Leisure", of: ada), name: "LEISURE", color: .olive)
        try storage.writeAndWait { [ada] in try $0.categories.update(changed, owner: ada) }
        #expect(try storage.read { try $0.categories.find(changed.id, owner: ada) } == changed)
        #expect(
            try storage.read { try $0.categories.find(named: "leisure", owner: fixture.bob) }?.name
                == "Leisure")
    }

    @Test func `a removed category hands its expenses over, those in the bin too`() throws {
        let leisure = try fixture.category("Leisure", of: ada)
        let health = try fixture.category("Health", of: ada)
        let live = try fixture.add(100, "Leisure", on: "2026-11-01", "Lunch")
        try fixture.add(50, "Health", on: "2026-11-02", "Pills")
        let deleted = try fixture.add(7, "Leisure", on: "2026-11-01", "Snack")
        let moved = try storage.writeAndWait { [ada] stores in
            _ = try stores.expenses.remove(deleted.id, owner: ada, at: noon)
            return try stores.categories.remove(leisure, movingTo: health, owner: ada)
        }
        try storage.finishLongWrites()
        #expect(moved == 1)
        #expect(try storage.read { try $0.categories.find(leisure, owner: ada) } == nil)
        #expect(try storage.read { try $0.expenses.find(live.id, owner: ada) }?.category == health)
        #expect(
            try storage.read { try $0.bin.page(of: ada, since: 0, limit: 100).expenses }.first?
                .expense.category == health)
        #expect(
            try storage.read { try $0.descriptions.lastCategory(of: ada, description: "lunch") } == health)
        #expect(try storage.read { try $0.categories.expenseCounts(of: ada) } == [health: 2])
        #expect(try storage.check().findings == [])
    }

    @Test func `a category cannot be merged into itself`() throws {
        let leisure = try fixture.category("Leisure", of: ada)
        #expect(throws: AppError.notFound) {
            try storage.writeAndWait { [ada] in
                try $0.categories.remove(leisure, movingTo: leisure, owner: ada)
            }
        }
    }

    @Test func `expenses are counted by category`() throws {
        #expect(try storage.read { try $0.categories.expenseCounts(of: ada) } == [:])
        for month in 1...3 { try fixture.add(5, "Leisure", on: "2026-0\(month)-01") }
        try fixture.add(5, "Leisure", of: fixture.bob)
        let leisure = try fixture.category("Leisure", of: ada)
        #expect(try storage.read { try $0.categories.expenseCounts(of: ada) } == [leisure: 3])
    }

    /// Two of one name, as an earlier release could make them; returns the second.
    private func makeTwin(of name: String) throws -> Expenses.Category.ID {
        let twin = try insert("Twin")
        try RawDatabase(fixture.path).execute(
            """
            UPDATE categories SET name = '\(name.uppercased())', name_key = '\(name.lowercased())' || \(
                TestDatabase.isFile ? "char(1)" : "chr(1)") || id
            WHERE id = \(twin) AND owner = \(ada)
            """)
        #expect(try storage.check().findings == [])
        return twin
    }

    @Test(arguments: [true, false])
    func `of two of one name the second is found when the first is gone or has another`(isMerged: Bool) throws
    {
        let leisure = try fixture.category("Leisure", of: ada)
        let twin = try makeTwin(of: "Leisure")
        let third = try makeTwin(of: "Leisure")
        #expect(try storage.read { try $0.categories.find(named: "leisure", owner: ada) }?.id == leisure)
        if isMerged {
            let health = try fixture.category("Health", of: ada)
            _ = try storage.writeAndWait { [ada] in
                try $0.categories.remove(leisure, movingTo: health, owner: ada)
            }
            try storage.finishLongWrites()
        } else {
            try storage.writeAndWait { [ada] in
                try $0.categories.update(
                    Category(id: leisure, name: "Fun", color: .teal), owner: ada)
            }
        }
        #expect(try storage.read { try $0.categories.find(named: "leisure", owner: ada) }?.id == twin)
        #expect(throws: CategoryNameTaken(twin)) { try insert("leisure") }
        #expect(third != twin)
        #expect(try storage.check().findings == [])
    }

    @Test func `one that its name does not find is told and put right`() throws {
        let leisure = try fixture.category("Leisure", of: ada)
        let twin = try makeTwin(of: "Leisure")
        try RawDatabase(fixture.path).execute(
            "DELETE FROM categories WHERE owner = \(ada) AND id = \(leisure)")
        #expect(
            try storage.check().findings == ["categories: user \(ada): \(twin) cannot be found by its name"])
        #expect(try storage.repair().after == [])
        #expect(try storage.read { try $0.categories.find(named: "leisure", owner: ada) }?.id == twin)
    }

    @Test(arguments: ["insert", "update", "restore", "stage"])
    func `what is put into a category that is being merged goes to the other one`(how: String) throws {
        let ada = ada
        let (leisure, health) = (
            try fixture.category("Leisure", of: ada), try fixture.category("Health", of: ada)
        )
        for _ in 0..<1200 { try fixture.add(1, "Leisure") }
        var other = try fixture.add(2, "Groceries", "Other")
        let binned = try fixture.add(2, "Leisure", "Binned")
        _ = try storage.writeAndWait { try $0.expenses.remove(binned.id, owner: ada, at: noon) }
        _ = try storage.writeAndWait { try $0.categories.remove(leisure, movingTo: health, owner: ada) }
        other.category = leisure
        let id: Expense.ID
        switch how {
        case "insert":
            let draft = ExpenseDraft(
                amount: other.amount, category: leisure, day: other.day, description: "New")
            id = try storage.writeAndWait {
                try $0.expenses.insert(draft, owner: ada, form: nil, at: noon).id
            }
        case "update":
            id = other.id
            try storage.writeAndWait { [other] in try $0.expenses.update(other, owner: ada, at: noon) }
        case "restore":
            id = binned.id
            let restored = try storage.writeAndWait { try $0.expenses.restore(binned.id, owner: ada) }
            #expect(restored.category == health)
        default:
            id = try storage.writeAndWait { [other] stores in
                let id = try stores.imports.begin(size: 0, owner: ada, at: noon)
                let first = try stores.expenses.reserve(1, owner: ada)
                let expense = Expense(
                    id: first, amount: other.amount, category: leisure, day: other.day, description: "")
                try stores.imports.stage([expense], for: id, owner: ada)
                try stores.imports.add(id, first: first, count: 1, owner: ada)
                return first
            }
        }
        #expect(try storage.read { try $0.longWrites.all(of: ada) } != [])
        #expect(try storage.read { try $0.expenses.find(id, owner: ada) }?.category == health)
        try storage.finishLongWrites()
        #expect(try storage.read { try $0.categories.find(leisure, owner: ada) } == nil)
        #expect(try storage.check().findings == [])
    }
}
