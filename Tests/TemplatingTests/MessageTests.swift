import Templating
import Testing

/// A language made of the text of its `.po` file, with pages.
struct Translated {
    private static let header = """
        msgid ""
        msgstr ""
        "Language: xx\\n"
        "X-Language-Name: Test\\n"
        "Plural-Forms: nplurals=3; plural=(n==1 ? 0 : n%10>=2 && n%10<=4 && (n%100<12 || n%100>14) ? 1 : 2);\\n"


        """

    let languages: Languages
    let language: Language

    /// - Parameter isRightToLeft: adds the line of the header that says so.
    init(_ entries: String, pages: [String: String] = [:], isRightToLeft: Bool = false) throws {
        let header =
            isRightToLeft
            ? Self.header.replacing("\"Plural", with: "\"X-Direction: rtl\\n\"\n\"Plural") : Self.header
        languages = try Languages(["xx": header + entries], try TemplateLibrary(pages))
        language = try #require(languages.language("xx"))
    }

    func text(_ message: Message) throws -> String {
        message.text(in: try languages.translation(language))
    }
}

@Suite struct MessageTests {
    @Test func `a sentence is in English where there is no translation`() throws {
        let language = try Translated("")
        #expect(try language.text(Message("Add {name}.", ["name": "Tea"])) == "Add Tea.")
        #expect(Message("Add {name}.", ["name": "Tea"]).english == "Add Tea.")
    }

    @Test func `values stand where the translation has them, as they are`() throws {
        let language = try Translated(
            """
            msgid "Moved {name} to {target}."
            msgstr "{target} hat jetzt {name}."
            """)
        let message = Message("Moved {name} to {target}.", ["name": "{target}", "target": "<b>"])
        #expect(try language.text(message) == "<b> hat jetzt {target}.")
    }

    @Test(arguments: [
        (0, "0 plików"), (1, "1 plik"), (2, "2 pliki"), (5, "5 plików"), (12, "12 plików"), (22, "22 pliki"),
    ])
    func `a count takes its form`(count: Int, text: String) throws {
        let language = try Translated(
            """
            msgid "{count} file"
            msgid_plural "{count} files"
            msgstr[0] "{count} plik"
            msgstr[1] "{count} pliki"
            msgstr[2] "{count} plików"
            """)
        let message = Message("{count} file", plural: "{count} files", count: count, ["count": count])
        #expect(try language.text(message) == text)
        #expect(message.english == (count == 1 ? "1 file" : "\(count) files"))
    }

    @Test func `a context tells two meanings apart`() throws {
        let language = try Translated(
            """
            msgctxt "month"
            msgid "May"
            msgstr "Mai"

            msgid "May"
            msgstr "darf"
            """)
        #expect(try language.text(Message("May", context: "month")) == "Mai")
        #expect(try language.text(Message("May")) == "darf")
        #expect(try language.text(Message("May", context: "other")) == "May")
    }

    @Test func `what people typed keeps its direction in a language from right to left`() throws {
        let language = try Translated(
            """
            msgid "Saved {name}."
            msgstr "حُفظ {name}."
            """, isRightToLeft: true)
        let message = Message("Saved {name}.", ["name": "Tea"])
        #expect(try language.text(message) == "حُفظ \u{2068}Tea\u{2069}.")
    }

    @Test func `a list has the language's comma`() throws {
        let language = try Translated(
            """
            msgctxt "between the items of a list"
            msgid ", "
            msgstr "、"
            """)
        #expect(try language.text(Message(list: ["a", "b"].map { Message(verbatim: $0) })) == "a、b")
        #expect(Message(list: []).isEmpty)
    }

    @Test func `a date has the language's order and names`() throws {
        let language = try Translated(
            """
            msgctxt "a date, as 23 November 2026"
            msgid "{day} {month} {year}"
            msgstr "{year}/{month}/{day}"

            msgctxt "month in a date"
            msgid "November"
            msgstr "listopada"

            msgctxt "month alone"
            msgid "November"
            msgstr "listopad"
            """)
        #expect(try language.text(Message(date: .day, day: 3, month: 11, year: 2026)) == "2026/listopada/3")
        #expect(try language.text(Message(date: .month, month: 11, year: 2026)) == "listopad 2026")
        #expect(Message(date: .day, day: 3, month: 11, year: 2026).english == "3 November 2026")
    }

    @Test(arguments: [
        ("msgid \"a\nmsgstr \"b\"", 1), ("msgid \"a\"\nmsgstr \"\\x\"", 2), ("msgwhat \"a\"", 1),
        ("\"a\"", 1),
        ("msgid a", 1), ("msgid \"a\"\nmsgstr[9] \"b\"", 2), ("msgid \"a\"b\"", 1),
    ])
    func `a file that is not right is refused with its line`(entries: String, line: Int) throws {
        let language = try Translated(entries)
        let error = #expect(throws: TemplateError.self) {
            try language.languages.translation(language.language)
        }
        // The header has six lines.
        #expect(error?.line == line + 6)
    }

    @Test func `fuzzy, empty and obsolete entries do not count`() throws {
        let language = try Translated(
            """
            #, fuzzy, python-brace-format
            msgid "One"
            msgstr "Eins"

            msgid "Two"
            msgstr ""

            #~ msgid "Three"
            #~ msgstr "Drei"

            # A comment.
            msgid ""
            "Fo"
            "ur"
            msgstr ""
            "Vi"
            "er"
            """)
        #expect(
            try ["One", "Two", "Three", "Four"].map { try language.text(Message(verbatim: $0)) } == [
                "One", "Two", "Three", "Four",
            ])
        #expect(try language.text(Message("One")) == "One")
        #expect(try language.text(Message("Two")) == "Two")
        #expect(try language.text(Message("Three")) == "Three")
        #expect(try language.text(Message("Four")) == "Vier")
    }
}
