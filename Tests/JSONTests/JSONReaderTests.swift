import JSON
import Testing

@Suite struct JSONReaderTests {
    private func value(_ text: String) throws(JSONError) -> JSONReader.Value {
        var reader = JSONReader(Array(text.utf8))
        let value = try reader.value()
        try reader.end()
        return value
    }

    @Test(arguments: [
        (#""a\u00e9\n\ud83d\ude00\/""#, JSONReader.Value.string("aé\n😀/")), ("-12", .integer(-12)),
        ("9223372036854775807", .integer(.max)), ("9223372036854775808", .otherNumber),
        ("1.5", .otherNumber), ("1e3", .otherNumber), ("0", .integer(0)), (" true\n", .bool(true)),
        ("false", .bool(false)), ("null", .null), ("[1,[2,{}]]", .compound), (#"{"a":[]}"#, .compound),
    ])
    func `JSON is read`(text: String, expected: JSONReader.Value) throws {
        #expect(try value(text) == expected)
    }

    @Test(arguments: [
        "", " ", "01", "-", "+1", "1.", ".5", "1e", "0x1", "tru", "nul", "\"", "\"a", "\"\u{1}\"",
        #""\x""#, #""\u12""#, #""\ud800""#, #""\ud800\n""#, #""\ud800\u0041""#, #""\udc00""#, "[", "[1,]",
        "[1 2]", "{", "{1:2}", #"{"a"}"#, #"{"a":}"#, #"{"a":1,}"#, #"{"a":1 "b":2}"#, "1 2", "[] x", "'a'",
        "// a\n1", "NaN", "\u{FEFF}1",
    ])
    func `what is no JSON is malformed`(text: String) {
        #expect { try value(text) } throws: { ($0 as? JSONError)?.reason == .malformed }
    }

    @Test func `every text that is cut short is malformed`() throws {
        let text = Array(#"{"a":["b\u00e9",1.5e-3,{"c":null}],"d":true}"#.utf8)
        for length in text.indices {
            var reader = JSONReader(Array(text[..<length]))
            #expect(throws: JSONError.self) { _ = try reader.value() }
        }
    }

    @Test(arguments: [1, 2, 3, 7]) func `a source is read as the whole is, however it is cut`(size: Int)
        throws
    {
        let text =
            #"{"a":["b\u00e9\ud83d\ude00é",-1.5e-3,{"c":null}],"d":true,"long":"\n\#(String(repeating: "x", count: 99))"}"#
        for end in [text.utf8.count, text.utf8.count - 1, 20] {
            let bytes = Array(text.utf8.prefix(end))
            var start = 0
            var reader = JSONReader(from: {
                defer { start += size }
                return Array(bytes[min(start, bytes.count)..<min(start + size, bytes.count)])
            })
            var whole = JSONReader(bytes)
            func read(_ reader: inout JSONReader) -> Result<[String], JSONError> {
                var found: [String] = []
                return Result { () throws(JSONError) in
                    try reader.object { reader, name throws(JSONError) in
                        found.append("\(name) \(try reader.value())")
                    }
                    try reader.end()
                    return found
                }
            }
            #expect(read(&reader) == read(&whole))
        }
    }

    @Test func `of a source, no string is kept that is very long, and no object with very many members`() {
        func reason(_ text: String, _ count: Int) -> JSONError.Reason? {
            var rest = count
            var reader = JSONReader(from: {
                rest -= 1
                return rest < 0
                    ? []
                    : Array((rest == count - 1 ? "{" : "").utf8)
                        + Array("\(text)".replacing("#", with: "\(rest)").utf8)
            })
            do throws(JSONError) {
                _ = try reader.value()
                return nil
            } catch {
                return error.reason
            }
        }
        #expect(reason("\"#\":1,", 10_100) == .tooLong)
        #expect(reason("\"a\":\"xxxxxxx\n", 1) == .malformed)
        var calls = 0
        var reader = JSONReader(from: {
            calls += 1
            return calls == 1 ? Array("\"".utf8) : [UInt8](repeating: UInt8(ascii: "x"), count: 100_000)
        })
        #expect { try reader.string() } throws: { ($0 as? JSONError)?.reason == .tooLong }
        #expect(calls < 20)
    }

    @Test func `broken UTF-8 is malformed`() {
        var reader = JSONReader([0x22, 0xC3, 0x28, 0x22])
        #expect(throws: JSONError.self) { try reader.string() }
    }

    @Test(arguments: [1, 7, 8, 9, 30])
    func `a name that comes again is refused, after few members and after many`(others: Int) {
        let members = (0..<others).map { "\"m\($0)\":\($0)" }
        for name in ["m0", "m\(others - 1)"] {
            let text = "{" + (members + ["\"\(name)\":0"]).joined(separator: ",") + "}"
            #expect { try value(text) } throws: { ($0 as? JSONError)?.reason == .repeated(name) }
            #expect { try value("{\"a\":[\(text)]}") } throws: {
                ($0 as? JSONError)?.reason == .repeated(name)
            }
        }
    }

    @Test func `names that differ in their bytes are two`() throws {
        #expect(try value("{\"\u{E9}\":1,\"e\u{301}\":2}") == .compound)
    }

    @Test func `nesting ends at a depth`() throws {
        let deepest = JSONReader.deepest
        func nested(_ depth: Int) -> String {
            String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
        }
        #expect(try value(nested(deepest)) == .compound)
        #expect { try value(nested(deepest + 1)) } throws: { ($0 as? JSONError)?.reason == .tooDeep }
        // What follows is at its own depth again.
        #expect(try value("[" + nested(deepest - 1) + "," + nested(deepest - 1) + "]") == .compound)
    }

    @Test func `an object gives its members in order`() throws {
        var members: [String] = []
        try JSONReader.readObject(Array(#" {"b":1, "a":"x","":null} "#.utf8)) {
            members.append("\($0)=\($1)")
        }
        #expect(members == ["b=integer(1)", "a=string(\"x\")", "=null"])
    }

    @Test func `arrays are read element by element`() throws {
        var reader = JSONReader(Array(#"[{"n":"a"},{"n":"b"}]"#.utf8))
        var names: [String] = []
        try reader.array { reader throws(JSONError) in
            try reader.object { reader, _ throws(JSONError) in names.append(try reader.string()) }
        }
        try reader.end()
        #expect(names == ["a", "b"])
    }
}
