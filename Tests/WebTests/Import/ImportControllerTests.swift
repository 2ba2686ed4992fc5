import Expenses
import HTTP
import Storage
import Testing
import Web

@Suite struct ImportControllerTests {
    private func upload(_ text: String, _ browser: TestBrowser) async -> TestBrowser.Answer {
        let body =
            "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.csv\"\r\nContent-Type: text/csv\r\n\r\n"
            + text + "\r\n--x--\r\n"
        return await browser.send(
            .post, "/expenses/import", headers: ["Content-Type": "multipart/form-data; boundary=x"],
            body: Array(body.utf8))
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
            guard !tag.contains("type=\"checkbox\"") || tag.hasSuffix(" checked") else { continue }
            fields.append(attribute("name"), attribute("value"))
        }
        return fields
    }

    private let bank =
        "Datum;Text;Kategorie;Betrag\n03.04.2026;Lunch;Food;-12,50\n04.04.2026;Rent;Home;-700,00\n04.04.2026;Rent;Home;-700,00\n05.04.2026;x;Food;oops\n"

    @Test func `a file is uploaded, checked, added, and taken back`() async throws {
        let ada = try await Account(in: TestApp())
        try await ada.spend(1250, on: "2026-04-03", "Mine")
        let uploaded = await upload(bank, ada.browser)
        #expect(uploaded.status == 303)
        let address = try #require(uploaded.location)
        // "Text" is not among the names of columns that are known, so it is chosen.
        let preview = await ada.browser.get(address)
        #expect(preview.status == 200)
        #expect(preview.body.contains("no date tells day and month apart"))
        #expect(preview.body.contains("1 line cannot be read and is left out"))
        #expect(preview.body.contains("New categories: Food, Home"))
        #expect(preview.body.contains("like line 3"))
        let changed = await ada.browser.get(
            "\(address)?shown_as=\(try #require(preview.value("shown_as")).replacing(" ", with: "+"))&order=mdy&description=1"
        )
        #expect(changed.body.contains("<td>2026-03-04</td>"))
        #expect(changed.body.contains("<td>Lunch"))
        #expect(try ada.expenses().count == 1)

        let done = await ada.browser.post(address, try fields(changed))
        #expect(done.location == address)
        #expect(try ada.expenses().map(\.description) == ["Rent", "Mine", "Lunch"])
        #expect(try ada.expenses().map(\.amount.minorUnits) == [70000, 1250, 1250])
        #expect(try ada.app.storage.check().findings == [])
        #expect(await ada.browser.get(address).body.contains("2 expenses"))
        // The file has been added: not once more.
        #expect(await ada.browser.post(address, FormData([("row", "0"), ("shown", "0")])).status == 404)

        let lunch = try #require(try ada.expenses().last)
        ada.app.clock.advance(by: 5)
        _ = await ada.browser.post(
            "/expenses/\(lunch.id)",
            ["amount": "13", "category": "\(lunch.category)", "date": "2026-03-05", "description": "Changed"])
        #expect(await ada.browser.get(address).body.contains("1 expense of it changed since"))
        let undone = await ada.browser.post(address + "/undo")
        #expect(undone.location == "/expenses/import?undone=2")
        #expect(try ada.expenses().map(\.description) == ["Mine"])
        #expect(try ada.app.storage.check().findings == [])
        #expect(await ada.browser.get(address).status == 404)
    }

    @Test func `the same file twice adds nothing`() async throws {
        let ada = try await Account(in: TestApp())
        let file = "date,amount,category,description\n2026-01-01,5,Food,Tea\n2026-01-02,6,Food,Bun\n"
        for round in 0..<2 {
            let address = try #require(await upload(file, ada.browser).location)
            let answer = await ada.browser.post(address, try fields(await ada.browser.get(address)))
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
        var fields = try fields(await bob.browser.get(address))
        fields.remove("row")
        for index in 0..<9 { fields.append("row", String(index)) }
        #expect(await bob.browser.post(address, fields).status == 303)
        #expect(await bob.browser.get("/expenses.csv").body == file)
    }

    @Test func `another user's import is not there, and files have bounds`() async throws {
        let app = try TestApp()
        let (ada, eve) = (try await Account(in: app), try await Account(in: app, "eve"))
        let file = "date,amount\n2026-01-01,5\n"
        let address = try #require(await upload(file, ada.browser).location)
        for path in [address, address + "/errors.csv"] { #expect(await eve.browser.get(path).status == 404) }
        #expect(await eve.browser.post(address, FormData([("row", "0"), ("shown", "0")])).status == 404)
        #expect(await eve.browser.post(address + "/undo").status == 404)
        for _ in 0..<ImportStore.mostWaiting { _ = await upload(file, ada.browser) }
        #expect(await ada.browser.get(address).status == 404)
        #expect(await upload("nothing at all", ada.browser).status == 422)
        #expect(await upload("", ada.browser).status == 422)
    }

    @Test func `an import of thousands of rows is added and undone as one`() async throws {
        let ada = try await Account(in: TestApp())
        var file = "date,amount,category,description\n"
        for index in 0..<3000 { file += "2025-0\(index % 9 + 1)-11,\(index + 1).25,Food,Row \(index)\n" }
        let address = try #require(await upload(file, ada.browser).location)
        let preview = await ada.browser.get(address)
        #expect(preview.body.contains("2,800 more rows are not shown and will be added."))
        #expect(await ada.browser.post(address, try fields(preview)).status == 303)
        #expect(await ada.browser.get("/expenses.csv").body.split(separator: "\r\n").count == 3001)
        #expect(try ada.app.storage.check().findings == [])
        #expect(await ada.browser.post(address + "/undo").location == "/expenses/import?undone=3000")
        #expect(try ada.app.storage.check().findings == [])
    }
}
