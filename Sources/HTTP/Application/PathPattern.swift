/// The path of a route: literal segments and parameters that stand for one segment each, such as
/// `/expenses/{id}/edit`.
package struct PathPattern: Hashable, Sendable, ExpressibleByStringLiteral, CustomStringConvertible {
    enum Segment: Hashable, Sendable {
        case literal(String)
        case parameter(String)
    }

    let segments: [Segment]
    package let description: String

    package init(_ text: String) {
        precondition(text.utf8.first == Byte.slash, "a path starts with a slash: \(text)")
        description = text
        segments = Self.split(text).map { segment in
            guard segment.utf8.first == UInt8(ascii: "{"), segment.utf8.last == UInt8(ascii: "}") else {
                return .literal(String(segment))
            }
            return .parameter(String(segment.dropFirst().dropLast()))
        }
    }

    package init(stringLiteral text: String) {
        self.init(text)
    }

    /// `/` has one empty segment, `/a/` the segments `a` and an empty one: a slash at the end makes another path.
    static func split(_ path: String) -> [Substring] {
        path.dropFirst().split(separator: "/", omittingEmptySubsequences: false)
    }
}
