/// A request that a client sends, and with it what it is to be answered.
package struct RequestPlan: Hashable, Sendable {
    package enum Kind: UInt8, CaseIterable, Sendable {
        /// Answered at once.
        case ready
        /// Answered with a part of a file.
        case file
        /// A handler that waits for nothing.
        case prompt
        /// A handler that waits once.
        case late
        /// No request at all.
        case malformed
        /// A request whose body is longer than is allowed.
        case tooLarge
        /// A request whose body is refused while it arrives, where it is handed over.
        case unwanted
    }

    package var kind: Kind
    /// Bytes of the answer's body.
    package var size: Int
    /// Bytes of the request's body.
    package var body = 0
    package var isChunked = false
    package var expectsContinue = false
    package var isHead = false
    package var closes = false
    package var isHTTP10 = false
    /// Bytes of a field that makes the head longer.
    package var padding = 0

    package static let largestBody = 8000
    /// A body with a length up to this goes to memory in any case.
    static let longestShortBody = 1000

    /// A small one that is answered at once.
    static let small = RequestPlan()

    private init() {
        kind = .ready
        size = 3
    }

    init(_ random: inout Random) {
        kind = Kind.allCases[random.below(Kind.allCases.count)]
        // Those that end a connection come less often.
        switch kind {
        case .malformed, .tooLarge, .unwanted: if !random.once(in: 6) { kind = .ready }
        default: break
        }
        size = random.once(in: 10) ? random.size(upTo: 40_000) : random.size(upTo: 600)
        if random.once(in: 12) { size = 0 }
        if random.once(in: 4) {
            body = random.once(in: 3) ? random.size(upTo: Self.largestBody) : random.size(upTo: 500)
            isChunked = random.once(in: 2)
            expectsContinue = random.once(in: 4)
        }
        if kind == .unwanted { body = Self.longestShortBody + 1 + random.size(upTo: 5000) }
        isHead = random.once(in: 12)
        closes = random.once(in: 15)
        isHTTP10 = random.once(in: 25)
        if random.once(in: 10) { padding = random.size(upTo: random.once(in: 5) ? 7000 : 200) }
    }

    /// The bytes of the head, up to its end, and of the body.
    func bytes(client: Int, number: Int) -> (head: [UInt8], body: [UInt8]) {
        if kind == .malformed { return (Array("GET / HTTP/1.1\r\nHost : \(client)\r\n\r\n".utf8), []) }
        // What is refused goes on arriving; sometimes more than fits into the server's buffer.
        let length = kind == .tooLarge ? Self.largestBody + 1 + (size > 500 ? 100_000 : 0) : body
        let hasBody = length > 0
        var head = "\(isHead ? "HEAD" : hasBody ? "POST" : "GET") \(target(client: client, number: number)) "
        head += "HTTP/1.\(isHTTP10 ? 0 : 1)\r\nHost: h\r\n"
        let chunked = isChunked && !isHTTP10
        if hasBody { head += chunked ? "Transfer-Encoding: chunked\r\n" : "Content-Length: \(length)\r\n" }
        if hasBody, expectsContinue { head += "Expect: 100-continue\r\n" }
        if closes { head += "Connection: close\r\n" }
        if padding > 0 { head += "X: \(String(repeating: "x", count: padding))\r\n" }
        head += "\r\n"
        guard hasBody else { return (Array(head.utf8), []) }
        let content = [UInt8](repeating: UInt8(ascii: "b"), count: length)
        guard chunked else { return (Array(head.utf8), content) }
        var body: [UInt8] = []
        var rest = content[...]
        while !rest.isEmpty {
            let piece = rest.prefix(max(1, length / 3))
            body += Array("\(String(piece.count, radix: 16))\r\n".utf8) + piece + Array("\r\n".utf8)
            rest = rest.dropFirst(piece.count)
        }
        return (Array(head.utf8), body + Array("0\r\n\r\n".utf8))
    }

    /// Tells the handler all that it needs.
    private func target(client: Int, number: Int) -> String {
        "/\(client)/\(number)/\(kind.rawValue)/\(size)"
    }

    /// What the handler reads from it.
    struct Order {
        let client: Int
        let number: Int
        let kind: Kind
        let size: Int

        init?(_ target: String) {
            let parts = target.split(separator: "/").compactMap { Int($0) }
            guard parts.count == 4, let kind = Kind(rawValue: UInt8(parts[2])) else { return nil }
            (client, number, size) = (parts[0], parts[1], parts[3])
            self.kind = kind
        }

        /// Whether a body that may be long is handed over while it arrives.
        var isHandedOver: Bool { number % 2 == 1 }
    }

    /// Whether its body, as the request of that number, is handed over while it arrives.
    func isHandedOver(_ number: Int) -> Bool {
        number % 2 == 1 && (body > Self.longestShortBody || (isChunked && !isHTTP10 && body > 0))
    }

    /// Whether its head says that its body is too large.
    var isToldTooLarge: Bool { kind == .tooLarge && (!isChunked || isHTTP10) }

    /// Bytes of the answer's body, as far as it is sent.
    var answerSize: Int { isHead ? 0 : size }
}

/// The bytes of an answer, each of which depends on the client, the request and its place.
enum Pattern {
    static func byte(_ client: Int, _ number: Int, _ index: Int) -> UInt8 {
        UInt8(truncatingIfNeeded: client &* 131 &+ number &* 31 &+ index &* 7 &+ (index >> 8))
    }

    static func bytes(_ client: Int, _ number: Int, _ range: Range<Int>) -> [UInt8] {
        range.map { byte(client, number, $0) }
    }

    /// Of the one file that there is.
    static func fileByte(_ index: Int) -> UInt8 { byte(7, 7, index) }
}
