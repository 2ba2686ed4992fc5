import HTTP

/// Where a request goes.
enum Destination: Sendable {
    /// Asked for by GET or HEAD.
    case file(StaticFile)
    /// The place of a route in the site map.
    case page(Int, PathParameters)
    /// The place of an operation in the API's table.
    case operation(Int, PathParameters)
    /// The address takes these methods, and not that of the request.
    case otherMethods([HTTP.Method], isAPI: Bool)
    case nothing(isAPI: Bool)
}

/// Every address that there is: pages, the API's operations and files. Where a request goes is found once, by its method and
/// path, before anything else of it is read.
struct SiteMap: Sendable {
    let routes: [Route]
    let operations: [Operation]
    private let files: StaticFiles
    private let router: Router
    /// The addresses of operations that stand outside of the API's prefix.
    private let lists: Set<String>
    /// A service worker may answer for what lies beside it and below (w3.org/TR/service-workers, "scope"): so this file has
    /// an address at the top.
    private static let worker = "/worker.js"

    init(_ routes: [Route], _ operations: [Operation], _ files: StaticFiles) {
        self.routes = routes
        self.operations = operations
        self.files = files
        router = Router(
            routes.map { ($0.method, $0.pattern) } + operations.map { ($0.method, $0.path) })
        lists = Set(operations.map(\.path.description).filter { !$0.hasPrefix(API.prefix) })
    }

    func destination(of request: Request) -> Destination {
        let path = request.path
        if let file = files.find(path == SiteMap.worker ? "/static\(path)" : path) {
            guard request.method == .get || request.method == .head else {
                return .otherMethods([.get, .head, .options], isAPI: false)
            }
            return .file(file)
        }
        switch router.match(request.method, path) {
        case .found(let index, let parameters):
            return index < routes.count
                ? .page(index, parameters) : .operation(index - routes.count, parameters)
        case .methodNotAllowed(let methods): return .otherMethods(methods, isAPI: isAPI(path))
        case .notFound: return .nothing(isAPI: isAPI(path))
        }
    }

    /// Whether what goes wrong there is told as the API does. Under its prefix every address is the API's; the page at
    /// /api/v1 itself is not.
    func isAPI(_ path: String) -> Bool { path.hasPrefix(API.prefix) || lists.contains(path) }

    /// The file that may be sent there.
    func upload(at request: Request) -> Route.Upload? {
        switch destination(of: request) {
        case .page(let index, _): routes[index].upload
        case .operation(let index, _): operations[index].takesCSV ? .importFile : nil
        case .file, .otherMethods, .nothing: nil
        }
    }

    /// Whether it is asked for every few seconds.
    func isProbe(_ destination: Destination) -> Bool {
        guard case .page(let index, _) = destination, case .probe = routes[index].handler else {
            return false
        }
        return true
    }

    /// What destinations are called in the metrics, by their number.
    var names: [String] {
        routes.map { "\($0.method.token) \($0.pattern)" }
            + operations.map { "\($0.method.token) \($0.path)" } + ["static files", "others"]
    }

    func number(of destination: Destination) -> Int {
        switch destination {
        case .page(let index, _): index
        case .operation(let index, _): routes.count + index
        case .file: routes.count + operations.count
        case .otherMethods, .nothing: routes.count + operations.count + 1
        }
    }
}
