import Expenses
import Testing

@Suite struct IdentityKeyTests {
    @Test(arguments: [
        ("Ada", "ADA"), ("Zoë", "ZOE\u{308}"), ("straße", "STRASSE"), ("ΟΔΥΣΣΕΥΣ", "Οδυσσευς"), ("ǅ", "ǆ"),
        ("Å", "\u{212B}"), ("Кириллица", "КИРИЛЛИЦА"), ("q\u{323}\u{307}", "Q\u{307}\u{323}"),
    ])
    func `case and Unicode form make no difference`(one: String, other: String) {
        #expect(Array(identityKey(one).utf8) == Array(identityKey(other).utf8))
    }

    @Test(arguments: [("Zoe", "Zoë"), ("a", "а"), ("a b", "ab"), ("", " ")])
    func `a difference in letters, accents or spaces makes another name`(one: String, other: String) {
        #expect(identityKey(one) != identityKey(other))
    }

    @Test(arguments: ["Zoë", "ΟΔΥΣΣΕΥΣ", "İstanbul", "ŉ", "ﬀ", "Ǆ"])
    func `the key of a key is itself`(name: String) {
        #expect(Array(identityKey(identityKey(name)).utf8) == Array(identityKey(name).utf8))
    }
}
