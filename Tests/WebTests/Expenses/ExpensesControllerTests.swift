import Expenses
import HTTP
import Storage
import Testing

@Suite struct ExpensesControllerTests {
    @Test func `an amount is calculated, and the notice tells how it was read`() async throws {
        let account = try await Account(in: TestApp())
        let category = "\(account.category("Leisure"))"
        func add(_ amount: String) async throws -> TestBrowser.Answer {
            let answer = await account.browser.post(
                "/expenses",
                ["amount": amount, "category": category, "date": "2026-11-20", "description": "Tea"])
            guard let location = answer.location else { return answer }
            return await account.browser.visit(location)
        }
        let sum = try await add("12.50+3.20=")
        #expect(sum.notices == ["Saved $15.70, Tea, in Leisure. 12.50 + 3.20 = $15.70. Change"])
        let grouped = try await add(" 12.345")
        #expect(
            grouped.notices == ["Saved $12,345.00, Tea, in Leisure. “12.345” was read as $12,345.00. Change"])
        #expect(try await add("15.70").notices == ["Saved $15.70, Tea, in Leisure. Change"])
        let wrong = try await add("12*/3")
        #expect(wrong.status == 422)
        #expect(wrong.body.contains("“/” at place 4 does not fit there. Write it like 3*12.50 or (8+4)/2."))
        #expect(wrong.value("amount") == "12*/3")
        let id = try #require(try account.expenses().first { $0.amount.minorUnits == 1570 }).id
        let changed = await account.browser.post(
            "/expenses/\(id)", ["amount": "(8+4)/5", "category": category, "date": "2026-11-20"])
        let page = await account.browser.visit(try #require(changed.location))
        #expect(page.notices == ["Changed $2.40 in Leisure. (8 + 4) ÷ 5 = $2.40. Change"])
        // An address that somebody else has made tells nothing that is not so.
        for typed in ["1%2B1", "call+me", "2.40", "%3Cb%3E"] {
            let page = await account.browser.get("/expenses?updated=\(id)&typed=\(typed)")
            #expect(page.notices == ["Changed $2.40 in Leisure."])
        }
    }

    @Test func `an expense is added, and the page says so with the date kept`() async throws {
        let account = try await Account(in: TestApp())
        let answer = await account.browser.post(
            "/expenses",
            [
                "amount": "12,40", "category": "\(account.category("Leisure"))", "date": "2026-11-20",
                "description": "Lunch <at> Zoë’s & co",
            ])
        #expect(answer.status == 303)
        let page = await account.browser.visit(try #require(answer.location))
        #expect(page.status == 200)
        #expect(page.notices == ["Saved $12.40, Lunch &lt;at&gt; Zoë’s &amp; co, in Leisure. Change"])
        #expect(page.value("date") == "2026-11-20")
        // A screen reader speaks the page's title, and what the field in focus is described by.
        #expect(
            page.body.contains(
                "<title translate=\"no\">Saved $12.40, Lunch &lt;at&gt; Zoë’s &amp; co, in Leisure. – My expenses"
            ))
        #expect(
            page.body.contains(
                "inputmode=\"decimal\" autofocus aria-describedby=\"done\">"))
        #expect(page.body.contains("id=\"done\" role=\"status\">"))
        let expense = try #require(try account.expenses().first)
        #expect(expense.amount == Money(minorUnits: 1240))
        #expect(expense.description == "Lunch <at> Zoë’s & co")
        #expect(expense.category == account.category("Leisure"))
    }

    @Test(
        arguments: [
            ("", "Enter an amount"), ("abc", "be read as an amount"), ("0", "be zero"), ("0.00", "be zero"),
            ("12.345", nil), ("12.3456", "decimals"), ("1,2,3", "be read as an amount"),
            ("1e3", "be read as an amount"),
            ("1000000000", "The largest amount is 999,999,999.99"), ("--5", "does not fit there"),
        ] as [(String, String?)])
    func `an amount that cannot be taken exactly comes back with what is allowed`(
        amount: String, message: String?
    ) async throws {
        let account = try await Account(in: TestApp())
        let answer = await account.browser.post(
            "/expenses", ["amount": amount, "category": "", "date": "2026-11-20", "description": "\"Lunch\""])
        guard let message else {
            // Three digits behind a single mark group thousands.
            #expect(answer.status == 303)
            #expect(try account.expenses().map(\.amount.minorUnits) == [1_234_500])
            return
        }
        #expect(answer.status == 422)
        #expect(answer.value("amount") == amount)
        #expect(answer.value("description") == "&#34;Lunch&#34;")
        #expect(answer.between("id=\"amount-problem\">", "</p>")?.contains(message) == true)
        #expect(answer.body.contains("<a href=\"#amount\">"))
        #expect(answer.body.contains("aria-describedby=\"amount-problem\""))
        #expect(try account.expenses().isEmpty)
    }

    @Test(arguments: [("12.40", -1240), ("-12.40", -1240), ("−3", -300), ("$5", -500)])
    func `with the tick an amount is a refund, with or without a minus`(amount: String, saved: Int64)
        async throws
    {
        let account = try await Account(in: TestApp())
        let page = await account.browser.get("/expenses/new")
        #expect(page.body.contains("name=\"refund\"> Refund"))
        let answer = await account.browser.post(
            "/expenses",
            [
                "amount": amount, "category": "", "date": "2026-11-20", "description": "Shoes",
                "refund": "on",
            ])
        #expect(answer.status == 303)
        let expense = try #require(try account.expenses().first)
        #expect(expense.amount.minorUnits == saved)
        // The form to edit it has the minus, and no tick that would mean the same again.
        let edit = await account.browser.get("/expenses/\(expense.id)/edit")
        #expect(edit.value("amount")?.hasPrefix("-") == true)
        #expect(!edit.body.contains("name=\"refund\" checked"))
        let typed = edit.value("amount") ?? ""
        _ = await account.browser.post(
            "/expenses/\(expense.id)",
            [
                "amount": typed, "category": "\(expense.category)", "date": "2026-11-20",
                "description": "Boots",
            ])
        #expect(try account.expenses().map(\.amount.minorUnits) == [saved])
        // Another value of the field is no tick.
        _ = await account.browser.post(
            "/expenses/\(expense.id)",
            [
                "amount": "7", "category": "\(expense.category)", "date": "2026-11-20", "refund": "no",
                "description": "Boots",
            ])
        #expect(try account.expenses().map(\.amount.minorUnits) == [700])
    }

    @Test func `the tick comes back with a form that was refused`() async throws {
        let account = try await Account(in: TestApp())
        let answer = await account.browser.post(
            "/expenses", ["amount": "x", "category": "", "date": "2026-11-20", "refund": "on"])
        #expect(answer.status == 422)
        #expect(answer.body.contains("name=\"refund\" checked>"))
    }

    @Test func `a form with the tick is not the same as one without`() async throws {
        let account = try await Account(in: TestApp())
        let form = await account.browser.get("/expenses/new").value("form") ?? ""
        var fields = FormData([("form", form), ("amount", "5"), ("date", "2026-11-20")])
        #expect(await account.browser.post("/expenses", fields).status == 303)
        fields.append("refund", "on")
        #expect(await account.browser.post("/expenses", fields).status == 422)
        #expect(try account.expenses().map(\.amount.minorUnits) == [500])
    }

    @Test(arguments: [
        "", "2026-02-30", "2026-13-01", "1899-12-31", "3000-01-01", "23.11.2026", "2026-1-1", "today",
        "\u{0}",
    ])
    func `a day that the calendar does not have comes back`(date: String) async throws {
        let account = try await Account(in: TestApp())
        let answer = await account.browser.post("/expenses", ["amount": "5", "date": date])
        #expect(answer.status == 422)
        #expect(answer.body.contains("id=\"date-problem\""))
        #expect(answer.body.contains("<a href=\"#date\">"))
        #expect(try account.expenses().isEmpty)
    }

    @Test(arguments: ["1900-01-01", "2999-12-31", "2024-02-29"])
    func `the first and the last day of the calendar are taken`(date: String) async throws {
        let account = try await Account(in: TestApp())
        let answer = await account.browser.post("/expenses", ["amount": "5", "date": date])
        let page = await account.browser.visit(try #require(answer.location))
        #expect(page.status == 200)
        #expect(try account.expenses().map(\.day.description) == [date])
    }

    @Test func `a description may have 500 characters and no more`() async throws {
        let account = try await Account(in: TestApp())
        for (count, status) in [(500, 303), (501, 422)] {
            let text = String(repeating: "é", count: count)
            let answer = await account.browser.post(
                "/expenses", ["amount": "5", "date": "2026-11-20", "description": text])
            #expect(answer.status == status)
        }
        #expect(try account.expenses().count == 1)
    }

    @Test func `a value that is too long comes back to be cut, and none of more than 16 KiB does`()
        async throws
    {
        let account = try await Account(in: TestApp())
        for (count, isShown) in [(501, true), (16 * 1024, true), (16 * 1024 + 1, false)] {
            let text = String(repeating: "x", count: count)
            for field in ["amount", "date", "description"] {
                let answer = await account.browser.post(
                    "/expenses", FormData([("amount", "5"), (field, text)].reversed()))
                #expect(answer.status == 422)
                #expect(answer.body.contains(text) == isShown)
            }
            for target in ["/categories", "/categories/\(account.category("Health"))"] {
                let answer = await account.browser.post(target, ["name": text, "color": "red"])
                #expect(answer.status == 422)
                #expect(answer.body.contains(text) == isShown)
            }
        }
    }

    @Test(arguments: [(999, 303), (1000, 422), (400_000, 422)])
    func `a description of one character may have 2,000 bytes and no more`(marks: Int, status: Int)
        async throws
    {
        let account = try await Account(in: TestApp())
        let text = "a" + String(repeating: "\u{301}", count: marks)
        let answer = await account.browser.post(
            "/expenses", ["amount": "5", "date": "2026-11-20", "description": text])
        #expect(answer.status == status)
    }

    @Test func `an address to return to that is longer than 4 KiB is left out`() async throws {
        let account = try await Account(in: TestApp())
        let long = "/expenses?" + (1...600).map { "category=\($0)" }.joined(separator: "&")
        for (address, start) in [
            ("/expenses?category=1", "/expenses?category=1&"), (long, "/expenses?saved="),
        ] {
            let answer = await account.browser.post(
                "/expenses", ["amount": "5", "date": "2026-11-20", "return": address])
            #expect(answer.location?.hasPrefix(start) == true)
        }
    }

    @Test func `a category of someone else cannot be chosen`() async throws {
        let account = try await Account(in: TestApp())
        let other = try await Account(in: account.app, "bob")
        for category in ["\(other.category("Health"))", "0", "Groceries", "999999"] {
            let answer = await account.browser.post(
                "/expenses", ["amount": "5", "date": "2026-11-20", "category": category])
            #expect(answer.status == 422)
            #expect(answer.body.contains("Choose one of your categories."))
        }
        #expect(try account.expenses().isEmpty)
    }

    @Test
    func `an open category is that of the same description, else the one used last, and the page says so`()
        async throws
    {
        let account = try await Account(in: TestApp())
        try await account.spend(500, "Health", on: "2026-11-01", "Aspirin")
        try await account.spend(500, "Leisure", on: "2026-10-01", "Cinema")
        let cases = [
            ("ASPIRIN", "Health", "Saved $5.00, ASPIRIN, in Health, like last time. "),
            ("Popcorn", "Health", "Saved $5.00, Popcorn, in Health. "),
            ("Cinema", "Leisure", "Saved $5.00, Cinema, in Leisure, like last time. "),
            ("", "Leisure", "Saved $5.00 in Leisure. "),
        ]
        for (description, category, words) in cases {
            let answer = await account.browser.post(
                "/expenses",
                ["amount": "5", "date": "2026-11-20", "description": description, "category": ""])
            let page = await account.browser.visit(try #require(answer.location))
            #expect(page.notices.first?.contains(words) == true)
            let newest = try account.expenses().max { $0.id.rawValue < $1.id.rawValue }
            #expect(newest?.category == account.category(category))
            for path in ["/expenses", "/expenses/new"] {
                #expect(
                    await account.browser.get(path).body.contains(
                        "<option value=\"\">Automatic (\(category))\n"))
            }
        }
    }

    @Test func `the first expense without a category takes the first category`() async throws {
        let account = try await Account(in: TestApp())
        #expect(await account.browser.get("/expenses").body.contains(">Automatic (Groceries)\n"))
        _ = await account.browser.post("/expenses", ["amount": "5", "date": "2026-11-20"])
        #expect(try account.expenses().map(\.category) == [account.category("Groceries")])
    }

    @Test func `the same form posted twice adds one expense`() async throws {
        let account = try await Account(in: TestApp())
        let form = try #require(await account.browser.get("/expenses").value("form"))
        let fields: KeyValuePairs = ["form": form, "amount": "5", "date": "2026-11-20"]
        let first = await account.browser.post("/expenses", fields)
        let second = await account.browser.post("/expenses", fields)
        #expect(first.status == 303)
        #expect(second.location?.prefix { $0 != "&" } == first.location?.prefix { $0 != "&" })
        #expect(try account.expenses().count == 1)
        for _ in 0..<2 {
            _ = await account.browser.post("/expenses", ["form": "", "amount": "5", "date": "2026-11-20"])
        }
        #expect(try account.expenses().count == 3)
    }

    @Test
    func `a form that was saved and comes back with other values is kept, and one press saves it as another`()
        async throws
    {
        let account = try await Account(in: TestApp())
        let form = try #require(await account.browser.get("/expenses").value("form"))
        let first = await account.browser.post(
            "/expenses", ["form": form, "amount": "11", "date": "2026-11-20", "description": "Lunch"])
        #expect(first.status == 303)
        account.app.clock.advance(by: 3)
        let changed = await account.browser.post(
            "/expenses", ["form": form, "amount": "7", "date": "2026-11-21", "description": "Tea"])
        #expect(changed.status == 422)
        #expect(changed.notices.first?.hasPrefix("Already saved as $11.00, Lunch.") == true)
        #expect(changed.value("amount") == "7")
        #expect(changed.value("description") == "Tea")
        let fresh = try #require(changed.value("form"))
        #expect(fresh != form)
        #expect(try account.expenses().count == 1)
        let second = await account.browser.post(
            "/expenses", ["form": fresh, "amount": "7", "date": "2026-11-21", "description": "Tea"])
        #expect(second.status == 303)
        #expect(Set(try account.expenses().map(\.description)) == ["Lunch", "Tea"])
    }

    @Test func `the amount in the list leads to a form that changes the expense`() async throws {
        let account = try await Account(in: TestApp())
        let id = try await account.spend(1240, "Leisure", on: "2026-11-20", "Lunch")
        let list = await account.browser.get("/expenses")
        #expect(list.body.contains("<a href=\"/expenses/\(id)/edit\""))
        let form = await account.browser.get("/expenses/\(id)/edit")
        #expect(form.value("amount") == "12.40")
        #expect(form.value("date") == "2026-11-20")
        #expect(form.value("description") == "Lunch")
        #expect(form.body.contains("value=\"\(account.category("Leisure"))\" selected>"))
        let answer = await account.browser.post(
            "/expenses/\(id)",
            [
                "amount": "-3", "category": "\(account.category("Health"))", "date": "2026-11-19",
                "description": "Back", "return": "/expenses?year=2026&saved=77&after=x",
            ])
        #expect(answer.location == "/expenses?year=2026&updated=\(id)")
        let page = await account.browser.visit(try #require(answer.location))
        #expect(page.notices == ["Changed -$3.00, Back, in Health."])
        let elsewhere = await account.browser.get("/expenses?year=2025&updated=\(id)")
        #expect(elsewhere.notices == ["Changed -$3.00, Back, in Health. Your filters hide it. Show it"])
        // The text hides as well; its words are compared as a search compares them.
        for (text, isHidden) in [("back", false), ("lunch", true), ("BÁCK", false), ("back+lunch", true)] {
            let page = await account.browser.get("/expenses?q=\(text)&saved=\(id)")
            #expect(page.notices.first?.contains("Your filters hide it.") == isHidden, "\(text)")
        }
        let filtered = await account.browser.get("/expenses?year=2026&q=a")
        let way = "return=%2Fexpenses%3Fyear%3D2026%26q%3Da"
        for (form, link) in [
            ("/expenses/\(id)/edit", "/expenses/\(id)/edit?" + way),
            ("/expenses/new?again=\(id)", "/expenses/new?again=\(id)&" + way),
        ] {
            #expect(filtered.body.contains("href=\"\(link.replacing("&", with: "&amp;"))\""))
            let filled = await account.browser.get(link)
            #expect(filled.value("return") == "/expenses?year=2026&amp;q=a")
            #expect(filled.body.contains("<a href=\"/expenses?year=2026&amp;q=a\">Cancel</a>"))
            #expect(await account.browser.get("/expenses").body.contains("href=\"\(form)\""))
            let plain = await account.browser.get(form)
            #expect(plain.value("return") == nil)
            #expect(plain.body.contains("<a href=\"/expenses\">Cancel</a>"))
        }
        // A page has a hundred of these links: a very long filter is not in them.
        let long = String(repeating: "a", count: 480)
        let many = await account.browser.get("/expenses?q=back+-+" + long)
        #expect(!many.body.contains("?return="))
        #expect(page.body.contains("<small>refund</small> -$3.00"))
        let wrong = await account.browser.post("/expenses/\(id)", ["amount": "x", "date": "2026-11-19"])
        #expect(wrong.status == 422)
        #expect(wrong.body.contains("action=\"/expenses/\(id)\""))
        #expect(try account.expenses().map(\.amount.minorUnits) == [-300])
    }

    @Test func `one press in the form to edit saves the expense in another category`() async throws {
        let account = try await Account(in: TestApp())
        let id = try await account.spend(1240, "Leisure", on: "2026-11-20", "Lunch")
        let form = await account.browser.get("/expenses/\(id)/edit")
        let buttons = form.all("<button class=\"c-", "</button>")
        #expect(buttons.count == account.categories.count - 1)
        #expect(!buttons.contains { $0.hasSuffix(">Leisure") })
        let health = account.category("Health")
        #expect(buttons.contains { $0.hasSuffix(" name=\"category\" value=\"\(health)\">Health") })
        // The field comes first, then the button that was pressed.
        let fields: KeyValuePairs = [
            "amount": "12.40", "category": "\(account.category("Leisure"))", "date": "2026-11-20",
            "description": "Lunch", "category": "\(health)",
        ]
        let answer = await account.browser.post("/expenses/\(id)", fields)
        #expect(answer.status == 303)
        let saved = try #require(try account.expenses().first)
        #expect(saved.category == health && saved.amount.minorUnits == 1240)
        #expect(await !account.browser.get("/expenses/new").body.contains("Save in another category"))
    }

    @Test func `a deleted expense comes back with Undo, on the page as it was filtered`() async throws {
        let account = try await Account(in: TestApp())
        let id = try await account.spend(1240, "Leisure", on: "2026-11-20", "Lunch")
        let here = "/expenses?month=11&year=2026"
        let list = await account.browser.get(here)
        #expect(list.body.contains("formaction=\"/expenses/\(id)/delete\""))
        #expect(list.value("return") == "/expenses?month=11&amp;year=2026")
        let deleted = await account.browser.post("/expenses/\(id)/delete", ["return": here])
        #expect(deleted.location == here + "&deleted=\(id)")
        let page = await account.browser.visit(try #require(deleted.location))
        #expect(page.notices == ["Deleted $12.40, Lunch."])
        #expect(page.match == "0 expenses, $0.00 in total")
        let undo = try #require(
            page.between("<form method=\"post\" action=\"/expenses/\(id)/restore\">", "</form>"))
        #expect(undo.contains("name=\"return\" value=\"/expenses?month=11&amp;year=2026\""))
        #expect(undo.contains(">Undo</button>"))
        let again = await account.browser.post("/expenses/\(id)/delete", ["return": here])
        #expect(again.status == 303)
        let restored = await account.browser.post("/expenses/\(id)/restore", ["return": here])
        let after = await account.browser.visit(try #require(restored.location))
        #expect(after.notices == ["Restored $12.40, Lunch."])
        #expect(after.match == "1 expense, $12.40 in total")
    }

    @Test func `what was typed about an expense that has been deleted meanwhile can be saved as a new one`()
        async throws
    {
        let account = try await Account(in: TestApp())
        let id = try await account.spend(1240, "Leisure", on: "2026-11-20", "Lunch")
        _ = await account.browser.post("/expenses/\(id)/delete")
        let fields: KeyValuePairs = [
            "amount": "13.50", "date": "2026-11-19", "category": "\(account.category("Health"))",
            "description": "Late lunch",
        ]
        let answer = await account.browser.post("/expenses/\(id)", fields)
        #expect(answer.status == 422)
        #expect(
            answer.notices == [
                "This expense has been deleted meanwhile. Press Add expense to save it as a new one."
            ])
        #expect(answer.body.contains("action=\"/expenses\""))
        #expect(answer.value("amount") == "13.50")
        #expect(answer.value("description") == "Late lunch")
        #expect(answer.value("date") == "2026-11-19")
        #expect(try account.expenses() == [])
        #expect(await account.browser.get("/expenses/\(id)/edit").status == 404)
    }

    @Test func `the bin lists what was deleted and gives it back`() async throws {
        let account = try await Account(in: TestApp())
        let id = try await account.spend(1240, "Leisure", on: "2026-11-20", "Lunch")
        #expect(await account.browser.get("/expenses/deleted").body.contains("There is nothing here."))
        _ = await account.browser.post("/expenses/\(id)/delete")
        account.app.clock.advance(by: 600)
        let bin = await account.browser.get("/expenses/deleted")
        #expect(bin.body.contains("formaction=\"/expenses/\(id)/restore\""))
        let back = await account.browser.post("/expenses/\(id)/restore", ["return": "/expenses/deleted"])
        #expect(back.location == "/expenses/deleted?restored=\(id)")
        let told = await account.browser.visit("/expenses/deleted?restored=\(id)")
        #expect(told.notices.first?.hasPrefix("Restored $") == true)
        #expect(try account.expenses().count == 1)
    }

    @Test(arguments: [
        "https://evil.example/expenses", "//evil.example", "/\\evil.example", "/login", "expenses", "",
        "/expensesx?year=2026", "/expenses/../login?year=2026",
    ])
    func `a way back that is not the dashboard is not followed`(target: String) async throws {
        let account = try await Account(in: TestApp())
        let answer = await account.browser.post(
            "/expenses", ["amount": "5", "date": "2026-11-20", "return": target])
        #expect(answer.location?.hasPrefix("/expenses?saved=") == true)
    }

    @Test func `a way back keeps the filters, rewritten`() async throws {
        let account = try await Account(in: TestApp())
        let groceries = account.category("Groceries")
        let answer = await account.browser.post(
            "/expenses",
            [
                "amount": "5", "date": "2026-11-20",
                "return": "/expenses?q=a%26b+c&category=\(groceries)&month=13&evil=%0d%0aX:1&year=2026",
            ])
        #expect(
            answer.location?.hasPrefix("/expenses?category=\(groceries)&year=2026&q=a%26b+c&saved=") == true)
    }

    @Test func `what belongs to someone else does not exist`() async throws {
        let account = try await Account(in: TestApp())
        let other = try await Account(in: account.app, "bob")
        let id = try await other.spend(1240, "Leisure", on: "2026-11-20", "Secret")
        let gone = try await other.spend(100, on: "2026-11-20", "Gone")
        _ = await other.browser.post("/expenses/\(gone)/delete")
        for target in [
            "/expenses/\(id)/edit", "/expenses/999999/edit", "/expenses/x/edit", "/expenses/-1/edit",
        ] {
            #expect(await account.browser.get(target).status == 404)
        }
        let fields: KeyValuePairs = [
            "amount": "1", "date": "2026-11-20", "category": "\(account.category("Health"))",
        ]
        for target in [
            "/expenses/\(id)", "/expenses/\(id)/delete", "/expenses/\(id)/restore",
            "/expenses/\(gone)/restore",
            "/expenses/999999", "/expenses/01/delete",
        ] {
            #expect(await account.browser.post(target, fields).status == 404)
        }
        for news in ["saved", "deleted", "restored", "updated"] {
            let page = await account.browser.get("/expenses?\(news)=\(news == "deleted" ? gone : id)")
            #expect(page.notices == [])
            #expect(!page.body.contains("Secret"))
        }
        #expect(!(await account.browser.get("/expenses/new?again=\(id)")).body.contains("Secret"))
        #expect(try other.expenses().map(\.description) == ["Secret"])
    }

    @Test func `the form alone is filled in by its address`() async throws {
        let account = try await Account(in: TestApp())
        let empty = await account.browser.get("/expenses/new")
        #expect(empty.value("date") == "2026-11-23")
        #expect(empty.value("amount") == "")
        let filled = await account.browser.get(
            "/expenses/new?amount=12,50&category=hEALTH&date=2026-11-01&description=%3Ci%3E")
        #expect(filled.value("amount") == "12,50")
        #expect(filled.value("date") == "2026-11-01")
        #expect(filled.value("description") == "&lt;i&gt;")
        #expect(filled.body.contains("value=\"\(account.category("Health"))\" selected>Health"))
        let unknown = await account.browser.get("/expenses/new?category=Nonsense")
        #expect(!unknown.body.contains(" selected>"))
    }

    @Test func `Again fills the form with a row and today's date`() async throws {
        let account = try await Account(in: TestApp())
        let id = try await account.spend(-1240, "Leisure", on: "2025-01-02", "Lunch")
        let list = await account.browser.get("/expenses")
        #expect(list.body.contains("<a href=\"/expenses/new?again=\(id)\""))
        let form = await account.browser.get("/expenses/new?again=\(id)")
        #expect(form.value("amount") == "-12.40")
        #expect(form.value("date") == "2026-11-23")
        #expect(form.value("description") == "Lunch")
        #expect(form.body.contains("value=\"\(account.category("Leisure"))\" selected>Leisure"))
    }

    @Test func `older expenses are fifty a page, each shown once`() async throws {
        let account = try await Account(in: TestApp())
        for index in 0..<120 {
            try await account.spend(100, on: "2026-11-\(index % 3 + 10)", "expense \(index)")
        }
        var target: String? = "/expenses?q=expense"
        var pages: [[String]] = []
        while let next = target {
            let page = await account.browser.get(next.replacing("&amp;", with: "&"))
            pages.append(page.descriptions)
            #expect(page.match == "120 expenses, $120.00 in total, $1.00 on average")
            let totals = page.all("<h3>", "</a>")
            #expect(!totals.isEmpty && totals.allSatisfy { $0.hasSuffix("\">$40.00") })
            target = page.all("href=\"", "\">Older").last.map { String($0.split(separator: "\"").last ?? "") }
        }
        #expect(pages.map(\.count) == [50, 50, 20])
        #expect(Set(pages.joined()).count == 120)
        #expect(pages.first?.first == "expense 119")
    }

    @Test(arguments: [
        ("<wide>", 500, "&lt;wide&gt;", 8), ("汉字", 500, "汉字", 19), ("👩‍👩‍👧‍👦", 20, "👩‍👩‍👧‍👦", 4), ("ab", 121, "ab", 58),
        ("e\u{301}", 121, "e\u{301}", 39),
    ])
    func `a list cuts a long description between two characters, and the form to edit it has the whole`(
        part: String, length: Int, shown: String, count: Int
    ) async throws {
        let account = try await Account(in: TestApp())
        let long = String(String(repeating: part, count: length).prefix(length))
        let id = try await account.spend(1, on: "2026-11-20", long)
        let list = await account.browser.get("/expenses")
        #expect(!list.body.contains("<wide>"))
        let excerpt = try #require(list.descriptions.first)
        #expect(excerpt.utf8.count <= 120)
        #expect(excerpt.hasPrefix(String(repeating: shown, count: count)) && excerpt.hasSuffix("…"))
        #expect(list.all("<option value=\"", "\"").allSatisfy { !$0.hasPrefix(shown) })
        let form = await account.browser.get("/expenses/\(id)/edit")
        #expect(form.value("description") == long.replacing("<", with: "&lt;").replacing(">", with: "&gt;"))
    }

    @Test(arguments: ["a", String(repeating: "汉", count: 40), String(repeating: "ab", count: 60)])
    func `a description of 120 bytes is shown whole`(description: String) async throws {
        let account = try await Account(in: TestApp())
        try await account.spend(1, on: "2026-11-20", description)
        let list = await account.browser.get("/expenses")
        #expect(list.descriptions == [description])
    }

    @Test func `a new account is led to its first expense`() async throws {
        let account = try await Account(in: TestApp())
        let page = await account.browser.get("/expenses")
        #expect(page.body.contains("Nothing here yet"))
        #expect(page.body.contains("autofocus"))
        #expect(!page.body.contains("<svg class=\"chart\""))
        #expect(!page.body.contains("name=\"q\""))
    }

    @Test(arguments: [("JPY", "1250", "¥1,250"), ("KWD", "1.25", "KD\u{A0}1.250"), ("EUR", "1,25", "€1.25")])
    func `every currency is shown with its own decimals`(code: String, typed: String, shown: String)
        async throws
    {
        let currency = try #require(Currency(code: code))
        let account = try await Account(in: TestApp(), "ada", Preferences(currency: currency))
        let answer = await account.browser.post("/expenses", ["amount": typed, "date": "2026-11-23"])
        let page = await account.browser.visit(try #require(answer.location))
        #expect(page.match == "1 expense, \(shown) in total")
    }

    @Test func `an account that is full gets a page that says so, with what was typed`() async throws {
        var options = Storage.Options()
        options.userQuota = 1
        let account = try await Account(in: try TestApp(storage: options))
        try await account.spend(500, on: "2026-11-20")
        let answer = await account.browser.post(
            "/expenses", ["amount": "7", "date": "2026-11-21", "description": "Kept words"])
        #expect(answer.status == 507)
        #expect(answer.body.contains("your account is full (1 expense, including deleted ones)"))
        #expect(answer.body.contains("Kept words"))
        #expect(try account.expenses().count == 1)
    }
}

extension String {
    /// `2026-3-1` as `2026-03-01`.
    fileprivate var dated: String {
        split(separator: "-").map { $0.count < 2 ? "0\($0)" : String($0) }.joined(separator: "-")
    }
}
