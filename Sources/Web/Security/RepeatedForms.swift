import Crypto
import Expenses
import HTTP
import Storage
import Synchronization

/// Gives a form that is sent twice, as by a double click, the answer that it got the first time: the browser
/// shows only the second one, and that should not be "there is no such category" because the first has just
/// deleted it.
///
/// Two forms are the same when user, address and all fields are, among them the one-time id. It is a comfort,
/// kept in memory for a moment: what must not happen twice is guarded by the stores. Where several copies of the program
/// share a database, the answer is kept there as well, for a second form that another copy has got.
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

    /// Milliseconds between the first two times that the answer of another copy is looked for, which keeps it right after
    /// what it has done; each pause is twice the one before.
    private static let firstPause = 12
    /// For so many forms at a time, each of another user.
    private static let maxPollers = 16

    private let state = Mutex(State())
    /// Whose answers are being looked for.
    private let pollers = Mutex<Set<User.ID>>([])
    /// Nil where no other copy has the database.
    private let storage: Storage?

    init(sharedIn storage: Storage?) { self.storage = storage }

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
            response = try await shared(visit, key, respond)
        } catch {
            end(key, with: nil, at: visit.now)
            throw error
        }
        // A page that asks for corrections is not an end.
        end(key, with: response.status == .seeOther ? response : nil, at: visit.now)
        return response
    }

    /// Responds. What another copy has done a moment ago, and what cannot be done twice, gets the answer of that one.
    private func shared(
        _ visit: UserVisit, _ key: Key, _ respond: @Sendable (UserVisit) async throws -> Response
    ) async throws -> Response {
        guard let storage, !Self.isKnownByStore(visit.request) else { return try await respond(visit) }
        let (owner, now) = (visit.user.id, visit.now)
        let result: Result<Response, any Error>
        do {
            result = .success(try await respond(visit))
        } catch {
            result = .failure(error)
        }
        if case .success(let response) = result, response.status == .seeOther {
            // An answer that sets a cookie is for one browser alone.
            if let location = response.headers["Location"], response.headers["Set-Cookie"] == nil {
                // The form has been carried out, also where this fails.
                try? await storage.write(of: nil) {
                    try $0.answeredForms.remember(location, after: key, owner: owner, at: now)
                }
            }
            return response
        }
        if let location = await answerOfOther(
            to: key, owner, at: now, in: storage, within: Self.patience(after: result))
        {
            return .seeOther(location)
        }
        return try result.get()
    }

    /// Milliseconds that the answer of another copy is worth waiting for. What is gone, or is being moved, has often been
    /// deleted by the same form, and that takes several transactions, of which the first one shows; a mistake in a form is
    /// told at once.
    private static func patience(after result: Result<Response, any Error>) -> Int {
        guard case .failure(let error) = result else { return 100 }
        switch error as? AppError {
        case .notFound, .busy: return 1600
        default: return 100
        }
    }

    /// Whether the store knows what the form has added, whichever copy has it: a second one leads there as well.
    private static func isKnownByStore(_ request: Request) -> Bool {
        request.path == "/expenses" || request.path == OfflineController.path
    }

    /// Where another copy has sent the user after the same form, or does so within a moment.
    private func answerOfOther(
        to key: Key, _ owner: User.ID, at now: Int64, in storage: Storage, within limit: Int
    ) async -> String? {
        let mayLook = pollers.withLock { pollers in
            pollers.count < Self.maxPollers && pollers.insert(owner).inserted
        }
        guard mayLook else { return nil }
        defer { _ = pollers.withLock { $0.remove(owner) } }
        var pause = Self.firstPause
        var waited = 0
        while true {
            // Where the database does not answer, the first result says so.
            let location = try? storage.read {
                try $0.answeredForms.answer(to: key, owner: owner, since: now - Self.memory)
            }
            if let location = location ?? nil { return location }
            guard waited + pause <= limit else { return nil }
            try? await Task.sleep(for: .milliseconds(pause))
            waited += pause
            pause *= 2
        }
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

    /// Waits for the first one's answer; nil where that cannot be given a second time.
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
