import HTTP
import Storage

/// What the app is, and the ways in.
struct HomeController: Sendable {
    private let services: Services

    init(_ services: Services) {
        self.services = services
    }

    func show(_ visit: Visit) throws -> Response {
        let page = HomePage(
            frame: visit.frame("Know where your money goes"),
            isRegistrationOpen: try services.isRegistrationOpen())
        return services.pages.response(.ok, services.pages.home, page)
    }
}
