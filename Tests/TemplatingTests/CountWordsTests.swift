import Templating
import Testing

@Suite struct CountWordsTests {
    private struct Shown: TemplateValue {
        let count: Int

        func write(to output: inout Output) {
            let figures = Array(String(count).utf8)
            let translation = output.translation
            translation.counts.write(.expenses, count, figures: figures.span, to: &output)
        }

        /// The same as a sentence.
        var message: Message {
            Message("{count} expense", plural: "{count} expenses", count: count, ["count": count])
        }
    }

    private static let entries = """
        msgid "{count} expense"
        msgid_plural "{count} expenses"
        msgstr[0] "jeden wydatek"
        msgstr[1] "{count} wydatki"
        msgstr[2] "razem {count} wydatków"
        """

    @Test(arguments: [
        (0, "razem 0 wydatków"), (1, "jeden wydatek"), (3, "3 wydatki"), (12, "razem 12 wydatków"),
    ])
    func `a count takes its form, as in a sentence`(count: Int, text: String) throws {
        let language = try Translated(Self.entries)
        let translation = try language.languages.translation(language.language)
        #expect(String(showing: Shown(count: count), in: translation) == text)
        #expect(Shown(count: count).message.text(in: translation) == text)
    }

    @Test func `a count keeps its direction in a language from right to left, as in a sentence`() throws {
        let language = try Translated(Self.entries, isRightToLeft: true)
        let translation = try language.languages.translation(language.language)
        let text = String(showing: Shown(count: 5), in: translation)
        #expect(text == "razem \u{2068}5\u{2069} wydatków")
        #expect(text == Shown(count: 5).message.text(in: translation))
    }

    @Test(arguments: [(0, "0 expenses"), (1, "1 expense"), (2, "2 expenses")])
    func `a count is in English where there is no translation`(count: Int, text: String) throws {
        let language = try Translated("")
        let translation = try language.languages.translation(language.language)
        #expect(String(showing: Shown(count: count), in: translation) == text)
        #expect(String(showing: Shown(count: count)) == text)
    }
}
