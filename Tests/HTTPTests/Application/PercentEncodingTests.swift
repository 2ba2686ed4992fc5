import HTTP
import Testing

struct PercentEncodingTests {
    @Test func `a segment and a query component are encoded each in its way`() {
        let text = "a b/ä?&=+~*."
        #expect(PercentEncoding.encodePathSegment(text) == "a%20b%2F%C3%A4%3F%26%3D%2B~%2A.")
        #expect(PercentEncoding.encodeQueryComponent(text) == "a+b%2F%C3%A4%3F%26%3D%2B%7E*.")
        #expect(PercentEncoding.decode(PercentEncoding.encodePathSegment(text)) == text)
    }

    @Test(arguments: [("", ""), ("a+b", "a+b"), ("%41%c3%a4", "Aä"), ("%00", "\u{0}")])
    func `text is decoded`(text: String, decoded: String) {
        #expect(PercentEncoding.decode(text) == decoded)
    }

    @Test(arguments: ["%", "%4", "%zz", "a%", "%ff", "%c3", "%ed%a0%80", "%c0%80"])
    func `what is no UTF-8 or no encoding is refused`(text: String) {
        #expect(PercentEncoding.decode(text) == nil)
    }
}
