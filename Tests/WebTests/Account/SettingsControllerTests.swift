import Expenses
import Testing

@Suite struct SettingsControllerTests {
    private static func fields(
        currency: String = "USD", format: String = "1,234.56", zone: String = "", weekday: String = "monday",
        accepts: String = "", monthStart: String = "1"
    ) -> KeyValuePairs<String, String> {
        [
            "currency": currency, "number_format": format, "zone": zone, "first_weekday": weekday,
            "accept_decimals": accepts, "month_start": monthStart,
        ]
    }

    @Test func `settings are shown, saved and obeyed`() async throws {
        let account = try await Account(in: TestApp())
        try await account.spend(123_456, on: "2026-11-01")
        let form = await account.browser.get("/account/settings")
        #expect(form.body.contains("<option value=\"USD\" selected>USD US dollar ($)\n"))
        let answer = await account.browser.post(
            "/account/settings", Self.fields(currency: "EUR", format: "1.234,56", weekday: "sunday"))
        let page = await account.browser.visit(try #require(answer.location))
        #expect(page.notices == ["Settings saved."])
        #expect(page.body.contains("<option value=\"sunday\" selected>Sunday\n"))
        let list = await account.browser.get("/expenses")
        #expect(list.match == "1 expense, 1.234,56\u{A0}€ in total")
        #expect(list.body.contains("<a href=\"/expenses?from=2026-11-22&amp;to=2026-11-28\">This week</a>"))
    }

    @Test func `today is the day in the user's zone`() async throws {
        let account = try await Account(in: TestApp())
        for (zone, day) in [
            ("Pacific/Kiritimati", "2026-11-24"), ("Pacific/Pago_Pago", "2026-11-23"), ("UTC", "2026-11-23"),
        ] {
            let answer = await account.browser.post("/account/settings", Self.fields(zone: zone))
            #expect(answer.status == 303)
            #expect(await account.browser.get("/expenses").value("date") == day)
        }
    }

    @Test(arguments: [
        (fields(currency: "ZZZ"), "currency"), (fields(currency: ""), "currency"),
        (fields(format: "1_234"), "number_format"), (fields(zone: "Europe/Atlantis"), "zone"),
        (fields(zone: "../../etc/passwd"), "zone"), (fields(weekday: "someday"), "first_weekday"),
        (fields(monthStart: "29"), "month_start"), (fields(monthStart: "0"), "month_start"),
        (fields(monthStart: ""), "month_start"), (fields(monthStart: "٣"), "month_start"),
    ])
    func `an unknown setting comes back with a message`(
        fields: KeyValuePairs<String, String>, field: String
    ) async throws {
        let account = try await Account(in: TestApp())
        let answer = await account.browser.post("/account/settings", fields)
        #expect(answer.status == 422)
        #expect(answer.all("<li><a href=\"#", "\"") == [field])
    }

    @Test func `a currency with other decimals is asked about and rescales nothing`() async throws {
        let account = try await Account(in: TestApp())
        try await account.spend(1240, on: "2026-11-01", "Lunch")
        let asked = await account.browser.post("/account/settings", Self.fields(currency: "JPY"))
        #expect(asked.status == 422)
        #expect(asked.body.contains("USD has 2 decimals, JPY has 0."))
        #expect(asked.body.contains("<strong>$12.40</strong> will show as <strong>¥1,240</strong>"))
        #expect(asked.body.contains("<option value=\"JPY\" selected>"))
        #expect(await account.browser.get("/expenses").match == "1 expense, $12.40 in total")
        let agreed = await account.browser.post(
            "/account/settings", Self.fields(currency: "JPY", accepts: "yes"))
        #expect(agreed.status == 303)
        #expect(await account.browser.get("/expenses").match == "1 expense, ¥1,240 in total")
        #expect(try account.expenses().map(\.amount.minorUnits) == [1240])
    }

    @Test func `where all amounts are whole they may keep their figures`() async throws {
        let account = try await Account(in: TestApp())
        try await account.spend(150_000, on: "2026-11-01", "Rent")
        let deleted = try await account.spend(-20_000, on: "2026-11-02")
        _ = await account.browser.post("/expenses/\(deleted)/delete")
        let asked = await account.browser.post("/account/settings", Self.fields(currency: "JPY"))
        #expect(asked.status == 422)
        #expect(asked.body.contains("<strong>$1,500.00</strong> becomes <strong>¥1,500</strong>"))
        #expect(asked.body.contains("<strong>$1,500.00</strong> becomes <strong>¥150,000</strong>"))
        let kept = await account.browser.post(
            "/account/settings", Self.fields(currency: "JPY", accepts: "keep"))
        #expect(kept.status == 303)
        #expect(await account.browser.get("/expenses").match == "1 expense, ¥1,500 in total")
        _ = await account.browser.post("/expenses/\(deleted)/restore")
        #expect(try account.expenses().map(\.amount.minorUnits) == [-200, 1500])
        #expect(
            await account.browser.get("/expenses").match?.hasPrefix("2 expenses, ¥1,300 in total") == true)
        // And back.
        _ = await account.browser.post("/account/settings", Self.fields(currency: "KWD", accepts: "keep"))
        #expect(try account.expenses().map(\.amount.minorUnits) == [-200_000, 1_500_000])
    }

    @Test func `amounts that would be cut do not keep their figures, in the bin either`() async throws {
        let account = try await Account(in: TestApp())
        try await account.spend(150_000, on: "2026-11-01")
        let deleted = try await account.spend(150, on: "2026-11-02")
        _ = await account.browser.post("/expenses/\(deleted)/delete")
        let answer = await account.browser.post(
            "/account/settings", Self.fields(currency: "JPY", accepts: "keep"))
        #expect(answer.status == 422)
        #expect(!answer.body.contains("value=\"keep\""))
        #expect(try account.expenses().map(\.amount.minorUnits) == [150_000])
    }

    @Test func `an empty account changes its currency without a question`() async throws {
        let account = try await Account(in: TestApp())
        #expect(await account.browser.post("/account/settings", Self.fields(currency: "KWD")).status == 303)
    }

    @Test func `the browser's time zone is offered once, where none was chosen`() async throws {
        let account = try await Account(in: TestApp())
        func tell(_ zone: String) {
            account.browser.cookies.removeAll { $0.name == "zone" }
            account.browser.cookies.append(TestBrowser.StoredCookie(name: "zone", value: zone, path: "/"))
        }
        // The server's own zone, and what is none.
        for zone in [
            Zone.system.identifier, "Europe%2FAtlantis", "%2e%2e%2fetc", String(repeating: "x", count: 101),
        ] {
            tell(zone)
            #expect(await account.browser.get("/expenses").notices.isEmpty)
        }
        tell("Pacific%2FKiritimati")
        #expect(await account.browser.get("/expenses?year=2026").notices.isEmpty)
        let page = await account.browser.get("/expenses")
        #expect(page.notices.first?.hasPrefix("Which day it is here follows the server’s time zone") == true)
        #expect(await account.browser.get("/expenses").notices.isEmpty)
        let address = try #require(page.between("action=\"/account/zone", "\""))
        let wrong = await account.browser.post("/account/zone?zone=Europe/Atlantis")
        #expect(wrong.status == 422 && wrong.body.contains("Choose one of the time zones."))
        let answer = await account.browser.post("/account/zone" + address)
        #expect(await account.browser.visit(try #require(answer.location)).notices == ["Settings saved."])
        #expect(await account.browser.get("/expenses").value("date") == "2026-11-24")
        tell("Europe%2FBerlin")
        #expect(await account.browser.get("/expenses").notices.isEmpty)
    }
}
