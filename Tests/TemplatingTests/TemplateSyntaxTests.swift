import Templating
import Testing

@Suite struct TemplateSyntaxTests {
    @Test(arguments: [
        ("", ""),
        ("plain text, no tags", "plain text, no tags"),
        ("a { b } }} c", "a { b } }} c"),
        ("<h1>{{title}}</h1>", "<h1>My expenses</h1>"),
        ("{{ title }}", "My expenses"),
        ("{{frame.user}} {{frame.inner.text}}", "ann deep"),
        ("a{{! nothing }}b{{!-- {{title}} --}}c", "abc"),
        ("Grüße, {{title}} 🎉", "Grüße, My expenses 🎉"),
    ])
    func `variables are shown and other text is left alone`(template: String, output: String) throws {
        #expect(try render(template) == output)
    }

    @Test(arguments: [
        ("{{#if isRefund}}yes{{/if}}", "yes"),
        ("{{#if isOld}}yes{{/if}}", ""),
        ("{{#if isOld}}yes{{else}}no{{/if}}", "no"),
        ("{{#if not isOld}}yes{{else}}no{{/if}}", "yes"),
        ("{{#if isOld}}a{{else if isRefund}}b{{else}}c{{/if}}", "b"),
        ("{{#if isOld}}a{{else if not isRefund}}b{{else}}c{{/if}}", "c"),
        ("{{#if title}}a{{/if}}{{#if empty}}b{{/if}}", "a"),
        ("{{#if rows}}a{{/if}}{{#if nothing}}b{{/if}}", "a"),
        ("{{#if note}}a{{/if}}{{#if absent}}b{{/if}}", "a"),
        ("{{#if frame.isSignedIn}}a{{/if}}{{#if frame.message}}b{{/if}}{{#if frame.links}}c{{/if}}", "ac"),
        ("{{#if isRefund}}1{{#if isOld}}2{{else}}3{{/if}}4{{else}}5{{/if}}6", "1346"),
    ])
    func `a condition shows one of its branches`(template: String, output: String) throws {
        #expect(try render(template) == output)
    }

    @Test(arguments: [
        ("{{#each rows}}[{{amount}}]{{/each}}", "[12.50][3.00]"),
        ("{{#each nothing}}[{{amount}}]{{/each}}.", "."),
        ("{{#each nothing}}[{{amount}}]{{else}}none{{/each}}", "none"),
        ("{{#each rows}}[{{amount}}]{{else}}none{{/each}}.", "[12.50][3.00]."),
        ("{{#each names}}{{this}},{{/each}}", "Ann,Bo,"),
        ("{{#each frame.links}}{{this}},{{/each}}", "one,two,"),
        ("{{#each rows}}{{amount}}:{{#each tags}}{{this}} {{/each}}{{/each}}", "12.50:x y 3.00:x y "),
        ("{{#each frame.none}}{{this}}{{else}}none{{/each}}", "none"),
    ])
    func `a list is gone through in order`(template: String, output: String) throws {
        #expect(try render(template) == output)
    }

    @Test(arguments: [
        ("{{#with note}}{{text}}{{/with}}", "a note"),
        ("{{#with absent}}{{text}}{{else}}no note{{/with}}", "no note"),
        ("{{#with frame}}{{user}} {{#with inner}}{{text}}{{/with}}{{/with}}", "ann deep"),
        ("{{#with frame.inner}}{{text}}{{/with}}", "deep"),
        ("{{#with frame.message}}{{text}}{{else}}-{{/with}}", "-"),
    ])
    func `with opens a record`(template: String, output: String) throws {
        #expect(try render(template) == output)
    }

    @Test func `inside a loop or a record, names are those of its model alone`() throws {
        #expect(
            try render("{{#each rows}}{{amount}} {{#with note}}{{text}}{{else}}{{amount}}{{/with}};{{/each}}")
                == "12.50 12.50;3.00 late;")
        let error = #expect(throws: TemplateError.self) {
            try render("{{#each rows}}{{title}}{{/each}}")
        }
        #expect(
            error?.description
                == "page.html:1:15: unknown variable `title`; there are here: amount, note, tags")
    }

    @Test func `a value writes itself, and is escaped unless it needs none`() throws {
        let page = SampleValues(
            count: -1204, smallest: .min, sign: Sign("<'&\">"), absent: nil, present: Sign("!"))
        #expect(try render(page, ["page": "{{count}} {{smallest}}"]) == "-1204 -9223372036854775808")
        #expect(
            try render(page, ["page": "<p title=\"{{sign}}\">{{sign}}"])
                == "<p title=\"&lt;&#39;&amp;&#34;&gt;\">&lt;&#39;&amp;&#34;&gt;")
        #expect(
            try render(page, ["page": "{{figures}}<p a=\"{{figures}}\" b='{{figures}}'>"])
                == "1'204<p a=\"1'204\" b='1&#39;204'>")
        #expect(
            try render(page, ["page": "[{{absent}}]{{#if absent}}x{{/if}}{{present}}{{#if present}}y{{/if}}"])
                == "[]!y")
    }

    @Test func `a page of any length is complete, whatever the last one took`() throws {
        let template = try TemplateLibrary(["page": "{{#each rows}}<i>{{amount}}</i>{{/each}}."]).template(
            "page", for: SamplePage.self)
        for count in [0, 1, 300, 40_000, 3, 0, 5000] {
            let row = SamplePage.Row(amount: "<&>")
            let page = template.render(SamplePage(rows: Array(repeating: row, count: count)))
            let expected = String(repeating: "<i>&lt;&amp;&gt;</i>", count: count) + "."
            #expect(String(decoding: page, as: UTF8.self) == expected)
        }
    }

    @Test(arguments: [
        ("a\n{{#if isRefund}}\nb\n{{/if}}\nc\n", "a\nb\nc\n"),
        ("a\n  {{#if isOld}}  \nb\n\t{{else}}\nd\n  {{/if}}\nc", "a\nd\nc"),
        ("a\r\n{{#if isRefund}}\r\nb\r\n{{/if}}\r\nc", "a\r\nb\r\nc"),
        (
            "<ul>\n{{#each names}}\n  <li>{{this}}</li>\n{{/each}}\n</ul>",
            "<ul>\n  <li>Ann</li>\n  <li>Bo</li>\n</ul>"
        ),
        ("{{! first }}\nx", "x"),
        ("x\n{{! last }}", "x\n"),
        ("x\n{{! over\n two lines }}\ny", "x\ny"),
        ("x\n{{title}}\ny", "x\nMy expenses\ny"),
        ("x {{#if isRefund}}\ny{{/if}}\n", "x \ny\n"),
        ("{{#if isRefund}} {{/if}}\n", " \n"),
    ])
    func `a line that holds one block tag alone vanishes`(template: String, output: String) throws {
        #expect(try render(template) == output)
    }

    @Test func `a partial is shown where it stands, with the names of that place`() throws {
        let row = "<li>{{amount}}{{#each tags}} {{this}}{{/each}}</li>\n"
        #expect(
            try render(
                SamplePage(),
                ["page": "<ul>\n{{#each rows}}\n  {{> parts/row}}\n{{/each}}\n</ul>", "parts/row": row])
                == "<ul>\n<li>12.50 x y</li>\n<li>3.00 x y</li>\n</ul>")
    }

    @Test func `a partial within a line brings no line break`() throws {
        #expect(try render(SamplePage(), ["page": "[{{> name}}]", "name": "{{title}}\n"]) == "[My expenses]")
        #expect(
            try render(SamplePage(), ["page": "[{{>name}}]", "name": "{{title}}\r\n"]) == "[My expenses]")
    }

    @Test func `a page fills the blocks of its layout, and the layout's defaults stand for the rest`() throws
    {
        let layout = """
            <title>{{#block "title"}}Expenses{{/block}}</title>
            <main>
            {{block "content"}}
            </main>
            <footer>{{#block "footer"}}by {{frame.user}}{{/block}}</footer>
            """
        let page = """
            {{#layout "layout"}}

            {{! what it shows }}
            {{#block "content"}}
            <h1>{{title}}</h1>
            {{/block}}
            {{#block "title"}}{{title}}{{/block}}
            """
        #expect(
            try render(SamplePage(), ["page": page, "layout": layout]) == """
                <title>My expenses</title>
                <main>
                <h1>My expenses</h1>
                </main>
                <footer>by ann</footer>
                """)
    }

    @Test func `a layout may have a layout`() throws {
        let templates = [
            "page": "{{#layout \"inner\"}}\n{{#block \"content\"}}page{{/block}}",
            "inner": "{{#layout \"outer\"}}\n{{#block \"body\"}}<p>{{block \"content\"}}</p>{{/block}}",
            "outer": "<body>{{block \"body\"}}{{#block \"end\"}}.{{/block}}</body>",
        ]
        #expect(try render(SamplePage(), templates) == "<body><p>page</p>.</body>")
    }
}
