import Demo
import Expenses
import Glibc
import HTTP
import Storage
import Templating
import Testing
import Web

/// What each page of the demo data says in each language, line by line, against the files of Tests/VisibleText.
///
/// A change of words shows there as a change of lines. `UPDATE_VISIBLE_TEXT=1 swift test --filter VisibleText`
/// writes the files anew.
@Suite struct VisibleTextTests {
    private static let addressesForGuests = ["/", "/login", "/login?notice=expired", "/register"]

    private static let addresses = [
        "/expenses", "/expenses?month=10&year=2026",
        "/expenses?category=1&category=2&q=e&from=2025-01-01&to=2026-06-30&period=year",
        "/expenses?category=3", "/expenses?q=market&year=2025", "/expenses?month=2&year=1950",
        "/expenses?q=xylophone+zither", "/expenses?month=13&category=999", "/expenses?saved=900&as=latest",
        "/expenses/new", "/expenses/new?again=900", "/expenses/900/edit?year=2026", "/expenses/deleted",
        "/expenses?deleted=901", "/expenses/import", "/expenses/import/1", "/summary", "/summary?year=2025",
        "/summary?year=1999", "/categories",
        "/categories?edit=2", "/rules", "/rules?text=tea", "/tags", "/tags?edit=trip",
        "/expenses?select=1&month=10&year=2026", "/repeating", "/repeating/1/edit", "/targets", "/account",
        "/account/settings", "/account/tokens", "/account/data",
        "/account/password", "/account/delete", "/account/two-factor", "/api/v1",
        "/nowhere",
    ]

    /// Forms that are refused, and so change nothing.
    private static let refused: [(address: String, fields: KeyValuePairs<String, String>)] = [
        ("/expenses", ["amount": "1.2.3", "date": "31 June", "category": "1"]),
        ("/expenses/selected", ["action": "move"]), ("/categories", ["name": ""]),
        ("/categories/1", ["name": "Leisure"]), ("/rules", ["text": ""]),
        ("/targets", ["category": "1", "amount": "much"]),
        (
            "/repeating",
            ["amount": "5", "first": "2026-01-01", "every": "1", "unit": "month", "category": "1"]
        ),
        ("/repeating", ["amount": "0", "first": "", "every": "0", "unit": "hour", "category": "1"]),
        ("/account/password", ["current": "", "password": "short"]), ("/account/tokens", ["name": ""]),
    ]

    @Test func `every page says what it said before, and nothing in English where it is in another language`()
        async throws
    {
        let app = try TestApp()
        let today = try #require(Day("2026-11-23"))
        try DemoData(users: 1, expenses: 1000, passwordHash: "", today: today).fill(app.storage)
        let demo = try await Account(of: "demo1", in: app)
        try await fill(demo)
        let library = try TemplateLibrary(directory: TestApp.packageRoot + "/Templates")
        let languages = try Languages(folder: TestApp.packageRoot + "/Templates/Languages", library)
        let sentences = try MessageSources().entries
        for language in languages.all {
            try await app.storage.write(of: demo.user.id) {
                try $0.users.update(Preferences(language: language.code), of: demo.user.id)
            }
            let pages = await pages(of: demo, in: language)
            try compare(pages, with: language.code)
            guard language != .english else { continue }
            let english = EnglishWords(
                sentences, notOf: try languages.translation(language), norOf: try data(of: demo))
            for (address, text) in pages where address != "/api/v1" {
                for line in Set(text.lines + text.labels) {
                    let words = english.found(in: line)
                    #expect(words == [], "\(language.code) \(address): \(line)")
                }
            }
        }
    }

    /// What is on the pages in English in every language.
    private func data(of demo: Account) throws -> [String] {
        try demo.expenses().map(\.description) + demo.categories.map(\.name) + Currency.all.map(\.symbol)
            + [demo.user.email]
    }

    /// Something of everything that a user can have.
    private func fill(_ demo: Account) async throws {
        try await demo.app.storage.write(of: nil) {
            _ = try $0.twoFactors.insert(
                secret: [1], usedStep: 1, recoveryHashes: [[1], [2]], owner: demo.user.id, at: TestApp.noon)
        }
        for id in 901...903 { _ = await demo.browser.post("/expenses/\(id)/delete", ["form": "x\(id)"]) }
        let forms: [(String, KeyValuePairs<String, String>)] = [
            (
                "/expenses",
                ["amount": "12.40", "date": "2026-11-22", "category": "2", "description": "Hotel #trip"]
            ),
            ("/targets", ["category": "1", "amount": "200"]),
            ("/targets", ["category": "", "amount": "900"]),
            ("/rules", ["text": "hotel", "category": "2", "tag": "trip"]),
            (
                "/repeating",
                [
                    "amount": "650", "first": "2026-11-25", "every": "1", "unit": "month", "category": "4",
                    "description": "Miete",
                ]
            ),
            ("/account/tokens", ["name": "Telephone", "access": "read"]),
        ]
        for (address, fields) in forms {
            let answer = await demo.browser.post(address, fields)
            #expect(answer.status == 303, "\(address)")
        }
        // It shows the new token, which is another one each time, once.
        _ = await demo.browser.get("/account/tokens")
        let file = await demo.browser.upload(
            """
            Datum,Empfänger,Betrag
            03/04/2026,Hotel,-3.00
            04/04/2026,Gehalt,900.00
            05/04/2026,Miete,viel
            Hotel,,
            """)
        #expect(file.location == "/expenses/import/1")
    }

    private func pages(
        of demo: Account, in language: Language
    ) async -> [(address: String, text: VisibleText)] {
        let guest = demo.app.browser()
        guest.acceptLanguage = language.code
        var pages: [(String, VisibleText)] = []
        for address in Self.addressesForGuests {
            pages.append(
                (
                    address,
                    VisibleText(of: await guest.get(address).body, part: address == "/" ? "body" : "main")
                ))
        }
        let registration = await guest.post(
            "/register", ["username": "a b", "email": "a@b", "password": "x"])
        pages.append(("/register, refused", VisibleText(of: registration.body)))
        for address in Self.addresses {
            pages.append(
                (
                    address,
                    VisibleText(
                        of: await demo.browser.get(address).body,
                        part: address == "/expenses" ? "body" : "main")
                ))
        }
        for (address, fields) in Self.refused {
            let answer = await demo.browser.post(address, fields)
            #expect(answer.status == 422, "\(address)")
            pages.append((address + ", refused", VisibleText(of: answer.body)))
        }
        return pages
    }

    private func compare(
        _ pages: [(address: String, text: VisibleText)], with code: String
    ) throws {
        let now = pages.flatMap { ["=== " + $0.address] + $0.text.lines }
        let file = "Tests/VisibleText/\(code).txt"
        if unsafe getenv("UPDATE_VISIBLE_TEXT") != nil {
            try Self.write(now.joined(separator: "\n") + "\n", to: file)
        }
        let before = try MessageSources.text(of: file).split(separator: "\n")
        for (line, (old, new)) in zip(before, now).enumerated() where old != new {
            Issue.record("\(file):\(line + 1) was “\(old)” and is “\(new)”")
            return
        }
        #expect(now.count == before.count, "\(file)")
    }

    private static func write(_ text: String, to file: String) throws {
        let stream = unsafe try #require(fopen(TestApp.packageRoot + "/" + file, "w"))
        defer { unsafe fclose(stream) }
        try #require(unsafe fwrite(text, 1, text.utf8.count, stream) == text.utf8.count)
    }
}
