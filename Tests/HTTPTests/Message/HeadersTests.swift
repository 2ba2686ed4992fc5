import HTTP
import Testing

struct HeadersTests {
    @Test func `names are the same in any case`() {
        var headers: Headers = ["Content-Type": "a", "X": "1"]
        headers.add("x", "2")
        #expect(headers["content-TYPE"] == "a")
        #expect(headers.values("X") == ["1", "2"])
        #expect(headers["Y"] == nil)
    }

    @Test func `setting replaces all of that name where the first was`() {
        var headers: Headers = ["A": "1", "B": "2", "a": "3", "C": "4"]
        headers["a"] = "5"
        #expect(headers.fields.map(\.value) == ["5", "2", "4"])
        headers["B"] = nil
        #expect(headers.fields.map(\.name) == ["a", "C"])
        headers["D"] = "6"
        #expect(headers.fields.last?.name == "D")
    }

    @Test func `a header's value cannot contain a line end`() {
        var headers = Headers()
        headers.add("Location", "/\r\nSet-Cookie: a=b\0c")
        headers["X"] = "1\n2"
        #expect(headers.fields.map(\.name) == ["Location", "X"])
        #expect(headers["Location"] == "/  Set-Cookie: a=b c")
        #expect(headers["X"] == "1 2")
    }

    @Test func `a name that is no token stops the program`() async {
        await #expect(processExitsWith: .failure) {
            var headers = Headers()
            headers["X Y"] = "a"
        }
    }
}
