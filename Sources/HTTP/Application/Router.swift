/// Finds the route for a method and a path: a tree of segments, built once.
package struct Router: Sendable {
    package enum Match: Equatable, Sendable {
        /// `route` is the index into the routes the router was made of.
        case found(route: Int, parameters: PathParameters)
        /// The path exists, but not with this method: what `Allow` lists, with HEAD beside GET and OPTIONS. Also the
        /// answer to `OPTIONS *`, which asks for all there is.
        case methodNotAllowed([Method])
        case notFound
    }

    private struct Node: Sendable {
        var literals: [String: Int] = [:]
        var parameter: Int?
        /// The routes that end here, with the names of their parameters in the order of the path.
        var routes: [(method: Method, route: Int, names: [String])] = []

        func index(of method: Method) -> Int? {
            for index in routes.indices where routes[index].method == method { return index }
            return nil
        }
    }

    private var nodes = [Node()]
    /// Where the paths without parameters end, which are found without taking them apart.
    private var fixedPaths: [String: Int] = [:]
    private var allMethods: [Method] = []
    /// Segments of the longest pattern.
    private var deepest = 0

    /// Two routes of one method that match the same paths are a programming error.
    package init(_ routes: [(Method, PathPattern)]) {
        for (index, (method, pattern)) in routes.enumerated() {
            var node = 0
            var names: [String] = []
            deepest = max(deepest, pattern.segments.count)
            for segment in pattern.segments {
                switch segment {
                case .literal(let text):
                    let next = nodes[node].literals[text] ?? addNode()
                    nodes[node].literals[text] = next
                    node = next
                case .parameter(let name):
                    names.append(name)
                    let next = nodes[node].parameter ?? addNode()
                    nodes[node].parameter = next
                    node = next
                }
            }
            precondition(
                !nodes[node].routes.contains { $0.method == method }, "\(method) \(pattern) is there twice")
            nodes[node].routes.append((method, index, names))
            if names.isEmpty { fixedPaths[pattern.description] = node }
        }
        allMethods = Self.allowed(Set(routes.map(\.0)))
    }

    /// `path` is percent-encoded, without a query. A literal segment wins over a parameter. HEAD finds GET's
    /// route unless it has its own. A segment that does not decode to UTF-8, or that hides a slash or a NUL, is
    /// in no path of ours.
    package func match(_ method: Method, _ path: String) -> Match {
        if path == "*" { return .methodNotAllowed(allMethods) }
        if let node = fixedPaths[path] { return match(method, at: node, []) }
        // A long path costs nothing: what is deeper than any pattern is not taken apart.
        guard path.utf8.first == Byte.slash, path.utf8.count(where: { $0 == Byte.slash }) <= deepest else {
            return .notFound
        }
        var segments: [String] = []
        for segment in PathPattern.split(path) {
            guard let decoded = PercentEncoding.decode(String(segment)), !decoded.utf8.contains(0) else {
                return .notFound
            }
            if decoded.utf8.contains(Byte.slash) { return .notFound }
            segments.append(decoded)
        }
        var values: [String] = []
        guard let node = find(segments[...], from: 0, &values) else { return .notFound }
        return match(method, at: node, values)
    }

    private func match(_ method: Method, at node: Int, _ values: [String]) -> Match {
        guard
            let index = nodes[node].index(of: method) ?? (method == .head ? nodes[node].index(of: .get) : nil)
        else { return .methodNotAllowed(Self.allowed(Set(nodes[node].routes.map(\.method)))) }
        let route = nodes[node].routes[index].route
        guard !values.isEmpty else { return .found(route: route, parameters: PathParameters()) }
        let names = nodes[node].routes[index].names
        let parameters = PathParameters(zip(names, values).map { (name: $0, value: $1) })
        return .found(route: route, parameters: parameters)
    }

    private mutating func addNode() -> Int {
        nodes.append(Node())
        return nodes.count - 1
    }

    /// Tries the literal first and goes back to the parameter when that leads nowhere.
    private func find(_ segments: ArraySlice<String>, from node: Int, _ values: inout [String]) -> Int? {
        guard let segment = segments.first else { return nodes[node].routes.isEmpty ? nil : node }
        if let next = nodes[node].literals[segment], let end = find(segments.dropFirst(), from: next, &values)
        {
            return end
        }
        guard let next = nodes[node].parameter, !segment.isEmpty else { return nil }
        values.append(segment)
        if let end = find(segments.dropFirst(), from: next, &values) { return end }
        values.removeLast()
        return nil
    }

    private static func allowed(_ methods: Set<Method>) -> [Method] {
        var methods = methods.union([.options])
        if methods.contains(.get) { methods.insert(.head) }
        return Method.allCases.filter(methods.contains)
    }
}
