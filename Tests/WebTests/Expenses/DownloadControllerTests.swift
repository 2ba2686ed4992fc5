import Expenses
import HTTP
import Storage
import Testing
import Web

@Suite struct DownloadTests {
    @Test func `the file has the rows of the filtered list, in its order, all pages of them`() async throws {
        let ada = try await TestApp().loggedIn()
        for number in 1...60 {
            _ = await ada.post(
                "/expenses",
                [
                    "amount": "\(number),50", "category": "1",
                    "date": "2026-10-\(number % 28 + 10 > 28 ? "11" : "12")",
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
            String(decoding: try await response.body.collected(), as: UTF8.self)
                == "date,amount,category,description\r\n2026-11-22,1.00,Health,Dentist\r\n")
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
