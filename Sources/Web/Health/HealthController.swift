import HTTP
import Storage
import Synchronization

/// Tells a supervisor or a load balancer how this copy of the program is. The database is asked once a second at most, so
/// that many who watch cost next to nothing.
final class HealthController: Sendable {
    private let services: Services
    /// As it goes out, but for its request's id.
    private let ok: Response
    private let notReady: Response
    /// Unix seconds of the database's last answer, and of the last write that it took.
    private let answered = Atomic<Int64>(0)
    private let written = Atomic<Int64>(0)
    private let isReady = Atomic(false)

    init(_ services: Services, _ securityHeaders: SecurityHeaders) {
        self.services = services
        var ok = Self.plainOK
        securityHeaders.add(to: &ok)
        self.ok = ok
        var notReady = Response.text(.serviceUnavailable, "not ready\n")
        notReady.headers["Retry-After"] = "1"
        securityHeaders.add(to: &notReady)
        self.notReady = notReady
    }

    /// `ok` once the database answers.
    var liveness: Route.Probe {
        Route.Probe { [self] _, now in
            answered.load(ordering: .relaxed) == now ? ok : nil
        } answer: { [self] _, now in
            _ = try services.storage.read { try $0.users.isEmpty() }
            answered.store(now, ordering: .relaxed)
            return Self.plainOK
        }
    }

    /// Whether to send requests to this copy: no while it starts, and while it drains. A database that does not answer
    /// is no reason: the pages that keep what was typed come from here. With `database` in the query, that is asked too,
    /// by a write.
    var readiness: Route.Probe {
        Route.Probe { [self] request, now in
            guard isReady.load(ordering: .relaxed) else { return notReady }
            let isKnown = !Self.asksDatabase(request) || written.load(ordering: .relaxed) == now
            return isKnown ? ok : nil
        } answer: { [self] _, now in
            try await services.storage.write(of: nil) { try $0.sweep.tryWriting() }
            written.store(now, ordering: .relaxed)
            return Self.plainOK
        }
    }

    private static let plainOK = Response.text(.ok, "ok\n")

    private static func asksDatabase(_ request: Request) -> Bool { request.query["database"] != nil }

    func setReady(_ isReady: Bool) { self.isReady.store(isReady, ordering: .relaxed) }
}
