import Expenses
import SQLite
import Storage
import TestDatabase
import Testing

@Suite struct TagStoreTests {
    let fixture: Fixture
    var storage: Storage { fixture.storage }
    var ada: User.ID { fixture.ada }

    init() throws {
        fixture = try Fixture()
    }

    private func tags(of owner: User.ID? = nil) throws -> [TagUse] {
        try storage.read { try $0.tags.page(of: owner ?? ada, limit: .max).tags }
    }

    @Test func `each tag has its count, its total and its months, and the name that was typed last`() throws {
        try fixture.add(100, on: "2026-09-30", "Hotel #trip")
        try fixture.add(200, on: "2026-10-01", "hotel #TRIP")
        try fixture.add(-50, on: "2026-10-02", "Back #Trip #home")
        try fixture.add(400, on: "2026-10-03", "Invoice #12")
        try fixture.add(800, on: "2026-10-03", "#trip", of: fixture.bob)
        let found = try tags()
        #expect(found.map(\.name) == ["home", "Trip"])
        #expect(found.map(\.total.count) == [1, 3])
        #expect(found.map(\.total.amount.minorUnits) == [-50, 250])
        #expect(found[1].months.map(\.month.number) == [202_610, 202_609])
        #expect(try storage.read { try $0.tags.name(of: "trip", owner: ada) } == "Trip")
        #expect(try storage.read { try $0.tags.find("none", owner: ada) } == nil)
    }

    @Test func `tags come in pages, by their keys`() throws {
        for name in ["b", "a", "é", "c"] { try fixture.add(1, on: "2026-10-01", "#" + name) }
        let first = try storage.read { try $0.tags.page(of: ada, limit: 3) }
        #expect(first.tags.map(\.key) == ["a", "b", "c"] && first.hasMore)
        let rest = try storage.read { try $0.tags.page(of: ada, after: "c", limit: 3) }
        #expect(rest.tags.map(\.name) == ["é"] && !rest.hasMore)
    }

    @Test func `an expense with a known description adds no row`() throws {
        for _ in 0..<5 { try fixture.add(1, on: "2026-10-01", "Lunch #work") }
        try fixture.add(1, on: "2026-10-01", "Lunch")
        #expect(try RawDatabase(fixture.path).integer("SELECT count(*) FROM description_tags") == 1)
    }

    /// Compared with a look at each expense.
    @Test(arguments: 1...4) func `a filter finds what has all of its tags`(seed: Int) throws {
        var source = RandomSource(seed: UInt64(seed))
        var live: [Expense] = []
        let words = ["#a", "#B", "#é", "tea", "a#b", "#12"]
        for _ in 0..<200 {
            let text = (0..<3).map { _ in words.randomElement(using: &source)! }.joined(separator: " ")
            let day =
                "2026-\(Int.random(in: 10...12, using: &source))-\(Int.random(in: 10...28, using: &source))"
            switch Int.random(in: 0..<4, using: &source) {
            case 0 where !live.isEmpty:
                let place = live.indices.randomElement(using: &source)!
                live[place].description = text
                let changed = live[place]
                try storage.writeAndWait { [ada] in try $0.expenses.update(changed, owner: ada, at: noon) }
            case 1 where !live.isEmpty:
                let id = live.remove(at: live.indices.randomElement(using: &source)!).id
                _ = try storage.writeAndWait { [ada] in try $0.expenses.remove(id, owner: ada, at: noon) }
            default: live.append(try fixture.add(1, "Leisure", on: day, text))
            }
        }
        #expect(try storage.check().findings == [])
        func compare() throws {
            for tags in [["a"], ["b", "a"], ["e"], ["x"], ["a", "b", "e"]] {
                for filter in [
                    Filter(tags: tags), Filter(text: "tea", tags: tags), Filter(monthOfYear: 11, tags: tags),
                    Filter(from: Fixture.day("2026-10-15"), through: Fixture.day("2026-10-31"), tags: tags),
                    Filter(categories: [try fixture.category("Leisure", of: ada)], tags: tags),
                ] {
                    let expected = live.filter { expense in
                        Set(tags).isSubset(of: Tag.keys(in: expense.description))
                            && (filter.text.isEmpty || expense.description.contains("tea"))
                            && (filter.from...filter.through).contains(expense.day)
                            && (filter.monthOfYear == nil || filter.monthOfYear == expense.day.month)
                    }
                    try storage.read { stores in
                        let page = try stores.list.page(of: ada, matching: filter, after: nil, limit: 500)
                        #expect(Set(page.expenses.map(\.id)) == Set(expected.map(\.id)))
                        #expect(try stores.totals.total(of: ada, matching: filter).count == expected.count)
                        var count = 0
                        try stores.list.forEach(of: ada, matching: filter) { _ in count += 1 }
                        #expect(count == expected.count)
                    }
                }
            }
        }
        try compare()
        // As after a change of the schema: a filter is right at once, and everything after some steps.
        let before = try tags()
        try RawDatabase(fixture.path).execute(
            "DELETE FROM description_tags; INSERT INTO long_writes (owner, kind, subject, target) VALUES (\(ada), 'read tags', 0, 0)"
        )
        try compare()
        #expect(try storage.check().findings == [])
        #expect(try storage.read { try !$0.tags.isComplete(of: ada) })
        live.append(try fixture.add(1, "Leisure", on: "2026-10-01", "new #a #new"))
        try storage.finishLongWrites()
        try compare()
        #expect(try storage.read { try $0.tags.isComplete(of: ada) })
        #expect(try tags().count == before.count + 1)
        #expect(try storage.check().findings == [])
    }

    @Test(arguments: [
        "DELETE FROM description_tags", "INSERT INTO description_tags VALUES (1, 'x', 1)",
        "UPDATE description_tags SET tag = 'x'",
    ])
    func `wrong tags are found and put right`(damage: String) throws {
        try fixture.add(100, on: "2026-10-01", "Hotel #trip")
        let before = try tags()
        try RawDatabase(fixture.path).execute(damage)
        let (found, left) = try storage.repair()
        #expect(found.count == 1 && found.first?.contains("of their tags are missing") == true)
        #expect(left == [])
        #expect(try tags() == before)
    }
}
