import Expenses
import HTTP
import Storage
import Synchronization

/// Tells a supervisor or a load balancer how this copy of the program is. The database is asked once a second at most,
/// whether it answers or not, and by one request at a time: many who watch cost next to nothing.
final class HealthController: Sendable {
    private let services: Services
    /// As it goes out, but for its request's id.
    private let ok: Response
    private let notReady: Response
    private let reading = Question()
    private let writing = Question()
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
            reading.isAnswered(at: now) ? ok : nil
        } answer: { [self] _, now in
            try await reading.ask(at: now) { [self] in
                _ = try services.storage.read { try $0.users.isEmpty() }
            }
            return Self.plainOK
        }
    }

    /// Whether to send requests to this copy: no while it starts, and while it drains. A database that does not answer
    /// is no reason: the pages that keep what was typed come from here. With `database` in the query, that is asked too,
    /// by a write.
    var readiness: Route.Probe {
        Route.Probe { [self] request, now in
            guard isReady.load(ordering: .relaxed) else { return notReady }
            return !Self.asksDatabase(request) || writing.isAnswered(at: now) ? ok : nil
        } answer: { [self] _, now in
            try await writing.ask(at: now) { [self] in
                try await services.storage.write(of: nil) { try $0.sweep.tryWriting() }
            }
            return Self.plainOK
        }
    }

    private static let plainOK = Response.text(.ok, "ok\n")

    private static func asksDatabase(_ request: Request) -> Bool { request.query["database"] != nil }

    func setReady(_ isReady: Bool) { self.isReady.store(isReady, ordering: .relaxed) }
}

/// A question whose answer counts for a second.
private final class Question: Sendable {
    private struct State {
        /// Unix seconds at which it was asked last.
        var time = Int64.min
        var isBeingAsked = false
        var failure: (any Error)?
    }

    private let state = Mutex(State())

    /// Whether it was asked this second, and answered well.
    func isAnswered(at now: Int64) -> Bool {
        state.withLock { $0.time == now && !$0.isBeingAsked && $0.failure == nil }
    }

    /// Asks, unless that was done this second or somebody does it now. Throws what the last one has thrown, and
    /// `AppError.busy` while somebody waits for an answer for more than a second.
    func ask(at now: Int64, _ question: () async throws -> Void) async throws {
        let isToAsk = try state.withLock { state in
            if state.isBeingAsked, now > state.time + 1 { throw AppError.busy(retryAfter: 1) }
            if state.isBeingAsked || state.time == now {
                if let failure = state.failure { throw failure }
                return false
            }
            state.time = now
            state.isBeingAsked = true
            return true
        }
        guard isToAsk else { return }
        do {
            try await question()
            end(nil)
        } catch {
            end(error)
            throw error
        }
    }

    private func end(_ failure: (any Error)?) {
        state.withLock { state in
            state.isBeingAsked = false
            state.failure = failure
        }
    }
}
