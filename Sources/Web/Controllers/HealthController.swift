import HTTP
import Storage

/// Tells a supervisor whether the program can do its work: `ok` once the database answers.
struct HealthController: Sendable {
    private let services: Services

    init(_ services: Services) {
        self.services = services
    }

    func show(_ visit: Visit) throws -> Response {
        _ = try services.storage.read { try $0.users.isEmpty() }
        return .text(.ok, "ok\n")
    }
}
