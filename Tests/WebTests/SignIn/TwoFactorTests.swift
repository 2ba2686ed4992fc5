import Crypto
import Expenses
import HTTP
import Storage
import TestDatabase
import Testing
import Web

/// Logging in with a code beside the password.
struct TwoFactorTests {
    private let app: TestApp
    /// Ada, who has switched it on.
    private let browser: TestBrowser
    private let secret: [UInt8]
    private let recoveryCodes: [String]

    init() async throws {
        app = try TestApp()
        browser = try await app.loggedIn()
        let page = await browser.get("/account/two-factor")
        secret = try #require(Self.secret(on: page))
        let answer = await browser.post(
            "/account/two-factor",
            [
                "form": page.value("form") ?? "", "setup": page.value("setup") ?? "",
                "code": TOTP.code(of: TOTP.step(at: app.clock.now), secret: secret),
            ])
        #expect(answer.status == 303)
        recoveryCodes = Self.recoveryCodes(on: await browser.get(answer.location ?? ""))
        app.clock.advance(by: 60)
    }

    /// The key that the page shows, as bytes.
    private static func secret(on page: TestBrowser.Answer) -> [UInt8]? {
        page.between("<code class=\"token\">", "</code>").flatMap {
            Base32.decode($0.replacing(" ", with: ""))
        }
    }

    private static func recoveryCodes(on page: TestBrowser.Answer) -> [String] {
        page.body.split(separator: "<li><code>").dropFirst().map { String($0.prefix { $0 != "<" }) }
    }

    /// What the app shows, so many steps of 30 seconds from now.
    private func code(_ steps: Int64 = 0) -> String {
        TOTP.code(of: TOTP.step(at: app.clock.now) + steps, secret: secret)
    }

    /// A code that is of no step near.
    private var wrongCode: String {
        let right = Set((-2...2).map { code($0) })
        return (0..<6).map { "00000\($0)" }.first { !right.contains($0) } ?? ""
    }

    private let password: KeyValuePairs<String, String> = ["email": "ada", "password": "correct horse ada"]

    /// The page that asks a new browser for the code.
    private func codePage(_ browser: TestBrowser) async -> TestBrowser.Answer {
        await browser.post("/login", password)
    }

    private func send(_ code: String, on page: TestBrowser.Answer, _ browser: TestBrowser) async
        -> TestBrowser.Answer
    {
        await browser.post("/login/code", ["proof": page.value("proof") ?? "", "code": code])
    }

    @Test func `the page shows a QR code of the key, and ten recovery codes once`() async throws {
        #expect(secret.count == 20)
        #expect(Set(recoveryCodes).count == 10)
        #expect(recoveryCodes.allSatisfy { $0.utf8.count == 19 })
        let again = await browser.get("/account/two-factor")
        #expect(Self.recoveryCodes(on: again).isEmpty)
        #expect(again.body.contains("You have 10 recovery codes left."))
        let other = try await app.loggedIn(as: "bob")
        let page = await other.get("/account/two-factor")
        #expect(page.body.contains("<svg class=\"qr\" viewBox=\"0 0 49 49\""))
        let key = try #require(page.between("<code class=\"token\">", "</code>")).replacing(" ", with: "")
        #expect(
            page.body.contains(
                "otpauth://totp/Expense%20Tracker:bob?secret=\(key)&amp;issuer=Expense%20Tracker"))
    }

    @Test func `a wrong first code shows the same key again and switches nothing on`() async throws {
        let other = try await app.loggedIn(as: "bob")
        let page = await other.get("/account/two-factor")
        for code in ["", "12", "000000"] {
            let answer = await other.post(
                "/account/two-factor",
                ["form": code, "setup": page.value("setup") ?? "", "code": code])
            #expect(answer.status == 422)
            #expect(Self.secret(on: answer) == Self.secret(on: page))
        }
        #expect(await other.post("/logout").status == 303)
        #expect(await other.post("/login", ["email": "bob", "password": "correct horse bob"]).status == 303)
    }

    @Test func `another user's set-up switches nothing on`() async throws {
        let bob = try await app.loggedIn(as: "bob")
        let page = await bob.get("/account/two-factor")
        let secret = try #require(Self.secret(on: page))
        let code = TOTP.code(of: TOTP.step(at: app.clock.now), secret: secret)
        let eve = try await app.loggedIn(as: "eve")
        _ = await eve.post("/account/two-factor", ["setup": page.value("setup") ?? "", "code": code])
        #expect(await eve.get("/account/two-factor").value("setup") != nil)
    }

    @Test func `the right password alone opens no session`() async throws {
        let browser = app.browser()
        let page = await codePage(browser)
        #expect(page.status == 200)
        #expect(browser.cookies.isEmpty)
        #expect(page.value("proof")?.isEmpty == false)
        #expect(!page.body.contains("correct horse"))
        #expect(await browser.get("/expenses").location?.hasPrefix("/login") == true)
        #expect(await browser.post("/login", ["email": "ada", "password": "wrong"]).status == 422)
    }

    @Test func `password and code log in, and the list of sessions says so`() async throws {
        let browser = app.browser()
        let answer = await send(code(), on: await codePage(browser), browser)
        #expect(answer.status == 303)
        #expect(answer.location == "/expenses")
        #expect(browser.cookie("access_token") != nil && browser.cookie("refresh_token") != nil)
        let account = await browser.get("/account")
        #expect(account.body.contains("this device</span> <span class=\"mark\">two-factor log-in</span>"))
        #expect(account.body.split(separator: "two-factor log-in</span>").count == 2)
    }

    @Test func `the way on is kept`() async {
        let browser = app.browser()
        let page = await browser.post("/login?next=/summary", password)
        let answer = await browser.post(
            "/login/code",
            ["proof": page.value("proof") ?? "", "next": page.value("next") ?? "", "code": code()])
        #expect(answer.location == "/summary")
    }

    @Test(arguments: [(-2, 422), (-1, 303), (1, 303), (2, 422)] as [(Int64, Int)])
    func `a code is taken one step early and late`(steps: Int64, status: Int) async {
        let browser = app.browser()
        #expect(await send(code(steps), on: await codePage(browser), browser).status == status)
    }

    @Test func `each code logs in once, and none before it`() async {
        let (first, second) = (app.browser(), app.browser())
        let (code, former) = (code(), code(-1))
        #expect(await send(code, on: await codePage(first), first).status == 303)
        for used in [code, former] {
            let answer = await send(used, on: await codePage(second), second)
            #expect(answer.status == 422)
            #expect(answer.body.contains("already used"))
        }
        app.clock.advance(by: 30)
        #expect(await send(self.code(), on: await codePage(second), second).status == 303)
    }

    @Test func `of many log-ins with one code at once, one gets in`() async throws {
        let copies = TestDatabase.isFile ? [app] : [app, try app.otherCopy()]
        let code = code()
        let statuses = await withTaskGroup(of: Int.self) { group in
            for number in 0..<8 {
                group.addTask {
                    let browser = copies[number % copies.count].browser()
                    let page = await browser.post("/login", password)
                    return await browser.post(
                        "/login/code", ["proof": page.value("proof") ?? "", "code": code]
                    ).status
                }
            }
            return await group.reduce(into: []) { $0.append($1) }
        }
        #expect(statuses.filter { $0 == 303 }.count == 1)
    }

    @Test func `each recovery code logs in once, typed in any way`() async throws {
        let typed = [recoveryCodes[0], recoveryCodes[1].lowercased().replacing("-", with: "  ")]
        for code in typed {
            let browser = app.browser()
            // As the page sends it: the app's field is empty.
            let answer = await browser.post(
                "/login/code",
                ["proof": await codePage(browser).value("proof") ?? "", "code": "", "code": code])
            #expect(answer.status == 303)
        }
        #expect(await browser.get("/account/two-factor").body.contains("You have 8 recovery codes left."))
        let browser = app.browser()
        let page = await codePage(browser)
        let again = await browser.post(
            "/login/code", ["proof": page.value("proof") ?? "", "code": "", "code": typed[0]])
        #expect(again.status == 422)
        #expect(again.body.contains("id=\"recovery-code-problem\""))
        // What was typed is there to be mended.
        #expect(again.body.contains("value=\"\(typed[0])\""))
    }

    @Test(arguments: ["", "   ", "12345", "1234567", "ABCD-EFGH", "😀😀😀😀😀😀"])
    func `what is no code is told, and counts as no try`(typed: String) async throws {
        let browser = app.browser()
        let page = await codePage(browser)
        for _ in 0..<11 { #expect(await send(typed, on: page, browser).status == 422) }
        #expect(await send(code(), on: page, browser).status == 303)
    }

    @Test(arguments: [("ar", 0x660), ("full width", 0xFF10)])
    func `digits of other scripts are read`(script: String, zero: Int) async throws {
        let browser = app.browser()
        let typed = code().unicodeScalars.reduce(into: "") { text, digit in
            text.unicodeScalars.append(Unicode.Scalar(UInt32(zero) + digit.value - 0x30) ?? " ")
        }
        #expect(await send(typed, on: await codePage(browser), browser).status == 303)
    }

    @Test func `after five minutes the password is asked for again`() async throws {
        let browser = app.browser()
        let page = await codePage(browser)
        app.clock.advance(by: 299)
        #expect(await send("000", on: page, browser).body.contains("name=\"proof\""))
        app.clock.advance(by: 1)
        let answer = await send(code(), on: page, browser)
        #expect(answer.status == 422)
        #expect(answer.body.contains("name=\"password\""))
        #expect(browser.cookies.isEmpty)
    }

    @Test func `a proof that is not ours asks for the password`() async throws {
        let browser = app.browser()
        let proof = await codePage(browser).value("proof") ?? ""
        for forged in ["", "x", String(proof.dropLast()), "A" + proof.dropFirst()] {
            let answer = await browser.post("/login/code", ["proof": forged, "code": code()])
            #expect(answer.body.contains("name=\"password\""))
            #expect(browser.cookies.isEmpty)
        }
        // Sealed, but for another purpose.
        let stamp = await self.browser.get("/account").value("form") ?? ""
        let answer = await browser.post("/login/code", ["proof": stamp, "code": code()])
        #expect(answer.body.contains("name=\"password\""))
    }

    @Test func `a password that is changed meanwhile ends the proof`() async throws {
        let stranger = app.browser()
        let page = await codePage(stranger)
        let changed = await browser.post(
            "/account/password",
            ["current_password": "correct horse ada", "new_password": "a new password"])
        #expect(changed.location == "/account?notice=password-changed")
        #expect(await send(code(), on: page, stranger).body.contains("name=\"password\""))
        #expect(await stranger.get("/expenses").status == 303)
        // The change keeps two factors.
        #expect(await stranger.post("/login", ["email": "ada", "password": "a new password"]).status == 200)
    }

    @Test func `wrong codes are slowed down like wrong passwords, and the password resets nothing`()
        async throws
    {
        let browser = app.browser()
        for _ in 0..<10 {
            // The right password each time.
            #expect(await send(wrongCode, on: await codePage(browser), browser).status == 422)
        }
        let page = await codePage(browser)
        #expect(page.status == 429)
        #expect(page.headers["Retry-After"] == "60")
        app.clock.advance(by: 60)
        let after = await codePage(browser)
        #expect(after.status == 200)
        let wrong = await send(wrongCode, on: after, browser)
        #expect(wrong.status == 422)
        let paused = await send(code(), on: after, browser)
        #expect(paused.status == 429)
        #expect(paused.headers["Retry-After"] == "120")
        #expect(paused.body.contains("name=\"proof\""))
        app.clock.advance(by: 120)
        #expect(await send(code(), on: after, browser).status == 303)
        // That was a complete log-in: the count is back at none.
        let other = app.browser()
        for _ in 0..<9 { #expect(await send(wrongCode, on: await codePage(other), other).status == 422) }
        #expect(await codePage(other).status == 200)
    }

    @Test func `wrong passwords and wrong codes count together`() async throws {
        let browser = app.browser()
        for _ in 0..<5 { _ = await browser.post("/login", ["email": "ada", "password": "wrong"]) }
        for _ in 0..<5 { #expect(await send(wrongCode, on: await codePage(browser), browser).status == 422) }
        #expect(await codePage(browser).status == 429)
    }

    @Test func `a stolen session gets no more guesses with the password in between`() async throws {
        for number in 0..<9 {
            let answer = await browser.post(
                "/account/two-factor/off", ["form": "\(number)", "code": wrongCode])
            #expect(answer.status == 422)
        }
        // The right password, with a new one that is refused.
        let changed = await browser.post(
            "/account/password", ["current_password": "correct horse ada", "new_password": "short"])
        #expect(changed.status == 422)
        #expect(await browser.post("/account/two-factor/off", ["code": wrongCode]).status == 422)
        #expect(await browser.post("/account/two-factor/off", ["code": code()]).status == 429)
    }

    @Test func `what was sent when the session had ended is done after the code`() async throws {
        let page = await browser.get("/expenses")
        app.clock.advance(by: 300_000)
        let login = await browser.post(
            "/expenses",
            [
                "form": page.value("form") ?? "", "amount": "12.40", "date": "2026-11-23",
                "description": "Lunch",
            ])
        #expect(login.status == 401)
        let asking = await browser.post(
            "/login",
            [
                "email": "ada", "password": "correct horse ada",
                "pending": login.value("pending") ?? "",
            ])
        #expect(asking.status == 200)
        #expect(asking.body.contains("Save 12.40, Lunch"))
        let wrong = await browser.post(
            "/login/code",
            [
                "proof": asking.value("proof") ?? "", "pending": asking.value("pending") ?? "",
                "code": wrongCode,
            ])
        let offer = await browser.post(
            "/login/code",
            [
                "proof": wrong.value("proof") ?? "", "pending": wrong.value("pending") ?? "",
                "code": code(),
            ])
        #expect(offer.status == 200)
        #expect(offer.body.contains("Save $12.40, Lunch"))
    }

    @Test func `codes of two-factor log-in are not carried along`() async throws {
        app.clock.advance(by: 1800)
        let answer = await browser.post("/account/two-factor/off", ["code": recoveryCodes[0]])
        #expect(answer.status == 401)
        #expect(answer.body.contains("For your security this form was not kept."))
        #expect(answer.value("pending") == nil)
    }

    @Test func `it is switched off with a code, and then the password is enough`() async throws {
        #expect(await browser.post("/account/two-factor/off", ["code": wrongCode]).status == 422)
        let off = await browser.post("/account/two-factor/off", ["form": "1", "code": recoveryCodes[3]])
        #expect(off.location == "/account?notice=two-factor-off")
        #expect(await app.browser().post("/login", password).status == 303)
        #expect(await browser.get("/account/two-factor").value("setup") != nil)
    }

    @Test func `new recovery codes take a code, and end the old ones`() async throws {
        #expect(await browser.post("/account/two-factor/recovery-codes", ["code": "1"]).status == 422)
        let answer = await browser.post("/account/two-factor/recovery-codes", ["form": "1", "code": code()])
        let new = Self.recoveryCodes(on: await browser.get(answer.location ?? ""))
        #expect(new.count == 10 && Set(new).isDisjoint(with: recoveryCodes))
        let other = app.browser()
        let page = await codePage(other)
        #expect(await send(recoveryCodes[0], on: page, other).status == 422)
        #expect(await send(new[9], on: page, other).status == 303)
    }

    @Test func `planted codes are not shown`() async throws {
        let planted = TestBrowser.StoredCookie(
            name: "new_recovery_codes", value: "ABCDEFGHIJKLMNOP", path: "/account/two-factor")
        browser.cookies.append(planted)
        let page = await browser.get("/account/two-factor")
        #expect(!page.body.contains("ABCD-EFGH"))
    }

    @Test func `a hash of an older cost is renewed before the code`() async throws {
        let dearer = try #require(PasswordHash.Cost(logN: 2, r: 1, p: 1))
        let app = try app.restarted { $0.passwordCost = dearer }
        let browser = app.browser()
        let page = await codePage(browser)
        let renewed = try app.storage.read { try $0.users.find(login: "ada")?.passwordHash }
        #expect(renewed?.contains("$ln=2,") == true)
        #expect(await send(code(), on: page, browser).status == 303)
    }

    @Test func `the account's file has no secret`() async throws {
        let file = await browser.get("/account/everything.json")
        #expect(file.status == 200)
        #expect(!file.body.contains(Base32.encode(secret)))
        #expect(!file.body.contains(Base64URL.encode(secret)))
        #expect(!file.body.contains("two_factor"))
    }

    @Test func `the API asks for the code`() async throws {
        let script = APIClient(app, token: nil)
        func logIn(_ more: String) async -> TestBrowser.Answer {
            await script.post("/api/v1/login", #"{"email":"ada","password":"correct horse ada"\#(more)}"#)
        }
        let without = await logIn("")
        #expect(without.status == 401 && without.isProblem)
        #expect(try without.member("type")?.hasSuffix("/second-factor-required") == true)
        #expect(without.headers["WWW-Authenticate"] == "Bearer")
        let wrong = await logIn(#","code":"\#(wrongCode)""#)
        #expect(wrong.status == 401)
        #expect(try wrong.member("type") == nil)
        #expect(await logIn(#","code":"12""#).status == 422)
        let code = code()
        let right = await logIn(#","code":"\#(code)""#)
        #expect(right.status == 200)
        #expect(try right.member("access_token") != nil)
        #expect(await logIn(#","code":"\#(code)""#).status == 401)
        #expect(await logIn(#","code":"\#(recoveryCodes[5])""#).status == 200)
        // Without the password no code says anything.
        let stranger = await script.post(
            "/api/v1/login", #"{"email":"ada","password":"wrong","code":"\#(recoveryCodes[6])"}"#)
        #expect(try stranger.member("type") == nil)
        #expect(await logIn(#","code":"\#(recoveryCodes[6])""#).status == 200)
    }

    private static let toldOf = "Someone who knows your password tried"

    /// What the dashboard and the account page say of wrong codes.
    private func warnings(_ browser: TestBrowser) async -> [String] {
        var all: [String] = []
        for page in ["/expenses", "/account"] {
            all += await browser.get(page).notices.filter { $0.hasPrefix(Self.toldOf) }
        }
        return all
    }

    /// A new browser that has logged in with password and code.
    private func loggedInWithCode() async -> TestBrowser {
        app.clock.advance(by: 60)
        let browser = app.browser()
        #expect(await send(code(), on: await codePage(browser), browser).status == 303)
        return browser
    }

    @Test func `wrong codes after the right password are told until they are dismissed`() async throws {
        let stranger = app.browser()
        let tried = Zone.system.time(at: app.clock.now)
        var page = await codePage(stranger)
        page = await send(wrongCode, on: page, stranger)
        let ada = await loggedInWithCode()
        let sentence =
            "\(Self.toldOf) to log in on 23 November 2026 at \(tried.clock), but had no right code."
        let once = await warnings(ada)
        #expect(once.count == 2)
        #expect(
            once.first == "\(sentence) If it was not you, change your password. Change password")
        #expect(await send(wrongCode, on: page, stranger).status == 422)
        #expect(await send("12", on: page, stranger).status == 422)
        let twice = await warnings(ada)
        #expect(twice.first?.hasPrefix("\(Self.toldOf) 2 times to log in, the last time on 23 Nov") == true)
        #expect(await warnings(await loggedInWithCode()) == twice)

        let notice = await ada.get("/account")
        #expect(notice.body.contains("<form method=\"post\" action=\"/account/two-factor/seen\">"))
        #expect(await ada.post("/account/two-factor/seen").location == "/expenses")
        #expect(await warnings(ada).isEmpty)
        #expect(await warnings(await loggedInWithCode()).isEmpty)
        #expect(await ada.get("/healthz").status == 200)
        #expect(try app.storage.check().findings == [])
    }

    @Test func `slips of somebody who logs in afterwards are not told, those of others before are`()
        async throws
    {
        func slipAndLogIn() async -> TestBrowser {
            app.clock.advance(by: 60)
            let browser = app.browser()
            var page = await codePage(browser)
            for _ in 0..<2 { page = await send(wrongCode, on: page, browser) }
            #expect(await send(code(), on: page, browser).status == 303)
            return browser
        }
        #expect(await warnings(await slipAndLogIn()).isEmpty)
        app.clock.advance(by: 86_400)
        let stranger = app.browser()
        _ = await send(wrongCode, on: await codePage(stranger), stranger)
        let tried = Zone.system.time(at: app.clock.now)
        app.clock.advance(by: 86_400)
        let told = await warnings(await slipAndLogIn())
        #expect(
            told.first?.hasPrefix("\(Self.toldOf) to log in on 24 November 2026 at \(tried.clock)") == true)
    }

    @Test func `a new password ends the warning, and the API's wrong codes count`() async throws {
        let script = APIClient(app, token: nil)
        let wrong = #"{"email":"ada","password":"correct horse ada","code":"\#(wrongCode)"}"#
        #expect(await script.post("/api/v1/login", wrong).status == 401)
        let ada = await loggedInWithCode()
        #expect(await warnings(ada).count == 2)
        let changed = await ada.post(
            "/account/password",
            ["current_password": "correct horse ada", "new_password": "a new password"])
        #expect(changed.status == 303)
        #expect(await warnings(ada).isEmpty)
    }

    @Test func `wrong passwords, and wrong codes of somebody who is logged in, are not told`() async throws {
        let ada = await loggedInWithCode()
        #expect(await app.browser().post("/login", ["email": "ada", "password": "wrong"]).status == 422)
        #expect(await ada.post("/account/two-factor/off", ["code": wrongCode]).status == 422)
        #expect(await warnings(ada).isEmpty)
    }
}
