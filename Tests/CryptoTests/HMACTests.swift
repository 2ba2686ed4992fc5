import Crypto
import Testing

@Suite struct HMACTests {
    /// RFC 4231 §4; the fifth is truncated to 128 bits there.
    @Test(arguments: [
        (
            [UInt8](repeating: 0x0B, count: 20), Array("Hi There".utf8),
            "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"
        ),
        (
            Array("Jefe".utf8), Array("what do ya want for nothing?".utf8),
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
        ),
        (
            [UInt8](repeating: 0xAA, count: 20), [UInt8](repeating: 0xDD, count: 50),
            "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe"
        ),
        (
            Array(1...25), [UInt8](repeating: 0xCD, count: 50),
            "82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b"
        ),
        (
            [UInt8](repeating: 0x0C, count: 20), Array("Test With Truncation".utf8),
            "a3b6167473100ee06e0c796c2955552b"
        ),
        (
            [UInt8](repeating: 0xAA, count: 131),
            Array("Test Using Larger Than Block-Size Key - Hash Key First".utf8),
            "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"
        ),
        (
            [UInt8](repeating: 0xAA, count: 131),
            Array(
                """
                This is a test using a larger than block-size key and a larger than block-size data. \
                The key needs to be hashed before being used by the HMAC algorithm.
                """.utf8),
            "9b09ffa71b942fcb27635fbcd5b0e944bfdc63644f0713938a7f51535c3a35e2"
        ),
    ])
    func `the vectors of RFC 4231 come out`(key: [UInt8], message: [UInt8], code: String) {
        let expected = bytes(hexadecimal: code)
        #expect(HMAC.sha256(message, key: key).prefix(expected.count) == expected[...])
        let kept = HMACKey(key)
        for _ in 0..<3 { #expect(kept.code(of: message.span).prefix(expected.count) == expected[...]) }
    }

    @Test func `an empty key and an empty message have their code`() {
        let code = bytes(hexadecimal: "b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad")
        #expect(HMAC.sha256([], key: []) == code)
    }

    @Test func `many threads may use one key`() async {
        let key = HMACKey(Array("a key".utf8))
        let messages = (0..<16).map { [UInt8](repeating: UInt8($0), count: 100 + $0) }
        let codes = messages.map { HMAC.sha256($0, key: Array("a key".utf8)) }
        await withTaskGroup(of: Bool.self) { group in
            for (message, code) in zip(messages, codes) {
                group.addTask { (0..<200).allSatisfy { _ in key.code(of: message.span) == code } }
            }
            for await isRight in group { #expect(isRight) }
        }
    }

    /// FIPS 180-4's examples.
    @Test(arguments: [
        ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
        ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
        (
            "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
        ),
    ])
    func `SHA-256 has its known values`(text: String, digest: String) {
        #expect(SHA256.hash(Array(text.utf8)) == bytes(hexadecimal: digest))
    }

    @Test func `equal bytes are equal and others are not`() {
        #expect(constantTimeEqual([], []))
        #expect(constantTimeEqual([1, 2, 3], [1, 2, 3]))
        #expect(!constantTimeEqual([1, 2, 3], [1, 2, 4]))
        #expect(!constantTimeEqual([1, 2, 3], [1, 2]))
        #expect(!constantTimeEqual([], [0]))
    }
}
