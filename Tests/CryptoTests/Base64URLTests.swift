import Crypto
import Testing

@Suite struct Base64URLTests {
    /// RFC 4648 §10 without padding, and RFC 7515 appendix C.
    @Test(arguments: [
        ("", ""), ("f", "Zg"), ("fo", "Zm8"), ("foo", "Zm9v"), ("foob", "Zm9vYg"), ("fooba", "Zm9vYmE"),
        ("foobar", "Zm9vYmFy"),
    ])
    func `text is encoded and decoded`(text: String, encoded: String) {
        #expect(Base64URL.encode(Array(text.utf8)) == encoded)
        #expect(Base64URL.decode(encoded) == Array(text.utf8))
    }

    @Test func `the alphabet is the one for addresses`() {
        #expect(Base64URL.encode([3, 236, 255, 224, 193]) == "A-z_4ME")
        #expect(Base64URL.decode("A-z_4ME") == [3, 236, 255, 224, 193])
        let all = (0...255).map(UInt8.init)
        #expect(Base64URL.decode(Base64URL.encode(all)) == all)
    }

    @Test(arguments: [
        "Zg==", "Zg=", "Z", "Zm9vY", "A+z/4ME", "Zm 9", "Zm9v\n", " Zm9v", "Zm9v.", "Zü", "Zh", "Zm9", "Z\0",
        "Zm9\u{7F}",
    ])
    func `another spelling is refused`(text: String) {
        #expect(Base64URL.decode(text) == nil)
    }

    @Test func `random tokens have their length and differ`() {
        #expect(SecureRandom.bytes(0).isEmpty)
        #expect(SecureRandom.bytes(1000).count == 1000)
        #expect(Set(SecureRandom.bytes(1000)).count > 200)
        #expect(Base64URL.decode(SecureRandom.token())?.count == 16)
        #expect(Base64URL.decode(SecureRandom.token(bytes: 33))?.count == 33)
        #expect(Set((0..<100).map { _ in SecureRandom.token() }).count == 100)
    }
}
