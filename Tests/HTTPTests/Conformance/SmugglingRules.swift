extension Rules {
    /// The families of request smuggling: whatever another server might make of these bytes, this one either takes
    /// all of them for one request or refuses them and closes.
    static let smuggling: [Rule] = {
        var rules: [Rule] = []
        let inner = "GET /smuggled HTTP/1.1\r\nHost: a\r\n\r\n"
        let length = "Content-Length: \(inner.utf8.count)"

        rules.append(
            Rule(
                "§11.2 CL.TE", "a length and chunks",
                "POST / HTTP/1.1\r\nHost: a\r\n\(length)\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n\(inner)",
                "400"))
        rules.append(
            Rule(
                "§11.2 TE.CL", "chunks and a short length",
                "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n"
                    + "\(String(inner.utf8.count, radix: 16))\r\n\(inner)\r\n0\r\n\r\n", "400"))
        rules.append(
            Rule(
                "§11.2 CL.0", "a length that a handler might not look at",
                "GET / HTTP/1.1\r\nHost: a\r\n\(length)\r\n\r\n\(inner)", "200 200"))

        let spellings = [
            "Transfer-Encoding : chunked", "Transfer-Encoding\t: chunked", " Transfer-Encoding: chunked",
            "\tTransfer-Encoding: chunked", "Transfer-Encoding: xchunked", "Transfer-Encoding: chunkedx",
            "Transfer-Encoding: chunked\u{0B}", "Transfer-Encoding: \u{0B}chunked",
            "Transfer-Encoding: \u{0C}chunked",
            "Transfer-Encoding: chunked\u{0}", "Transfer-Encoding\u{0}: chunked",
            "Transfer-Encoding: chun\u{0}ked",
            "Transfer-Encoding:\n chunked", "Transfer-Encoding:\r\n chunked",
            "Transfer-Encoding\r\n: chunked",
            "Transfer-Encoding: \rchunked", "Transfer-Encoding: chunked\r",
            "X: y\rTransfer-Encoding: chunked",
            "X: y\nTransfer-Encoding: chunked", "Transfer-Encoding: \"chunked\"",
            "Transfer-Encoding: 'chunked'",
            "Transfer-Encoding: identity", "Transfer-Encoding: chunked, identity",
            "Transfer-Encoding: identity, chunked",
            "Transfer-Encoding: ,chunked", "Transfer-Encoding: chunked,", "Transfer-Encoding: chunked;",
            "Transfer-Encoding: cow\r\nTransfer-Encoding: chunked",
            "Transfer-Encoding: chunked\r\nTransfer-Encoding: cow",
            "Transfer-Encoding: chunked\r\nTransfer-encoding: chunked", "Transfer Encoding: chunked",
            "Transfer-Encoding;: chunked", "Transfer-Encoding=chunked", "Transfer-Encoding",
            "Transfer-Encoding:",
            "Transfer-Encoding: ch\u{00FC}nked", "Transfer-Encoding: \u{00A0}chunked",
            "Tr\u{0430}nsfer-Encoding: chunked",
        ]
        for spelling in spellings {
            rules.append(
                Rule(
                    "§6.1 TE.TE", "\(spelling.debugDescription) with a length",
                    "POST / HTTP/1.1\r\nHost: a\r\n\(spelling)\r\nContent-Length: 5\r\n\r\n0\r\n\r\n\(inner)",
                    "400", "501"))
        }
        // A name that is merely like it is another field, and the length alone counts.
        for name in ["Transfer_Encoding", "X-Transfer-Encoding", "Transfer-Encodings", "TransferEncoding"] {
            rules.append(
                Rule(
                    "§6.1 TE.TE", "\(name) is another field",
                    "POST / HTTP/1.1\r\nHost: a\r\n\(name): chunked\r\n\(length)\r\n\r\n\(inner)", "200 200"))
        }

        for value in [
            "0, \(inner.utf8.count)", "0\r\nContent-Length: \(inner.utf8.count)",
            "\(inner.utf8.count)\r\nContent-Length: 0",
            "+0", "-0", "0x0", "0\u{0B}", "0 0", "0,", ",0", "0;", "\"0\"", "0\u{0}", "0_0", "0\r", "0\n",
            "\u{0660}",
            "0\r\n 1", "4294967296\r\nContent-Length: 0", "1e1", "٣",
        ] {
            rules.append(
                Rule(
                    "§6.3 CL.CL", "length \(value.debugDescription)",
                    "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: \(value)\r\n\r\n\(inner)", "400"))
        }
        for field in [
            "Content-Length : 0", "Content-Length\t: 0", "Content-Length\u{0}: 0", " Content-Length: 0",
        ] {
            rules.append(
                Rule(
                    "§5.1", field.debugDescription,
                    "POST / HTTP/1.1\r\nHost: a\r\n\(field)\r\n\(length)\r\n\r\n\(inner)", "400"))
        }

        for chunks in [
            "0\r\n\r", "0\n\n", "0\r\n\n", "0;\r\n\r\n", "0;a\n\r\n\r\n", "0 \r\n\r\n", "0x0\r\n\r\n",
            "00 00\r\n\r\n", "-0\r\n\r\n",
            "1\r\nx0\r\n\r\n", "1\r\nx\n0\r\n\r\n", "1\r\nx\r0\r\n\r\n", "10000000000000000\r\n\r\n",
            "fffffffffffffffff\r\n",
            "0\r\nX\r\n\r\n", "0\r\n X: y\r\n\r\n", "0\r\nX : y\r\n\r\n", "0;a=\"\r\n\r\n", "0\u{0}\r\n\r\n",
            "0;\u{0}\r\n\r\n",
            "2;\n\r\nxx\r\n0\r\n\r\n", "1;a\rb\r\nx\r\n0\r\n\r\n", "0\r\nX: y\n\r\n",
            "0\r\nX: y\rZ: z\r\n\r\n",
        ] {
            rules.append(
                Rule(
                    "§7.1", "chunks \(chunks.debugDescription)",
                    "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n\(chunks)\(inner)",
                    "400", "413"))
        }

        for host in [
            "a\r\nHost: b", "a\r\n b", "a\u{0}", "a b", "a\tb", "a@b", "a/b", "a?b", "a#b", "a\\b",
            "[a", "a:b:c",
        ] {
            rules.append(
                Rule(
                    "§3.2", "Host \(host.debugDescription)",
                    "GET / HTTP/1.1\r\nHost: \(host)\r\n\r\n\(inner)", "400"))
        }
        return rules
    }()

    /// Each control character in each place where it means nothing.
    static let controlCharacters: [Rule] = {
        let places: [(String, (String) -> String)] = [
            ("in the method", { "G\($0)T / HTTP/1.1\r\nHost: a\r\n\r\n" }),
            ("after the method", { "GET\($0)/ HTTP/1.1\r\nHost: a\r\n\r\n" }),
            ("in the target", { "GET /a\($0)b HTTP/1.1\r\nHost: a\r\n\r\n" }),
            ("in the query", { "GET /?a\($0)b HTTP/1.1\r\nHost: a\r\n\r\n" }),
            ("before the version", { "GET /\($0)HTTP/1.1\r\nHost: a\r\n\r\n" }),
            ("in the version", { "GET / HTTP/1\($0)1\r\nHost: a\r\n\r\n" }),
            ("after the version", { "GET / HTTP/1.1\($0)\r\nHost: a\r\n\r\n" }),
            ("before a name", { "GET / HTTP/1.1\r\nHost: a\r\n\($0)X: y\r\n\r\n" }),
            ("in a name", { "GET / HTTP/1.1\r\nHost: a\r\nX\($0)Y: z\r\n\r\n" }),
            ("before the colon", { "GET / HTTP/1.1\r\nHost: a\r\nX\($0): y\r\n\r\n" }),
            ("in Host", { "GET / HTTP/1.1\r\nHost: a\($0)b\r\n\r\n" }),
            ("in a length", { "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\($0)1\r\n\r\n" }),
            (
                "in a chunk's size",
                { "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n1\($0)1\r\n\r\n" }
            ),
            (
                "in a trailer's name",
                { "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\nX\($0)Y: z\r\n\r\n" }
            ),
        ]
        let inValue: [(String, (String) -> String)] = [
            ("in a value", { "GET / HTTP/1.1\r\nHost: a\r\nX: y\($0)z\r\n\r\n" }),
            ("at a value's start", { "GET / HTTP/1.1\r\nHost: a\r\nX: \($0)y\r\n\r\n" }),
            ("at a value's end", { "GET / HTTP/1.1\r\nHost: a\r\nX: y\($0)\r\n\r\n" }),
            (
                "in a chunk's extension",
                {
                    "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n1;a=\"\($0)\"\r\nx\r\n0\r\n\r\n"
                }
            ),
            (
                "in a trailer's value",
                { "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\nX: y\($0)z\r\n\r\n" }
            ),
        ]
        let controls = (UInt8(0)...31).map { $0 } + [127]
        var rules: [Rule] = []
        for control in controls {
            let character = String(UnicodeScalar(control))
            for (place, request) in places {
                rules.append(Rule("RFC 9110 §5.5", "\(control) \(place)", request(character), "400"))
            }
            // A tab is a blank, and may stand within a value.
            for (place, request) in inValue where control != 9 {
                rules.append(Rule("RFC 9110 §5.5", "\(control) \(place)", request(character), "400"))
            }
        }
        return rules
    }()
}
