import Testing

@testable import HTTP

struct PageCompressionTests {
    private static let page = [UInt8](String(repeating: "<p>An expense</p>\n", count: 100).utf8)

    private func compressed(_ response: Response, _ codings: String?) -> Response {
        var response = response
        let headers: Headers = codings.map { ["Accept-Encoding": $0] } ?? [:]
        response.compressPage(for: Request(method: .get, target: "/", headers: headers))
        return response
    }

    @Test(arguments: ["gzip", "br, gzip;q=0.5", "*", "deflate, GZIP"])
    func `a page is sent as gzip to who takes it`(codings: String) throws {
        let response = compressed(.html(.notFound, Self.page), codings)
        #expect(response.status == .notFound)
        #expect(response.headers["Content-Encoding"] == "gzip")
        #expect(response.headers["Vary"] == "Accept-Encoding")
        #expect(response.headers["Content-Type"] == "text/html; charset=utf-8")
        #expect(try GzipTests.decompressed(response.body.collected()) == Self.page)
    }

    @Test(arguments: [nil, "", "br", "gzip;q=0", "identity", "gzip;q=0, *"])
    func `a page is sent as it is to who does not`(codings: String?) throws {
        let response = compressed(.html(.ok, Self.page), codings)
        #expect(response.headers["Content-Encoding"] == nil)
        #expect(response.headers["Vary"] == "Accept-Encoding")
        #expect(try response.body.collected() == Self.page)
    }

    @Test func `what is no page, is short, or is long stays as it is`() throws {
        let short = [UInt8](repeating: 65, count: 1000)
        let long = [UInt8](repeating: 65, count: 300_000)
        for response in [
            Response.json(.ok, Self.page), .html(.ok, short), .html(.ok, long), .seeOther("/"),
            .text(.ok, String(decoding: Self.page, as: UTF8.self)),
        ] {
            let same = compressed(response, "gzip")
            #expect(same.headers["Content-Encoding"] == nil)
            #expect(same.headers["Vary"] == nil)
            #expect(try same.body.collected() == response.body.collected())
        }
    }
}
