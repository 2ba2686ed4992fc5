import Demo
import Expenses
import Storage
import TestDatabase
import Testing

@Suite struct DemoDataTests {
    let directory = TemporaryDirectory()
    let today = Fixture.day("2026-11-22")

    private func filled(_ name: String, users: Int, expenses: Int) throws -> Storage {
        let storage = try Storage(path: directory.file(name))
        try DemoData(users: users, expenses: expenses, passwordHash: "hash", today: today).fill(storage)
        return storage
    }

    private func all(_ login: String, in storage: Storage) throws -> [Expense] {
        try storage.read { stores in
            guard let user = try stores.users.find(login: login)?.user else { return [] }
            var expenses: [Expense] = []
            try stores.list.forEach(of: user.id, matching: Filter()) { expenses.append($0) }
            return expenses
        }
    }

    @Test func `every user has as many expenses as asked for, over the last 36 months, newest numbers last`()
        throws
    {
        let storage = try filled("a", users: 2, expenses: 1500)
        #expect(try RawDatabase(storage.path).integer("SELECT count(*) FROM users") == 2)
        #expect(try storage.check().findings == [])
        for login in ["demo1", "demo2@example.com"] {
            let expenses = try all(login, in: storage)
            #expect(expenses.count == 1500)
            #expect(expenses.allSatisfy { $0.day > Fixture.day("2023-11-22") && $0.day <= today })
            #expect(Set(expenses.map { MonthCalendar.civil.month(of: $0.day) }).count == 37)
            #expect(expenses.map(\.id.rawValue) == expenses.map(\.id.rawValue).sorted(by: >))
            #expect(Set(expenses.map(\.category)).count == Category.defaults.count)
            #expect(expenses.contains { $0.amount.isRefund })
        }
        #expect(try all("demo1", in: storage) != all("demo2", in: storage))
    }

    @Test func `demo data are the same for the same seed`() throws {
        let first = try all("demo2", in: filled("a", users: 2, expenses: 200))
        #expect(try first == all("demo2", in: filled("b", users: 2, expenses: 200)))
        #expect(first.count == 200)
    }

    @Test(arguments: [0, 1, 7]) func `few expenses are spread as well`(count: Int) throws {
        #expect(try all("demo1", in: filled("a", users: 1, expenses: count)).count == count)
    }

    @Test func `users that exist are refused, and nothing is changed`() throws {
        let storage = try filled("a", users: 1, expenses: 10)
        let before = try storage.contents()
        #expect(throws: DemoData.UsersExist.self) {
            try DemoData(users: 3, expenses: 10, passwordHash: "hash", today: today).fill(storage)
        }
        #expect(try storage.contents() == before)
    }
}
