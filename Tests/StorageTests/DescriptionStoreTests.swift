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
