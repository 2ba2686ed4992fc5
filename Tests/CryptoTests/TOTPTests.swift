import Crypto
import Testing

@Suite struct TOTPTests {
    private static let secret = Array("12345678901234567890".utf8)

    /// RFC 4226, appendix D.
    @Test(
        arguments: zip(
            Int64(0)...9,
            [
                "755224", "287082", "359152", "969429", "338314", "254676", "287922", "162583", "399871",
                "520489",
            ]))
    func `the codes of RFC 4226`(counter: Int64, code: String) {
        #expect(TOTP.code(of: counter, secret: Self.secret) == code)
    }

    /// RFC 6238, appendix B: those with SHA-1, which have eight digits.
    @Test(
        arguments: [
            (59, 0x1, "94287082"), (1_111_111_109, 0x23_523EC, "07081804"),
            (1_111_111_111, 0x23_523ED, "14050471"), (1_234_567_890, 0x27_3EF07, "89005924"),
            (2_000_000_000, 0x3F_940AA, "69279037"), (20_000_000_000, 0x27BC_86AA, "65353130"),
        ] as [(Int64, Int64, String)])
    func `the codes of RFC 6238`(time: Int64, step: Int64, code: String) {
        #expect(TOTP.step(at: time) == step)
        #expect(TOTP.code(of: step, secret: Self.secret, digits: 8) == code)
    }

    @Test(arguments: [(-2, false), (-1, true), (0, true), (1, true), (2, false)])
    func `a code is taken one step early and one late`(offset: Int64, isTaken: Bool) {
        let time: Int64 = 1_111_111_109
        let step = TOTP.step(at: time) + offset
        let code = TOTP.code(of: step, secret: Self.secret)
        #expect(TOTP.step(of: code, secret: Self.secret, at: time) == (isTaken ? step : nil))
    }

    @Test(arguments: ["", "28708", "2870820", "000000"])
    func `another code is of no step`(code: String) {
        #expect(TOTP.step(of: code, secret: Self.secret, at: 59) == nil)
    }

    /// RFC 4648 §10, without the padding.
    @Test(arguments: [
        ("", ""), ("f", "MY"), ("fo", "MZXQ"), ("foo", "MZXW6"), ("foob", "MZXW6YQ"), ("fooba", "MZXW6YTB"),
        ("foobar", "MZXW6YTBOI"),
    ])
    func `Base32 as RFC 4648 writes it`(text: String, encoded: String) {
        #expect(Base32.encode(Array(text.utf8)) == encoded)
        #expect(encoded.utf8.allSatisfy(Base32.isSymbol))
        #expect(Base32.decode(encoded) == Array(text.utf8))
    }

    @Test(arguments: ["M", "MZX", "MZXW6Y", "my", "MY======", "M1", "MZ", "MZXR"])
    func `malformed Base32 is refused`(text: String) {
        #expect(Base32.decode(text) == nil)
    }
}
