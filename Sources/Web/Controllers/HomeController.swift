import HTTP
import Storage

/// What the app is, and the ways in.
struct HomeController: Sendable {
    private let services: Services

    init(_ services: Services) {
        self.services = services
    }

    func show(_ visit: Visit) throws -> Response {
        let isOpen =
            switch services.configuration.registration {
            case .open: true
            case .first: try services.storage.read { try $0.users.count() } == 0
            case .closed: false
            }
        let page = HomePage(frame: visit.frame("Know where your money goes"), isRegistrationOpen: isOpen)
        return services.pages.response(.ok, services.pages.home, page)
    }
}
