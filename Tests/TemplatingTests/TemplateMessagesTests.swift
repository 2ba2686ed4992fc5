import Templating
import Testing

@Suite struct TemplateMessagesTests {
    private static func messages(_ text: String) throws -> [String] {
        try TemplateLibrary(["page": text]).messages(of: "page").map(\.english)
    }

    @Test(arguments: [
        ("<h1>My expenses</h1>", ["My expenses"]),
        ("<p>One.</p>\n<p>Two.</p>", ["One.", "Two."]),
        ("<p>\n  Two\n  lines \n</p>", ["Two lines"]),
        ("<p>{{count}} of {{page.total}} rows</p>", ["{count} of {page.total} rows"]),
        // Elements without their attributes; the second of a name has a number.
        (
            "<p>See <a href=\"/x\">this</a> or <a class=\"y\" href=\"{{z}}\">that</a>.</p>",
            ["See <a>this</a> or <a2>that</a2>."]
        ),
        // Links side by side are no sentence.
        ("<p><a href=\"/a\">One</a> <a href=\"/b\">Two</a></p>", ["One", "Two"]),
        ("<p><strong>{{x}}</strong> – {{y}}</p>", []),
        ("<b>Whole</b>", ["Whole"]),
        // Parts of a condition are sentences of their own.
        ("<p>{{#if a}}One{{else}}Two{{/if}}</p>", ["One", "Two"]),
        ("<a{{#if a}} class=\"b\"{{/if}}>Go</a>", ["Go"]),
        ("<a href=\"/\">{{#if a}}Go{{/if}}</a>", ["Go"]),
        ("<input placeholder=\"Find\" value=\"no\" aria-label=\"Find {{what}}\">", ["Find", "Find {what}"]),
        ("<img alt=\"A {{x}} &amp; b\" src='/x.png'>", ["A {x} & b"]),
        ("<p>1 &lt; 2, says &quot;he&quot;</p>", ["1 < 2, says \"he\""]),
        (
            "<p>Type <code>x</code> twice: <code>y</code></p><code>z</code><pre>none</pre>",
            ["Type <code>x</code> twice: <code2>y</code2>"]
        ),
        (
            "<p translate=\"no\">Name</p><p>One <b translate=\"no\">Two</b></p><b translate=\"no\">Three</b>",
            ["One <b>Two</b>"]
        ),
        ("<!-- no --><p>{{! no }}Yes</p>{{!-- <p>no</p> --}}", ["Yes"]),
        ("<ul><li>One<li>Two</ul>", ["One", "Two"]),
        ("<p>– {{x}} ·</p>", []),
        ("<p>日本語</p>", ["日本語"]),
    ])
    func `sentences are found by the elements around them`(text: String, messages: [String]) throws {
        #expect(try Self.messages(text) == messages)
    }

    @Test func `an attribute that is translated is one whole sentence`() throws {
        #expect(throws: TemplateError.self) {
            try Self.messages("<a aria-label=\"Go{{#if a}} on{{/if}}\">x</a>")
        }
    }

    @Test func `a comment tells two meanings apart`() throws {
        let messages = try TemplateLibrary(["page": "{{! context: a verb }}<b>Set</b><b>Set</b>"])
            .messages(of: "page")
        #expect(messages.map(\.context) == ["a verb", ""])
    }

    private struct Page: TemplateModel {
        static let fields: TemplateFields<Self> = [
            "name": .field { _ in "<i>" }, "isNew": .field { _ in true },
        ]
    }

    @Test(arguments: [
        // What it is about may stand elsewhere in the sentence.
        (
            "Press <a>here</a>, {name}", "{name}: <a>hier</a> drücken",
            "<p>&lt;i&gt;: <a href=\"/x?a=1&amp;b=2\" class=\"n\">hier</a> drücken</p>"
        ),
        ("Press <a>here</a>, {name}", "<b> & \\\"{name}\\\" <a>x</a>", nil),
        (
            "Press <a>here</a>, {name}", "{name} & \\\"<a>x</a>\\\"",
            "<p>&lt;i&gt; &amp; \"<a href=\"/x?a=1&amp;b=2\" class=\"n\">x</a>\"</p>"
        ),
        // What does not fit stays English.
        ("Press <a>here</a>, {name}", "<a>hier</a>", nil),
        ("Press <a>here</a>, {name}", "</a>{name}<a>", nil),
        ("Press <a>here</a>, {name}", "{name} {name} <a>x</a>", nil),
        ("Press <a>here</a>, {name}", "{name <a>x</a>", nil),
        ("Press <a>here</a>, {name}", "{other} <a>x</a>", nil),
    ])
    func `a translation is put into the page, escaped, and its elements are the page's own`(
        english: String, translation: String, html: String?
    ) throws {
        let text =
            "<p>Press <a href=\"/x?a=1&amp;b=2\"{{#if isNew}} class=\"n\"{{/if}}>here</a>, {{name}}</p>"
        let language = try Translated(
            "msgid \"\(english)\"\nmsgstr \"\(translation)\"", pages: ["page": text])
        let template = TranslatedTemplate<Page>("page", of: language.languages)
        let english = String(decoding: try template.render(Page(), in: .english), as: UTF8.self)
        #expect(english == "<p>Press <a href=\"/x?a=1&amp;b=2\" class=\"n\">here</a>, &lt;i&gt;</p>")
        let other = String(decoding: try template.render(Page(), in: language.language), as: UTF8.self)
        #expect(other == html ?? english)
    }

    @Test func `a translated attribute cannot leave its quotes`() throws {
        let language = try Translated(
            "msgid \"Find {name}\"\nmsgstr \"\\\" onclick=\\\"x '{name}\"",
            pages: ["page": "<input placeholder=\"Find {{name}}\" title='Find {{name}}'>"])
        let template = TranslatedTemplate<Page>("page", of: language.languages)
        #expect(
            String(decoding: try template.render(Page(), in: language.language), as: UTF8.self)
                == "<input placeholder=\"&#34; onclick=&#34;x &#39;&lt;i&gt;\" title='&#34; onclick=&#34;x &#39;&lt;i&gt;'>"
        )
    }

    @Test func `a language whose file is not right is shown in English`() throws {
        let language = try Translated("nonsense", pages: ["page": "<p>One</p>"])
        let template = TranslatedTemplate<Page>("page", of: language.languages)
        #expect(
            String(decoding: try template.render(Page(), in: language.language), as: UTF8.self)
                == "<p>One</p>")
        #expect(throws: TemplateError.self) { try language.languages.translation(language.language) }
        #expect(throws: TemplateError.self) { try language.languages.check() }
    }

    @Test(arguments: [
        ("Find {name}", "Suche {name}", nil), ("Find {name}", "Suche", nil),
        ("Find {name}", "Suche {nam}", "xx.po:7:1: the English sentence has no {nam}"),
        ("Find {name}", "{name} {", "xx.po:7:1: the English sentence has no {}"),
        ("Find", "{Suche}", "xx.po:7:1: the English sentence has no {Suche}"),
    ])
    func `a translation with a place that the sentence lacks is found by check`(
        english: String, translation: String, error: String?
    ) throws {
        let language = try Translated(
            "msgid \"\(english)\"\nmsgstr \"\(translation)\"", pages: ["page": "<p>One</p>"])
        var found: TemplateError?
        do { try language.languages.check() } catch { found = error }
        #expect(found?.description == error)
    }

    @Test func `a page with a mistake is found by check, and cannot be shown`() throws {
        let language = try Translated(
            "msgid \"One\"\nmsgstr \"Eins\"", pages: ["page": "<p>One</p>{{nothing}}"])
        try language.languages.check()
        let template = TranslatedTemplate<Page>("page", of: language.languages)
        #expect(throws: TemplateError.self) { try template.check() }
        for shown in [.english, language.language] {
            #expect(throws: TemplateError.self) { try template.render(Page(), in: shown) }
        }
    }
}
