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
    func show(_ visit: Visit) throws -> Response {
        if answered.load(ordering: .relaxed) != visit.now {
            _ = try services.storage.read { try $0.users.isEmpty() }
            answered.store(visit.now, ordering: .relaxed)
        }
        return .text(.ok, "ok\n")
    }

    /// Whether to send requests to this copy: no while it starts, and while it drains. A database that does not answer
    /// is no reason: the pages that keep what was typed come from here. With `database` in the query, that is asked too,
    /// by a write.
    func showReadiness(_ visit: Visit) async throws -> Response {
        guard isReady.load(ordering: .relaxed) else {
            var response = Response.text(.serviceUnavailable, "not ready\n")
            response.headers["Retry-After"] = "1"
            return response
        }
        if Self.asksDatabase(visit.request), written.load(ordering: .relaxed) != visit.now {
            try await services.storage.write(of: nil) { try $0.sweep.tryWriting() }
            written.store(visit.now, ordering: .relaxed)
        }
        return .text(.ok, "ok\n")
    }

    /// Whether the request is answered without the database, so that it waits for nobody who waits for that.
    static func isAboutThisCopy(_ request: Request) -> Bool {
        request.path == "/readyz" && !asksDatabase(request)
    }

    private static func asksDatabase(_ request: Request) -> Bool { request.query["database"] != nil }

    func setReady(_ isReady: Bool) { self.isReady.store(isReady, ordering: .relaxed) }
}
