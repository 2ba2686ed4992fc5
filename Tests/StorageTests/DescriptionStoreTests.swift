import Expenses
import Storage
import Testing

@Suite struct DescriptionStoreTests {
    let fixture: Fixture
    let storage: Storage
    let ada: User.ID

    init() throws {
        fixture = try Fixture()
        storage = fixture.storage
        ada = fixture.ada
    }

    @Test func `descriptions in use are suggested, the newest first, each spelling as typed last`() throws {
        try fixture.add(1, "Leisure", "Tea")
        try fixture.add(1, "Leisure", "Coffee")
        try fixture.add(1, "Groceries", "TEA")
        try fixture.add(1, "Groceries", "")
        try fixture.add(1, "Groceries", String(repeating: "x", count: 101))
        #expect(try storage.read { try $0.overview.find(of: ada).descriptions } == ["TEA", "Coffee"])
    }

    /// With more names than one write reads, some of them too long to be suggested, and a time in which nothing but removals
    /// comes: the list is read again, at once and in steps.
    @Test(arguments: 1...4) func `those used last are right after any sequence of writes`(seed: Int) throws {
        var source = RandomSource(seed: UInt64(seed))
        var live: [Expense] = []
        var gone: [Expense.ID] = []
        let names = seed.isMultiple(of: 2) ? 50 : 600
        var readInSteps = false
        for step in 1...900 {
            let number = Int.random(in: 0..<names, using: &source)
            let name = "Thing \(number)" + (number % 3 == 0 ? String(repeating: "x", count: 100) : "")
            let kinds = step < 450 ? 0..<4 : step < 600 ? 5..<8 : 0..<8
            switch Int.random(in: kinds, using: &source) {
            case 0...2: live.append(try fixture.add(1, "Leisure", name))
            case 3 where !live.isEmpty:
                let place = Int.random(in: live.indices, using: &source)
                live[place].description = name
                let changed = live[place]
                try storage.writeAndWait { [ada] in try $0.expenses.update(changed, owner: ada, at: noon) }
            case 4 where !gone.isEmpty:
                let id = gone.remove(at: Int.random(in: gone.indices, using: &source))
                live.append(try storage.writeAndWait { [ada] in try $0.expenses.restore(id, owner: ada) })
            case _ where !live.isEmpty:
                // The newest go first, as those of a mistake do.
                let place =
                    step.isMultiple(of: 3) ? Int.random(in: live.indices, using: &source) : live.count - 1
                let id = live.remove(at: place).id
                gone.append(id)
                _ = try storage.writeAndWait { [ada] in try $0.expenses.remove(id, owner: ada, at: noon) }
            default: break
            }
            if try storage.read({ try $0.longWrites.all(of: ada) }) != [] {
                readInSteps = true
                // Others come in between.
                if step % 4 == 0 { _ = try storage.writeAndWait { try $0.longWrites.step(after: nil) } }
            }
            if step % 25 == 0 { #expect(try storage.check().findings == []) }
        }
        #expect(readInSteps == (names > 128))
        try storage.finishLongWrites()
        #expect(try storage.check().findings == [])
        let suggested = try storage.read { try $0.overview.find(of: ada).descriptions }
        #expect(suggested.count >= 12)
    }

    @Test func `no write reads more descriptions than a page needs, however many have gone`() throws {
        try storage.writeAndWait { [ada] stores in
            let category = try stores.categories.all(of: ada)[0].id
            for number in 1...2000 {
                let draft = ExpenseDraft(
                    amount: Money(minorUnits: 5), category: category, day: Fixture.day("2026-10-02"),
                    description: "Thing \(number)" + (number > 20 ? String(repeating: "x", count: 100) : ""))
                _ = try stores.expenses.insert(draft, owner: ada, form: nil, at: noon)
            }
        }
        #expect(try storage.read { try $0.overview.find(of: ada).descriptions.count } == 20)
        // Of twenty short ones ten go, and no other can be suggested.
        for id in 11...20 {
            _ = try storage.writeAndWait { [ada] in
                try $0.expenses.remove(Expense.ID(Int64(id)), owner: ada, at: noon)
            }
        }
        #expect(try storage.read { try $0.longWrites.all(of: ada).map(\.write) } == [.readDescriptions])
        #expect(try storage.check().findings == [])
        try storage.finishLongWrites()
        #expect(
            try storage.read { try $0.overview.find(of: ada).descriptions }
                == (1...10).reversed().map { "Thing \($0)" })
        #expect(try storage.check().findings == [])
    }

    @Test(arguments: [
        ("lunch bar", 2), ("bar lunch ", 2), ("\"lunch bar\"", 1), ("\"bar\" ba", 3), ("strasse", 1),
        ("ODZ l", 1), ("lunch zoo", 0), ("u", 2), ("food", 1), ("a b x", 0), (" ", 6),
    ])
    func `a search finds all words in any order, and what is in quotes as it stands`(
        text: String, count: Int
    ) throws {
        for name in ["Lunch  bar", "BAR, lunch", "Straße", "Łódź", "Fo\u{200B}od", "bar"] {
            try fixture.add(1, "Leisure", name)
        }
        let total = try storage.read { try $0.totals.summary(of: ada, matching: Filter(text: text)).total }
        let page = try storage.read {
            try $0.list.page(of: ada, matching: Filter(text: text), after: nil, limit: 9)
        }
        #expect(total.count == count)
        #expect(page.expenses.count == count)
    }

    @Test func `a description that no expense has any more is not suggested`() throws {
        var typo = try fixture.add(1, "Leisure", "Cofee")
        let tea = try fixture.add(1, "Leisure", "Tea")
        typo.description = "Coffee"
        let corrected = typo
        try storage.writeAndWait { [ada] in
            try $0.expenses.update(corrected, owner: ada, at: noon)
            _ = try $0.expenses.remove(tea.id, owner: ada, at: noon)
        }
        #expect(try storage.read { try $0.overview.find(of: ada).descriptions } == ["Coffee"])
        _ = try storage.writeAndWait { [ada] in try $0.expenses.restore(tea.id, owner: ada) }
        #expect(try storage.read { try $0.overview.find(of: ada).descriptions } == ["Tea", "Coffee"])
    }

    @Test func `the last category goes by description, or else by the newest entry`() throws {
        let (leisure, health) = (
            try fixture.category("Leisure", of: ada), try fixture.category("Health", of: ada)
        )
        #expect(try storage.read { try $0.overview.find(of: ada).lastCategory } == nil)
        try fixture.add(1, "Groceries", on: "2026-11-20", "Café")
        try fixture.add(1, "Leisure", on: "2026-11-19", "CAFE\u{301}")
        try fixture.add(1, "Health", on: "2020-01-01", "Pills")
        #expect(
            try storage.read { try $0.descriptions.lastCategory(of: ada, description: "cafÉ") } == leisure)
        #expect(try storage.read { try $0.descriptions.lastCategory(of: ada, description: "tea") } == nil)
        #expect(try storage.read { try $0.overview.find(of: ada).lastCategory } == health)
    }
}
