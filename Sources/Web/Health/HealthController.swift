import Expenses
import HTTP
import Storage
import Synchronization

/// Tells a supervisor or a load balancer how this copy of the program is. The database is asked once a second at most,
/// whether it answers or not, and by one request at a time: many who watch cost next to nothing.
final class HealthController: Sendable {
    private let services: Services
    private let reading = Probe()
    private let writing = Probe()
    private let isReady = Atomic(false)

    init(_ services: Services) {
        self.services = services
    }

    /// `ok` once the database answers.
    func show(_ visit: Visit) throws -> Response {
        if try reading.begin(at: visit.now) {
            let result = Result { _ = try services.storage.read { try $0.users.isEmpty() } }
            try reading.end(result)
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
        if Self.asksDatabase(visit.request), try writing.begin(at: visit.now) {
            let result: Result<Void, any Error>
            do {
                result = .success(try await services.storage.write(of: nil) { try $0.sweep.tryWriting() })
            } catch {
                result = .failure(error)
            }
            try writing.end(result)
        }
        return .text(.ok, "ok\n")
    }

    /// Whether the request is answered without the database, and so at once even where that does not answer.
    static func isAboutThisCopy(_ request: Request) -> Bool {
        request.path == "/readyz" && !asksDatabase(request)
    }

    private static func asksDatabase(_ request: Request) -> Bool { request.query["database"] != nil }

    func setReady(_ isReady: Bool) { self.isReady.store(isReady, ordering: .relaxed) }
}

/// A question whose answer counts for a second.
private final class Probe: Sendable {
    private struct State {
        /// Unix seconds at which it was asked last.
        var time = Int64.min
        var isBeingAsked = false
        var failure: (any Error)?
    }

    private let state = Mutex(State())

    /// Returns true where the caller is to ask, and to call `end`; false where the last answer was good. Throws what the last
    /// one has thrown, and `AppError.busy` while somebody waits for an answer for more than a second.
    func begin(at now: Int64) throws -> Bool {
        try state.withLock { state in
            if state.isBeingAsked, now > state.time + 1 { throw AppError.busy(retryAfter: 1) }
            if state.isBeingAsked || state.time == now {
                if let failure = state.failure { throw failure }
                return false
            }
            state.time = now
            state.isBeingAsked = true
            return true
        }
    }

    func end(_ result: Result<Void, any Error>) throws {
        state.withLock { state in
            state.isBeingAsked = false
            if case .failure(let error) = result { state.failure = error } else { state.failure = nil }
        }
        try result.get()
    }
}
