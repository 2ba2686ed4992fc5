import HTTP
import Testing

struct ForwardedOriginTests {
    private func origin(_ fields: [(String, String)], peer: String = "10.0.0.1") -> String {
        var headers = Headers()
        for (name, value) in fields { headers.add(name, value) }
        let origin = ForwardedOrigin(
            headers: headers, peer: peer, trusted: ["10.0.0.0/30", "FD00:0::1"].compactMap { IPNetwork($0) })
        return origin.scheme + " " + origin.address + (origin.host.map { " " + $0 } ?? "")
    }

    @Test(
        arguments: [
            ([], "http 10.0.0.1"),
            ([("X-Forwarded-For", "192.0.2.1")], "http 192.0.2.1"),
            ([("X-Forwarded-For", "192.0.2.1"), ("X-Forwarded-Proto", "https")], "https 192.0.2.1"),
            ([("X-Forwarded-For", "6.6.6.6, 192.0.2.1")], "http 192.0.2.1"),
            ([("X-Forwarded-For", "6.6.6.6"), ("X-Forwarded-For", "192.0.2.1, 10.0.0.2")], "http 192.0.2.1"),
            ([("X-Forwarded-For", "nonsense")], "http 10.0.0.1"),
            ([("X-Forwarded-For", "[2001:DB8::0:1]:1234")], "http 2001:db8::1"),
            ([("X-Forwarded-Proto", "https")], "https 10.0.0.1"),
            ([("X-Forwarded-Proto", "gopher")], "http 10.0.0.1"),
            ([("Forwarded", "for=192.0.2.1;proto=https")], "https 192.0.2.1"),
            ([("Forwarded", "for=6.6.6.6, For=\"[2001:db8::1]:80\";Proto=HTTPS;by=x")], "https 2001:db8::1"),
            ([("Forwarded", "for=_hidden;proto=https")], "https 10.0.0.1"),
            ([("Forwarded", "for=192.0.2.1, for=\"10.0.0.2:1, 7\"")], "http 10.0.0.1"),
            ([("Forwarded", "for=6.6.6.6"), ("X-Forwarded-For", "192.0.2.1")], "http 10.0.0.1"),
            ([("Forwarded", "for=192.0.2.1"), ("X-Forwarded-For", "192.0.2.1")], "http 192.0.2.1"),
            ([("X-Forwarded-Host", "money.example:8443")], "http 10.0.0.1 money.example:8443"),
            (
                [("X-Forwarded-Host", "money.example"), ("X-Forwarded-Port", "8443")],
                "http 10.0.0.1 money.example:8443"
            ),
            (
                [("X-Forwarded-Host", "[2001:db8::1]"), ("X-Forwarded-Port", "8443")],
                "http 10.0.0.1 [2001:db8::1]:8443"
            ),
            ([("Host", "money.example"), ("X-Forwarded-Port", "81")], "http 10.0.0.1 money.example:81"),
            ([("Host", "money.example:80"), ("X-Forwarded-Port", "81")], "http 10.0.0.1 money.example:80"),
            ([("Host", "money.example"), ("X-Forwarded-Port", "x")], "http 10.0.0.1 money.example"),
            (
                [("X-Forwarded-Host", "evil.example, money.example"), ("X-Forwarded-For", "192.0.2.1")],
                "http 192.0.2.1 money.example"
            ),
            ([("Forwarded", "for=192.0.2.1;host=\"money.example:81\"")], "http 192.0.2.1 money.example:81"),
            // The proxy tells one of them, the client the other.
            (
                [
                    ("Forwarded", "for=192.0.2.1;host=money.example"), ("X-Forwarded-For", "192.0.2.1"),
                    ("X-Forwarded-Host", "evil.example"),
                ],
                "http 192.0.2.1"
            ),
        ] as [([(String, String)], String)])
    func `a trusted proxy says who sent the request`(fields: [(String, String)], expected: String) {
        #expect(origin(fields) == expected)
    }

    @Test func `the client of a Unix socket is a proxy on this machine`() {
        #expect(origin([("X-Forwarded-For", "192.0.2.1")], peer: "") == "http 192.0.2.1")
        #expect(origin([("X-Forwarded-For", "6.6.6.6, 192.0.2.1")], peer: "") == "http 192.0.2.1")
    }

    @Test func `an address is the same in any spelling`() {
        #expect(origin([("X-Forwarded-For", "192.0.2.1")], peer: "fd00::1") == "http 192.0.2.1")
    }

    @Test func `the headers of a client that is no trusted proxy are not believed`() {
        let fields = [
            ("X-Forwarded-For", "192.0.2.1"), ("Forwarded", "for=192.0.2.1;proto=https;host=evil.example"),
        ]
        #expect(origin(fields, peer: "10.0.0.4") == "http 10.0.0.4")
    }
}
