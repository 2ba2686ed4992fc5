import JSON
import Testing

@Suite struct JSONWriterTests {
    @Test(arguments: ["", "plain", "\"\\/", "a\nb\t\u{0}\u{1F}\u{7F}", "é😀\u{2028}", "</script>"])
    func `a string that is written is read back`(text: String) throws {
        var output: [UInt8] = []
        JSONWriter.append(text, to: &output)
        var reader = JSONReader(output)
        #expect(try reader.string() == text)
        try reader.end()
    }

    @Test func `members are written with their marks`() {
        var output: [UInt8] = []
        JSONWriter.append("a", "x", after: "{", to: &output)
        JSONWriter.append("b", 12, to: &output)
        JSONWriter.appendName("c", to: &output)
        #expect(String(decoding: output, as: UTF8.self) == #"{"a":"x","b":12,"c":"#)
    }

    @Test func `a literal is written as it stands`() {
        let value: JSONValue = ["a": [1, true, .null, "x\""], "b": [:], "c": []]
        var output: [UInt8] = []
        value.append(to: &output)
        #expect(String(decoding: output, as: UTF8.self) == #"{"a":[1,true,null,"x\""],"b":{},"c":[]}"#)
    }
}
