import Crypto
import Expenses
import HTTP
import Synchronization

/// Gives a form that is sent twice, as by a double click, the answer that it got the first time: the browser
/// shows only the second one, and that should not be "there is no such category" because the first has just
/// deleted it.
///
/// Two forms are the same when user, address and all fields are, among them the one-time id. It is a comfort,
/// kept in memory for a moment: what must not happen twice is guarded by the stores.
final class RepeatedForms: Sendable {
    /// Seconds after the first answer.
    private static let memory: Int64 = 2
    /// With more than these under way, the others are simply carried out.
    private static let most = 4096

    private typealias Key = [UInt8]

    private enum Entry {
        case running(waiting: [CheckedContinuation<Response?, Never>])
        case answered(Response, at: Int64)
    }

    private struct State {
        var entries: [Key: Entry] = [:]
        /// When those that are over were looked for the last time.
        var tidiedAt: Int64 = 0
    }

    private let state = Mutex(State())

    func respond(
        to visit: UserVisit, by respond: @Sendable (UserVisit) async throws -> Response
    ) async throws -> Response {
        guard let key = Self.key(visit) else { return try await respond(visit) }
        switch begin(key, at: visit.now) {
        case .first:
            break
        case .untracked:
            return try await respond(visit)
        case .answered(let response):
            return response
        case .running:
            if let response = await answer(to: key) { return response }
            return try await respond(visit)
        }
        let response: Response
        do {
            response = try await respond(visit)
        } catch {
            end(key, with: nil, at: visit.now)
            throw error
        }
        // A page that asks for corrections is not an end.
        end(key, with: response.status == .seeOther ? response : nil, at: visit.now)
        return response
    }

    private enum Beginning {
        case first, untracked, running
        case answered(Response)
    }

    private func begin(_ key: Key, at now: Int64) -> Beginning {
        state.withLock { state in
            switch state.entries[key] {
            case .running: return .running
            case .answered(let response, let time) where now - time <= Self.memory: return .answered(response)
            case .answered, nil: break
            }
            // Once a second: within it hardly another one is over, and going through all of them is slow.
            if state.entries.count >= Self.most / 2, state.tidiedAt != now {
                state.entries = state.entries.filter { !Self.isOver($0.value, at: now) }
                state.tidiedAt = now
            }
            guard state.entries.count < Self.most else { return .untracked }
            state.entries[key] = .running(waiting: [])
            return .first
        }
    }

    /// Waits for the first one's answer; nil where it is none that can be given twice.
    private func answer(to key: Key) async -> Response? {
        await withCheckedContinuation { continuation in
            let answer: Response?? = state.withLock { state in
                switch state.entries[key] {
                case .running(let waiting):
                    state.entries[key] = .running(waiting: waiting + [continuation])
                    return nil
                case .answered(let response, _): return .some(response)
                case nil: return .some(nil)
                }
            }
            if let answer { continuation.resume(returning: answer) }
        }
    }

    private func end(_ key: Key, with response: Response?, at now: Int64) {
        let former = state.withLock { state in
            let former = state.entries[key]
            state.entries[key] = response.map { .answered($0, at: now) }
            return former
        }
        guard case .running(let waiting) = former else { return }
        for continuation in waiting { continuation.resume(returning: response) }
    }

    private static func isOver(_ entry: Entry, at now: Int64) -> Bool {
        switch entry {
        case .running: false
        case .answered(_, let time): now - time > memory
        }
    }

    /// Nil for what is no form with a one-time id.
    private static func key(_ visit: UserVisit) -> Key? {
        guard visit.request.method == .post, let form = try? visit.request.form()["form"], !form.isEmpty
        else {
            return nil
        }
        let head = "\(visit.user.id) \(visit.session.id) \(visit.request.target)\n"
        return SHA256.hash(Array(head.utf8) + visit.request.body)
    }
}
