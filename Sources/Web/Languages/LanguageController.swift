import HTTP
import Storage
import Templating

/// The choice of a language by somebody who is not logged in.
struct LanguageController: Sendable {
    let services: Services

    /// POST /language: keeps the choice in the browser, and goes back to the page where it was made.
    func choose(_ visit: Visit) throws -> Response {
        let fields = try visit.request.form()
        let page = fields["return"].flatMap(LocalPath.check) ?? visit.request.referrer ?? "/"
        var response = Response.seeOther(page)
        // A language that there is not changes nothing.
        if let language = services.visitorsLanguage.languages.language(fields["language"] ?? "") {
            response.setCookie(
                Cookie(
                    name: services.visitorsLanguage.cookie, value: language.code,
                    maxAge: VisitorsLanguage.cookieLifetime,
                    secure: visit.isSecure))
        }
        return response
    }
}
