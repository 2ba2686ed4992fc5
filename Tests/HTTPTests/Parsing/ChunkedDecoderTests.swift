import HTTP
import Testing

struct ChunkedDecoderTests {
    private struct Result: Equatable {
        var body: [UInt8] = []
        /// Bytes of the body with its chunks; nil when it does not end.
        var size: Int?
        var status: Int?
    }

    /// Feeds the bytes in pieces that end at `cuts`, each with what was left over before.
    private func decode(_ bytes: [UInt8], cuts: [Int] = [], maximumSize: Int = 1000) -> Result {
        var decoder = ChunkedDecoder(maximumSize: maximumSize, limits: Limits())
        var result = Result()
        var used = 0
        do {
            for end in cuts + [bytes.count] {
                used += try decoder.decode(bytes.span.extracting(used..<max(used, end)), into: &result.body)
                if decoder.isFinished {
                    result.size = used
                    break
                }
            }
        } catch {
            result.status = error.status.code
        }
        return result
    }

    static let bodies = [
        ("0\r\n\r\n", ""),
        ("5\r\nhello\r\n0\r\n\r\n", "hello"),
        (
            "00005;a;b=c;d=\"e;\\\"f\"\r\nhello\r\n6 ; x = y\r\n world\r\n0;last\r\nT: trailer\r\nU:\r\n\r\n",
            "hello world"
        ),
        ("a\r\n0123456789\r\nA\r\n\r\n\r\n\r\n\r\n\r\n\r\n0\r\n\r\n", "0123456789\r\n\r\n\r\n\r\n\r\n"),
    ]

    @Test(arguments: bodies)
    func `chunks give the same body however they are cut into reads`(chunks: String, body: String) {
        let bytes = Array(chunks.utf8)
        let whole = Result(body: Array(body.utf8), size: bytes.count)
        #expect(decode(bytes) == whole)
        for first in 0...bytes.count {
            for second in first...bytes.count {
                #expect(decode(bytes, cuts: [first, second]) == whole)
            }
        }
        #expect(decode(bytes, cuts: Array(0..<bytes.count)) == whole)
    }

    @Test(arguments: bodies)
    func `chunks cut short do not end`(chunks: String, body: String) {
        let bytes = Array(chunks.utf8)
        for end in 0..<bytes.count {
            let short = decode(Array(bytes[..<end]))
            #expect(short.size == nil && short.status == nil)
        }
    }

    @Test func `what follows the body is left alone`() {
        #expect(decode(Array("1\r\nx\r\n0\r\n\r\nGET / HTTP/1.1".utf8)) == Result(body: [0x78], size: 11))
    }

    @Test(arguments: [
        "\r\n", " 1\r\n", "-1\r\n", "+1\r\n", "0x1\r\n", "g\r\n", "1 \r\n", "1\n", "1\r", "1\rx", "1;\r\n",
        "1;=a\r\n", "1;a=\r\n",
        "1;a=\"\r\n", "1;a=\"b\"c\r\n", "1;a\u{0}\r\n", "1;a=\"\\\u{0}\"\r\n", "1;a \r\n", "1;;a\r\n",
        "1a b\r\n",
        "FFFFFFFFFFFFFFFF\r\n", "10000000000000000\r\n", "8000000000000000\r\n",
        "1\r\nxy", "1\r\nx\n", "1\r\nx\ry", "0\r\n \r\n", "0\r\nA B: c\r\n", "0\r\nA: b\n", "0\r\n\n",
        "0\r\nA: b\r\n c\r\n",
    ])
    func `malformed chunks are refused`(chunks: String) {
        let status = decode(Array((chunks + "\r\n\r\n").utf8)).status
        #expect(status == 400 || (status == 413 && chunks.first!.isHexDigit))
    }

    @Test func `a body larger than allowed is refused before it is read`() {
        #expect(decode(Array("3e8\r\n".utf8)).status == nil)
        #expect(decode(Array("3e9\r\n".utf8)).status == 413)
        let two = Array("1\r\nx\r\n3e8\r\n".utf8)
        #expect(decode(two).status == 413)
    }

    @Test func `extensions and trailers are bounded together, not only one by one`() {
        let chunk = "1;" + String(repeating: "e", count: 3000) + "\r\nx\r\n"
        #expect(decode(Array(String(repeating: chunk, count: 10).utf8)).status == nil)
        #expect(decode(Array(String(repeating: chunk, count: 11).utf8)).status == 431)
        let trailer = "T: " + String(repeating: "t", count: 3000) + "\r\n"
        #expect(decode(Array(("0\r\n" + String(repeating: trailer, count: 11)).utf8)).status == 431)
        #expect(decode(Array(("0\r\n" + String(repeating: "T: t\r\n", count: 101)).utf8)).status == 431)
        #expect(decode([UInt8](repeating: 0x31, count: 5000)).status == 431)
    }
}
