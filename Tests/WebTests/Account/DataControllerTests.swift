import Expenses
import HTTP
import Storage
import TestDatabase
import Testing
import Web

@Suite struct DataControllerTests {
    private func upload(_ account: Account, _ file: String) async -> TestBrowser.Answer {
        let body =
            "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.json\"\r\n"
            + "Content-Type: application/json\r\n\r\n\(file)\r\n--b--\r\n"
        return await account.browser.send(
            .post, "/account/data", headers: ["Content-Type": "multipart/form-data; boundary=b"],
            body: Array(body.utf8))
    }

    private func download(_ account: Account) async -> String {
        await account.browser.get("/account/everything.json").body
    }

    /// Ada has expenses in her own categories, some of them in the bin, and settings of her own.
    private func ada(_ app: TestApp) async throws -> Account {
        let yen = try #require(Currency(code: "KWD"))
        let account = try await Account(
            in: app, "ada",
            Preferences(
                currency: yen, numberFormat: .indian, zone: "Asia/Kuwait", firstWeekday: .sunday,
                months: try #require(MonthCalendar(start: 25))))
        let owner = account.user.id
        try await app.storage.write(of: nil) { stores in
            _ = try stores.categories.insert(name: "Haustiere \"🐈\"", color: .teal, owner: owner)
            let health = try #require(try stores.categories.find(named: "Health", owner: owner))
            _ = try stores.categories.update(
                Expenses.Category(id: health.id, name: "Doctor", color: .olive), owner: owner)
        }
        for (text, category) in [("haus", "Doctor"), ("tax", nil)] {
            try await app.storage.write(of: nil) { stores in
                let id = try category.flatMap { try stores.categories.find(named: $0, owner: owner)?.id }
                let rule = Rule(
                    id: Rule.ID(0), text: text, category: id, newDescription: "Haus \"1\"", tag: "haus",
                    leavesOut: id == nil)
                _ = try stores.rules.insert(rule, at: 1, owner: owner)
            }
        }
        for (index, text) in ["", "Lunch", "a\nb\t\"q\"", "=1+1", "é\u{301}😀", "Lunch"].enumerated() {
            try await account.spend(Int64(index * 7 - 3), "Leisure", on: "2026-11-2\(index / 2)", text)
        }
        for id in [2, 5] {
            app.clock.advance(by: 60)
            let now = app.clock.now
            try await app.storage.write(of: nil) {
                _ = try $0.expenses.remove(Expense.ID(Int64(id)), owner: owner, at: now)
            }
        }
        return account
    }

    @Test func `an empty account that imports another one's file is the same account`() async throws {
        let app = try TestApp()
        let file = await download(try await ada(app))
        #expect(file.contains(#""currency":"KWD""#) && file.contains(#""deleted_at":"#))
        let bob = try await Account(in: app, "bob")
        let answer = await upload(bob, file)
        #expect(answer.status == 303 && answer.location == "/account/data?imported=4")
        #expect(await download(bob) == file)
        let (rules, doctor) = try app.storage.read { stores in
            (
                try stores.rules.all(of: bob.user.id),
                try stores.categories.find(named: "Doctor", owner: bob.user.id)?.id
            )
        }
        #expect(rules.map(\.text) == ["tax", "haus"] && rules.map(\.leavesOut) == [true, false])
        #expect(rules.map(\.category) == [nil, doctor])
        // The second time it is not empty.
        let again = await upload(bob, file)
        #expect(again.status == 422 && again.body.contains("has expenses already"))
        #expect(await download(bob) == file)
        #expect(try app.storage.check().findings.isEmpty)
        // What was in the bin can be restored.
        let page = await bob.browser.get("/expenses/deleted")
        let restore = try #require(page.between("action=\"/expenses/", "/restore\""))
        #expect(await bob.browser.post("/expenses/\(restore)/restore").status == 303)
        #expect(try bob.expenses().count == 5)
    }

    @Test func `what repeats goes along, with what it has recorded and what comes next`() async throws {
        let app = try TestApp()
        let ada = try await Account(in: app)
        let fields: KeyValuePairs = [
            "amount": "12.99", "category": ada.category("Leisure").description, "description": "Netflix",
            "first": "2026-09-30", "every": "1", "unit": "month", "until": "2027-09-30", "past": "record",
        ]
        _ = await ada.browser.post("/repeating", fields)
        _ = await ada.browser.post("/repeating", ["amount": "5", "first": "2026-12-01"])
        _ = await ada.browser.post("/repeating/2/pause")
        let recorded = try #require(try ada.expenses().first)
        _ = await ada.browser.post("/expenses/\(recorded.id)/delete")
        let file = await download(ada)
        let bob = try await Account(in: app, "bob")
        _ = await bob.browser.post("/repeating", ["amount": "7", "first": "2026-12-01"])
        #expect(await upload(bob, file).location == "/account/data?imported=1")
        #expect(await download(bob) == file)
        let page = await bob.browser.get("/expenses?repeating=2")
        #expect(page.descriptions.first?.contains("Netflix") == true)
        let rules = try app.storage.read { try $0.repeating.all(of: bob.user.id) }
        #expect(rules.map(\.nextDay) == [Day("2026-11-30"), nil])
        #expect(rules.map(\.recorded) == [2, 0])
        #expect(try app.storage.check().findings == [])
        for (part, other) in [
            (#""every":1"#, #""every":0"#), ("2026-09-30", "2026-09-31"), (#""next":2"#, #""next":-1"#),
            (#""category":"Leisure""#, #""category":"Pleasure""#), (#""unit":"month""#, #""unit":"moon""#),
        ] {
            let carl = try await Account(in: app, "carl\(other.count)\(other.utf8.last ?? 0)")
            let answer = await upload(carl, file.replacing(part, with: other, maxReplacements: 1))
            #expect(answer.status == 422, "\(other)")
            #expect(answer.body.contains("cannot be read"), "\(other)")
        }
    }

    @Test func `a long list keeps its order`() async throws {
        let app = try TestApp()
        let account = try await Account(in: app)
        let (owner, category) = (account.user.id, account.category("Others"))
        let day = try #require(Day("2026-11-22"))
        try await app.storage.write(of: nil) { stores in
            for number in 1...1203 {
                let draft = ExpenseDraft(
                    amount: Money(minorUnits: Int64(number)), category: category, day: day, description: "n")
                _ = try stores.expenses.insert(draft, owner: owner, form: nil, at: 0)
            }
        }
        let file = await download(account)
        let bob = try await Account(in: app, "bob")
        #expect(await upload(bob, file).location == "/account/data?imported=1203")
        #expect(await download(bob) == file)
        #expect(try app.storage.check().findings.isEmpty)
    }

    @Test func `the download is of one moment, whatever is written meanwhile`() async throws {
        let app = try TestApp()
        let account = try await ada(app)
        let whole = await download(account)
        let response = await app.application.respond(
            to: Request(
                method: .get, target: "/account/everything.json",
                headers: ["Cookie": "access_token=\(account.browser.cookie("access_token") ?? "")"]))
        try await account.spend(99, "Leisure", on: "1999-01-01", "later")
        _ = await account.browser.post("/categories", ["name": "Later", "color": "green"])
        #expect(String(decoding: try response.body.collected(), as: UTF8.self) == whole)
    }

    @Test func `what was deleted more than 30 days ago is not in the file`() async throws {
        let app = try TestApp()
        _ = try await app.loggedIn()
        let browser = try await app.loggedIn(as: "bob")
        _ = await browser.post("/expenses", ["amount": "1", "date": "2026-11-22", "description": "old"])
        _ = await browser.post("/expenses/1/delete")
        #expect(await browser.get("/account/everything.json").body.contains("old"))
        app.clock.advance(by: DeletedExpense.restorable + 1)
        let later = app.browser()
        _ = await later.post("/login", ["email": "bob", "password": "correct horse bob"])
        #expect(await later.get("/account/everything.json").body.contains("\"bin\":[]"))
    }

    @Test func `a new account's file is a whole one`() async throws {
        let account = try await Account(in: TestApp())
        let file = await download(account)
        #expect(file.contains("\"expenses\":[]") && file.contains("\"bin\":[]"))
        #expect(await upload(account, file).location == "/account/data?imported=0")
        #expect(await download(account) == file)
    }

    @Test(arguments: [
        ("nonsense", "not a file of"), ("{}", "not the whole"), (#"{"format":"other"}"#, "another program"),
        (#"{"format":"expense-tracker-account","expenses":[]}"#, "have to come before"),
        ("[NEWER]", "A newer Expense Tracker has made this file (version 2; this one reads 1)"),
        ("[VERSION]", "version is no number"), ("[UNVERSIONED]", "not the whole"),
        ("[CUT]", "not a file of"), ("[ZERO]", "The expense “Lunch” of 2026-11-20"),
        ("[STRANGER]", "cannot be read"), ("[TWICE]", "there twice"), ("[SETTINGS]", "The settings"),
        ("[NONE]", "no category"), ("[AGAIN]", "is there twice"), ("[UNDATED]", "cannot be read"),
    ])
    func `a file that is not right is refused with the reason, and nothing is changed`(
        file: String, reason: String
    ) async throws {
        let app = try TestApp()
        let whole = await download(try await ada(app))
        let lunch = try #require(
            whole.split(separator: "\n").first { $0.contains("Lunch") && $0.contains("2026-11-2") })
        let sent =
            switch file {
            case "[CUT]": String(whole.dropLast(3))
            case "[NEWER]": whole.replacing(#""version":1"#, with: #""version":2"#)
            case "[VERSION]": whole.replacing(#""version":1"#, with: #""version":"1""#)
            case "[UNVERSIONED]": whole.replacing(#""version":1,"#, with: "")
            case "[ZERO]":
                whole.replacing(
                    lunch,
                    with: #"{"date":"2026-11-20","amount":"0","category":"Leisure","description":"Lunch"},"#)
            case "[STRANGER]": whole.replacing(#""name":"Leisure""#, with: #""name":"Fun""#)
            case "[TWICE]": whole.replacing(#""name":"Clothing""#, with: #""name":"leisure""#)
            case "[SETTINGS]": whole.replacing(#""currency":"KWD""#, with: #""currency":"ZZZ""#)
            case "[NONE]":
                #"{"format":"expense-tracker-account","version":1,"settings":{"currency":"USD","number_format":"1,234.56","#
                    + #""zone":"","first_weekday":"monday"},"categories":[],"expenses":[],"bin":[]}"#
            case "[AGAIN]": whole.replacing("{\"format\"", with: "{\"version\":1,\"format\"")
            case "[UNDATED]": whole.replacing("\"deleted_at\"", with: "\"deleted\"")
            default: file
            }
        let bob = try await Account(in: app, "bob")
        let before = await download(bob)
        let answer = await upload(bob, sent)
        #expect(answer.status == 422)
        #expect(answer.between("id=\"file-problem\">", "<")?.contains(reason) == true)
        #expect(await download(bob) == before)
    }

    @Test func `what the file has and the program does not know is named`() async throws {
        let app = try TestApp()
        let whole = await download(try await ada(app))
        let sent = whole.replacing(#""expenses":"#, with: #""goals":[{"a":1}],"expenses":"#)
            .replacing(#""currency":"#, with: #""theme":"dark","currency":"#)
            .replacing(#""deleted_at":"#, with: #""by":"eve","deleted_at":"#)
        let bob = try await Account(in: app, "bob")
        let answer = await upload(bob, sent)
        #expect(answer.location == "/account/data?imported=4&unknown=settings.theme+goals+bin.by")
        let page = await bob.browser.get(answer.location ?? "")
        #expect(page.body.contains("which was left out: settings.theme, goals, bin.by."))
        #expect(await download(bob) == whole)
        let forged = await bob.browser.get("/account/data?imported=4&unknown=a+%3Cb%3E+call!+c")
        #expect(forged.body.contains("which was left out: a, c."))
    }

    /// 6,000 rows of more than 100 bytes: pieces begin and end anywhere in them.
    @Test func `a file of many pieces is the same account again`() async throws {
        let app = try TestApp()
        let account = try await Account(in: app)
        let settings =
            #"{"currency":"USD","number_format":"1,234.56","zone":"","first_weekday":"monday","month_start":1,"language":""}"#
        let rows = (0..<6000).map { number in
            #"{"date":"2026-11-\#(number % 20 + 10)","amount":"\#(number + 1).07","category":"Food","#
                + #""description":"é\#(number) \#(String(repeating: "x", count: number % 90)) \"q\""}"#
        }.sorted(by: >)
        let file =
            #"{"format":"expense-tracker-account","version":1,"settings":\#(settings),"#
            + "\n" + #""categories":["# + "\n" + #"{"name":"Food","color":"green"}],"# + "\n"
            + #""rules":[],"# + "\n" + #""targets":[],"# + "\n" + #""expenses":["# + "\n"
            + rows.joined(separator: ",\n") + "],\n" + #""bin":[]}"# + "\n"
        #expect(await upload(account, file).location == "/account/data?imported=6000")
        #expect(await download(account).utf8.count == file.utf8.count)
        #expect(try app.storage.check().findings.isEmpty)
    }

    @Test func `an upload without a file is refused with a message`() async throws {
        let account = try await Account(in: TestApp())
        #expect(await upload(account, "").status == 422)
        #expect(await account.browser.post("/account/data", ["file": "x"]).status == 415)
        let stranger = await account.app.browser().get("/account/everything.json")
        #expect(stranger.status == 303)
    }

    @Test(.enabled(if: TestDatabase.isFile))
    func `an import that cannot be stored as a whole leaves no expense`() async throws {
        var options = Storage.Options()
        options.maxPages = 120
        let app = try TestApp(storage: options)
        let account = try await Account(in: app)
        let settings = #"{"currency":"USD","number_format":"1,234.56","zone":"","first_weekday":"monday"}"#
        let text = String(repeating: "x", count: 400)
        let row = #"{"date":"2026-11-20","amount":"1.00","category":"Food","description":"\#(text)"}"#
        let rows = Array(repeating: row, count: 2000).joined(separator: ",")
        let answer = await upload(
            account,
            #"{"format":"expense-tracker-account","version":1,"settings":\#(settings),"categories":[{"name":"Food","#
                + #""color":"green"}],"expenses":[\#(rows)],"bin":[]}"#)
        #expect(answer.status == 507)
        #expect(try account.expenses().isEmpty)
        #expect(try app.storage.check().findings.isEmpty)
    }

    @Test func `the download is offered before the account is deleted`() async throws {
        let account = try await Account(in: TestApp())
        let page = await account.browser.get("/account/delete")
        #expect(page.body.contains("href=\"/account/everything.json\""))
    }
}
