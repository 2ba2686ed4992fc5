import Expenses
import HTTP
import Platform
import Storage
import Testing
import Web

@Suite struct DownloadTests {
    @Test func `the file has the rows of the filtered list, in its order, all pages of them`() async throws {
        let ada = try await TestApp().loggedIn()
        for number in 1...60 {
            let day = number % 28 > 18 ? 11 : 12
            _ = await ada.post(
                "/expenses",
                [
                    "amount": "\(number),50", "category": "1", "date": "2026-10-\(day)",
                    "description": "October \(number)",
                ])
        }
        _ = await ada.post(
            "/expenses",
            ["amount": "-3", "category": "6", "date": "2026-11-20", "description": "=refund, \"half\""])

        let all = await ada.get("/expenses.csv")
        #expect(all.status == 200)
        #expect(all.headers["Content-Type"]?.hasPrefix("text/csv; charset=utf-8") == true)
        #expect(all.headers["Content-Disposition"] == "attachment; filename=\"expenses.csv\"")
        let lines = all.body.split(separator: "\r\n", omittingEmptySubsequences: false)
        #expect(lines.count == 63)
        #expect(lines[0] == "date,amount,category,description")
        #expect(lines[1] == "2026-11-20,-3.00,Health,\"'=refund, \"\"half\"\"\"")
        #expect(lines[62] == "")
        #expect(Set(lines[2..<62].map { $0.split(separator: ",")[3] }).count == 60)
        let days = lines[2..<62].map { String($0.prefix(10)) }
        #expect(days == days.sorted(by: >))

        // Where a page of the list ends means nothing here.
        let found = await ada.get("/expenses.csv?category=1&month=10&q=%22OCTOBER+6%22&after=20261001.1")
        #expect(found.body.split(separator: "\r\n").count == 3)
    }

    @Test func `a spreadsheet gets the delimiter and the decimal mark of the account`() async throws {
        let euro = try #require(Currency(code: "EUR"))
        let german = Preferences(
            currency: euro, numberFormat: .pointComma, zone: "Europe/Berlin", firstWeekday: .monday)
        let app = try TestApp()
        for (name, preferences, lines) in [
            (
                "ada", german,
                "Date;Amount;Category;Description\r\n2026-11-20;1234,50;Leisure;\"a;b\"\r\n2026-11-19;-3,00;Leisure;x,y\r\n"
            ),
            (
                "bob", Preferences(),
                "Date,Amount,Category,Description\r\n2026-11-20,1234.50,Leisure,a;b\r\n2026-11-19,-3.00,Leisure,\"x,y\"\r\n"
            ),
        ] {
            let account = try await Account(in: app, name, preferences)
            try await account.spend(-300, "Leisure", on: "2026-11-19", "x,y")
            try await account.spend(123_450, "Leisure", on: "2026-11-20", "a;b")
            let file = await account.browser.get("/expenses.csv?for=spreadsheet").body
            #expect(Array(file.utf8) == [0xEF, 0xBB, 0xBF] + Array(lines.utf8))
            #expect(await account.browser.get("/account/data").body.contains("/expenses.csv?for=spreadsheet"))
        }
    }

    @Test func `the dashboard leads to the file of what it shows`() async throws {
        let ada = try await TestApp().loggedIn()
        #expect(!(await ada.get("/expenses").body.contains("/expenses.csv")))
        _ = await ada.post("/expenses", ["amount": "5", "category": "1", "date": "2026-11-20"])
        #expect(await ada.get("/expenses?category=1").body.contains("href=\"/expenses.csv?category=1\""))
        #expect(await ada.get("/account/delete").body.contains("href=\"/expenses.csv\""))
    }

    @Test func `nobody gets another's file`() async throws {
        let app = try TestApp()
        let ada = try await app.loggedIn()
        _ = await ada.post("/expenses", ["amount": "5", "date": "2026-11-20", "description": "secret"])
        let eve = try await app.loggedIn(as: "eve")
        #expect(await eve.get("/expenses.csv").body == "date,amount,category,description\r\n")
        #expect(await app.browser().get("/expenses.csv").location == "/login?next=%2Fexpenses.csv")
    }

    @Test func `the file is of one moment, whatever is written while it is sent`() async throws {
        let account = try await Account(in: TestApp())
        try await account.spend(100, "Health", on: "2026-11-22", "Dentist")
        let response = await account.app.application.respond(
            to: Request(
                method: .get, target: "/expenses.csv",
                headers: ["Cookie": "access_token=\(account.browser.cookie("access_token") ?? "")"]))
        try await account.spend(200, "Health", on: "2026-11-01", "later")
        let category = Expenses.Category(id: account.category("Health"), name: "Doctor", color: .red)
        let owner = account.user.id
        try await account.app.storage.write(of: nil) { try $0.categories.update(category, owner: owner) }
        #expect(
            String(decoding: try response.body.collected(), as: UTF8.self)
                == "date,amount,category,description\r\n2026-11-22,1.00,Health,Dentist\r\n")
    }

    private static let targets = ["/expenses.csv", "/expenses.json", "/account/everything.json"]

    @Test(arguments: targets) func `while many expenses are being changed no file is made`(target: String)
        async throws
    {
        var options = Storage.Options()
        options.stepLimits.rows = 1
        let account = try await Account(in: TestApp(storage: options))
        let owner = account.user.id
        var ids: [Expense.ID] = []
        for _ in 0..<100 { ids.append(try await account.spend(100, on: "2026-11-22", "Lunch")) }
        // As the page does, but nobody makes the steps that follow.
        try await account.app.storage.write(of: owner) { [ids] stores in
            let id = try stores.bulk.prepare(.tag("trip"), owner: owner, at: TestApp.noon)
            try stores.bulk.list(ids, for: id, owner: owner)
            try stores.bulk.begin(id, owner: owner)
        }
        let refused = await account.browser.get(target)
        #expect(refused.status == 503 && refused.headers["Retry-After"] == "5")
        #expect(
            refused.body.contains(
                "Many of your expenses are being changed. A file made now would not be whole. Please try again in 5 seconds."
            ))
        while try await account.app.storage.write(of: nil, { try $0.longWrites.step(after: nil) }) != nil {}
        let file = await account.browser.get(target)
        #expect(file.status == 200 && file.body.ranges(of: "Lunch #trip").count == 100)
    }

    /// Somebody with a file of more than 64 KiB.
    private func hoarder(_ limits: TemporaryFiles.Limits? = nil) async throws -> (
        Account, (String) -> Request
    ) {
        let app = try TestApp { if let limits { $0.temporaryFiles = limits } }
        let account = try await Account(in: app)
        let (owner, category) = (account.user.id, account.category("Others"))
        let day = try #require(Day("2026-11-22"))
        try await app.storage.write(of: nil) { stores in
            for number in 1...1200 {
                let draft = ExpenseDraft(
                    amount: Money(minorUnits: Int64(number)), category: category, day: day,
                    description: String(repeating: "x", count: 60) + "\(number)")
                _ = try stores.expenses.insert(draft, owner: owner, form: nil, at: 0)
            }
        }
        let cookie = try #require(account.browser.cookie("access_token"))
        return (
            account,
            { Request(method: .get, target: $0, headers: ["Cookie": "access_token=\(cookie)"]) }
        )
    }

    @Test(arguments: targets) func `a long file is whole, and nothing of it is left behind`(target: String)
        async throws
    {
        let (account, request) = try await hoarder()
        let response = await account.app.application.respond(to: request(target))
        guard case .file(let slice) = response.body else {
            Issue.record("it is in memory")
            return
        }
        let text = String(decoding: try response.body.collected(), as: UTF8.self)
        #expect(text.utf8.count == slice.count && slice.count > 64 * 1024)
        for number in 1...1200 { #expect(text.contains("x\(number)")) }
        // Unnamed: the folder of the database has the database alone.
        #expect(account.app.folderNames.allSatisfy { $0.hasPrefix("expenses.sqlite") })
        // No reader is left in a transaction: the log of writes can start over.
        #expect(account.app.storage.statistics.readersInUse == 0)
    }

    @Test func `two long files of one user are there at a time, and short ones are not counted`() async throws
    {
        let (account, request) = try await hoarder()
        let app = account.app.application
        var held: [Response] = []
        for _ in 0..<2 { held.append(await app.respond(to: request("/expenses.csv"))) }
        for target in Self.targets {
            let refused = await app.respond(to: request(target))
            #expect(refused.status == .serviceUnavailable)
            #expect(refused.headers["Retry-After"] != nil)
        }
        #expect(await app.respond(to: request("/expenses.csv?q=x1199")).status == .ok)
        let other = try await Account(in: account.app, "bob")
        #expect(await other.browser.get("/expenses.csv").status == 200)
        held.removeLast()
        #expect(await app.respond(to: request("/account/everything.json")).status == .ok)
        withExtendedLifetime(held) {}
    }

    @Test func `without room for all, or on the disk, a long file is refused and a short one is not`()
        async throws
    {
        var limits = TemporaryFiles.Limits()
        for change in [\TemporaryFiles.Limits.total, \.reserve] {
            limits = TemporaryFiles.Limits()
            limits[keyPath: change] = change == \.total ? 1024 : .max / 2
            let (account, request) = try await hoarder(limits)
            let refused = await account.app.application.respond(to: request("/expenses.csv"))
            #expect(refused.status == .serviceUnavailable)
            #expect(refused.headers["Retry-After"] != nil)
            let short = await account.app.application.respond(to: request("/expenses.csv?q=x1199"))
            #expect(short.status == .ok)
        }
    }

    @Test func `a download that nobody waits for any more ends`() async throws {
        let (account, request) = try await hoarder()
        let app = account.app.application
        let download = request("/account/everything.json")
        let task = Task { await app.respond(to: download).status }
        task.cancel()
        // Whether it had begun or not.
        let status = await task.value
        #expect(status == .serviceUnavailable || status == .ok)
        #expect(account.app.storage.statistics.readersInUse == 0)
        #expect(await app.respond(to: download).status == .ok)
    }

    @Test func `the list of categories has a file at its address`() async throws {
        let account = try await Account(in: TestApp())
        _ = await account.browser.post("/categories", ["name": "=Pets", "color": "teal"])
        let file = await account.browser.get("/categories.csv")
        #expect(file.headers["Content-Type"] == "text/csv; charset=utf-8; header=present")
        #expect(file.body.hasPrefix("name,color\r\nGroceries,green\r\n"))
        #expect(file.body.hasSuffix("Others,gray\r\n'=Pets,teal\r\n"))
    }
}
