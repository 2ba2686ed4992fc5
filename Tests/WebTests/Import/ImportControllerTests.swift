import Expenses
import HTTP
import Storage
import TestDatabase
import Testing
import Web

@Suite struct ImportControllerTests {
    private func upload(_ text: String, _ browser: TestBrowser) async -> TestBrowser.Answer {
        await browser.upload(text)
    }

    /// The fields of the form that adds the rows, as a browser sends them untouched.
    private func fields(_ preview: TestBrowser.Answer) throws -> FormData {
        let form = try #require(
            preview.between("<form method=\"post\" action=\"/expenses/import/", "</form>"))
        var fields = FormData()
        for input in form.split(separator: "<input ").dropFirst() {
            let tag = input.prefix { $0 != ">" }
            func attribute(_ name: String) -> String {
                tag.firstRange(of: "\(name)=\"").map { String(tag[$0.upperBound...].prefix { $0 != "\"" }) }
                    ?? ""
            }
            let isChoice = tag.contains("type=\"checkbox\"") || tag.contains("type=\"radio\"")
            guard !isChoice || tag.hasSuffix(" checked") else { continue }
            fields.append(attribute("name"), attribute("value"))
        }
        for select in form.split(separator: "<select ").dropFirst() {
            guard
                let name = select.firstRange(of: "name=\"").map({
                    select[$0.upperBound...].prefix { $0 != "\"" }
                }),
                let option = select.split(separator: "<option ").first(where: {
                    $0.prefix { $0 != ">" }.hasSuffix(" selected")
                }),
                let value = option.firstRange(of: "value=\"").map({
                    option[$0.upperBound...].prefix { $0 != "\"" }
                })
            else { continue }
            fields.append(String(name), String(value))
        }
        return fields
    }

    /// The same, with a button pressed and fields changed.
    private func fields(
        _ preview: TestBrowser.Answer, _ button: (String, String), _ changed: [String: String] = [:]
    ) throws -> FormData {
        var fields = try fields(preview)
        for (name, value) in changed {
            fields.fields.removeAll { $0.name == name }
            fields.append(name, value)
        }
        fields.append(button.0, button.1)
        return fields
    }

    private let bank =
        "Datum;Text;Kategorie;Betrag\n03/04/2026;Lunch;Food;-12,50\n04/04/2026;Rent;Home;-700,00\n04/04/2026;Rent;Home;-700,00\n05/04/2026;x;Food;oops\n06/04/2026;Salary;;2.500,00\n"

    @Test func `a file is uploaded, checked, added, and taken back`() async throws {
        let ada = try await Account(in: TestApp())
        try await ada.spend(1250, on: "2026-04-03", "Mine")
        let uploaded = await upload(bank, ada.browser)
        #expect(uploaded.status == 303)
        let address = try #require(uploaded.location)
        let preview = await ada.browser.get(address)
        #expect(preview.status == 200)
        #expect(preview.body.contains("Do the dates begin with the day or the month?"))
        #expect(preview.body.contains("1 line is left out"))
        #expect(preview.body.contains("New categories: Food, Home"))
        #expect(preview.body.contains("Add 3 expenses, $1,412.50"))
        #expect(preview.body.contains("Money in: 1 row, -$2,500.00"))
        // A question has to be answered before anything is added.
        #expect(await ada.browser.post(address, try fields(preview, ("step", "add"))).status == 422)
        #expect(try ada.expenses().count == 1)
        // The tick that is taken off survives the answer.
        var unticked = try fields(preview, ("step", "show"), ["date_order": "mdy"])
        unticked.fields.removeAll { $0.name == "row" && $0.value == "4" }
        let changed = await ada.browser.post(address, unticked)
        #expect(changed.status == 200)
        #expect(changed.body.contains("2026-03-04") && changed.body.contains("Add 2 expenses, $712.50"))
        #expect(!changed.body.contains("Do the dates begin"))

        let done = await ada.browser.post(address, try fields(changed, ("step", "add")))
        #expect(done.location == address)
        #expect(try ada.expenses().map(\.description) == ["Rent", "Mine", "Lunch"])
        #expect(try ada.expenses().map(\.amount.minorUnits) == [70000, 1250, 1250])
        #expect(try ada.app.storage.check().findings == [])
        #expect(await ada.browser.get(address).body.contains("2 imported expenses are in your list."))
        // The file has been added: not once more.
        #expect(
            await ada.browser.post(address, FormData([("row", "2"), ("shown", "2")])).location == address)

        let lunch = try #require(try ada.expenses().last)
        ada.app.clock.advance(by: 5)
        _ = await ada.browser.post(
            "/expenses/\(lunch.id)",
            ["amount": "13", "category": "\(lunch.category)", "date": "2026-03-05", "description": "Changed"])
        #expect(await ada.browser.get(address).body.contains("1 was edited since; Undo removes it too."))
        let undone = await ada.browser.post(address + "/undo")
        #expect(undone.location == "/expenses/import?undone=2")
        #expect(try ada.expenses().map(\.description) == ["Mine"])
        #expect(try ada.app.storage.check().findings == [])
        #expect(await ada.browser.get(address).status == 404)
    }

    @Test func `one press ticks a group, another one leaves it out again`() async throws {
        let ada = try await Account(in: TestApp())
        let file =
            "Date,Payee,Amount\n2026-01-31,Salary,2500.00\n2026-01-30,Tea,-3.00\n2026-01-29,Bun,-2.00\n"
        let address = try #require(await upload(file, ada.browser).location)
        let preview = await ada.browser.get(address)
        #expect(preview.body.contains("Add 2 expenses, $5.00"))
        let ticked = await ada.browser.post(address, try fields(preview, ("tick", "money_in")))
        #expect(ticked.body.contains("Add 3 expenses, -$2,495.00"))
        let back = await ada.browser.post(address, try fields(ticked, ("untick", "money_in")))
        #expect(back.body.contains("Add 2 expenses, $5.00"))
        #expect(await ada.browser.post(address, try fields(ticked, ("step", "add"))).status == 303)
        #expect(try ada.expenses().map(\.amount.minorUnits) == [-250_000, 300, 200])
    }

    @Test func `a category is the file's, the payee's last one, or what was typed, for all of a payee`()
        async throws
    {
        let ada = try await Account(in: TestApp())
        try await ada.spend(300, "Leisure", on: "2026-01-01", "Tea House")
        let file =
            "Date,Payee,Amount\n2026-02-03,Tea House 42,-3.00\n2026-02-02,Corner Shop,-4.00\n2026-02-01,Corner Shop 7,-5.00\n"
        let address = try #require(await upload(file, ada.browser).location)
        let preview = await ada.browser.get(address)
        #expect(preview.value("category-2") == "Leisure")
        #expect(preview.value("category-3") == "Others")
        let typed = try fields(preview, ("step", "spread"), ["category-3": "Pets", "fallback": "Health"])
        let spread = await ada.browser.post(address, typed)
        #expect(spread.value("category-3") == "Pets" && spread.value("category-4") == "Pets")
        #expect(spread.body.contains("New categories: Pets"))
        // What was typed survives another step.
        let again = await ada.browser.post(address, try fields(spread, ("step", "show")))
        #expect(again.value("category-4") == "Pets")
        #expect(await ada.browser.post(address, try fields(again, ("step", "add"))).status == 303)
        #expect(await ada.browser.get("/expenses.csv").body.split(separator: ",Pets,").count == 3)
    }

    @Test(arguments: [
        ("PK\u{3}\u{4}xl/workbook.xml", "This is a workbook"), ("%PDF-1.7", "This is a PDF"),
        ("<html><table></table>", "This is a web page"),
        ("just text\nand more\n", "Nothing divides the lines"),
    ])
    func `a file that is no table says what it is and what to do`(text: String, sentence: String) async throws
    {
        let answer = await upload(text, try await Account(in: TestApp()).browser)
        #expect(answer.status == 422 && answer.body.contains(sentence))
    }

    @Test func `the same file twice adds nothing`() async throws {
        let ada = try await Account(in: TestApp())
        let file = "date,amount,category,description\n2026-01-01,5,Food,Tea\n2026-01-02,6,Food,Bun\n"
        for round in 0..<2 {
            let address = try #require(await upload(file, ada.browser).location)
            let answer = await ada.browser.post(
                address, try fields(await ada.browser.get(address), ("step", "add")))
            #expect(answer.status == (round == 0 ? 303 : 422))
            #expect(try ada.expenses().count == 2)
        }
    }

    @Test func `what is downloaded imports into another account without a difference`() async throws {
        let app = try TestApp()
        let (ada, bob) = (try await Account(in: app), try await Account(in: app, "bob"))
        for (index, text) in [
            "=1+1", "'-x", "a \"b\", c", " blanks ", "", "two\nlines", "Ünïcode", "same", "same",
        ].enumerated() {
            try await ada.spend(
                Int64(index * 100 - 350), index % 2 == 0 ? "Health" : "Leisure", on: "2026-10-1\(index / 2)",
                text)
        }
        let file = await ada.browser.get("/expenses.csv").body
        let address = try #require(await upload(file, bob.browser).location)
        let fields = try fields(await bob.browser.get(address), ("step", "add"))
        #expect(await bob.browser.post(address, fields).status == 303)
        #expect(await bob.browser.get("/expenses.csv").body == file)
    }

    @Test func `another user's import is not there, and files have bounds`() async throws {
        let app = try TestApp()
        let (ada, eve) = (try await Account(in: app), try await Account(in: app, "eve"))
        let file = "date,amount\n2026-01-01,5\n"
        let address = try #require(await upload(file, ada.browser).location)
        for path in [address, address + "/errors.csv"] { #expect(await eve.browser.get(path).status == 404) }
        #expect(await eve.browser.post(address, FormData([("row", "2"), ("step", "add")])).status == 404)
        #expect(await eve.browser.post(address + "/undo").status == 404)
        for _ in 0..<ImportStore.maxWaiting { _ = await upload(file, ada.browser) }
        #expect(await ada.browser.get(address).status == 404)
        #expect(await upload("nothing at all", ada.browser).status == 422)
        let empty = await upload("", ada.browser)
        #expect(empty.status == 422 && empty.body.contains("This file is empty. Choose another one."))
    }

    @Test func `an import of thousands of rows is added and undone as one`() async throws {
        let ada = try await Account(in: TestApp())
        var file = "date,amount,category,description\n"
        for index in 0..<3000 { file += "2025-0\(index % 9 + 1)-11,\(index + 1).25,Food,Row \(index)\n" }
        let address = try #require(await upload(file, ada.browser).location)
        let preview = await ada.browser.get(address)
        #expect(preview.body.contains("Add 3,000 expenses"))
        // A tick on another page is kept.
        var unticked = try fields(preview, ("page", "30"))
        unticked.fields.removeAll { $0.name == "row" && $0.value == "2" }
        let last = await ada.browser.post(address, unticked)
        #expect(last.body.contains("Add 2,999 expenses") && last.body.contains("Add line 3001:"))
        #expect(
            await ada.browser.post(address, try fields(last, ("page", "1"))).body.contains(
                "Add 2,999 expenses"))
        #expect(await ada.browser.post(address, try fields(preview, ("step", "add"))).status == 303)
        #expect(await ada.browser.get("/expenses.csv").body.split(separator: "\r\n").count == 3001)
        #expect(try ada.app.storage.check().findings == [])
        #expect(await ada.browser.post(address + "/undo").location == "/expenses/import?undone=3000")
        #expect(try ada.app.storage.check().findings == [])
    }

    @Test(.enabled(if: TestDatabase.isFile))
    func `a long import is not waited for, and another one leads to its page until it is whole`() async throws
    {
        var options = Storage.Options()
        options.stepLimits.rows = 20
        // The steps are slow while something is asked in between.
        let isAsked = Gate()
        options.observeStep = { _ in isAsked.wait(atMost: 100) }
        let ada = try await Account(in: TestApp(storage: options))
        let head = "date,amount,category,description\n"
        let rows = (0...5000).map { "2025-0\($0 % 9 + 1)-11,\($0 + 1).25,Food,Row \($0)\n" }
        let other = try #require(await upload(head + "2026-01-01,5.00,Food,Tea\n", ada.browser).location)
        let otherForm = try fields(await ada.browser.get(other), ("step", "add"))
        let address = try #require(await upload(head + rows.joined(), ada.browser).location)
        let form = try fields(await ada.browser.get(address), ("step", "add"))
        #expect(await ada.browser.post(address, form).location == address)
        let page = await ada.browser.get(address)
        #expect(page.body.contains(" of 5,001 expenses are in your list. The others follow by themselves"))
        #expect(page.headers["Refresh"] == "2")
        #expect(await ada.browser.post(other, otherForm).location == address)
        let script = await APIClient(ada).post(
            "/api/v1/import", head + "2026-01-01,5.00,Food,Tea\n", headers: ["Content-Type": "text/csv"])
        #expect(script.status == 409)
        isAsked.open()
        while try ada.app.storage.read({ try !$0.longWrites.all(of: ada.user.id).isEmpty }) {
            try await Task.sleep(for: .milliseconds(1))
        }
        #expect(
            await ada.browser.get(address).body.contains("5,001 imported expenses are in your list"))
        let last = try fields(await ada.browser.get(other), ("step", "add"))
        #expect(await ada.browser.post(other, last).location == other)
        #expect(await ada.browser.get("/expenses.csv").body.split(separator: "\r\n").count == 5003)
        #expect(try ada.app.storage.check().findings == [])
        isAsked.close()
        let undone = await ada.browser.post(address + "/undo")
        #expect(undone.location == "/expenses/import")
        #expect(await ada.browser.get("/expenses/import").body.contains("An import is being taken back."))
        isAsked.open()
        while try ada.app.storage.read({ try !$0.longWrites.all(of: ada.user.id).isEmpty }) {
            try await Task.sleep(for: .milliseconds(1))
        }
        #expect(try ada.expenses().map(\.description) == ["Tea"])
    }

    @Test func `Add pressed in two tabs adds every row, once, and both tabs see it`() async throws {
        let ada = try await Account(in: TestApp())
        let rows = (0..<3000).map { "2025-0\($0 % 9 + 1)-11,\($0 + 1).25,Food,Row \($0)\n" }
        let address = try #require(
            await upload("date,amount,category,description\n" + rows.joined(), ada.browser).location)
        let tabs = [ada.browser.copy(), ada.browser.copy()]
        // Each tab has a form of its own.
        var forms: [FormData] = []
        for tab in tabs { forms.append(try fields(await tab.get(address), ("step", "add"))) }
        let answers = await withTaskGroup(of: TestBrowser.Answer.self) { group in
            for (tab, form) in zip(tabs, forms) { group.addTask { await tab.post(address, form) } }
            return await group.reduce(into: []) { $0.append($1) }
        }
        let late = await tabs[1].post(address, forms[0])
        #expect((answers + [late]).allSatisfy { $0.status == 303 && $0.location == address })
        #expect(await ada.browser.get("/expenses.csv").body.split(separator: "\r\n").count == 3001)
        #expect(await ada.browser.get(address).body.contains("3,000 imported expenses are in your list"))
        #expect(try ada.app.storage.check().findings == [])
    }
    @Test func `an answer changes what is ticked, but for rows that were ticked by hand`() async throws {
        let ada = try await Account(in: TestApp())
        let file =
            "Date;Text;Amount\n2026-03-01;Mueller GmbH;1500,00\n2026-03-05;Baumarkt;-80,10\n2026-03-06;Ikea;-20,10\n2026-03-07;Huber OHG;200,00\n"
        let address = try #require(await upload(file, ada.browser).location)
        let preview = await ada.browser.get(address)
        #expect(preview.body.contains("Is spending positive or negative in this file?"))
        let answered = await ada.browser.post(
            address, try fields(preview, ("step", "show"), ["sign": "negative"]))
        #expect(answered.body.contains("Add 2 expenses, $100.20"))
        #expect(answered.body.contains("Money in: 2 rows"))
        // A row that is ticked by hand stays so through another answer.
        var ticked = try fields(answered, ("step", "show"))
        ticked.append("row", "2")
        let shown = await ada.browser.post(address, ticked)
        #expect(shown.body.contains("Add 3 expenses, -$1,399.80"))
        let turned = await ada.browser.post(
            address, try fields(shown, ("step", "show"), ["sign": "positive"]))
        #expect(turned.body.contains("Add 4 expenses, $1,599.80"))
        let back = await ada.browser.post(
            address, try fields(turned, ("step", "show"), ["sign": "negative"]))
        #expect(back.body.contains("Add 3 expenses, -$1,399.80"))
    }

    @Test func `Add adds what was shown, or shows what has changed since`() async throws {
        let ada = try await Account(in: TestApp())
        let file = "Date,Payee,Amount\n2026-01-03,Tea,-3.00\n2026-01-02,Bun,-2.00\n2026-01-01,Jam,-4.00\n"
        let first = try #require(await upload(file, ada.browser).location)
        let second = try #require(await upload(file, ada.browser).location)
        var form = try fields(await ada.browser.get(second), ("step", "add"))
        form.fields.removeAll { $0.name == "row" && $0.value == "3" }
        let other = try fields(await ada.browser.get(first), ("step", "add"))
        #expect(await ada.browser.post(first, other).status == 303)
        // All of its rows are in the list by now; the one that was unticked stays so.
        let again = await ada.browser.post(second, form)
        #expect(again.status == 422)
        #expect(again.body.contains("What would be added has changed since this page was shown."))
        #expect(again.body.contains("Possible duplicates: 3 rows"))
        #expect(again.body.contains("Add what is ticked"))
        #expect(try ada.expenses().count == 3)
        // The same where the reading is changed and Add is pressed at once.
        let third = try #require(
            await upload(
                "Date,Payee,Amount,Fee\n2026-02-03,Tea,-3.00,-1.00\n2026-02-04,Tea,-3.50,-1.00\n", ada.browser
            ).location)
        let changed = try fields(
            await ada.browser.get(third), ("step", "add"), ["amount_column": "4"])
        let shown = await ada.browser.post(third, changed)
        #expect(shown.status == 422 && shown.body.contains("has changed since this page was shown"))
        #expect(await ada.browser.post(third, try fields(shown, ("step", "add"))).status == 303)
        #expect(try ada.expenses().prefix(2).map(\.amount.minorUnits) == [100, 100])
    }

    @Test func `what a form says of lines costs what its bytes cost`() async throws {
        let ada = try await Account(in: TestApp())
        let address = try #require(
            await upload("date,amount,category,description\n2026-01-01,5,Food,Tea\n", ada.browser).location)
        let lines = "1-999998 1000000-1999999 3-9223372036854775806"
        let names = Array(repeating: lines + "\tX", count: 5000).joined(separator: "\n")
        let page = await ada.browser.post(
            address,
            FormData([
                ("categories", names), ("shown", lines), ("were_ticked", lines), ("ticked", lines),
                ("unticked", lines), ("step", "show"),
            ]))
        #expect(page.status == 200)
        #expect(page.value("category-2") == "X")
        // Of what it said, what concerns a row of the file is left.
        #expect(page.value("unticked") == "2" && page.value("ticked") == "")
        #expect(page.value("categories") == "2\tX")
    }

    @Test func `a payee's category stands once in the form, however many rows it has`() async throws {
        let ada = try await Account(in: TestApp())
        var file = "Date,Payee,Amount\n"
        for index in 0..<3000 {
            file +=
                "2025-0\(index % 9 + 1)-11,\(index % 2 == 0 ? "Tea House" : "Baker") \(index),-\(index + 1).25\n"
        }
        let address = try #require(await upload(file, ada.browser).location)
        let typed = try fields(
            await ada.browser.get(address), ("step", "spread"),
            ["category-2": "Pets", "category-3": "Health"])
        let spread = await ada.browser.post(address, typed)
        #expect(spread.value("category-100") == "Pets" && spread.value("category-101") == "Health")
        #expect(
            spread.value("categories") == "" && spread.value("payees") == "baker\tHealth\ntea house\tPets")
        // A single row can still be another one's.
        let single = await ada.browser.post(
            address, try fields(spread, ("page", "2"), ["category-4": "Leisure"]))
        #expect(single.value("categories") == "4\tLeisure")
        #expect(await ada.browser.post(address, try fields(single, ("step", "add"))).status == 303)
        let csv = await ada.browser.get("/expenses.csv").body
        #expect(csv.split(separator: ",Pets,").count == 1500 && csv.split(separator: ",Leisure,").count == 2)
    }

    @Test func `an import makes no more categories than an account may have`() async throws {
        let ada = try await Account(in: TestApp())
        let count = Category.defaults.count
        func file(_ rows: Int) -> String {
            "date,amount,category,description\n"
                + (0..<rows).map { "2026-01-01,5,Kind \($0),Tea\n" }.joined()
        }
        let many = try #require(await upload(file(Category.most - count + 1), ada.browser).location)
        let refused = await ada.browser.post(
            many, try fields(await ada.browser.get(many), ("step", "add")))
        #expect(refused.status == 422 && refused.body.contains("more than 200 categories"))
        #expect(try ada.expenses().isEmpty)
        let few = try #require(await upload(file(Category.most - count), ada.browser).location)
        #expect(
            await ada.browser.post(few, try fields(await ada.browser.get(few), ("step", "add"))).status == 303
        )
        let one = await ada.browser.post("/categories", ["name": "One more", "color": "red"])
        #expect(one.status == 422 && one.body.contains("as many as an account may have"))
    }
    @Test func `what was imported is known again after it was edited or deleted`() async throws {
        let ada = try await Account(in: TestApp())
        let file =
            "Date,Payee,Amount\n2026-01-05,Tea  House XX-0042,-3.00\n2026-01-04,Bun,-2.00\n2026-01-03,Jam,-4.00\n2026-01-02,Milk,-1.00\n"
        func open(_ file: String) async throws -> (address: String, page: TestBrowser.Answer) {
            let address = try #require(await upload(file, ada.browser).location)
            return (address, await ada.browser.get(address))
        }
        let first = try await open(file)
        #expect(first.page.body.contains("Add 4 expenses, $10.00"))
        #expect(await ada.browser.post(first.address, try fields(first.page, ("step", "add"))).status == 303)
        let list = try ada.expenses()
        #expect(list.map(\.description) == ["Tea House", "Bun", "Jam", "Milk"])
        _ = await ada.browser.post(
            "/expenses/\(list[0].id)",
            [
                "amount": "3.50", "category": "\(list[0].category)", "date": "2025-11-11",
                "description": "Mine",
            ])
        _ = await ada.browser.post("/expenses/\(list[1].id)/delete")
        let second = try await open(file + "2026-01-01,Bread,-5.00\n")
        #expect(second.page.body.contains("Add 1 expense, $5.00"))
        #expect(second.page.body.contains("Possible duplicates: 3 rows, $8.00"))
        #expect(second.page.body.contains("In the bin: 1 row, $2.00"))
        #expect(second.page.body.contains("You have deleted these."))
        // For programs as well.
        let answer = await APIClient(ada).post(
            "/api/v1/import", file, headers: ["Content-Type": "text/csv"])
        #expect(answer.status == 200)
        #expect(answer.body.hasPrefix("{\"imported\":0,\"duplicates\":4,"))
        #expect(answer.body.contains("{\"line\":3,\"reason\":\"in the bin\"}"))
        // What is gone for good is not known any more.
        #expect(await ada.browser.post(first.address + "/undo").status == 303)
        #expect(try await open(file).page.body.contains("Add 4 expenses, $10.00"))
        #expect(try ada.app.storage.check().findings == [])
    }

    @Test func `a layout that was corrected once is read that way the next time, and says so`() async throws {
        let app = try TestApp()
        let (ada, bob) = (try await Account(in: app), try await Account(in: app, "bob"))
        func file(_ day: Int) -> String {
            "Datum;Text;Betrag\n0\(day)/04/2026;Lunch;-12,50\n0\(day + 1)/04/2026;Tea;-3,00\n"
        }
        func open(_ file: String, _ account: Account) async throws -> (
            address: String, page: TestBrowser.Answer
        ) {
            let address = try #require(await upload(file, account.browser).location)
            return (address, await account.browser.get(address))
        }
        let notice = "Read as you corrected it for an earlier file with the same columns."
        let first = try await open(file(1), ada)
        #expect(first.page.body.contains("Do the dates begin with the day or the month?"))
        let answered = await ada.browser.post(
            first.address, try fields(first.page, ("step", "show"), ["date_order": "mdy"]))
        #expect(!answered.body.contains(notice))
        #expect(await ada.browser.post(first.address, try fields(answered, ("step", "add"))).status == 303)

        let second = try await open(file(3), ada)
        #expect(second.page.body.contains(notice))
        #expect(!second.page.body.contains("Do the dates begin"))
        #expect(second.page.body.contains("2026-03-04"))
        // A program's file as well; not another user's.
        let answer = await APIClient(ada).post(
            "/api/v1/import", file(5), headers: ["Content-Type": "text/csv"])
        #expect(answer.status == 200, "\(answer.body)")
        #expect(try ada.expenses().first?.day.description == "2026-06-04")
        #expect(try await open(file(3), bob).page.body.contains("Do the dates begin"))

        // Another way is remembered in its place, and none is forgotten.
        let asShown = await ada.browser.get(second.address + "?shown_as=")
        #expect(asShown.body.contains("Do the dates begin") && !asShown.body.contains(notice))
        let turned = await ada.browser.post(
            second.address, try fields(asShown, ("step", "show"), ["date_order": "dmy"]))
        #expect(await ada.browser.post(second.address, try fields(turned, ("step", "add"))).status == 303)
        let third = try await open(file(7), ada)
        #expect(third.page.body.contains(notice) && third.page.body.contains("2026-04-07"))
        let sure = try await open("Datum;Text;Betrag\n31/04/2026;x;1\n30/04/2026;Lunch;-12,50\n", ada)
        let plain = await ada.browser.get(sure.address + "?shown_as=")
        #expect(await ada.browser.post(sure.address, try fields(plain, ("step", "add"))).status == 303)
        #expect(try await open(file(7), ada).page.body.contains("Do the dates begin"))
    }

    @Test func `a file in another currency says which one the account has, and where that is changed`()
        async throws
    {
        let ada = try await TestApp().loggedIn()
        let answer = await upload("Date,Payee,Amount,Currency\n2026-03-04,Tea House,-3.00,EUR\n", ada)
        let page = await ada.get(try #require(answer.location))
        #expect(page.body.contains("Other currencies: 1 row"))
        #expect(page.body.contains(#"<a href="/account/settings">Your currency is USD. Change it</a>"#))
        #expect(page.body.contains("Add what is ticked") && !page.body.contains("Add 0"))
    }

    @Test func `an import that stops on its way says so on every page, and can be taken back`() async throws {
        let ada = try await Account(in: TestApp())
        let (owner, category) = (ada.user.id, ada.category("Leisure"))
        let day = try #require(Day("2026-10-01"))
        // More than the first step adds.
        let count = 900
        let id = try ada.app.storage.writeAndWait { stores in
            let id = try stores.imports.begin(size: 0, owner: owner, at: TestApp.noon)
            let first = try stores.expenses.reserve(count, owner: owner)
            let expenses = (0..<count).map {
                Expense(
                    id: Expense.ID(first.rawValue + Int64($0)), amount: Money(minorUnits: 100),
                    category: category, day: day, description: "")
            }
            try stores.imports.stage(expenses, for: id, owner: owner)
            try stores.imports.add(id, first: first, count: count, owner: owner)
            return id
        }
        try RawDatabase(ada.app.storage.path).execute("UPDATE import_rows SET category = 999999")
        let address = "/expenses/import/\(id)"
        let page = await ada.browser.get(address)
        #expect(page.headers["Refresh"] == "2" && page.body.contains(" of 900 expenses are in your list."))
        #expect(page.body.contains("Stop, and take back what is added"))
        for path in ["/categories?added=1", "/rules?added=1", "/expenses"] {
            #expect(
                await ada.browser.get(path).body.contains("An import is being added. It is not whole yet"))
        }
        // A file would be kept as if it were whole.
        let progress =
            "An import is being added: \(try ada.expenses().count) of 900 expenses are in your list."
        for path in ["/account/everything.json", "/expenses.csv", "/expenses.csv?month=1", "/expenses.json"] {
            let answer = await ada.browser.get(path)
            #expect(answer.status == 503 && answer.headers["Retry-After"] != nil, "\(path)")
            #expect(answer.headers["Content-Disposition"] == nil)
            #expect(answer.body.contains(progress), "\(path)")
            #expect(answer.isProblem == (path == "/expenses.json"))
        }
        #expect(await ada.browser.post(address + "/undo").status == 303)
        #expect(try ada.expenses().isEmpty)
        #expect(await ada.browser.get(address).status == 404)
        #expect(await ada.browser.get("/account/everything.json").status == 200)
        #expect(try ada.app.storage.check().findings == [])
    }
}
