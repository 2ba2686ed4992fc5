import HTTP
import Storage
import Templating

/// What the app is, and the ways in.
struct HomeController: Sendable {
    let services: Services

    func show(_ visit: Visit) throws -> Response {
        let notices = hasLoggedOut(visit) ? [Notice(text: Message("You are logged out."))] : []
        let page = HomePage(
            frame: visit.frame(Message("Know where your money goes"), notices: notices))
        return services.pages.response(.ok, services.pages.home, page)
    }

    /// Whether the visitor comes from a page of a logged-in user without being one any more: logging out leads here, and
    /// the browser still names the page that its button was on.
    private func hasLoggedOut(_ visit: Visit) -> Bool {
        switch visit.visitor {
        case .user, .expired: return false
        case .nobody, .ended: break
        }
        guard let page = visit.request.referrer else { return false }
        return ["/expenses", "/summary", "/categories", "/account"].contains(where: page.hasPrefix)
    }
}
