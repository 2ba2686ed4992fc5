import Expenses
import HTTP
import JSON
import Storage

/// The JSON API: finds the caller and the body, and turns what goes wrong into problem details.
struct API: Sendable {
    /// Under which every address is the API's; the page at /api/v1 itself is not.
    static let prefix = "/api/v1/"

    private let callers: CallerReader
    private let searches: Searches
    private let visitors: VisitorReader
    private let identity: ProxyIdentity?
    private let log: Log
    private let storage: Storage

    init(_ services: Services, _ visitors: VisitorReader) {
        storage = services.storage
        callers = CallerReader(services: services, visitors: visitors)
        searches = services.searches
        identity = services.identity
        log = services.log
        self.visitors = visitors
    }

    func problem(for error: any Error, _ visit: Visit) -> Response { Problem(error, visit, log).response }

    func methodNotAllowed(_ visit: Visit) -> Response {
        Problem(
            .methodNotAllowed, "This address does not take \(visit.request.method.token) requests."
        ).response
    }

    /// Notes in the visit who calls.
    func answer(_ operation: Operation, _ visit: inout Visit) -> Answer {
        do {
            switch operation.handler {
            case .anyone(let work):
                // Who logs in here is not the browser whose cookie came along.
                let call = AnonymousCall(visit: visit, body: try operation.read(visit.request))
                return try answer(operation, call, by: work, visit)
            case .reader(let work):
                let caller = try caller(&visit)
                return try answer(operation, caller, by: work, visit)
            case .writer(let work):
                let caller = try caller(&visit)
                try API.checkMayWrite(caller, visit)
                return try answer(operation, caller, by: work, visit)
            }
        } catch {
            return .ready(checked(Problem(error, visit, log).response, of: operation))
        }
    }

    /// By the token in `Authorization`, else by the cookie, which nobody looks at otherwise.
    private func caller(_ visit: inout Visit) throws -> Caller {
        if visit.request.headers["Authorization"] == nil { try visitors.readVisitor(into: &visit) }
        let caller = try callers.caller(visit)
        if case .session(_, isCookie: true) = caller.credential, let identity,
            let name = identity.name(in: visit.request, at: visit.now), !identity.isOf(name, visit.visitor)
        {
            throw Problem.unauthorized(
                "The proxy names another user than the cookie: open a page first.", tokenError: "revoked")
        }
        visit.caller = caller.user.id
        return caller
    }

    private func answer(
        _ operation: Operation, _ caller: Caller, by work: Route.Work<APIVisit>, _ visit: Visit
    ) throws -> Answer {
        let call = APIVisit(visit: visit, caller: caller, body: try operation.read(visit.request))
        let answer =
            operation.recordsFirst && DueExpenses.isAnything(of: call.user, today: call.today)
            ? recordingDue(operation, call, by: work) : try answer(operation, call, by: work, visit)
        guard let token = callers.unnotedToken(of: caller, at: visit.now) else { return answer }
        return .pending {
            // What was asked for does not depend on the note.
            try? await callers.note(token, at: visit.now)
            return await answer.response()
        }
    }

    /// Answers once what is due of the caller's expenses that repeat has been recorded; 503 until all of it is.
    private func recordingDue(
        _ operation: Operation, _ call: APIVisit, by work: Route.Work<APIVisit>
    ) -> Answer {
        pending(operation, call.visit) {
            let due = try await DueExpenses.record(
                of: call.user, today: call.today, at: call.now, in: storage)
            if due == .underWay { throw AppError.recording(retryAfter: 2) }
            return await (try answer(operation, call, by: work, call.visit)).response()
        }
    }

    private func answer<Call: Sendable>(
        _ operation: Operation, _ call: Call, by work: Route.Work<Call>, _ visit: Visit
    ) throws -> Answer {
        switch work {
        case .atOnce(let respond):
            return .ready(checked(try respond(call), of: operation))
        case .searching(let respond):
            guard let caller = visit.caller, Searches.isWanted(by: visit.request) else {
                return .ready(checked(try respond(call), of: operation))
            }
            return pending(operation, visit) { try await searches.run(for: caller) { try respond(call) } }
        case .waiting(let respond):
            return pending(operation, visit) { try await respond(call) }
        }
    }

    private func pending(
        _ operation: Operation, _ visit: Visit, _ work: @escaping @Sendable () async throws -> Response
    ) -> Answer {
        .pending {
            do {
                return checked(try await work(), of: operation)
            } catch {
                return checked(Problem(error, visit, log).response, of: operation)
            }
        }
    }

    /// The document promises that there is no other status; tests run with assertions.
    private func checked(_ response: Response, of operation: Operation) -> Response {
        assert(
            operation.statuses.contains(response.status), "\(operation.id) has answered \(response.status)")
        return response
    }

    private static func checkMayWrite(_ caller: Caller, _ visit: Visit) throws(Problem) {
        switch caller.credential {
        case .session(_, isCookie: true):
            guard CrossSiteCheck.allows(visit.request, host: visit.host) else {
                throw Problem(.forbidden, "This came from a page of another site. Nothing was changed.")
            }
        case .session(_, isCookie: false):
            break
        case .personalToken(let token):
            guard token.mayWrite else {
                throw Problem(.forbidden, "This token may only read. Nothing was changed.")
            }
        }
    }
}
