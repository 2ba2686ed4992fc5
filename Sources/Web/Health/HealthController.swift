import HTTP
import Storage
import Synchronization

/// Tells a supervisor or a load balancer how this copy of the program is. The database is asked once a second at most, so
/// that many who watch cost next to nothing.
final class HealthController: Sendable {
    private let services: Services
    /// Unix seconds of the database's last answer, and of the last write that it took.
    private let answered = Atomic<Int64>(0)
    private let written = Atomic<Int64>(0)
    private let isReady = Atomic(false)

    init(_ services: Services) {
        self.services = services
    }

    /// `ok` once the database answers.
    var liveness: Route.Probe {
        Route.Probe { [self] _, now in
            answered.load(ordering: .relaxed) == now ? Self.ok : nil
        } answer: { [self] _, now in
            _ = try services.storage.read { try $0.users.isEmpty() }
            answered.store(now, ordering: .relaxed)
            return Self.ok
        }
    }

    /// Whether to send requests to this copy: no while it starts, and while it drains. A database that does not answer
    /// is no reason: the pages that keep what was typed come from here. With `database` in the query, that is asked too,
    /// by a write.
    var readiness: Route.Probe {
        Route.Probe { [self] request, now in
            guard isReady.load(ordering: .relaxed) else {
                var response = Response.text(.serviceUnavailable, "not ready\n")
                response.headers["Retry-After"] = "1"
                return response
            }
            let isKnown = !Self.asksDatabase(request) || written.load(ordering: .relaxed) == now
            return isKnown ? Self.ok : nil
        } answer: { [self] _, now in
            try await services.storage.write(of: nil) { try $0.sweep.tryWriting() }
            written.store(now, ordering: .relaxed)
            return Self.ok
        }
    }

    private static let ok = Response.text(.ok, "ok\n")

    private static func asksDatabase(_ request: Request) -> Bool { request.query["database"] != nil }

    func setReady(_ isReady: Bool) { self.isReady.store(isReady, ordering: .relaxed) }
}
