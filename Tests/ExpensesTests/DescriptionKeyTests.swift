import Expenses
import Testing

@Suite struct DescriptionKeyTests {
    @Test(arguments: [
        ("", ""), ("Lunch 12%", "lunch 12%"), ("Café Zoë", "cafe zoe"), ("Ångström", "angstrom"),
        ("ΣΊΣΥΦΟΣ", "σισυφοσ"), ("Σίσυφος", "σισυφοσ"), ("Чай", "чаи"), ("İstanbul", "istanbul"),
        ("STRASSE", "strasse"), ("Straße", "strasse"), ("ﬁsh", "fish"),
        // A letter and a mark of its own are the same as the letter with it.
        ("e\u{301}", "e"), ("\u{E9}", "e"),
        // Marks that are letters in their script stay, and syllables stay whole.
        ("हिन्दी", "हिन्दी"), ("한국", "한국"), ("東京", "東京"), ("สวัสดี", "สวัสดี"),
    ])
    func `descriptions are compared without case and accents`(text: String, key: String) {
        #expect(Array(descriptionKey(text).unicodeScalars) == Array(key.unicodeScalars))
        #expect(descriptionKey(descriptionKey(text)) == descriptionKey(text))
    }

    @Test func `a text found in another is found in the other's key`() {
        let words = ["Café", "ÇA", "naïve", "ﬁne", "Ĳssel", "Straße", "ŠKODA", "Σ", "ς", "e\u{301}\u{301}x"]
        for word in words {
            for part in [word, word.uppercased(), word.lowercased()] {
                #expect(descriptionKey("in " + word + " it").contains(descriptionKey(part)), "\(part)")
            }
        }
    }
}
