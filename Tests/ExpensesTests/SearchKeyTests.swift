import Expenses
import Testing

@Suite struct SearchKeyTests {
    @Test(arguments: [
        ("", ""), ("Lunch 12%", "lunch 12%"), ("Café Zoë", "cafe zoe"), ("Ångström", "angstrom"),
        ("ΣΊΣΥΦΟΣ", "σισυφοσ"), ("Σίσυφος", "σισυφοσ"), ("Чай", "чаи"), ("İstanbul", "istanbul"),
        ("STRASSE", "strasse"), ("Straße", "strasse"), ("ﬁsh", "fish"),
        ("STRA\u{1E9E}E", "strasse"), ("Łódź Øl Đà ılık", "lodz ol da ilik"), ("a  b\t\nc\u{A0} ", "a b c"),
        ("Fo\u{200B}od\u{FEFF}", "food"), ("\u{200B} ", ""), ("a\u{0}b", "ab"), ("❤\u{FE0F} 🍜", "❤ 🍜"),
        // A letter and a mark of its own are the same as the letter with it.
        ("e\u{301}", "e"), ("\u{E9}", "e"),
        // Marks that are letters in their script stay, and syllables stay whole.
        ("हिन्दी", "हिन्दी"), ("한국", "한국"), ("東京", "東京"), ("สวัสดี", "สวัสดี"),
    ])
    func `descriptions are compared without case and accents`(text: String, key: String) {
        #expect(Array(searchKey(text).unicodeScalars) == Array(key.unicodeScalars))
        #expect(searchKey(searchKey(text)) == searchKey(text))
    }

    @Test func `a text found in another is found in the other's key`() {
        let words = ["Café", "ÇA", "naïve", "ﬁne", "Ĳssel", "Straße", "ŠKODA", "Σ", "ς", "e\u{301}\u{301}x"]
        for word in words {
            for part in [word, word.uppercased(), word.lowercased()] {
                #expect(searchKey("in " + word + " it").contains(searchKey(part)), "\(part)")
            }
        }
    }
}
