import Expenses
import Storage
import Testing

@Suite struct TagsControllerTests {
    private func account() async throws -> Account {
        let account = try await Account(in: TestApp())
        try await account.spend(1240, on: "2026-10-31", "Hotel #trip")
        try await account.spend(300, "Health", on: "2026-11-01", "Pills #Trip #café")
        try await account.spend(500, "Leisure", on: "2026-11-02", "Tea #CAFE")
        try await account.spend(700, "Leisure", on: "2026-11-02", "Invoice #12")
        return account
    }

    private func descriptions(of account: Account) throws -> [String] {
        try account.expenses().map(\.description)
    }

    @Test func `the page lists each tag with its count, total and months`() async throws {
        let account = try await account()
        let page = await account.browser.get("/tags")
        #expect(page.status == 200)
        #expect(
            page.body.contains(
                "<li><a href=\"/expenses?tag=cafe\">#CAFE</a><span class=\"quiet\">2 expenses</span><strong>$8.00</strong>"
            ))
        #expect(page.body.contains("<a href=\"/expenses?tag=trip\">#Trip</a>"))
        #expect(page.body.contains("<a href=\"/expenses?month=10&amp;year=2026&amp;tag=trip\">$12.40</a>"))
        let other = try await Account(in: account.app, "bob")
        #expect(await other.browser.get("/tags").body.contains("There are none yet."))
        #expect(await other.browser.get("/tags?edit=trip").status == 404)
    }

    @Test func `a filter by tags holds with the others, for the list, the totals, the download and the API`()
        async throws
    {
        let account = try await account()
        for (query, found) in [
            ("tag=trip", ["Pills #Trip #café", "Hotel #trip"]),
            ("tag=%23CAF%C3%89", ["Tea #CAFE", "Pills #Trip #café"]),
            ("tag=trip&tag=cafe", ["Pills #Trip #café"]), ("tag=trip&month=10&year=2026", ["Hotel #trip"]),
            ("tag=cafe&q=tea", ["Tea #CAFE"]),
            ("tag=cafe&category=\(account.category("Health"))", ["Pills #Trip #café"]),
            ("tag=none", []), ("tag=", try descriptions(of: account)),
        ] {
            let page = await account.browser.get("/expenses?" + query)
            #expect(page.descriptions.map { $0.replacing(/<[^>]*>/, with: "") } == found)
            #expect(page.match?.hasPrefix("\(found.count) ") == true || found.isEmpty)
            let file = await account.browser.get("/expenses.csv?" + query)
            #expect(file.body.split(separator: "\r\n").count == found.count + 1)
            let json = await account.browser.get("/api/v1/expenses?" + query)
            #expect(json.status == 200)
            #expect(json.body.split(separator: "\"description\"").count == found.count + 1)
        }
        let wrong = await account.browser.get("/expenses?tag=a.b")
        #expect(wrong.notices == ["Ignored: tag “a.b”."])
        #expect(await account.browser.get("/api/v1/expenses?tag=a.b").status == 422)
    }

    @Test func `a tag in the list is a link to what has it, and a chip takes the condition away`()
        async throws
    {
        let account = try await account()
        let page = await account.browser.get("/expenses?tag=trip&tag=cafe")
        #expect(
            page.descriptions == [
                "Pills <a href=\"/expenses?tag=trip\">#Trip</a> <a href=\"/expenses?tag=cafe\">#café</a>"
            ])
        #expect(page.body.contains("<button form=\"filter\" name=\"less\" value=\"#trip\">#Trip</button>"))
        #expect(page.body.contains("name=\"tag\" value=\"cafe\" checked>#CAFE</label>"))
        let less = await account.browser.visit("/expenses?tag=trip&tag=cafe&less=%23trip")
        #expect(less.descriptions.count == 2)
        // Of what is cut, and of many, no link is made.
        try await account.spend(1, on: "2026-11-03", String(repeating: "x", count: 110) + " #abcdefghijk")
        try await account.spend(1, on: "2026-11-03", (0..<40).map { "#t\($0)" }.joined(separator: " "))
        let long = await account.browser.get("/expenses?from=2026-11-03")
        #expect(long.descriptions.map { $0.split(separator: "<a ").count - 1 } == [4, 0])
    }

    @Test(arguments: [("Taxi #trip", false), ("Taxi", true)])
    func `what is added under a filter by tags says whether the filter hides it`(
        description: String, isHidden: Bool
    ) async throws {
        let account = try await account()
        let answer = await account.browser.post(
            "/expenses",
            [
                "amount": "9", "date": "2026-11-03", "description": description,
                "return": "/expenses?tag=trip",
            ])
        let page = await account.browser.visit(try #require(answer.location))
        #expect(page.notices.first?.contains("Your filters hide it.") == isHidden)
    }

    @Test func `a tag is renamed everywhere, and that is taken back`() async throws {
        let account = try await account()
        let before = try descriptions(of: account)
        let form = await account.browser.get("/tags?edit=trip")
        #expect(form.value("name") == "Trip")
        let answer = await account.browser.post("/tags/trip", ["name": "#Journey"])
        #expect(answer.status == 303)
        let page = await account.browser.visit(try #require(answer.location))
        #expect(page.notices == ["Renamed #Trip to #Journey in 2 expenses."])
        #expect(
            try descriptions(of: account)
                == before.map {
                    $0.replacing("#trip", with: "#Journey").replacing("#Trip", with: "#Journey")
                })
        let undo = try #require(page.between("<form method=\"post\" action=\"/expenses/selected/", "\""))
        let undone = await account.browser.post("/expenses/selected/" + undo)
        #expect(
            await account.browser.visit(try #require(undone.location)).notices == ["The change is undone."])
        #expect(try descriptions(of: account) == before)
    }

    @Test(arguments: [
        ("", "Enter a tag."), ("1", "begins with a letter"), ("a b c!", "begins with a letter"),
        (String(repeating: "x", count: 51), "50 characters at most"),
    ])
    func `a wrong name comes back as it was typed, with a message`(name: String, message: String) async throws
    {
        let account = try await account()
        let before = try descriptions(of: account)
        let answer = await account.browser.post("/tags/trip", ["name": name])
        #expect(answer.status == 422)
        #expect(answer.body.contains(message))
        #expect(answer.value("name") == name)
        #expect(try descriptions(of: account) == before)
    }

    @Test func `a rename to a tag that exists asks first, then makes one of both`() async throws {
        let account = try await account()
        let asked = await account.browser.post("/tags/trip", ["name": "Café"])
        #expect(asked.status == 422)
        #expect(asked.body.contains("Merge #Trip into #CAFE?"))
        #expect(asked.value("name") == "Café")
        let merged = await account.browser.post("/tags/trip", ["name": "Café", "confirm": "1"])
        #expect(merged.status == 303)
        #expect(
            try descriptions(of: account) == ["Invoice #12", "Tea #CAFE", "Pills #café", "Hotel #Café"])
        // Another spelling of the same tag is no other tag.
        let spelled = await account.browser.post("/tags/cafe", ["name": "Cafe"])
        #expect(spelled.status == 303)
        #expect(try descriptions(of: account) == ["Invoice #12", "Tea #Cafe", "Pills #Cafe", "Hotel #Cafe"])
    }

    @Test func `a tag is taken off everywhere, once the box is ticked`() async throws {
        let account = try await account()
        let asked = await account.browser.post("/tags/trip/delete")
        #expect(asked.status == 422)
        #expect(asked.body.contains("Tick the box"))
        let answer = await account.browser.post("/tags/trip/delete", ["confirm": "1"])
        let page = await account.browser.visit(try #require(answer.location))
        #expect(page.notices == ["Took #Trip off 2 expenses."])
        #expect(try descriptions(of: account) == ["Invoice #12", "Tea #CAFE", "Pills #café", "Hotel"])
        #expect(await account.browser.post("/tags/trip/delete", ["confirm": "1"]).status == 404)
    }

    @Test func `a rule and a deleted expense follow a tag, and the Undo of the rename brings both back`()
        async throws
    {
        let account = try await account()
        _ = await account.browser.post("/rules", ["text": "hotel", "tag": "TRIP"])
        let deleted = try #require(try account.expenses().first { $0.description.contains("Hotel") })
        _ = await account.browser.post("/expenses/\(deleted.id)/delete")
        func texts() async -> [Bool] {
            let rules = await account.browser.get("/rules").body
            let bin = await account.browser.get("/expenses/deleted").body
            return [
                rules.contains("#TRIP"), bin.contains("Hotel #trip"), rules.contains("#Journey"),
                bin.contains("Hotel #Journey"),
            ]
        }
        #expect(await texts() == [true, true, false, false])
        #expect(await account.browser.get("/tags?edit=trip").body.contains("Rules, repeating expenses and"))
        let answer = await account.browser.post("/tags/trip", ["name": "Journey"])
        let page = await account.browser.visit(try #require(answer.location))
        #expect(page.notices == ["Renamed #Trip to #Journey in 1 expense."])
        #expect(await texts() == [false, false, true, true])
        let undo = try #require(page.between("<form method=\"post\" action=\"/expenses/selected/", "\""))
        _ = await account.browser.post("/expenses/selected/" + undo)
        #expect(await texts() == [true, true, false, false])
    }

    @Test func `the API lists the tags`() async throws {
        let account = try await account()
        let answer = await account.browser.get("/api/v1/tags")
        #expect(
            answer.body
                == #"{"items":[{"name":"CAFE","count":2,"total":"8.00"},{"name":"Trip","count":2,"total":"15.40"}]}"#
        )
    }

    @Test func `a tag in a script that is written from right to left has its page and its links`()
        async throws
    {
        let account = try await account()
        try await account.spend(100, on: "2026-11-03", "فندق #رحلة")
        let tags = await account.browser.get("/tags")
        #expect(tags.body.contains("<a href=\"/expenses?tag=رحلة\">#رحلة</a>"))
        let answer = await account.browser.post("/tags/%D8%B1%D8%AD%D9%84%D8%A9", ["name": "سفر"])
        #expect(answer.status == 303)
        #expect(try descriptions(of: account).first == "فندق #سفر")
    }
}
