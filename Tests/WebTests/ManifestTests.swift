import HTTP
import JSON
import Testing
import Web

struct ManifestTests {
    @Test(arguments: ["", "/money"])
    func `every address of it is there, also below a path`(base: String) async throws {
        let app = try TestApp { $0.basePath = BasePath(base) ?? BasePath() }
        let account = try await Account(in: app)
        let browser = app.browser()
        let home = await browser.get("\(base)/")
        let link = try #require(home.between("<link rel=\"manifest\" href=\"", "\">"))
        #expect(link == "\(base)/manifest.webmanifest")
        let manifest = await browser.get(link)
        #expect(manifest.status == 200 && manifest.headers["Content-Type"] == "application/manifest+json")
        let addresses = Self.strings(in: manifest.body).filter { $0.hasPrefix("/") }
        #expect(addresses.count == 9)
        for address in addresses {
            #expect(address.hasPrefix("\(base)/"))
            #expect(await account.browser.get(address).status == 200, "\(address)")
        }
        let touch = try #require(home.between("<link rel=\"apple-touch-icon\" href=\"", "\">"))
        #expect(await browser.get(touch).headers["Content-Type"] == "image/png")
    }

    @Test func `the shortcut is called as the visitor's language has it`() async throws {
        let browser = try TestApp().browser()
        #expect(await browser.get("/manifest.webmanifest").body.contains(#""name":"Add an expense""#))
        browser.acceptLanguage = "fr"
        #expect(await browser.get("/manifest.webmanifest").body.contains(#""name":"Ajouter une dépense""#))
    }

    /// What another app shares stands in the description.
    @Test func `shared text is in the form`() async throws {
        let account = try await Account(in: TestApp())
        let page = await account.browser.get("/expenses/new?description=Tea+%26+%3Cb%3E")
        #expect(page.value("description") == "Tea &amp; &lt;b&gt;")
    }

    /// Everything that stands between quotation marks.
    private static func strings(in text: String) -> [String] {
        let parts = text.split(separator: "\"", omittingEmptySubsequences: false)
        return stride(from: 1, to: parts.count, by: 2).map { String(parts[$0]) }
    }
}
