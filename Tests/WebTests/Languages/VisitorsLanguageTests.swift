import HTTP
import Testing
import Web

@Suite struct VisitorsLanguageTests {
    @Test func `a page is in the language that the browser asks for, else in English`() async throws {
        let browser = try TestApp().browser()
        #expect(await browser.get("/login").body.contains("<html lang=\"en\">"))
        browser.acceptLanguage = "de-AT,en;q=0.5"
        #expect(await browser.get("/login").body.contains("<html lang=\"de\">"))
        browser.acceptLanguage = "eo"
        #expect(await browser.get("/login").headers["Content-Language"] == "en")
        browser.acceptLanguage = "ar"
        #expect(await browser.get("/login").body.contains("<html lang=\"ar\" dir=\"rtl\">"))
    }

    @Test func `a visitor chooses a language, and comes back to the page`() async throws {
        let browser = try TestApp().browser()
        let page = await browser.get("/login?next=%2Fsummary")
        #expect(page.all("<option value=\"", "\"").count == 11)
        #expect(
            page.body.contains("<input type=\"hidden\" name=\"return\" value=\"/login?next=%2Fsummary\">"))
        let answer = await browser.post("/language", ["language": "fr", "return": "/login?next=%2Fsummary"])
        #expect(answer.status == 303)
        #expect(answer.location == "/login?next=%2Fsummary")
        #expect(
            answer.headers["Set-Cookie"] == "language=fr; Path=/; Max-Age=31536000; HttpOnly; SameSite=Lax")
        let french = await browser.get("/login")
        #expect(french.headers["Content-Language"] == "fr")
        #expect(french.body.contains("<option value=\"fr\" lang=\"fr\" selected>"))
    }

    @Test(arguments: ["xx", "", "../../etc", "DE"])
    func `a language that there is not is not kept`(code: String) async throws {
        let browser = try TestApp().browser()
        let answer = await browser.post("/language", ["language": code, "return": "https://example.com/"])
        #expect(answer.status == 303)
        #expect(answer.location == "/")
        #expect(answer.headers["Set-Cookie"] == nil)
    }

    @Test func `the account's setting goes before the browser's`() async throws {
        let account = try await Account(in: TestApp())
        let browser = account.browser
        browser.acceptLanguage = "fr"
        #expect(await browser.get("/expenses").headers["Content-Language"] == "fr")
        let settings: KeyValuePairs = [
            "currency": "USD", "number_format": "1,234.56", "zone": "", "first_weekday": "monday",
            "language": "pl",
        ]
        #expect(await browser.post("/account/settings", settings).status == 303)
        let page = await browser.get("/expenses")
        #expect(page.headers["Content-Language"] == "pl")
        // Who has a setting is not offered the choice of a visitor.
        #expect(!page.body.contains("action=\"/language\""))
        #expect(
            await browser.get("/account/settings").body.contains("<option value=\"pl\" lang=\"pl\" selected>")
        )
        let wrong: KeyValuePairs = [
            "currency": "USD", "number_format": "1,234.56", "first_weekday": "monday", "language": "tlh",
        ]
        #expect(await browser.post("/account/settings", wrong).status == 422)
        // A page from before there were languages does not take the setting away.
        let older: KeyValuePairs = [
            "currency": "EUR", "number_format": "1,234.56", "first_weekday": "monday",
        ]
        #expect(await browser.post("/account/settings", older).status == 303)
        #expect(await browser.get("/expenses").headers["Content-Language"] == "pl")
    }

    @Test func `the categories that everybody starts with are named in the language of the registration`()
        async throws
    {
        let app = try TestApp()
        let browser = app.browser()
        browser.acceptLanguage = "de"
        _ = await browser.post(
            "/register", ["username": "ada", "email": "ada@example.com", "password": "correct horse"])
        _ = await browser.post("/login", ["email": "ada", "password": "correct horse"])
        let page = await browser.get("/categories")
        #expect(page.body.contains("Lebensmittel"))
        #expect(!page.body.contains("Groceries"))
        // The first page says in which currency amounts are, and where that is changed.
        let first = await browser.get("/expenses")
        #expect(first.body.contains("0,00\u{A0}€"))
        #expect(first.body.contains(#"<a href="/account/settings">Deine Währung ist EUR. Ändern</a>"#))
        browser.acceptLanguage = ""
        #expect(await browser.get("/expenses").body.contains("Your currency is EUR. Change it"))
    }

    @Test func `the API speaks English`() async throws {
        let browser = try TestApp().browser()
        browser.acceptLanguage = "de"
        let answer = await browser.get("/api/v1/expenses")
        #expect(answer.body.contains("This needs a token."))
    }
}
