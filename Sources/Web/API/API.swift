import Expenses
import HTTP
import JSON

/// The JSON API: finds the operation, the caller and the body, and turns what goes wrong into problem details.
struct API: Sendable {
    /// Under which every address is the API's; the page at /api/v1 itself is not.
    private static let prefix = "/api/v1/"

    private let operations: [Operation]
    private let router: Router
    private let callers: CallerReader
    private let log: Log
    /// The addresses outside of the prefix, which end like the files that they give.
    private let lists: Set<String>

    init(_ services: Services, _ visitors: VisitorReader) {
        operations = Operation.all(services)
        router = Router(operations.map { ($0.method, $0.path) })
        callers = CallerReader(services, visitors)
        log = services.log
        lists = Set(operations.map(\.path.description).filter { !$0.hasPrefix(API.prefix) })
    }

    func owns(_ path: String) -> Bool { path.hasPrefix(API.prefix) || lists.contains(path) }

    func respond(to visit: Visit) async -> Response {
        do {
            switch router.match(visit.request.method, visit.request.path) {
            case .notFound: throw AppError.notFound
            case .methodNotAllowed(let methods): return API.methodNotAllowed(methods, visit)
            case .found(let index, let parameters):
                var visit = visit
                visit.parameters = parameters
                return try await perform(operations[index], visit)
            }
        } catch {
            return Problem(error, visit, log).response
        }
    }

    /// What the server says where it could not read a request.
    func respond(to error: RequestError) -> Response { Problem(error).response }

    func problem(for error: any Error, _ visit: Visit) -> Response { Problem(error, visit, log).response }

    private func perform(_ operation: Operation, _ visit: Visit) async throws -> Response {
        let response: Response
        do {
            response = try await answer(operation, visit)
        } catch {
            response = Problem(error, visit, log).response
        }
        // The document promises that there is no other; tests run with assertions.
        assert(
            operation.statuses.contains(response.status) || response.status == .notModified,
            "\(operation.id) has answered \(response.status)")
        return response
    }

    private func answer(_ operation: Operation, _ visit: Visit) async throws -> Response {
        switch operation.handler {
        case .anyone(let respond):
            var visit = visit
            // Who logs in here is not the browser whose cookie came along.
            visit.visitor = .nobody
            return try await respond(visit, try operation.read(visit.request))
        case .reader(let respond):
            let caller = try await callers.caller(visit)
            return try await respond(
                APIVisit(visit: visit, caller: caller, body: try operation.read(visit.request)))
        case .writer(let respond):
            let caller = try await callers.caller(visit)
            try API.checkMayWrite(caller, visit)
            return try await respond(
                APIVisit(visit: visit, caller: caller, body: try operation.read(visit.request)))
        }
    }

    private static func checkMayWrite(_ caller: Caller, _ visit: Visit) throws(Problem) {
        switch caller.credential {
        case .session(_, isCookie: true):
            guard CrossSiteCheck.allows(visit.request) else {
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

    private static func methodNotAllowed(_ methods: [HTTP.Method], _ visit: Visit) -> Response {
        let allowed: Headers = ["Allow": methods.map(\.token).joined(separator: ", ")]
        guard visit.request.method != .options else { return Response(.noContent, headers: allowed) }
        return Problem(
            .methodNotAllowed, "This address does not take \(visit.request.method.token) requests.",
            headers: allowed
        ).response
    }
}
