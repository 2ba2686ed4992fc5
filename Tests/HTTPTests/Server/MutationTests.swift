import Glibc
import HTTP
import HTTPSimulation
import Testing

/// Requests with something changed at random, against a live server. A fixed seed makes every run the same;
/// `HTTP_MUTATIONS` in the environment says how many (5,000 without it).
struct MutationTests {
    private static let seeds = [
        "GET /a?b=c HTTP/1.1\r\nHost: a\r\nAccept: */*\r\nCookie: a=b; c=d\r\n\r\n",
        "POST /form HTTP/1.1\r\nHost: a:80\r\nContent-Length: 11\r\nConnection: keep-alive\r\n\r\na=b&c=d%20e",
        "PUT http://b/x HTTP/1.1\r\nHost: b\r\nTransfer-Encoding: chunked\r\n\r\n5;a=\"b\"\r\nhello\r\n0\r\nT: t\r\n\r\n",
        "OPTIONS * HTTP/1.0\r\nConnection: keep-alive\r\nExpect: 100-continue\r\n\r\n",
    ].map { Array($0.utf8) }

    private static let fragments = [
        "\r", "\n", "\r\n", "\r\n\r\n", "\0", " ", "\t", ":", ",", ";", "0", "-1", "+1", "ffffffffffffffff",
        "99999999999999999999",
        "Content-Length: 5\r\n", "Transfer-Encoding: chunked\r\n", "Host: c\r\n", "Connection: close\r\n",
        "HTTP/1.1", "chunked", "\u{FF}",
        "GET / HTTP/1.1\r\nHost: a\r\n\r\n",
    ].map { Array($0.utf8) }

    @Test func `no mutation of a request makes the server hang, crash or answer nonsense`() throws {
        let count = unsafe getenv("HTTP_MUTATIONS").flatMap { unsafe Int(String(cString: $0)) } ?? 5000
        var limits = Limits()
        limits.lingerTime = .milliseconds(20)
        let server = try TestServer(limits: limits)
        var random = Random(seed: 2026)
        for _ in 0..<count {
            let bytes = Self.mutated(&random)
            let client = try server.connect()
            // A server that has refused the bytes may close before it has got them all.
            try? client.send(bytes)
            client.endSending()
            let received = (try? client.receiveAll()) ?? []
            let heads = bytes.starts(with: Array("HEAD".utf8)) ? Set(0..<100) : []
            let answers = Answers(received, heads: heads)
            guard answers.rest.isEmpty, answers.all.allSatisfy({ Self.expected.contains($0.status) }) else {
                let (sent, got) = (
                    String(decoding: bytes, as: UTF8.self), String(decoding: received, as: UTF8.self)
                )
                Issue.record("\(sent.debugDescription) was answered \(got.debugDescription)")
                return
            }
        }
        #expect(try server.exchange("GET / HTTP/1.0\r\n\r\n").hasPrefix("HTTP/1.1 200 OK\r\n"))
    }

    private static let expected: Set<Int> = [100, 200, 400, 413, 414, 417, 431, 501, 505]

    private static func mutated(_ random: inout Random) -> [UInt8] {
        var bytes = seeds.randomElement(using: &random)!
        if Bool.random(using: &random) { bytes += seeds.randomElement(using: &random)! }
        for _ in 0..<Int.random(in: 1...4, using: &random) {
            let place = Int.random(in: 0..<max(1, bytes.count), using: &random)
            let end = min(bytes.count, place + Int.random(in: 0...8, using: &random))
            switch Int.random(in: 0..<5, using: &random) {
            case 0: bytes.removeSubrange(place..<end)
            case 1: bytes.insert(contentsOf: fragments.randomElement(using: &random)!, at: place)
            case 2: bytes.replaceSubrange(place..<end, with: fragments.randomElement(using: &random)!)
            case 3: bytes.insert(contentsOf: bytes[place..<end], at: place)
            default:
                if !bytes.isEmpty { bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &random) }
            }
        }
        return bytes
    }
}
