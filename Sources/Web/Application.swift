import Crypto
import Expenses
import Glibc
package import HTTP
package import Storage
import Templating

/// The web application: a request goes in, a response comes out. It knows no sockets, so tests call it
/// directly.
///
/// The way of a request: static files → route → cross-site check → who is asking → controller → error page →
/// security headers → access log.
package final class Application: Sendable {
    /// False where nobody new is let in, now or later.
    let offersRegistration: Bool
    private let services: Services
    private let routes: [Route]
    private let router: Router
    private let staticFiles: StaticFiles
    private let visitors: VisitorReader
    private let signInPrompts: SignInPrompts
    private let repeatedForms = RepeatedForms()
    private let errorPages: ErrorPages
    private let api: API
    private let accessLog: AccessLog

    /// `root` holds Templates/ and Public/; `secret` signs tokens, `previousSecret` only verifies them.
    /// `clock` gives unix seconds. Throws a `TemplateError`, a `SystemError` or `MissingBootstrap`.
    package init(
        _ configuration: Configuration, storage: Storage, root: String, secret: [UInt8],
        previousSecret: [UInt8]? = nil, log: Log, clock: @escaping @Sendable () -> Int64
    ) throws {
        let tokens = Tokens(
            secret: secret, previousSecret: previousSecret,
            accessLifetime: Int64(configuration.accessTokenLifetime),
            refreshLifetime: Int64(configuration.refreshTokenLifetime))
        let workers = WorkerPool(
            threads: configuration.passwordThreads, queue: configuration.passwordQueue)
        services = Services(
            configuration: configuration, storage: storage,
            pages: try Pages(TemplateLibrary(directory: root + "/Templates")), tokens: tokens,
            seal: Seal(secret: secret, previousSecret: previousSecret),
            sessions: Sessions(storage: storage, tokens: tokens),
            passwords: PasswordCheck(storage: storage, workers: workers, cost: configuration.passwordCost),
            workers: workers, clock: clock, log: log)
        offersRegistration = configuration.registration != .closed
        routes = Route.siteMap(services)
        router = Router(routes.map { ($0.method, $0.pattern) })
        staticFiles = try Application.staticFiles(bootstrap: configuration.bootstrap, root: root)
        visitors = VisitorReader(services)
        api = API(services, visitors)
        signInPrompts = SignInPrompts(services)
        errorPages = ErrorPages(services)
        accessLog = AccessLog(log)
    }

    /// Never throws: what goes wrong becomes a page that says so.
    package func respond(to request: Request) async -> Response {
        let entry = accessLog.begin()
        var response: Response
        // A file that is not there is a page like any other that is not there.
        if let file = staticFiles.respond(to: request), file.status != .notFound {
            response = file
        } else {
            var visit = Visit(
                application: self, request: request, number: entry.number, now: services.clock())
            let isAPI = api.owns(request.path)
            do {
                try visitors.read(into: &visit)
                response = isAPI ? await api.respond(to: visit) : await answer(visit)
            } catch {
                response = isAPI ? api.problem(for: error, visit) : errorPages.page(for: error, visit)
            }
        }
        SecurityHeaders.add(to: &response)
        accessLog.end(entry, request, response)
        return response
    }

    /// The answer to a request that cannot be read; the server closes the connection after it.
    package func respond(to error: RequestError) -> Response {
        var response = errorPages.unreadable(error)
        SecurityHeaders.add(to: &response)
        return response
    }

    /// Carries out a form that had to wait for a log-in or a refresh, as if `user` had posted it just now.
    func perform(_ request: Request, as user: User, _ session: Session, from visit: Visit) async -> Response {
        var visit = visit
        visit.request = request
        visit.visitor = .user(user, session)
        return await answer(visit)
    }

    private static func staticFiles(bootstrap: String, root: String) throws -> StaticFiles {
        guard unsafe access(bootstrap + "/css/bootstrap.min.css", R_OK) == 0 else {
            throw MissingBootstrap(folder: bootstrap)
        }
        return try StaticFiles([
            (prefix: "/static/bootstrap/", directory: bootstrap),
            (prefix: "/static/", directory: root + "/Public"),
        ])
    }

    /// What there is to do for a visit, once it is known what it asks for and who asks.
    private enum Answer {
        case ready(Response)
        case anyone(@Sendable (Visit) async throws -> Response, Visit)
        case user(@Sendable (UserVisit) async throws -> Response, UserVisit)
    }

    private func answer(_ visit: Visit) async -> Response {
        do {
            switch try route(visit) {
            case .ready(let response): return response
            case .anyone(let respond, let visit): return try await respond(visit)
            case .user(let respond, let visit):
                guard visit.request.method == .post else { return try await respond(visit) }
                return try await repeatedForms.respond(to: visit, by: respond)
            }
        } catch {
            return errorPages.page(for: error, visit)
        }
    }

    private func route(_ visit: Visit) throws -> Answer {
        switch router.match(visit.request.method, visit.request.path) {
        case .notFound:
            throw AppError.notFound
        case .methodNotAllowed(let methods):
            return .ready(errorPages.methodNotAllowed(methods, visit))
        case .found(let index, let parameters):
            guard CrossSiteCheck.allows(visit.request) else { return .ready(errorPages.crossSite(visit)) }
            var visit = visit
            visit.parameters = parameters
            switch routes[index].handler {
            case .anyone(let respond): return .anyone(respond, visit)
            case .user(let respond):
                guard case .user(let user, let session) = visit.visitor else {
                    return .ready(try signInPrompts.response(to: visit))
                }
                let today = (Zone(identifier: user.preferences.zone) ?? .system).day(at: visit.now)
                return .user(respond, UserVisit(visit: visit, user: user, session: session, today: today))
            }
        }
    }
}
