import Expenses
import FoundationEssentials
import HTTP
import Storage
import TestDatabase
import Testing
import Web

/// What scripts need to add expenses without a connection, and what becomes of those afterwards.
struct OfflineControllerTests {
    private let account: Account
    private let ids: [String]

    init() async throws {
        account = try await Account(in: TestApp())
        ids = Self.ids(in: await account.browser.get("/offline/ids"))
    }

    private static func ids(in answer: TestBrowser.Answer) -> [String] {
        let list = answer.between("\"ids\":[\"", "\"]") ?? ""
        return list.split(separator: "\",\"").map(String.init)
    }

    private func send(
        _ id: String, _ changes: [String: String] = [:], from browser: TestBrowser? = nil
    ) async -> TestBrowser.Answer {
        let typed = [
            "form": id, "amount": "12.40", "category": "", "date": "2026-11-22", "description": "Lunch",
        ]
        let fields = typed.merging(changes) { _, new in new }
        return await (browser ?? account.browser).post(
            "/offline", FormData(fields.map { ($0.key, $0.value) }))
    }

    @Test func `the page is the same for everybody, in their language`() async throws {
        let visitor = account.app.browser()
        let page = await visitor.get("/offline")
        #expect(page.status == 200)
        #expect(page.headers["Cache-Control"] == "no-cache")
        #expect(await account.browser.get("/offline").body == page.body)
        #expect(!page.body.contains("ada") && !page.body.contains("Groceries"))
        visitor.acceptLanguage = "de"
        #expect(await visitor.get("/offline").body.contains("<html lang=\"de\">"))
    }

    @Test(arguments: ["", "/money"])
    func `the files that are kept are there, also below a path, and the worker is above them all`(
        base: String
    ) async throws {
        let app = try TestApp { $0.basePath = BasePath(base) ?? BasePath() }
        let account = try await Account(in: app)
        let list = try #require(
            await account.browser.get("\(base)/offline/ids").between("\"files\":[\"", "\"]"))
        let files = list.split(separator: "\",\"").map(String.init)
        #expect(files.count == 6)
        for file in files {
            #expect(file.hasPrefix("\(base)/"))
            #expect(await account.browser.get(file).status == 200, "\(file)")
        }
        let page = await account.browser.get("\(base)/offline")
        let used = page.all("src=\"", "\"") + page.all("stylesheet\" href=\"", "\"")
        #expect(Set(used).isSubset(of: files))
        let worker = await app.browser().get("\(base)/worker.js")
        #expect(worker.status == 200)
        #expect(worker.headers["Content-Type"]?.hasPrefix("text/javascript") == true)
        #expect(await app.browser().get("\(base)/static/worker.js").body == worker.body)
        #expect(await account.browser.post("\(base)/worker.js").status == 405)
    }

    @Test func `all scripts together weigh 8 KB at most`() throws {
        let folder = TestApp.packageRoot + "/Public/"
        let scripts = try FileManager.default.contentsOfDirectory(atPath: folder).filter {
            $0.hasSuffix(".js")
        }
        #expect(scripts.sorted() == ["app.js", "offline.js", "worker.js"])
        let weights = try scripts.map { try Data(contentsOf: URL(filePath: folder + $0)).count }
        #expect(weights.reduce(0, +) <= 8192)
    }

    @Test func `fifty different ids are given to somebody who is logged in`() async throws {
        #expect(ids.count == 50)
        #expect(Set(ids + Self.ids(in: await account.browser.get("/offline/ids"))).count == 100)
        #expect(await account.app.browser().get("/offline/ids").status == 303)
        let keys = await account.browser.get("/offline/ids").between("\"keys\":", ",\"ids\"")
        let other = try await Account(in: account.app, "bob")
        #expect(await other.browser.get("/offline/ids").between("\"keys\":", ",\"ids\"") != keys)
    }

    @Test func `an entry that is sent again is saved once`() async throws {
        let first = await send(ids[0])
        #expect(first.status == 201)
        let restarted = try account.app.restarted { _ in }
        let copies = [account.app, restarted] + (TestDatabase.isFile ? [] : [try account.app.otherCopy()])
        for app in copies {
            let browser = app.browser()
            browser.cookies = account.browser.cookies
            let again = await send(ids[0], from: browser)
            #expect(again.status == 201)
            #expect(again.location?.prefix { $0 != "&" } == first.location?.prefix { $0 != "&" })
        }
        #expect(try account.expenses().count == 1)
        let page = await account.browser.get(first.location ?? "")
        #expect(page.notices == ["Saved $12.40, Lunch, in Groceries. Change"])
    }

    @Test func `an entry that is sent eight times at once, to several copies, is saved once`() async throws {
        let copies = [account.app] + (TestDatabase.isFile ? [] : [try account.app.otherCopy()])
        let browsers = copies.map { app in
            let browser = app.browser()
            browser.cookies = account.browser.cookies
            return browser
        }
        let statuses = await withTaskGroup(of: Int.self) { group in
            for index in 0..<8 {
                group.addTask { await send(ids[0], from: browsers[index % browsers.count]).status }
            }
            return await group.reduce(into: Set()) { $0.insert($1) }
        }
        #expect(statuses == [201])
        #expect(try account.expenses().count == 1)
    }

    /// The answer to the app's own form was lost; the category is sent by its name now.
    @Test func `what the form has saved already is not saved again`() async throws {
        let category = account.category("Leisure")
        let form = try #require(await account.browser.get("/expenses/new").value("form"))
        let saved = await account.browser.post(
            "/expenses",
            [
                "form": form, "amount": "12.40", "category": category.description, "date": "2026-11-22",
                "description": "Lunch",
            ])
        #expect(saved.status == 303)
        #expect(await send(form, ["category": "leisure"]).status == 201)
        #expect(try account.expenses().count == 1)
    }

    @Test func `an id that has saved something else saves nothing more, and says what`() async throws {
        #expect(await send(ids[0]).status == 201)
        let changed = await send(ids[0], ["amount": "13"])
        #expect(changed.status == 422)
        #expect(changed.body.hasPrefix("Already saved as $12.40, Lunch."))
        #expect(try account.expenses().count == 1)
    }

    @Test func `another user's id, a forged one, or none saves nothing`() async throws {
        let bob = try await Account(in: account.app, "bob")
        #expect(await send(ids[0], from: bob.browser).status == 422)
        #expect(await send(ids[0] + "A").status == 422)
        #expect(await send("").status == 422)
        #expect(await send(ids[0], from: account.app.browser()).status == 401)
        account.app.clock.advance(by: 1801)
        #expect(await send(ids[0]).status == 401)
        #expect(try account.expenses().isEmpty && bob.expenses().isEmpty)
    }

    @Test func `what another site sends is refused`() async throws {
        let answer = await account.browser.post(
            "/offline", ["form": ids[0], "amount": "1", "date": "2026-11-22"],
            headers: ["Sec-Fetch-Site": "cross-site"])
        #expect(answer.status == 403)
        #expect(try account.expenses().isEmpty)
    }

    /// A store forgets used ids 31 days after their use: so they are good for 30 days after they were made.
    @Test func `an id is good for 30 days, however late it was used`() async throws {
        account.app.clock.advance(by: 30 * 86_400)
        let late = try await Account(of: "ada", in: account.app)
        #expect(await send(ids[0], from: late.browser).status == 201)
        account.app.clock.advance(by: 1)
        for id in ids.prefix(2) {
            let answer = await send(id, from: late.browser)
            #expect(answer.status == 422)
            #expect(answer.body.hasPrefix("This has waited for more than 30 days."))
        }
        #expect(try account.expenses().count == 1)
    }

    /// Each row: what was typed as the category, and the one that it becomes; nil is refused.
    @Test(arguments: [
        ("", "Groceries"), ("Health", "Health"), ("  health ", "Health"), ("Travel", nil), ("999999", nil),
    ])
    func `a category is typed by its name`(typed: String, name: String?) async throws {
        let answer = await send(ids[0], ["category": typed])
        #expect(answer.status == (name == nil ? 422 : 201))
        #expect(answer.body == (name == nil ? "Choose one of your categories." : ""))
        #expect(try account.expenses().map(\.category) == [name].compactMap { $0.map(account.category) })
    }

    @Test func `the amount is read as in the form, and what is wrong is said in the user's language`()
        async throws
    {
        #expect(await send(ids[0], ["amount": "12.50+3,20", "refund": "on"]).status == 201)
        #expect(try account.expenses().map(\.amount.minorUnits) == [-1570])
        let german = try await Account(in: account.app, "bob", Preferences(language: "de"))
        let id = try #require(Self.ids(in: await german.browser.get("/offline/ids")).first)
        let answer = await send(id, ["amount": "x", "date": "2026-02-30"], from: german.browser)
        #expect(answer.status == 422)
        #expect(answer.headers["Content-Type"] == "text/plain; charset=utf-8")
        #expect(answer.body.hasSuffix("Gib ein gültiges Datum zwischen 1900 und 2999 ein."))
    }

    @Test func `a full account says so`() async throws {
        var options = Storage.Options()
        options.userQuota = 1
        let account = try await Account(in: TestApp(storage: options))
        let ids = Self.ids(in: await account.browser.get("/offline/ids"))
        #expect(await send(ids[0], from: account.browser).status == 201)
        #expect(await send(ids[0], from: account.browser).status == 201)
        let answer = await send(ids[1], from: account.browser)
        #expect(answer.status == 422)
        #expect(answer.body.hasPrefix("Not saved: your account is full"))
    }

    @Test func `after a change of the secret, ids and keys of before are good`() async throws {
        let keys = await account.browser.get("/offline/ids").between("\"keys\":[", "],\"ids\"")
        let changed = try account.app.restarted(
            secret: [UInt8](repeating: 9, count: 32), previousSecret: [UInt8](repeating: 7, count: 32))
        let browser = changed.browser()
        browser.cookies = account.browser.cookies
        #expect(await send(ids[0], from: browser).status == 201)
        let now = try #require(await browser.get("/offline/ids").between("\"keys\":[", "],\"ids\""))
        #expect(try now.hasSuffix("," + #require(keys)))
    }
}
