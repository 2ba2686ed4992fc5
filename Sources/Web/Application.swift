import Crypto
import Expenses
import Glibc
package import HTTP
package import Platform
package import Storage
import Templating

/// The web application: a request goes in, a response comes out. It knows no sockets, so tests call it
/// directly.
///
/// The way of a request: where it goes → who is asking → cross-site check → controller → error page → security headers →
/// access log.
package final class Application: Sendable {
    let visitorsLanguage: VisitorsLanguage
    private let services: Services
    private let siteMap: SiteMap
    private let visitors: VisitorReader
    private let signInPrompts: SignInPrompts
    private let repeatedForms: RepeatedForms
    private let errorPages: ErrorPages
    private let api: API
    private let accessLog: AccessLog
    private let securityHeaders: SecurityHeaders
    private let health: HealthController
    /// Nil when metrics are off. The last entries are of static files and of what is not there.
    let requestCounts: RequestCounts?
    package let routeNames: [String]

    /// `root` holds Templates/ and Public/; `secret` signs tokens, `previousSecret` only verifies them. `pages` are read
    /// here unless they are given; they fit the base path.
    /// `clock` gives unix seconds, `stopwatch` microseconds of a clock that never goes back. Throws a `TemplateError`, a `SystemError`
    /// or `MissingBootstrap`.
    package init(
        _ configuration: Configuration, storage: Storage, root: String, secret: [UInt8],
        previousSecret: [UInt8]? = nil, pages: Pages? = nil, log: Log, clock: @escaping @Sendable () -> Int64,
        stopwatch: @escaping @Sendable () -> Int64 = { Clock.microseconds }
    ) throws {
        let tokens = Tokens(
            secret: secret, previousSecret: previousSecret,
            accessLifetime: Int64(configuration.accessTokenLifetime),
            refreshLifetime: Int64(configuration.refreshTokenLifetime),
            cookieNames: configuration.cookieNames)
        let files = TemporaryFiles(
            in: configuration.temporaryFolder ?? Self.folder(of: storage), configuration.temporaryFiles)
        let workers = WorkerPool(
            threads: configuration.passwordThreads, queue: configuration.passwordQueue,
            queuePerOwner: configuration.passwordQueuePerSource)
        let pages = try pages ?? Pages(root: root, basePath: configuration.basePath)
        visitorsLanguage = VisitorsLanguage(among: pages.languages, configuration.cookieNames)
        services = Services(
            configuration: configuration, storage: storage,
            pages: pages, visitorsLanguage: visitorsLanguage, tokens: tokens,
            seal: Seal(secret: secret, previousSecret: previousSecret),
            sessions: Sessions(storage: storage, tokens: tokens),
            passwords: PasswordCheck(
                storage: storage, workers: workers, cost: configuration.passwordCost, secret: secret),
            workers: workers, searches: Searches(), imports: FileImport(storage, workers),
            files: files, uploads: WorkerPool(threads: 1, queue: 4096, queuePerOwner: 16),
            downloads: Downloads(storage, in: files),
            proxyMistakes: ProxyMistakes(log), identity: ProxyIdentity(configuration, log), clock: clock,
            log: log)
        repeatedForms = RepeatedForms(sharedIn: storage.threads == nil ? nil : storage)
        visitors = VisitorReader(services: services)
        api = API(services, visitors)
        securityHeaders = SecurityHeaders(
            isHTTPS: configuration.isHTTPS, logoutAddress: configuration.identityLogout)
        health = HealthController(services, securityHeaders)
        siteMap = SiteMap(
            Route.siteMap(services, health), Operation.all(services),
            try Application.staticFiles(
                bootstrap: configuration.bootstrap, root: root, workers: workers,
                securityHeaders: securityHeaders))
        routeNames = siteMap.names
        requestCounts = configuration.countsRequests ? RequestCounts(routes: routeNames.count) : nil
        signInPrompts = SignInPrompts(services: services)
        errorPages = ErrorPages(services: services)
        accessLog = AccessLog(log, idPrefix: configuration.requestIDPrefix, stopwatch: stopwatch)
    }

    /// Beside a database file; what a server keeps is elsewhere.
    private static func folder(of storage: Storage) -> String {
        guard !Storage.isAddress(storage.path), let slash = storage.path.lastIndex(of: "/") else {
            return Storage.isAddress(storage.path) ? "/tmp" : "."
        }
        return slash == storage.path.startIndex ? "/" : String(storage.path[..<slash])
    }

    /// Compiles every page. Requests may be answered meanwhile. Throws a `TemplateError` for the first with a mistake.
    package func checkPages() throws { try services.pages.check() }

    /// What `/readyz` says: false while the server starts and while it drains.
    package func setReady(_ isReady: Bool) { health.setReady(isReady) }

    /// Never throws: what goes wrong becomes a page that says so. What needs no waiting is answered when this returns.
    package func answer(_ request: Request) -> Answer {
        let request = services.configuration.basePath.removed(from: request)
        let entry = accessLog.begin()
        let destination = siteMap.destination(of: request)
        switch destination {
        case .file(let file):
            return .ready(answered(file.respond(to: request), entry, request, destination))
        case .page(let index, _):
            guard case .probe(let probe) = siteMap.routes[index].handler,
                let response = probe.quickAnswer(request, services.clock())
            else { break }
            return .ready(answered(response, entry, request, destination))
        case .operation, .otherMethods, .nothing: break
        }
        guard let threads = services.storage.threads else { return answer(request, entry, destination) }
        // Each read waits for a server: it does that on a thread that nobody else waits for.
        return .pending {
            await threads.run { await self.answer(request, entry, destination).response() }
        }
    }

    private func answer(
        _ request: Request, _ entry: AccessLog.Entry, _ destination: Destination
    ) -> Answer {
        let snapshot = services.storage.snapshot()
        defer { snapshot.end() }
        var visit = Visit(
            application: self, request: request, id: entry.id, now: services.clock(),
            snapshot: snapshot)
        let answer = answer(&visit, destination)
        switch answer {
        case .ready(let response):
            return .ready(finished(response, entry, visit, destination))
        case .pending(let work):
            let visit = visit
            return .pending { self.finished(await work(), entry, visit, destination) }
        }
    }

    private func answer(_ visit: inout Visit, _ destination: Destination) -> Answer {
        visitors.readOrigin(into: &visit)
        switch destination {
        case .operation(let index, let parameters):
            visit.parameters = parameters
            return api.answer(siteMap.operations[index], &visit)
        case .nothing(isAPI: true): return .ready(api.problem(for: AppError.notFound, visit))
        case .otherMethods(let methods, isAPI: true): return .ready(otherMethods(methods, visit, isAPI: true))
        case .file, .page, .nothing(isAPI: false), .otherMethods(_, isAPI: false): break
        }
        do {
            try visitors.readVisitor(into: &visit)
        } catch {
            return .ready(errorPages.page(for: error, visit))
        }
        guard case .page = destination, !siteMap.isProbe(destination), let identity = services.identity,
            let name = identity.name(in: visit.request, at: visit.now),
            !identity.isOf(name, visit.visitor), visit.request.path != LogoutController.path
        else { return page(visit, at: destination) }
        let visit = visit
        return .pending { await self.page(visit, as: name, at: destination) }
    }

    /// For somebody whom a trusted proxy names, and whose session is not, or no longer, of that user.
    private func page(_ visit: Visit, as name: String, at destination: Destination) async -> Response {
        var visit = visit
        do {
            // What another site sends begins no session.
            guard CrossSiteCheck.allows(visit.request, host: visit.host) else {
                return errorPages.crossSite(visit)
            }
            let former = formOwner(visit)
            let opened = try await services.logIn(named: name, visit)
            visit.visitor = .user(opened.user, opened.session)
            // What another user had sent is dropped, and so is the page that they were on.
            var response =
                former == nil || former == opened.user.id
                ? await page(visit, at: destination).response() : .seeOther("/expenses")
            services.tokens.setCookies(opened.tokens, on: &response, isSecure: visit.isSecure)
            return response
        } catch let refusal as ProxyIdentity.Refusal {
            return errorPages.identityRefused(refusal, visit)
        } catch {
            return errorPages.page(for: error, visit)
        }
    }

    /// Whose form this is; nil for none, and where that cannot be told.
    private func formOwner(_ visit: Visit) -> User.ID? {
        guard !visit.isReading else { return nil }
        let stamp = (try? visit.request.form())?["form"] ?? ""
        return visit.visitor.owner ?? services.seal.owner(ofStamp: stamp)
    }

    /// The same for callers that wait in any case.
    package func respond(to request: Request) async -> Response {
        await answer(request).response()
    }

    private func finished(
        _ response: consuming Response, _ entry: AccessLog.Entry, _ visit: Visit, _ destination: Destination
    ) -> Response {
        services.configuration.basePath.add(
            to: &response, elsewhere: services.configuration.identityLogout)
        securityHeaders.add(to: &response)
        response.compressPage(for: visit.request)
        count(response, entry, destination)
        Self.name(&response, entry)
        accessLog.end(
            entry, visit.request, from: visit.address, visit.caller ?? visit.visitor.session?.owner, response,
            isProbe: siteMap.isProbe(destination))
        return consume response
    }

    /// For what nobody has to be known for.
    private func answered(
        _ response: consuming Response, _ entry: AccessLog.Entry, _ request: Request,
        _ destination: Destination
    ) -> Response {
        count(response, entry, destination)
        Self.name(&response, entry)
        accessLog.end(
            entry, request, from: visitors.origin(of: request).address, nil, response,
            isProbe: siteMap.isProbe(destination))
        return consume response
    }

    /// So that who sees an answer can find its request in the log.
    private static func name(_ response: inout Response, _ entry: AccessLog.Entry) {
        response.headers.add("X-Request-Id", entry.id)
    }

    private func count(_ response: Response, _ entry: AccessLog.Entry, _ destination: Destination) {
        requestCounts?.note(
            route: siteMap.number(of: destination), status: response.status.code,
            microseconds: accessLog.microseconds(since: entry))
    }

    /// Whether visitors are shown the way to an account of their own. Where the database does not answer, nothing is hidden.
    var offersRegistration: Bool { (try? services.isRegistrationOpen()) ?? true }

    var storageStatistics: Storage.Statistics { services.storage.statistics }
    /// Passwords, and files that are prepared at the start.
    var lostLogLines: Int { services.log.lost }
    package var workers: WorkerPool { services.workers }
    var refusedLogIns: Int { services.passwords.refusedLogIns }
    var refusedRegistrations: Int { services.passwords.refusedRegistrations }

    /// What becomes of a long body, by who sends it and where to. Somebody who is, or was until a while ago, logged in may
    /// send more, and files only there.
    package func bodyTerms(of request: Request) throws(RequestError) -> BodyTerms {
        let tokens = request.cookies(services.tokens.accessCookie).prefix(Tokens.maxCookies)
        let bearer = CallerReader.bearerToken(of: request)
        guard let sender = (tokens + [bearer].compactMap(\.self)).lazy.compactMap(sender).first else {
            return .memory(upTo: Self.largestBody)
        }
        let request = services.configuration.basePath.removed(from: request)
        guard let upload = siteMap.upload(at: request) else { return .memory(upTo: Self.largestBodyOfUsers) }
        return .receiver(
            try UploadReceiver(
                request, upload.kind, upTo: upload.maximumSize, to: services.files,
                for: "upload of \(sender)", on: services.uploads))
    }

    /// Whose token it is, in words that tell users apart; nil for a token that is not known.
    private func sender(of token: String) -> String? {
        guard !PersonalToken.isOne(token) else {
            // The event loop cannot ask a server: what such bodies may take in all is bounded in any case.
            if services.storage.threads != nil { return "token \(PersonalToken.hash(token))" }
            // Where the database does not answer, the smaller limit is the safe one.
            let known = try? services.storage.read { try $0.apiTokens.find(hash: PersonalToken.hash(token)) }
            return known.flatMap(\.self).map { "user \($0.user.id)" }
        }
        do throws(TokenError) {
            return
                "user \(try services.tokens.verify(token, expecting: .access, at: services.clock()).subject)"
        } catch .expired(let claims) {
            return "user \(claims.subject)"
        } catch {
            return nil
        }
    }

    private static let largestBody = 64 * 1024
    private static let largestBodyOfUsers = 1024 * 1024

    /// The answer to a request that cannot be read; the server closes the connection after it.
    package func respond(to error: RequestError) -> Response {
        let entry = accessLog.begin()
        var response =
            error.path.map { siteMap.isAPI(services.configuration.basePath.removed(from: $0)) } == true
            ? Problem(error).response : page(for: error, entry)
        securityHeaders.add(to: &response)
        Self.name(&response, entry)
        accessLog.end(entry, error)
        return response
    }

    /// In the words and with the name of whoever sends it, where the head tells them.
    private func page(for error: RequestError, _ entry: AccessLog.Entry) -> Response {
        guard let request = error.request else { return errorPages.unreadable(error) }
        let snapshot = services.storage.snapshot()
        defer { snapshot.end() }
        var visit = Visit(
            application: self, request: services.configuration.basePath.removed(from: request), id: entry.id,
            now: services.clock(), snapshot: snapshot)
        visitors.readOrigin(into: &visit)
        visit.mayAskDatabase = services.storage.threads == nil
        if visit.mayAskDatabase { try? visitors.readVisitor(into: &visit) }
        return errorPages.page(for: error, visit)
    }

    /// Carries out a form that had to wait for a log-in or a refresh, as if `user` had posted it just now.
    func perform(_ request: Request, as user: User, _ session: Session, from visit: Visit) async -> Response {
        var visit = visit
        visit.request = request
        visit.visitor = .user(user, session)
        return await page(visit, at: siteMap.destination(of: request)).response()
    }

    /// Whether the pages can be shown, in all languages: throws what the initializer and `checkPages` would throw of them.
    package static func check(root: String, bootstrap: String) throws {
        let pages = try Pages(root: root)
        try pages.check()
        try pages.languages.check()
        try expectBootstrap(in: bootstrap)
    }

    private static func expectBootstrap(in folder: String) throws(MissingBootstrap) {
        guard unsafe access(folder + "/css/bootstrap.min.css", R_OK) == 0 else {
            throw MissingBootstrap(folder: folder)
        }
    }

    private static func staticFiles(
        bootstrap: String, root: String, workers: WorkerPool, securityHeaders: SecurityHeaders
    ) throws -> StaticFiles {
        try expectBootstrap(in: bootstrap)
        return try StaticFiles(
            [
                (prefix: "/static/bootstrap/", directory: bootstrap),
                (prefix: "/static/", directory: root + "/Public"),
            ], finish: securityHeaders.add(to:), background: workers.start)
    }

    private func page(_ visit: Visit, at destination: Destination) -> Answer {
        do {
            return try route(visit, destination)
        } catch {
            return .ready(errorPages.page(for: error, visit))
        }
    }

    /// 405, or what OPTIONS is for.
    private func otherMethods(_ methods: [HTTP.Method], _ visit: Visit, isAPI: Bool) -> Response {
        var response =
            visit.request.method == .options
            ? Response(.noContent)
            : isAPI ? api.methodNotAllowed(visit) : errorPages.methodNotAllowed(visit)
        response.headers["Allow"] = methods.map(\.token).joined(separator: ", ")
        return response
    }

    private func route(_ visit: Visit, _ destination: Destination) throws -> Answer {
        switch destination {
        // A form that had to wait is none for these.
        case .file, .operation, .nothing:
            throw AppError.notFound
        case .otherMethods(let methods, let isAPI):
            return .ready(otherMethods(methods, visit, isAPI: isAPI))
        case .page(let index, let parameters):
            guard CrossSiteCheck.allows(visit.request, host: visit.host) else {
                return .ready(errorPages.crossSite(visit))
            }
            var visit = visit
            visit.parameters = parameters
            switch siteMap.routes[index].handler {
            case .probe(let probe):
                let visit = visit
                return pending(visit) { try await probe.answer(visit.request, visit.now) }
            case .anyone(.atOnce(let respond)), .anyone(.searching(let respond)):
                return .ready(try respond(visit))
            case .anyone(.waiting(let respond)):
                let visit = visit
                return pending(visit) { try await respond(visit) }
            case .user(let work):
                guard case .user(let user, let session) = visit.visitor else {
                    return .ready(try signInPrompts.response(to: visit))
                }
                let today = user.preferences.timeZone.day(at: visit.now)
                let userVisit = UserVisit(visit: visit, user: user, session: session, today: today)
                guard DueExpenses.isAnything(of: user, today: today) else {
                    return try answer(userVisit, by: work)
                }
                return pending(visit) {
                    try await self.answer(self.recordingDue(userVisit), by: work).response()
                }
            }
        }
    }

    /// The visit once what is due has been recorded: it reads what is there then.
    private func recordingDue(_ userVisit: UserVisit) async throws -> UserVisit {
        var (visit, session) = (userVisit.visit, userVisit.session)
        visit.due = try await DueExpenses.record(
            of: userVisit.user, today: userVisit.today, at: visit.now, in: services.storage)
        if visit.due == .underWay { session.hasLongWrites = true }
        visit.visitor = .user(userVisit.user, session)
        return UserVisit(visit: visit, user: userVisit.user, session: session, today: userVisit.today)
    }

    private func answer(_ visit: UserVisit, by work: Route.Work<UserVisit>) throws -> Answer {
        switch work {
        case .atOnce(let respond): return .ready(try respond(visit))
        case .searching(let respond):
            guard Searches.isWanted(by: visit.request) else { return .ready(try respond(visit)) }
            return pending(visit.visit) {
                try await self.services.searches.run(for: visit.user.id) { try respond(visit) }
            }
        case .waiting(let respond):
            guard visit.request.method == .post else {
                return pending(visit.visit) { try await respond(visit) }
            }
            return pending(visit.visit) { try await self.repeatedForms.respond(to: visit, by: respond) }
        }
    }

    private func pending(_ visit: Visit, _ work: @escaping @Sendable () async throws -> Response) -> Answer {
        .pending {
            do {
                return try await work()
            } catch {
                return self.errorPages.page(for: error, visit)
            }
        }
    }
}
