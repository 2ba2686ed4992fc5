import Expenses
import Testing

@Suite struct TagTests {
    @Test(arguments: [
        ("", []), ("Lunch", []), ("Lunch #work", ["work"]), ("#work", ["work"]), ("#a #b #a", ["a", "b"]),
        ("Hotel #trip-2026, late", ["trip-2026"]), ("a\t#b\n#c_d", ["b", "c_d"]),
        ("#Trip. Then #home!", ["trip", "home"]),
        // No tags: a number, a language, something inside of a word or an address.
        ("Invoice #12", []), ("C# book", []), ("#1", []), ("a#b", []), ("# a", []), ("##a", []), ("#", []),
        ("#-a", []), ("#_a", []), ("http://a.b/#c", []), ("(#a)", []), ("#❤", []), ("#🇩🇪", []),
        // One tag, however it is written.
        ("#café", ["cafe"]), ("#CAFÉ", ["cafe"]), ("#cafe", ["cafe"]), ("#cafe\u{301}", ["cafe"]),
        ("#Straße", ["strasse"]),
        // Other scripts, written from right to left, and with what nobody sees between their letters.
        ("מלון #טיול", ["טיול"]), ("\u{200F}#رحلة‏ فندق", ["رحلة"]), ("#می\u{200C}روم", ["میروم"]),
        ("昼食 #東京", ["東京"]), ("#हिन्दी", ["हिन्दी"]), ("#ราคา_๒๕", ["ราคา_๒๕"]), ("#a\u{300}\u{301}b", ["ab"]),
        // What follows a tag ends it.
        ("#a#b", ["a"]), ("#a/b", ["a"]), ("#a’s", ["a"]),
    ])
    func `tags are words that begin with a number sign and a letter`(text: String, keys: [String]) {
        #expect(Tag.keys(in: text) == keys)
        #expect(Tag.keys(in: searchKey(text)) == keys)
    }

    @Test func `a tag has 50 characters at most`() {
        let longest = String(repeating: "é", count: 50)
        #expect(Tag.keys(in: "#\(longest)") == [String(repeating: "e", count: 50)])
        #expect(Tag.keys(in: "#\(longest)x").isEmpty)
        #expect(Tag.normalized(longest) == longest)
        #expect(Tag.normalized(longest + "x") == nil)
        // It is compared as 52 characters.
        #expect(Tag.normalized(String(repeating: "ß", count: 26)) == nil)
        #expect(Tag.keys(in: "#a" + String(repeating: "\u{5B0}", count: 400)).isEmpty)
    }

    @Test(
        arguments: [
            ("", ""), ("#", nil), ("trip", "trip"), ("#Trip", "Trip"), (" summer  trip ", "summer-trip"),
            ("1", nil),
            ("a#b", nil), ("a.b", nil), ("##a", nil), ("#a #b", nil), ("תל אביב", "תל-אביב"),
        ] as [(String, String?)])
    func `a tag is typed with or without its number sign`(text: String, tag: String?) {
        #expect(Tag.normalized(text) == tag)
    }

    @Test(
        arguments: [
            ("Lunch", "work", "Lunch #work"), ("", "work", "#work"), ("Lunch #Work", "work", "Lunch #Work"),
            (String(repeating: "a", count: 495), "abc", String(repeating: "a", count: 495) + " #abc"),
            (String(repeating: "a", count: 496), "abc", nil),
        ] as [(String, String, String?)])
    func `a tag is added once, where there is room`(text: String, name: String, tagged: String?) {
        #expect(Tag.adding(name, to: text) == tagged)
    }

    @Test(
        arguments: [
            ("Hotel #trip", nil, "Hotel"), ("#trip Hotel", nil, "Hotel"),
            ("Hotel #trip, late", nil, "Hotel, late"),
            ("a #TRIP b #trip c", nil, "a b c"), ("#trip", nil, ""), ("Hotel #trip-2", nil, "Hotel #trip-2"),
            ("Hotel #trip", "Journey", "Hotel #Journey"), ("#Trip a #trip", "trip", "#trip a"),
            ("a #trip b #journey", "Journey", "a b #journey"), ("a #trip #b", "c", "a #c #b"),
            (String(repeating: "a ", count: 245) + "#trip", "longer-tag", nil),
        ] as [(String, String?, String?)])
    func `a tag is renamed, or taken off, wherever it stands`(text: String, name: String?, result: String?) {
        #expect(Tag.replacing("trip", with: name, in: text) == result)
    }

    @Test func `a tag is shown as it is spelled`() {
        #expect(Tag.spelling(of: "cafe", in: "Lunch #Café #b") == "Café")
        #expect(Tag.spelling(of: "c", in: "Lunch #Café #b") == nil)
    }
}
