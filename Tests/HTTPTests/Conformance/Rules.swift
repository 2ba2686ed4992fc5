/// The tables. Sections without a name are of RFC 9112.
enum Rules {
    static let host = [
        Rule("§3.2", "without Host", "GET / HTTP/1.1\r\n\r\n", "400"),
        Rule("§3.2", "two Hosts", "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", "400"),
        Rule("§3.2", "the same Host twice", "GET / HTTP/1.1\r\nHost: a\r\nHost: a\r\n\r\n", "400"),
        Rule("§3.2", "an empty Host", "GET / HTTP/1.1\r\nHost:\r\n\r\n", "200 200", "400"),
        Rule("§3.2", "a port", "GET / HTTP/1.1\r\nHost: a:8080\r\n\r\n", "200 200"),
        Rule("§3.2", "an empty port", "GET / HTTP/1.1\r\nHost: a:\r\n\r\n", "200 200"),
        Rule("§3.2", "a port with a letter", "GET / HTTP/1.1\r\nHost: a:8o\r\n\r\n", "400"),
        Rule("§3.2", "an IPv6 address", "GET / HTTP/1.1\r\nHost: [2001:db8::1]:80\r\n\r\n", "200 200"),
        Rule("§3.2", "an IPv6 address that does not end", "GET / HTTP/1.1\r\nHost: [::1\r\n\r\n", "400"),
        Rule("§3.2", "brackets around nothing", "GET / HTTP/1.1\r\nHost: []\r\n\r\n", "400"),
        Rule("§3.2", "a space within", "GET / HTTP/1.1\r\nHost: a b\r\n\r\n", "400"),
        Rule("§3.2", "a list", "GET / HTTP/1.1\r\nHost: a, b\r\n\r\n", "400"),
        Rule("§3.2", "user information", "GET / HTTP/1.1\r\nHost: u@a\r\n\r\n", "400"),
        Rule("§3.2", "a path", "GET / HTTP/1.1\r\nHost: a/b\r\n\r\n", "400"),
        Rule("§3.2", "a broken percent-encoding", "GET / HTTP/1.1\r\nHost: a%4\r\n\r\n", "400"),
        Rule("§3.2", "HTTP/1.0 without Host", "GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n", "200 200"),
        Rule("§3.2", "HTTP/1.0 with two Hosts", "GET / HTTP/1.0\r\nHost: a\r\nHost: b\r\n\r\n", "400"),
    ]

    static let requestLine = [
        Rule("§2.2", "an empty line before", "\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n", "200 200"),
        Rule(
            "§2.2", "several empty lines before", "\r\n\r\n\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n", "200 200"),
        Rule(
            "§2.2", "an empty line of LF alone before", "\nGET / HTTP/1.1\r\nHost: a\r\n\r\n", "400",
            "200 200"),
        Rule("§2.2", "lines that end with LF alone", "GET / HTTP/1.1\nHost: a\n\n", "400"),
        Rule("§2.2", "the request line ends with LF alone", "GET / HTTP/1.1\nHost: a\r\n\r\n", "400"),
        Rule("§2.2", "a field ends with LF alone", "GET / HTTP/1.1\r\nHost: a\nX: y\r\n\r\n", "400"),
        Rule("§2.2", "the empty line is LF alone", "GET / HTTP/1.1\r\nHost: a\r\n\n", "400"),
        Rule("§2.2", "lines that end with CR alone", "GET / HTTP/1.1\rHost: a\r\r", "400"),
        Rule("§2.2", "CR CR LF", "GET / HTTP/1.1\r\r\nHost: a\r\n\r\n", "400"),
        Rule("§2.2", "a blank before the first field", "GET / HTTP/1.1\r\n Host: a\r\n\r\n", "400"),
        Rule("§3", "a blank before the method", " GET / HTTP/1.1\r\nHost: a\r\n\r\n", "400"),
        Rule("§3", "two spaces before the target", "GET  / HTTP/1.1\r\nHost: a\r\n\r\n", "400"),
        Rule("§3", "two spaces before the version", "GET /  HTTP/1.1\r\nHost: a\r\n\r\n", "400"),
        Rule("§3", "a space after the version", "GET / HTTP/1.1 \r\nHost: a\r\n\r\n", "400"),
        Rule("§3", "a tab for a space", "GET\t/ HTTP/1.1\r\nHost: a\r\n\r\n", "400"),
        Rule("§3", "no target", "GET HTTP/1.1\r\nHost: a\r\n\r\n", "400"),
        Rule("§3", "no version", "GET /\r\nHost: a\r\n\r\n", "400"),
        Rule("§3", "a word too many", "GET / / HTTP/1.1\r\nHost: a\r\n\r\n", "400"),
        Rule("§2.3", "the version in lower case", "GET / http/1.1\r\nHost: a\r\n\r\n", "400"),
        Rule("§2.3", "a version of three digits", "GET / HTTP/1.10\r\nHost: a\r\n\r\n", "400"),
        Rule("§2.3", "a version without a dot", "GET / HTTP/11\r\nHost: a\r\n\r\n", "400"),
        Rule("§2.3", "a version of letters", "GET / HTTP/a.b\r\nHost: a\r\n\r\n", "400"),
        Rule("§2.3", "another protocol", "GET / HTCPCP/1.0\r\nHost: a\r\n\r\n", "400"),
        Rule("RFC 9110 §2.5", "a later minor version", "GET / HTTP/1.2\r\nHost: a\r\n\r\n", "200 200"),
        Rule("RFC 9110 §2.5", "a later major version", "GET / HTTP/2.0\r\nHost: a\r\n\r\n", "505"),
        Rule("RFC 9110 §2.5", "HTTP/2's preface", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", "505", "501", "400"),
        Rule("RFC 9110 §2.5", "an earlier major version", "GET / HTTP/0.9\r\nHost: a\r\n\r\n", "505", "400"),
        Rule("§3.1", "an unknown method", "BREW / HTTP/1.1\r\nHost: a\r\n\r\n", "501"),
        Rule("§3.1", "a method in lower case", "get / HTTP/1.1\r\nHost: a\r\n\r\n", "501"),
        Rule("§3.1", "a method with a colon", "GE:T / HTTP/1.1\r\nHost: a\r\n\r\n", "400"),
        Rule(
            "§3.1", "a long unknown method",
            String(repeating: "A", count: 600) + " / HTTP/1.1\r\nHost: a\r\n\r\n", "501"),
        Rule("§3.2.1", "a query", "GET /a?b=c&d HTTP/1.1\r\nHost: a\r\n\r\n", "200 200"),
        Rule(
            "§3.2.1", "what browsers leave unencoded", "GET /?a=|{}^`[]\"<> HTTP/1.1\r\nHost: a\r\n\r\n",
            "200 200"),
        Rule("§3.2", "a fragment", "GET /a#b HTTP/1.1\r\nHost: a\r\n\r\n", "400"),
        Rule("§3.2", "a target that is no path", "GET a HTTP/1.1\r\nHost: a\r\n\r\n", "400"),
        Rule("§3.2", "a target beyond ASCII", "GET /ä HTTP/1.1\r\nHost: a\r\n\r\n", "400"),
        Rule(
            "§3.2", "a target of seven kibibytes", "GET /\(text(7000)) HTTP/1.1\r\nHost: a\r\n\r\n", "200 200"
        ),
        Rule("§3", "a target that is too long", "GET /\(text(8200)) HTTP/1.1\r\nHost: a\r\n\r\n", "414"),
        Rule("§3.2.2", "absolute form", "GET http://b/c?d HTTP/1.1\r\nHost: a\r\n\r\n", "200 200"),
        Rule("§3.2.2", "absolute form, without Host", "GET http://b/ HTTP/1.1\r\n\r\n", "400"),
        Rule(
            "§3.2.2", "absolute form, without a path", "GET HTTPS://b HTTP/1.1\r\nHost: b\r\n\r\n", "200 200"),
        Rule(
            "RFC 9110 §4.2.1", "absolute form, without a host", "GET http:///a HTTP/1.1\r\nHost: a\r\n\r\n",
            "400"),
        Rule("RFC 9110 §4.2.4", "user information", "GET http://u@b/ HTTP/1.1\r\nHost: b\r\n\r\n", "400"),
        Rule("§3.2.2", "another scheme", "GET ftp://b/ HTTP/1.1\r\nHost: b\r\n\r\n", "400"),
        Rule("§3.2.3", "authority form, but no CONNECT", "GET b:80 HTTP/1.1\r\nHost: b:80\r\n\r\n", "400"),
        Rule("§3.2.4", "asterisk form", "OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n", "200 200", "204 200"),
        Rule("§3.2.4", "asterisk form, but no OPTIONS", "GET * HTTP/1.1\r\nHost: a\r\n\r\n", "400"),
    ]

    static let fields = [
        Rule("§5", "no field but Host", "GET / HTTP/1.1\r\nHost: a\r\n\r\n", "200 200"),
        Rule("§5", "no blank after the colon", "GET / HTTP/1.1\r\nHost:a\r\n\r\n", "200 200"),
        Rule("§5", "many blanks around the value", "GET / HTTP/1.1\r\nHost: \t a \t \r\n\r\n", "200 200"),
        Rule("§5", "an empty value", "GET / HTTP/1.1\r\nHost: a\r\nX:\r\n\r\n", "200 200"),
        Rule("RFC 9110 §5.5", "a value beyond ASCII", "GET / HTTP/1.1\r\nHost: a\r\nX: ä\r\n\r\n", "200 200"),
        Rule(
            "RFC 9110 §5.6.2", "every character of a token",
            "GET / HTTP/1.1\r\nHost: a\r\n!#$%&'*+-.^_`|~09azAZ: b\r\n\r\n", "200 200"),
        Rule("§5.1", "a space before the colon", "GET / HTTP/1.1\r\nHost : a\r\n\r\n", "400"),
        Rule("§5.1", "a tab before the colon", "GET / HTTP/1.1\r\nHost: a\r\nX\t: y\r\n\r\n", "400"),
        Rule("§5", "a field without a colon", "GET / HTTP/1.1\r\nHost: a\r\nX\r\n\r\n", "400"),
        Rule("§5", "a field without a name", "GET / HTTP/1.1\r\nHost: a\r\n: y\r\n\r\n", "400"),
        Rule("§5", "a space in the name", "GET / HTTP/1.1\r\nHost: a\r\nX Y: z\r\n\r\n", "400"),
        Rule("§5", "a quote in the name", "GET / HTTP/1.1\r\nHost: a\r\n\"X\": z\r\n\r\n", "400"),
        Rule("§5", "a name beyond ASCII", "GET / HTTP/1.1\r\nHost: a\r\nÄ: z\r\n\r\n", "400"),
        Rule(
            "§5.2", "a line that continues the one before", "GET / HTTP/1.1\r\nHost: a\r\nX: y\r\n z\r\n\r\n",
            "400"),
        Rule("§5.2", "the same with a tab", "GET / HTTP/1.1\r\nHost: a\r\nX: y\r\n\tz\r\n\r\n", "400"),
        Rule("§5.2", "a line of blanks", "GET / HTTP/1.1\r\nHost: a\r\n \r\n\r\n", "400"),
        Rule("RFC 9110 §5.4", "100 fields", "GET / HTTP/1.1\r\nHost: a\r\n\(lines(99))\r\n", "200 200"),
        Rule("RFC 9110 §5.4", "101 fields", "GET / HTTP/1.1\r\nHost: a\r\n\(lines(100))\r\n", "431"),
        Rule(
            "RFC 9110 §5.4", "a field of 30 kibibytes",
            "GET / HTTP/1.1\r\nHost: a\r\nX: \(text(30_000))\r\n\r\n", "200 200"),
        Rule(
            "RFC 9110 §5.4", "a section that is too long",
            "GET / HTTP/1.1\r\nHost: a\r\nX: \(text(33_000))\r\n\r\n", "431"),
    ]

    static let length = [
        Rule("§6.2", "a length", post("Content-Length: 3", "abc"), "200 200"),
        Rule("§6.2", "no length", post("X: y", ""), "200 200"),
        Rule("§6.2", "length 0", post("Content-Length: 0", ""), "200 200"),
        Rule(
            "§6.2", "a length with GET", "GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc",
            "200 200"),
        Rule("RFC 9110 §8.6", "leading zeros", post("Content-Length: 0003", "abc"), "200 200", "400"),
        Rule("RFC 9110 §8.6", "a sign", post("Content-Length: +3", "abc"), "400"),
        Rule("RFC 9110 §8.6", "a minus", post("Content-Length: -3", "abc"), "400"),
        Rule("RFC 9110 §8.6", "hexadecimal", post("Content-Length: 0x3", "abc"), "400"),
        Rule("RFC 9110 §8.6", "a fraction", post("Content-Length: 3.0", "abc"), "400"),
        Rule("RFC 9110 §8.6", "an exponent", post("Content-Length: 3e0", "abc"), "400"),
        Rule("RFC 9110 §8.6", "a space within", post("Content-Length: 3 3", "abc"), "400"),
        Rule("RFC 9110 §8.6", "nothing", post("Content-Length:", "abc"), "400"),
        Rule("RFC 9110 §8.6", "a word", post("Content-Length: three", "abc"), "400"),
        Rule("RFC 9110 §8.6", "digits beyond ASCII", post("Content-Length: ３", "abc"), "400"),
        Rule("§6.3", "a list of the same", post("Content-Length: 3, 3", "abc"), "200 200", "400"),
        Rule("§6.3", "a list of two", post("Content-Length: 3, 4", "abc"), "400"),
        Rule("§6.3", "a list with an empty item", post("Content-Length: 3,", "abc"), "400"),
        Rule(
            "§6.3", "the same length twice", post("Content-Length: 3\r\nContent-Length: 3", "abc"), "200 200",
            "400"),
        Rule("§6.3", "two lengths", post("Content-Length: 3\r\nContent-Length: 4", "abc"), "400"),
        Rule("RFC 9110 §15.5.14", "a length above the limit", post("Content-Length: 1048577", ""), "413"),
        Rule("RFC 9110 §8.6", "2^63", post("Content-Length: 9223372036854775808", ""), "413", "400"),
        Rule("RFC 9110 §8.6", "2^64 + 3", post("Content-Length: 18446744073709551619", "abc"), "413", "400"),
        Rule(
            "RFC 9110 §8.6", "a hundred digits",
            post("Content-Length: \(String(repeating: "9", count: 100))", ""), "413", "400"),
    ]

    static let transferEncoding = [
        Rule("§7.1", "chunked", post("Transfer-Encoding: chunked", "3\r\nabc\r\n0\r\n\r\n"), "200 200"),
        Rule("§7", "in any case", post("transfer-encoding: ChUnKeD", "3\r\nabc\r\n0\r\n\r\n"), "200 200"),
        Rule(
            "§6.1", "a coding that is not known", post("Transfer-Encoding: gzip, chunked", "0\r\n\r\n"),
            "501", "400"),
        Rule("§6.3", "chunked is not the last", post("Transfer-Encoding: chunked, gzip", "0\r\n\r\n"), "400"),
        Rule("§6.3", "not chunked at all", post("Transfer-Encoding: gzip", "0\r\n\r\n"), "400"),
        Rule("§6.3", "identity", post("Transfer-Encoding: identity", "0\r\n\r\n"), "400"),
        Rule("§6.1", "chunked twice", post("Transfer-Encoding: chunked, chunked", "0\r\n\r\n"), "400", "501"),
        Rule(
            "§6.1", "chunked twice, in two fields",
            post("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked", "0\r\n\r\n"), "400"),
        Rule(
            "§6.1", "HTTP/1.0", "POST / HTTP/1.0\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
            "400"),
        Rule("§6.3", "nothing", post("Transfer-Encoding:", "0\r\n\r\n"), "400"),
        Rule("§6.3", "a comma", post("Transfer-Encoding: ,", "0\r\n\r\n"), "400"),
        Rule("§6.3", "an empty item after", post("Transfer-Encoding: chunked,", "0\r\n\r\n"), "400"),
        Rule("§6.3", "a parameter", post("Transfer-Encoding: chunked;q=1", "0\r\n\r\n"), "400"),
        Rule("§6.3", "quotes", post("Transfer-Encoding: \"chunked\"", "0\r\n\r\n"), "400"),
        Rule(
            "§6.3", "with a length", post("Content-Length: 3\r\nTransfer-Encoding: chunked", "0\r\n\r\n"),
            "400"),
        Rule(
            "§6.3", "with a length after it",
            post("Transfer-Encoding: chunked\r\nContent-Length: 5", "0\r\n\r\n"), "400"),
    ]

    static let chunks = [
        Rule("§7.1", "no chunk but the last", post(chunked, "0\r\n\r\n"), "200 200"),
        Rule("§7.1", "a last chunk of many zeros", post(chunked, "0000\r\n\r\n"), "200 200"),
        Rule(
            "§7.1", "sizes in either case", post(chunked, "a\r\n0123456789\r\nA\r\n0123456789\r\n0\r\n\r\n"),
            "200 200"),
        Rule("§7.1", "leading zeros", post(chunked, "003\r\nabc\r\n0\r\n\r\n"), "200 200"),
        Rule("§7.1.1", "extensions", post(chunked, "3;a;b=c;d=\"e f\"\r\nabc\r\n0;g\r\n\r\n"), "200 200"),
        Rule(
            "§7.1.1", "blanks in extensions", post(chunked, "3 ; a = b\r\nabc\r\n0\r\n\r\n"), "200 200", "400"
        ),
        Rule(
            "§7.1.1", "extensions without an end",
            post(chunked, "3;" + text(40_000) + "\r\nabc\r\n0\r\n\r\n"), "431", "400"),
        Rule("§7.1.2", "trailers", post(chunked, "0\r\nX: y\r\nZ:\r\n\r\n"), "200 200"),
        Rule(
            "§7.1.2", "trailers that frame", post(chunked, "0\r\nContent-Length: 50\r\nHost: b\r\n\r\n"),
            "200 200", "400"),
        Rule("§7.1.2", "a trailer that is no field", post(chunked, "0\r\nX Y: z\r\n\r\n"), "400"),
        Rule("§7.1.2", "a trailer that is continued", post(chunked, "0\r\nX: y\r\n z\r\n\r\n"), "400"),
        Rule("§7.1.2", "trailers without an end", post(chunked, "0\r\n" + lines(101) + "\r\n"), "431", "400"),
        Rule("§7.1", "no size", post(chunked, "\r\nabc\r\n0\r\n\r\n"), "400"),
        Rule("§7.1", "a size that is none", post(chunked, "x\r\nabc\r\n0\r\n\r\n"), "400"),
        Rule("§7.1", "a size with 0x", post(chunked, "0x3\r\nabc\r\n0\r\n\r\n"), "400"),
        Rule("§7.1", "a negative size", post(chunked, "-3\r\nabc\r\n0\r\n\r\n"), "400"),
        Rule("§7.1", "a size with a blank before it", post(chunked, " 3\r\nabc\r\n0\r\n\r\n"), "400"),
        Rule("§7.1", "a size with a blank after it", post(chunked, "3 \r\nabc\r\n0\r\n\r\n"), "400"),
        Rule(
            "§7.1", "a size beyond 64 bits", post(chunked, "10000000000000003\r\nabc\r\n0\r\n\r\n"), "400",
            "413"),
        Rule("§7.1", "a size of 2^63", post(chunked, "8000000000000000\r\nabc\r\n0\r\n\r\n"), "400", "413"),
        Rule("RFC 9110 §15.5.14", "a size above the limit", post(chunked, "100001\r\n"), "413"),
        Rule("§7.1", "more data than its size", post(chunked, "3\r\nabcd\r\n0\r\n\r\n"), "400"),
        Rule("§7.1", "less data than its size", post(chunked, "3\r\nab\r\n0\r\n\r\n"), "400"),
        Rule("§2.2", "a size that ends with LF alone", post(chunked, "3\nabc\r\n0\r\n\r\n"), "400"),
        Rule("§2.2", "data that end with LF alone", post(chunked, "3\r\nabc\n0\r\n\r\n"), "400"),
        Rule("§2.2", "an end with LF alone", post(chunked, "0\r\n\n"), "400"),
        Rule("§2.2", "LF alone in an extension", post(chunked, "3;a\nb\r\nabc\r\n0\r\n\r\n"), "400"),
        Rule("§2.2", "CR alone in an extension", post(chunked, "3;a\rb\r\nabc\r\n0\r\n\r\n"), "400"),
    ]

    static let connection = [
        Rule("§9.3", "HTTP/1.1 keeps the connection", "GET / HTTP/1.1\r\nHost: a\r\n\r\n", "200 200"),
        Rule("§9.6", "close", "GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n", "200"),
        Rule("§9.6", "close in any case", "GET / HTTP/1.1\r\nHost: a\r\nConnection: CLOSE\r\n\r\n", "200"),
        Rule(
            "§9.6", "close in a list", "GET / HTTP/1.1\r\nHost: a\r\nConnection: x ,\tclose, y\r\n\r\n", "200"
        ),
        Rule(
            "§9.6", "close in a second field",
            "GET / HTTP/1.1\r\nHost: a\r\nConnection: x\r\nConnection: close\r\n\r\n", "200"),
        Rule(
            "§9.6", "close wins", "GET / HTTP/1.1\r\nHost: a\r\nConnection: keep-alive, close\r\n\r\n", "200"),
        Rule(
            "§9.6", "a longer word than close", "GET / HTTP/1.1\r\nHost: a\r\nConnection: closed\r\n\r\n",
            "200 200"),
        Rule("§9.3", "HTTP/1.0 closes", "GET / HTTP/1.0\r\nHost: a\r\n\r\n", "200"),
        Rule(
            "§9.3", "HTTP/1.0 may ask to keep it",
            "GET / HTTP/1.0\r\nHost: a\r\nConnection: Keep-Alive\r\n\r\n", "200 200"),
        Rule(
            "§9.3.2", "pipelining", "GET /1 HTTP/1.1\r\nHost: a\r\n\r\nGET /2 HTTP/1.1\r\nHost: a\r\n\r\n",
            "200 200 200"),
        Rule(
            "§9.3.2", "pipelining with bodies",
            post("Content-Length: 3", "abc") + post(chunked, "1\r\nd\r\n0\r\n\r\n"), "200 200 200"),
        Rule(
            "RFC 9110 §7.8", "an upgrade nobody offers",
            "GET / HTTP/1.1\r\nHost: a\r\nConnection: upgrade\r\nUpgrade: h2c\r\n\r\n", "200 200"),
    ]

    static let expectation = [
        Rule(
            "RFC 9110 §10.1.1", "the body is there already",
            post("Expect: 100-continue\r\nContent-Length: 3", "abc"), "200 200", "100 200 200"),
        Rule(
            "RFC 9110 §10.1.1", "in any case", post("Expect: 100-Continue\r\nContent-Length: 3", "abc"),
            "200 200", "100 200 200"),
        Rule(
            "RFC 9110 §10.1.1", "without a body", "GET / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\n\r\n",
            "200 200"),
        Rule(
            "RFC 9110 §10.1.1", "another expectation", post("Expect: the-best\r\nContent-Length: 3", "abc"),
            "417"),
        Rule(
            "RFC 9110 §10.1.1", "HTTP/1.0",
            "POST / HTTP/1.0\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\nabc", "200"),
        Rule(
            "RFC 9110 §10.1.1", "a body that is too large",
            post("Expect: 100-continue\r\nContent-Length: 1048577", ""), "413"),
    ]

    static let methods = [
        Rule("RFC 9110 §9.3.2", "HEAD has no body", "HEAD / HTTP/1.1\r\nHost: a\r\n\r\n", "200 200"),
        Rule("RFC 9110 §9.3.3", "POST", post("Content-Length: 1", "x"), "200 200"),
        Rule("RFC 9110 §9.3.4", "PUT", "PUT / HTTP/1.1\r\nHost: a\r\n\r\n", "200 200"),
        Rule("RFC 9110 §9.3.5", "DELETE", "DELETE / HTTP/1.1\r\nHost: a\r\n\r\n", "200 200"),
        Rule(
            "RFC 9110 §9.3.6", "CONNECT", "CONNECT a:80 HTTP/1.1\r\nHost: a:80\r\n\r\n", "501", "405", "400"),
        Rule("RFC 9110 §9.3.7", "OPTIONS", "OPTIONS / HTTP/1.1\r\nHost: a\r\n\r\n", "200 200"),
        Rule("RFC 5789 §2", "PATCH", "PATCH / HTTP/1.1\r\nHost: a\r\n\r\n", "200 200"),
    ]

    private static let chunked = "Transfer-Encoding: chunked"

    private static func post(_ field: String, _ body: String) -> String {
        "POST / HTTP/1.1\r\nHost: a\r\n\(field)\r\n\r\n\(body)"
    }

    private static func text(_ count: Int) -> String {
        String(repeating: "t", count: count)
    }

    private static func lines(_ count: Int) -> String {
        String(repeating: "X: y\r\n", count: count)
    }
}
