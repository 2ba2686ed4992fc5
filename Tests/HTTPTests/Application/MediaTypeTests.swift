import HTTP
import Testing

struct MediaTypeTests {
    @Test(arguments: [
        ("Text/CSV; charset=utf-8", "text/csv"), ("a/b", "a/b"), (" a/b ;c=d", "a/b"), ("", ""),
    ])
    func `the essence is without parameters, in lower case`(value: String, essence: String) {
        #expect(MediaType.essence(of: value) == essence)
    }

    @Test(arguments: [
        ("multipart/form-data; boundary=abc", "abc"), ("a/b;x=1; Boundary=\"a b;c\"", "a b;c"),
        ("a/b; boundary=\"a\\\"b\"; y=z", "a\"b"), ("a/b; x=\"boundary=no\"; boundary=yes", "yes"),
        ("a/b; boundary", nil), ("a/b", nil), ("a/b; xboundary=1", nil), ("a/b;;boundary=x", "x"),
    ])
    func `a parameter is found, quoted or not`(value: String, boundary: String?) {
        #expect(MediaType.parameter("boundary", of: value) == boundary)
    }
}
