import Crypto
import Testing

@Suite struct PasswordHashTests {
    /// RFC 7914 §12, but for the last one, which needs 1 GiB.
    @Test(arguments: [
        (
            "", "", 4, 1, 1,
            """
            77d6576238657b203b19ca42c18a0497f16b4844e3074ae8dfdffa3fede21442
            fcd0069ded0948f8326a753a0fc81f17e8d3e0fb2e0d3628cf35e20c38d18906
            """
        ),
        (
            "password", "NaCl", 10, 8, 16,
            """
            fdbabe1c9d3472007856e7190d01e9fe7c6ad7cbc8237830e77376634b373162
            2eaf30d92e22a3886ff109279d9830dac727afb94a83ee6d8360cbdfa2cc0640
            """
        ),
        (
            "pleaseletmein", "SodiumChloride", 14, 8, 1,
            """
            7023bdcb3afd7348461c06cd81fd38ebfda8fbba904f8e3ea9b543f6545da1f2
            d5432955613f0fcf62d49705242a9af9e61e85dc0d651e40dfcf017b45575887
            """
        ),
    ])
    func `the vectors of RFC 7914 come out`(
        password: String, salt: String, logN: Int, r: Int, p: Int, key: String
    ) throws {
        let cost = try #require(Scrypt.Cost(logN: logN, r: r, p: p))
        #expect(
            Scrypt.derive(Array(password.utf8), salt: Array(salt.utf8), cost: cost, count: 64)
                == bytes(hexadecimal: key))
    }

    @Test(arguments: ["password", "", "pass\0word", "Grüße 🎉", String(repeating: "x", count: 256)])
    func `a password is right for its own hash alone`(password: String) {
        let stored = PasswordHash.make(password, cost: .cheapForTests)
        #expect(PasswordHash.verify(password, against: stored))
        for other in [password + " ", " " + password, "Password", "pass"] {
            #expect(!PasswordHash.verify(other, against: stored))
        }
    }

    @Test func `each hash has its own salt and names its cost`() {
        let first = PasswordHash.make("password", cost: .cheapForTests)
        let second = PasswordHash.make("password", cost: .cheapForTests)
        #expect(first != second)
        #expect(first.hasPrefix("$scrypt$ln=1,r=1,p=1$"))
        #expect(first.split(separator: "$").map(\.utf8.count) == [6, 12, 22, 43])
    }

    @Test(arguments: ["", "password"])
    func `no password matches the decoy hash, which looks and costs like any other`(password: String) throws {
        let hash = PasswordHash.decoy(cost: .standard)
        #expect(!PasswordHash.needsRehash(hash, cost: .standard))
        let cheap = PasswordHash.decoy(cost: .cheapForTests)
        let usual = PasswordHash.make(password, cost: .cheapForTests)
        #expect(
            cheap.split(separator: "$").map(\.utf8.count) == usual.split(separator: "$").map(\.utf8.count))
        #expect(!PasswordHash.verify(password, against: cheap))
        #expect(PasswordHash.decoy(cost: .cheapForTests) != cheap)
    }

    @Test(arguments: [
        ("Gr\u{FC}\u{DF}e", "Gru\u{308}\u{DF}e"), ("\u{212B}", "A\u{30A}"),
        ("\u{AC01}", "\u{1100}\u{1161}\u{11A8}"),
        ("q\u{307}\u{323}", "q\u{323}\u{307}"),
    ])
    func `a password is the same however its letters are composed`(composed: String, decomposed: String) {
        #expect(PasswordHash.verify(decomposed, against: PasswordHash.make(composed, cost: .cheapForTests)))
        #expect(PasswordHash.verify(composed, against: PasswordHash.make(decomposed, cost: .cheapForTests)))
    }

    @Test func `letters that only look alike are different passwords`() {
        #expect(!PasswordHash.verify("ﬁ", against: PasswordHash.make("fi", cost: .cheapForTests)))
        #expect(!PasswordHash.verify("а", against: PasswordHash.make("a", cost: .cheapForTests)))
    }

    @Test func `a hash of another program is read`() {
        // Made by Python: hashlib.scrypt(b"correct horse", salt=b"0123456789abcdef", n=2**4, r=8, p=1, dklen=32).
        let stored = "$scrypt$ln=4,r=8,p=1$MDEyMzQ1Njc4OWFiY2RlZg$OAkZqUBelG6VIYdTJfYSENL5OmZRxMa3GwXn5oFliTg"
        #expect(PasswordHash.verify("correct horse", against: stored))
        #expect(!PasswordHash.verify("correct house", against: stored))
        // Its first 31 bytes, which scrypt would give to who asks for 31.
        let cut = "$scrypt$ln=4,r=8,p=1$MDEyMzQ1Njc4OWFiY2RlZg$OAkZqUBelG6VIYdTJfYSENL5OmZRxMa3GwXn5oFliQ"
        #expect(!PasswordHash.verify("correct horse", against: cut))
    }

    static let good = PasswordHash.make("password", cost: .cheapForTests)

    @Test func `a stored text that is no such hash is never right`() {
        let texts = [
            "", "$", "$$$$", "password", "$scrypt$", "$scrypt$ln=1,r=1,p=1$$",
            "$argon2id$ln=1,r=1,p=1$AAAAAAAAAAA$AAAA",
            Self.good + "$", "x" + Self.good, Self.good + "=", String(Self.good.dropLast()), Self.good + "\n",
            String(repeating: "$", count: 100_000),
        ]
        for text in texts {
            #expect(!PasswordHash.verify("password", against: text), "\(text)")
            #expect(PasswordHash.needsRehash(text, cost: .cheapForTests), "\(text)")
        }
    }

    @Test(arguments: [
        "ln=0,r=1,p=1", "ln=21,r=8,p=1", "ln=20,r=64,p=1", "ln=1,r=0,p=1", "ln=1,r=1,p=0", "ln=1,r=65,p=1",
        "ln=1,r=1,p=65", "ln=16,r=1,p=1", "ln=-1,r=1,p=1", "ln=01,r=1,p=1", "ln=+1,r=1,p=1", "ln=1,r=1",
        "ln=1,p=1,r=1",
        "ln=1,r=1,p=1,x=1", "ln=1;r=1;p=1", "ln=99999999999999999999,r=1,p=1", "ln=,r=1,p=1", "ln=١,r=1,p=1",
    ])
    func `a cost out of bounds is refused before any work`(cost: String) {
        let stored = Self.good.replacing("ln=1,r=1,p=1", with: cost)
        #expect(stored != Self.good)
        #expect(!PasswordHash.verify("password", against: stored))
    }

    @Test func `the standard cost is one of those that OWASP names`() {
        #expect(PasswordHash.decoy(cost: .standard).hasPrefix("$scrypt$ln=14,r=8,p=5$"))
    }

    @Test func `a hash of a lower cost is to be made anew, one of a higher cost is not`() throws {
        #expect(!PasswordHash.needsRehash(Self.good, cost: .cheapForTests))
        #expect(!PasswordHash.needsRehash(PasswordHash.decoy(cost: .standard), cost: .cheapForTests))
        #expect(PasswordHash.needsRehash(Self.good, cost: .standard))
        #expect(PasswordHash.needsRehash(Self.good, cost: try #require(Scrypt.Cost(logN: 2, r: 1, p: 1))))
    }

    @Test func `the standard cost and one well above it work`() throws {
        for cost in [PasswordHash.Cost.standard, try #require(Scrypt.Cost(logN: 16, r: 8, p: 1))] {
            let stored = PasswordHash.make("password", cost: cost)
            #expect(PasswordHash.verify("password", against: stored))
            #expect(!PasswordHash.needsRehash(stored, cost: cost))
        }
    }
}
