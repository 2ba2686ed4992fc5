import Expenses
import HTTP
import Storage
import TestDatabase
import Testing
import Web

@Suite struct RulesControllerTests {
    private func upload(_ text: String, _ browser: TestBrowser) async throws -> TestBrowser.Answer {
        let body =
            "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.csv\"\r\n\r\n\(text)\r\n--x--\r\n"
        let answer = await browser.send(
            .post, "/expenses/import", headers: ["Content-Type": "multipart/form-data; boundary=x"],
            body: Array(body.utf8))
        return await browser.get(try #require(answer.location))
    }

    private func post(_ fields: [String: String], to address: String = "/rules", _ account: Account) async
        -> TestBrowser.Answer
    {
        await account.browser.post(address, FormData(fields.map { ($0.key, $0.value) }))
    }

    private func rules(_ account: Account) throws -> [Rule] {
        try account.app.storage.read { try $0.rules.all(of: account.user.id) }
    }

    @Test func `a rule is tried, added, moved, changed and deleted`() async throws {
        let ada = try await Account(in: TestApp())
        for index in 1...7 {
            try await ada.spend(100, "Leisure", on: "2026-10-0\(index)", "Café Löwe \(index)")
        }
        try await ada.spend(100, "Health", on: "2026-10-09", "cafe lowe")
        let health = ada.category("Health").description
        let fields = ["text": " CAFE ", "category": health, "tag": "#eating out"]
        let trial = await post(fields.merging(["try": "1"]) { $1 }, ada)
        #expect(trial.status == 200 && trial.body.contains("It would have changed 7 expenses of yours"))
        #expect(trial.body.contains("Nothing is saved yet") && trial.body.contains("These are the newest."))
        #expect(trial.body.contains("Café Löwe 7") && !trial.body.contains("Café Löwe 2"))
        #expect(trial.value("text") == " CAFE " && trial.value("tag") == "#eating out")
        #expect(try rules(ada).isEmpty)
        #expect(await post(fields, ada).location == "/rules?added=1")
        #expect(
            await ada.browser.post("/rules", ["text": "tax", "leave_out": "1", "position": "1"]).status == 303
        )
        let kept = try rules(ada)
        #expect(kept.map(\.text) == ["tax", "CAFE"] && kept[1].tag == "eating-out" && kept[0].leavesOut)
        let list = await ada.browser.get("/rules?added=1")
        #expect(list.body.contains("Added the rule.") && list.body.contains("Health, with #eating-out"))
        let edit = await ada.browser.get("/rules?edit=\(kept[1].id)")
        #expect(edit.value("text") == "CAFE" && edit.value("position") == "2")
        let change = ["text": "CAFE", "new_description": "Coffee", "position": "1"]
        #expect(await post(change, to: "/rules/\(kept[1].id)", ada).location == "/rules?changed=1")
        #expect(try rules(ada).map(\.newDescription) == ["Coffee", ""])
        #expect(await ada.browser.post("/rules/\(kept[0].id)/delete").location == "/rules?deleted=1")
        #expect(await ada.browser.post("/rules/\(kept[0].id)/delete").status == 404)
        #expect(try rules(ada).map(\.text) == ["CAFE"])
    }

    @Test(
        arguments: [
            (["text": "", "leave_out": "1"], "Enter a part of a description, on one line."),
            (["text": " ́ ", "leave_out": "1"], "Enter a part of a description, on one line."),
            (["text": "tea"], "Choose what the rule does"),
            (["text": "tea", "category": "99"], "Choose one of your categories."),
            (["text": "tea", "tag": "#1"], "A tag begins with a letter"),
            (["text": "tea", "tag": "a,b"], "A tag begins with a letter"),
            (["text": "tea", "leave_out": "1", "position": "x"], "Enter a whole number from 1 on."),
            (["text": String(repeating: "a", count: 101), "leave_out": "1"], "Use at most 100 characters"),
            (
                ["text": "tea", "new_description": String(repeating: "a", count: 501)],
                "at most 500 characters"
            ),
        ] as [([String: String], String)])
    func `what is wrong with a rule is said, and what was typed is kept`(
        fields: [String: String], sentence: String
    ) async throws {
        let ada = try await Account(in: TestApp())
        let answer = await post(fields, ada)
        #expect(answer.status == 422 && answer.body.contains(sentence))
        #expect(answer.value("text") == fields["text"])
        #expect(try rules(ada).isEmpty)
    }

    @Test func `another user's rule is not there, and an account has its limit`() async throws {
        let app = try TestApp()
        let (ada, eve) = (try await Account(in: app), try await Account(in: app, "eve"))
        for index in 0..<Rule.most {
            let answer = await ada.browser.post("/rules", ["text": "text \(index)", "leave_out": "1"])
            #expect(answer.status == 303)
        }
        let more = await ada.browser.post("/rules", ["text": "more", "leave_out": "1"])
        #expect(more.status == 422 && more.body.contains("An account may have 100 rules"))
        let id = try #require(try rules(ada).first?.id)
        #expect(await eve.browser.get("/rules?edit=\(id)").status == 404)
        #expect(await eve.browser.post("/rules/\(id)", ["text": "x", "leave_out": "1"]).status == 404)
        #expect(await eve.browser.post("/rules/\(id)/delete").status == 404)
        #expect(try rules(ada).count == Rule.most && rules(eve).isEmpty)
    }

    @Test func `an import does what the first rule says that fits a row`() async throws {
        let ada = try await Account(in: TestApp())
        let pets = ada.category("Health").description
        for fields in [
            ["text": "corner shop", "category": pets, "new_description": "Corner", "tag": "food"],
            ["text": "CORNER", "leave_out": "1"], ["text": "secret", "leave_out": "1"],
        ] as [[String: String]] { #expect(await post(fields, ada).status == 303) }
        let file =
            "Date,Payee,Amount\n2026-02-03,Corner 12 Shop,-3.00\n2026-02-02,Corner bar,-4.00\n2026-02-01,Secrét,-5.00\n2026-01-31,Tea,-6.00\n"
        let page = try await upload(file, ada.browser)
        #expect(page.body.contains("Add 2 expenses, $9.00"))
        #expect(page.body.contains("Left out by your rules: 2 rows, $9.00"))
        #expect(page.body.contains("Corner #food"))
        #expect(page.value("category-2") == "Health")
        // Our own download is what it was.
        let own = try await upload(
            "date,amount,category,description\n2026-01-01,5,Food,Corner shop\n", ada.browser)
        #expect(own.body.contains("Add 1 expense, $5.00") && own.value("category-2") == "Food")
    }

    @Test func `an expense typed without a category gets the rule's, if that is there`() async throws {
        let ada = try await Account(in: TestApp())
        try await ada.spend(100, "Leisure", on: "2026-10-01", "Corner shop")
        let electronics = ada.category("Electronics")
        _ = await ada.browser.post("/rules", ["text": "corner", "category": electronics.description])
        func add(_ amount: String) async throws -> Expense {
            let answer = await ada.browser.post(
                "/expenses",
                ["amount": amount, "category": "", "date": "2026-10-02", "description": "Corner shop"])
            #expect(answer.status == 303)
            return try #require(try ada.expenses().first { $0.amount.minorUnits == Int64(amount)! * 100 })
        }
        #expect(try await add("2").category == electronics)
        // A rule goes along with its category.
        let health = ada.category("Health")
        let answer = await ada.browser.post(
            "/categories/\(electronics)/delete", ["move_to": health.description])
        #expect(answer.status == 303)
        #expect(try rules(ada).map(\.category) == [health])
        #expect(try await add("3").category == health)
    }

    @Test func `the preview of an import makes rules of what was typed beside its rows`() async throws {
        let ada = try await Account(in: TestApp())
        let file = "Date,Payee,Amount\n2026-02-03,Tea House 12,-3.00\n2026-02-02,Tea House 13,-4.00\n"
        let page = try await upload(file, ada.browser)
        let address = try #require(page.between("<form method=\"post\" action=\"", "\""))
        let answer = await ada.browser.post(
            String(address),
            [
                "shown": "2-3", "were_ticked": "2-3", "row": "2", "was-2": "Others", "category-2": "Drinks",
                "step": "rules",
            ])
        #expect(answer.status == 200 && answer.body.contains("1 rule is saved for later imports, too."))
        // A tick that was taken off stays off.
        #expect(answer.value("category-3") == "Drinks" && answer.body.contains("Add 1 expense, $3.00"))
        #expect(try rules(ada).map(\.text) == ["tea house"])
        let next = try await upload("Date,Payee,Amount\n2026-03-03,TEA HOUSE 99,-3.00\n", ada.browser)
        #expect(next.value("category-2") == "Drinks")
        // What is not in the file makes no rule, whatever a form says.
        let forged = await ada.browser.post(
            String(address), ["step": "rules", "payees": "tea house\tDrinks\nelsewhere\u{0}\tPets"])
        #expect(forged.status == 200)
        #expect(try rules(ada).map(\.text) == ["tea house"])
        let nothing = await ada.browser.post(String(address), ["step": "rules"])
        #expect(nothing.status == 422 && nothing.body.contains("Type a category beside a row first."))
    }
}
