import HTTP
import Storage
import Synchronization

/// Tells a supervisor whether the program can do its work: `ok` once the database answers. It is asked once a second
/// at most, so that many who watch cost next to nothing.
final class HealthController: Sendable {
    private let services: Services
    /// Unix seconds of the database's last answer.
    private let answered = Atomic<Int64>(0)
    private let isReady = Atomic(false)

    init(_ services: Services) {
        self.services = services
    }

    func show(_ visit: Visit) throws -> Response {
        if answered.load(ordering: .relaxed) != visit.now {
            _ = try services.storage.read { try $0.users.isEmpty() }
            answered.store(visit.now, ordering: .relaxed)
        }
        return .text(.ok, "ok\n")
    }

    /// Tells a load balancer whether to send requests here: no while the server starts, and while it drains.
    func showReadiness(_ visit: Visit) throws -> Response {
        guard isReady.load(ordering: .relaxed) else {
            var response = Response.text(.serviceUnavailable, "not ready\n")
            response.headers["Retry-After"] = "1"
            return response
        }
        return try show(visit)
    }

    func setReady(_ isReady: Bool) { self.isReady.store(isReady, ordering: .relaxed) }
}
