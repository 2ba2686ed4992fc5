import Expenses
import HTTP
import Templating

/// Which language a page is shown in.
struct VisitorsLanguage: Sendable {
    /// A year, in seconds.
    static let cookieLifetime = 365 * 86_400
    /// In bytes; a longer `Accept-Language` is not looked at.
    private static let longestField = 1000

    let languages: Languages
    /// The name of the cookie that keeps what was chosen.
    let cookie: String

    init(among languages: Languages, _ names: CookieNames) {
        self.languages = languages
        cookie = names.name("language")
    }

    /// The account's setting, else what was chosen in this browser, else what the browser asks for, else English.
    func language(of visit: Visit) -> Language {
        if let code = visit.visitor.user?.preferences.language, !code.isEmpty,
            let language = languages.language(code)
        {
            return language
        }
        return language(of: visit.request)
    }

    /// That of a request of which nothing else is known.
    func language(of request: Request) -> Language {
        if let language = request.cookies(cookie).lazy.compactMap(languages.language).first {
            return language
        }
        guard let field = VisitorsLanguage.field(of: request),
            let code = AcceptLanguage.best(among: languages.all.map(\.code), in: field)
        else { return .english }
        return languages.language(code) ?? .english
    }

    /// With which an account begins that is made in this browser.
    static func preferences(of request: Request) -> Preferences {
        guard let field = Self.field(of: request), let first = AcceptLanguage.first(in: field) else {
            return Preferences()
        }
        return Preferences(usualFor: first.language, in: first.region)
    }

    private static func field(of request: Request) -> String? {
        request.headers["Accept-Language"].flatMap { $0.utf8.count <= longestField ? $0 : nil }
    }
}
