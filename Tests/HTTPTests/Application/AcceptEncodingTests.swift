import HTTP
import Testing

struct AcceptEncodingTests {
    @Test(arguments: [
        ("gzip", true), ("br, gzip;q=0.5", true), ("GZIP", true), ("x-gzip", true), ("*", true),
        ("*;q=0.1", true),
        ("gzip;q=0", false), ("gzip; Q=0.000", false), ("*, gzip;q=0", false), ("gzip;q=0, *", false),
        ("", false), ("br", false), ("identity", false), ("*;q=0", false), ("gzipped", false),
        ("gzip;q=x", false),
        (" gzip ; q=1 ", true),
    ])
    func `a coding is taken where its own weight, or that of any, is not zero`(value: String, isTaken: Bool) {
        #expect(AcceptEncoding.accepts("gzip", in: value) == isTaken)
    }
}
