import HTTP
import Testing

struct RouterTests {
    private let router = Router([
        (.get, "/"),  // 0
        (.get, "/expenses"),  // 1
        (.post, "/expenses"),  // 2
        (.get, "/expenses/new"),  // 3
        (.post, "/expenses/{id}"),  // 4
        (.get, "/expenses/{id}/edit"),  // 5
        (.get, "/{page}/help"),  // 6
        (.head, "/special"),  // 7
        (.get, "/special"),  // 8
        (.delete, "/a/{b}/c/{d}"),  // 9
    ])

    private func route(_ method: Method, _ path: String) -> Int? {
        guard case .found(let route, _) = router.match(method, path) else { return nil }
        return route
    }

    @Test(
        arguments: [
            (.get, "/", 0), (.get, "/expenses", 1), (.post, "/expenses", 2), (.get, "/expenses/new", 3),
            (.post, "/expenses/7", 4), (.get, "/expenses/new/edit", 5), (.get, "/x/help", 6),
            (.head, "/expenses", 1), (.head, "/special", 7), (.get, "/special", 8), (.get, "/%65xpenses", 1),
        ] as [(Method, String, Int)])
    func `a path finds its route, literal segments first`(method: Method, path: String, expected: Int) {
        #expect(route(method, path) == expected)
    }

    @Test func `path parameters are percent-decoded`() {
        guard case .found(9, let parameters) = router.match(.delete, "/a/%C3%A4%20b/c/d%3F") else {
            Issue.record("no route")
            return
        }
        #expect(parameters["b"] == "ä b")
        #expect(parameters["d"] == "d?")
        #expect(parameters["id"] == nil)
    }

    @Test(arguments: [
        "", "/nowhere", "/expenses/", "//", "/expenses//edit", "/expenses/7/edit/", "expenses",
        "/expenses/a%2Fb/edit",
        "/expenses/%00/edit", "/expenses/%ff/edit", "/expenses/%zz/edit", "/expenses/%/edit", "/a/b/c",
        "/Expenses",
    ])
    func `a path without a route is not found`(path: String) {
        #expect(router.match(.get, path) == .notFound)
    }

    @Test func `another method is told which there are`() {
        #expect(router.match(.delete, "/expenses") == .methodNotAllowed([.get, .head, .post, .options]))
        #expect(router.match(.get, "/expenses/7") == .methodNotAllowed([.post, .options]))
        #expect(router.match(.options, "*") == .methodNotAllowed([.get, .head, .post, .delete, .options]))
    }
}
