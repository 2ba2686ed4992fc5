import HTTP
import Templating
import Testing
import Web

/// The files of `Templates/Languages`.
@Suite struct TranslationsTests {
    private static let codes = ["ar", "de", "es", "fr", "it", "ja", "nl", "pl", "pt-BR", "zh-Hans"]

    private static func languages() throws -> Languages {
        let folder = TestApp.packageRoot + "/Templates"
        return try Languages(folder: folder + "/Languages", TemplateLibrary(directory: folder))
    }

    @Test func `there are eleven languages, English among them`() throws {
        #expect(try Self.languages().all.map(\.code) == ["en"] + Self.codes)
        #expect(try Self.languages().all.filter(\.isRightToLeft).map(\.code) == ["ar"])
    }

    @Test(arguments: codes)
    func `every sentence is translated, with its values and elements, in every form of a count`(code: String)
        throws
    {
        let languages = try Self.languages()
        let translation = try languages.translation(try #require(languages.language(code)))
        var wrong: [String] = []
        for entry in try MessageSources().entries {
            let forms = translation.forms(of: entry.english, context: entry.context)
            if forms.count != (entry.plural == nil ? 1 : translation.pluralForms) {
                wrong.append(entry.english)
            }
            let names = MessagePieces.names(in: entry.english)
            let ofPlural = entry.plural.map(MessagePieces.names) ?? names
            // "One expense" says the count itself.
            let needed = names.filter { ofPlural.contains($0) && !["{count}", "{most}"].contains($0) }
            for form in forms {
                let found = MessagePieces.names(in: form)
                let fits =
                    entry.plural == nil
                    ? found == names
                    : needed.allSatisfy(found.contains) && found.allSatisfy((names + ofPlural).contains)
                if !fits { wrong.append(form) }
            }
        }
        #expect(wrong.isEmpty, "\(code): \(wrong.count), such as \(wrong.prefix(3))")
    }

    /// A field of a model that a template shows is checked when the page is compiled.
    @Test(arguments: codes)
    func `every page can be shown`(code: String) async throws {
        let app = try TestApp()
        let account = try await Account(in: app)
        try await account.spend(1240, on: "2026-11-20", "Lunch")
        let browser = account.browser
        browser.acceptLanguage = code
        for address in [
            "/", "/expenses", "/expenses?category=1&q=x&year=2026", "/expenses/new", "/expenses/deleted",
            "/expenses/import",
            "/summary", "/categories", "/categories?edit=1", "/rules", "/account", "/account/settings",
            "/account/password", "/account/tokens", "/account/data", "/account/delete", "/api/v1", "/nowhere",
        ] {
            let page = await browser.get(address)
            #expect(page.headers["Content-Language"] == code, "\(address)")
            #expect(page.body.hasPrefix("<!DOCTYPE html>\n<html lang=\"\(code)\""), "\(address)")
        }
    }
}
