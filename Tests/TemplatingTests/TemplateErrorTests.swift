import Templating
import Testing

@Suite struct TemplateErrorTests {
    func description(of templates: [String: String]) -> String {
        do throws(TemplateError) {
            return "no error: " + (try render(SamplePage(), templates))
        } catch {
            return error.description
        }
    }

    @Test(
        arguments: [
            ("a\n{{#if isRefund}}b", "page.html:2:1: {{#if}} opened here is never closed; add {{/if}}"),
            (
                "{{#each rows}}\n  {{#if isOld}}\n  {{/each}}",
                "page.html:3:3: {{/each}} does not close {{#if}}, opened at 2:3; close that first with {{/if}}"
            ),
            ("a {{/if}}", "page.html:1:3: {{/if}} closes nothing: no {{#if}} is open"),
            ("a {{else}}", "page.html:1:3: {{else}} stands outside of {{#if}}, {{#each}} and {{#with}}"),
            ("ü {{title", "page.html:1:3: this tag is never closed; end it with }}"),
            ("{{! title", "page.html:1:1: this comment is never closed; end it with }}"),
            ("{{!-- title }}", "page.html:1:1: this comment is never closed; end it with --}}"),
            ("{{}}", "page.html:1:1: this tag is empty; name a variable in it"),
            ("{{title user}}", "page.html:1:1: `title user` is not one variable; a tag holds a single name"),
            (
                "{{1a}}",
                "page.html:1:1: `1a` is not a variable's name; a name is letters, digits and _, joined by points"
            ),
            (
                "{{frame..user}}",
                "page.html:1:1: `frame..user` is not a variable's name; a name is letters, digits and _, joined by points"
            ),
            (
                "{{{title}}}",
                "page.html:1:1: there is no raw output; write {{name}}, which is escaped where it stands"
            ),
            (
                "{{#unless isOld}}{{/unless}}",
                "page.html:1:1: unknown block `#unless`; there are #if (and #if not), #each, #with, #block and #layout"
            ),
            ("{{#if}}{{/if}}", "page.html:1:1: name one variable, as in {{#if name}}"),
            ("{{#block content}}{{/block}}", "page.html:1:1: name it in quotes, as in {{#block \"name\"}}"),
            (
                "{{> ../secret}}",
                "page.html:1:1: name one template without its ending, as in {{> expenses/row}}"
            ),
            (
                "{{#each rows}}{{else if isOld}}{{/each}}",
                "page.html:1:15: {{else if}} belongs to {{#if}}; {{#each}} takes {{else}} alone"
            ),
            (
                "{{#if isOld}}{{else}}{{else}}{{/if}}",
                "page.html:1:22: nothing follows {{else}} but the closing tag"
            ),
            (
                "a {{#layout \"a\"}}",
                "page.html:1:3: {{#layout}} stands on the first line of a page, before all else"
            ),
        ])
    func `a mistake in the syntax is named with its place`(template: String, message: String) {
        #expect(description(of: ["page": template]) == message)
    }

    @Test(arguments: [
        (
            "<p>{{titel}}",
            "page.html:1:4: unknown variable `titel`; did you mean `title`? there are here: "
                + "absent, empty, frame, isOld, isRefund, names, note, nothing, rows, title"
        ),
        (
            "{{#each rows}}\n{{amuont}}{{/each}}",
            "page.html:2:1: unknown variable `amuont`; did you mean `amount`? there are here: "
                + "amount, note, tags"
        ),
        (
            "{{frame.zzzzzz}}",
            "page.html:1:1: unknown variable `frame.zzzzzz`; `frame` has: inner, isSignedIn, links, message, none, user"
        ),
        ("{{rows}}", "page.html:1:1: `rows` is a list; use {{#each rows}}"),
        ("{{isOld}}", "page.html:1:1: `isOld` is a flag; use {{#if isOld}}"),
        ("{{note}}", "page.html:1:1: `note` may be absent; use {{#with note}}"),
        ("{{note.text}}", "page.html:1:1: `note` may be absent; open it with {{#with note}}"),
        ("{{title.text}}", "page.html:1:1: `title` is a text and has no fields"),
        ("{{frame.inner}}", "page.html:1:1: `frame.inner` is a record; name a field of it: frame.inner.text"),
        (
            "{{#if frame}}{{/if}}",
            "page.html:1:1: `frame` is a record and always there; ask for a field of it"
        ),
        (
            "{{#each title}}{{/each}}",
            "page.html:1:1: {{#each}} takes a list; `title` is a text; write {{title}}"
        ),
        (
            "{{#with rows}}{{/with}}",
            "page.html:1:1: {{#with}} takes a record; `rows` is a list; use {{#each rows}}"
        ),
        (
            "{{#with frame}}{{else}}{{/with}}",
            "page.html:1:1: `frame` is always there, so its {{else}} would never be shown"
        ),
    ])
    func `a wrong name or kind is refused with what to write instead`(template: String, message: String) {
        #expect(description(of: ["page": template]) == message)
    }

    @Test(arguments: [
        ("<p class={{title}}>", "1:10", "quotes"), ("<p class=a{{title}}>", "1:11", "quotes"),
        ("<{{title}}>", "1:2", "name of a tag"), ("</{{title}}>", "1:3", "name of a tag"),
        ("<h{{title}}>", "1:3", "name of a tag"), ("<p {{title}}>", "1:4", "cannot be an attribute"),
        ("<p {{title}}=\"a\">", "1:4", "cannot be an attribute"),
        ("<p data-{{title}}>", "1:9", "cannot be an attribute"),
        ("<p a=\"b\"{{title}}>", "1:9", "cannot be an attribute"), ("<!-- {{title}} -->", "1:6", "comment"),
        ("<!doctype {{title}}>", "1:11", "comment or declaration"),
        ("<script>{{title}}</script>", "1:9", "<script>"),
        ("<SCRIPT>{{title}}</SCRIPT>", "1:9", "<script>"), ("<style>{{title}}</style>", "1:8", "<style>"),
        ("<script></scriptx>{{title}}", "1:19", "<script>"),
        ("<p onclick=\"{{title}}\">", "1:13", "`onclick`"),
        ("<p style='{{title}}'>", "1:11", "`style`"), ("<iframe srcdoc='{{title}}'>", "1:17", "`srcdoc`"),
        ("<img srcset='{{title}}'>", "1:14", "`srcset`"),
        ("<a href=\"javascript:{{title}}\">", "1:21", "javascript:"),
        ("<a href=\" JAVA\tscript:{{title}}\">", "1:23", "javascript:"),
        ("<a href=\"&#106;avascript:{{title}}\">", "1:26", "character references"),
        ("<a href=\"{{title}}:x\">", "1:19", "scheme"), ("<title></ti{{title}}", "1:12", "name of a tag"),
        ("<![CDATA[x]]>", "1:3", "CDATA"), ("<!-- a --!> <!-- {{title}}", "1:18", "comment"),
        ("<!--> <p {{title}}>", "1:10", "attribute"),
        ("<!--!>{{title}}", "1:7", "comment"), ("<!---!>{{title}}", "1:8", "comment"),
        ("<!----!><p {{title}}>", "1:12", "attribute"), ("<!---><p {{title}}>", "1:10", "attribute"),
        ("<title><b {{title}}", "1:9", "holds no tags"), ("<textarea></b {{title}}", "1:13", "holds no tags"),
        ("<title><!-- ", "1:9", "holds no tags"), ("<p a=\"b\"c=\"d\">", "1:9", "blank"),
        ("<a href=\"{{title}}&colon;x\">", "1:19", "character reference"),
        ("<a href=\"{{title}}{{empty}}&#58;x\">", "1:28", "character reference"),
        ("<a href=\"java{{title}}&Tab;\">", "1:23", "character reference"),
        ("<script><!--<script></script>{{title}}", "1:10", "<script> holds no <!"),
        ("<script>x <!-- {{title}}", "1:12", "<script> holds no <!"),
        ("<meta http-equiv=\"refresh\" content=\"0;url={{title}}\">", "1:43", "`content` of <meta>"),
        ("<META content='{{title}}'>", "1:16", "`content` of <meta>"),
        ("<svg><set attributeName=\"href\" to=\"{{title}}\"/>", "1:36", "`to` of <set>"),
        ("<svg><animate values=\"{{title}}\"/>", "1:23", "`values` of <animate>"),
        ("<svg><animateTransform from='{{title}}'/>", "1:30", "`from` of <animatetransform>"),
        ("<svg><animateMotion by='{{title}}'/>", "1:25", "`by` of <animatemotion>"),
        ("<script src=\"/static/{{title}}\"></script>", "1:22", "`src` of <script>"),
        ("<base href=\"{{title}}\">", "1:13", "`href` of <base>"),
        ("<link rel=\"stylesheet\" href=\"{{title}}\">", "1:30", "`href` of <link>"),
        ("<iframe sandbox=\"{{title}}\">", "1:18", "`sandbox`"),
    ])
    func `a variable that could not be made safe is refused`(template: String, place: String, words: String) {
        let message = description(of: ["page": template])
        #expect(message.hasPrefix("page.html:\(place): "), "\(message)")
        #expect(message.contains(words), "\(message)")
    }

    @Test(arguments: [
        ("{{#if isOld}}<p {{/if}}>", "1:1", "begins within text and ends within the inside of a tag"),
        ("{{#if isOld}}<script>{{/if}}", "1:1", "ends within the inside of <script>"),
        ("<p {{#if isOld}}a=\"{{/if}}b\">", "1:4", "ends within the value of `a`"),
        ("<p>{{#each rows}}<!-- {{/each}}", "1:4", "ends within a comment"),
        ("<p>{{#if isOld}}x{{else}}<p {{/if}}", "1:4", "ends within the inside of a tag"),
        ("<p>{{#with absent}}x{{else}}<p {{/with}}", "1:4", "ends within the inside of a tag"),
        ("<p{{#if isOld}} a{{/if}}b>", "1:25", "put a blank"),
        ("<p {{#each rows}}a=\"b\"{{/each}}>", "1:18", "put a blank"),
        ("<p {{#each rows}}{{#if note}}a{{/if}}=\"b\"{{/each}}>", "1:38", "put a blank"),
        ("<p>text <b", "1:11", "the page ends within the inside of a tag"),
        ("<p title=\"x>text", "1:17", "the page ends within the value of `title`"),
    ])
    func `a branch ends where it began in the HTML`(template: String, place: String, words: String) {
        let message = description(of: ["page": template])
        #expect(message.hasPrefix("page.html:\(place): "), "\(message)")
        #expect(message.contains(words), "\(message)")
    }

    @Test func `an error in a partial names the partial and the page`() {
        #expect(
            description(of: ["page": "<p {{> part}}>", "part": "\n {{title}}"])
                == "part.html:2:2: a variable cannot be an attribute or its name; "
                + "write name=\"{{…}}\", or {{#if …}}name{{/if}} (in the page `page`)")
    }

    @Test(arguments: [
        (["page": "{{> none}}"], "page.html:1:1: there is no template `none`; there are: page"),
        (["page": "{{> page}}"], "page.html:1:1: `> page` would contain itself (in the page `page`)"),
        (
            ["page": "{{> a}}", "a": "{{> b}}", "b": "{{> a}}"],
            "b.html:1:1: `> a` would contain itself (in the page `page`)"
        ),
        (["page": "{{#layout \"none\"}}"], "page.html:1:1: there is no template `none`; there are: page"),
        (["page": "{{#layout \"page\"}}"], "page.html:1:1: the layout `page` is its own layout"),
        (
            ["page": "{{#layout \"a\"}}\nx", "a": ""],
            "page.html:2:1: a page with a layout holds blocks only; move this into {{#block \"…\"}}"
        ),
        (
            [
                "page": "{{#layout \"a\"}}\n{{#block \"contnet\"}}{{/block}}",
                "a": "{{#block \"content\"}}{{/block}}",
            ],
            "page.html:2:1: the layout has no block `contnet`; it has: content"
        ),
        (
            ["page": "{{#layout \"a\"}}\n", "a": "{{block \"content\"}}"],
            "a.html:1:1: nothing fills the block `content`; add {{#block \"content\"}}…{{/block}} to the page, "
                + "or give it a default here in that form (in the page `page`)"
        ),
        (
            ["page": "{{> a}}", "a": "{{#layout \"b\"}}", "b": ""],
            "page.html:1:1: `a` is a page with a layout; only templates without one can be shown here"
        ),
    ])
    func `templates that do not fit together are refused`(templates: [String: String], message: String) {
        let found = description(of: templates)
        #expect(found == message || found + " (in the page `page`)" == message)
    }

    @Test func `a template that is not there is named with those that are`() throws {
        let library = try TemplateLibrary(["b": "", "a": ""])
        let error = #expect(throws: TemplateError.self) { try library.template("c", for: SamplePage.self) }
        #expect(error?.description == "c: there is no such template; there are: a, b")
    }

    @Test func `a field that cannot be named in a template stops the program`() async {
        await #expect(processExitsWith: .failure) {
            let _: TemplateFields<SamplePage> = ["my title": .field { $0.title }]
        }
        await #expect(processExitsWith: .failure) {
            let _: TemplateFields<SamplePage> = ["a": .field { $0.title }, "a": .field { $0.title }]
        }
    }

    @Test func `blocks that contain each other are refused`() {
        let template = String(repeating: "{{#if isOld}}", count: 10_000)
        #expect(description(of: ["page": template]).contains("nested more than 50 deep"))
    }
}
