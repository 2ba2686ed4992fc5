import Templating
import Testing

@Suite struct EscapingTests {
    struct Value: TemplateModel {
        var value: String
        var isOn = true
        static let fields: TemplateFields<Self> = ["value": .field { $0.value }, "isOn": .field { $0.isOn }]
    }

    func show(_ value: String, in template: String) throws -> String {
        try render(Value(value: value), ["page": template])
    }

    @Test(arguments: [
        ("<p>{{value}}</p>", "<p>&#34;&gt;&lt;script&gt;alert(&#39;1&#39;)&amp;</p>"),
        ("<p title=\"{{value}}\">", "<p title=\"&#34;&gt;&lt;script&gt;alert(&#39;1&#39;)&amp;\">"),
        ("<p title='{{value}}'>", "<p title='&#34;&gt;&lt;script&gt;alert(&#39;1&#39;)&amp;'>"),
        ("<a href=\"/?q={{value}}\">", "<a href=\"/?q=&#34;&gt;&lt;script&gt;alert(&#39;1&#39;)&amp;\">"),
        (
            "<textarea>{{value}}</textarea>",
            "<textarea>&#34;&gt;&lt;script&gt;alert(&#39;1&#39;)&amp;</textarea>"
        ),
    ])
    func `a hostile value stays text`(template: String, output: String) throws {
        #expect(try show("\"><script>alert('1')&", in: template) == output)
    }

    @Test(
        arguments: [
            "javascript:alert(1)", "JaVaScRiPt:alert(1)", "java\tscript:alert(1)", "java\r\nscript:alert(1)",
            " javascript:alert(1)", "\u{01}\u{1F} javascript:alert(1)", "\u{0}javascript:alert(1)",
            "javascript\t:alert(1)",
            "data:text/html,<script>", "vbscript:x", "file:///etc/passwd", "blob:x", "view-source:x",
            "x-y+z.1:", "1a:b",
            "\njavascript:alert(1)", "httpsx:y",
        ])
    func `an address with another scheme becomes a number sign`(value: String) throws {
        #expect(try show(value, in: "<a href=\"{{value}}\">") == "<a href=\"#\">")
        #expect(try show(value, in: "<form action='{{value}}'>") == "<form action='#'>")
    }

    @Test(arguments: [
        "/expenses", "expenses?a=b:c", "#javascript:", "?javascript:", "//example.com/", "http://example.com",
        "HTTPS://example.com", "mailto:a@example.com", "", "a/javascript:x", "grün:x", ":x", "%6aavascript:x",
    ])
    func `a harmless address is shown as it is`(value: String) throws {
        #expect(try show(value, in: "<a href=\"{{value}}\">") == "<a href=\"\(value)\">")
    }

    @Test(arguments: [
        "src", "action", "formaction", "xlink:href", "HREF", "poster", "cite", "ping",
    ])
    func `every attribute that holds an address is checked`(attribute: String) throws {
        #expect(try show("javascript:1", in: "<x \(attribute)=\"{{value}}\">") == "<x \(attribute)=\"#\">")
    }

    @Test func `other attributes hold what they are given`() throws {
        #expect(
            try show("data:1", in: "<x value=\"{{value}}\" data=\"{{value}}\">")
                == "<x value=\"data:1\" data=\"data:1\">")
        #expect(try show("data:1", in: "<object data=\"{{value}}\">") == "<object data=\"#\">")
    }

    @Test(arguments: [
        ("<a href=\"{{value}}{{value}}\">", "script:x", "#script%3Ax"),
        ("<a href=\"java{{value}}\">", "script:x", "javascript%3Ax"),
        ("<a href=\"java{{value}}\">", "script/:x", "javascript/:x"),
        ("<a href=\"{{#if isOn}}java{{/if}}{{value}}\">", "script:x", "javascript%3Ax"),
        ("<a href=\"/{{value}}:{{value}}\">", "a:b", "/a:b:a:b"),
        ("<a href=\"https://x/{{value}}\">", "a:b", "https://x/a:b"),
        ("<a href=\"mailto:{{value}}\">", "a:b", "mailto:a:b"),
    ])
    func `no value can complete a scheme such as javascript:`(
        template: String, value: String, address: String
    ) throws {
        #expect(try show(value, in: template) == "<a href=\"\(address)\">")
    }

    @Test(arguments: ["textarea", "pre"])
    func `the first line break of a text is kept`(element: String) throws {
        #expect(try show("\na", in: "<\(element)>{{value}}</\(element)>") == "<\(element)>\n\na</\(element)>")
        #expect(try show("a\n", in: "<\(element)>{{value}}</\(element)>") == "<\(element)>a\n</\(element)>")
        #expect(try show("\na", in: "<\(element)> {{value}}</\(element)>") == "<\(element)> \na</\(element)>")
    }

    /// Each row: what stands before and after the value.
    @Test(arguments: [
        ("<p>", "</p>"), ("<p title=\"", "\">"), ("<p title='", "'>"), ("<a href=\"/?q=", "\">"),
        ("<title>", "</title>"), ("<textarea> ", "</textarea>"), ("<i class=\"a ", " b\">"),
    ])
    func `a browser reads any text back as it was`(before: String, after: String) throws {
        var random = SystemRandomNumberGenerator()
        let template = try TemplateLibrary(["page": before + "{{value}}" + after]).template(
            "page", for: Value.self)
        let alphabet = Array("\"'&<>&amp;#39;{{}}/=-!\r\n\0aü🎉 \u{301}".unicodeScalars)
        for _ in 0..<500 {
            let scalars = (0..<Int.random(in: 0...40, using: &random)).map { _ in
                Bool.random(using: &random)
                    ? alphabet.randomElement(using: &random)!
                    : Unicode.Scalar(UInt32.random(in: 0...0xD7FF, using: &random))!
            }
            let value = String(String.UnicodeScalarView(scalars))
            let output = template.render(Value(value: value))
            #expect(output.starts(with: before.utf8) && output.reversed().starts(with: after.utf8.reversed()))
            let shown = output.dropFirst(before.utf8.count).dropLast(after.utf8.count)
            let read = value.utf8.flatMap { $0 == 0 ? Array("\u{FFFD}".utf8) : [$0] }
            #expect(decodeReferences(shown) == read)
            #expect(!shown.contains { Array("<>\"'\0\r".utf8).contains($0) })
        }
    }

    @Test(arguments: [
        ("<input{{#if isOn}} checked{{/if}}>", "<input checked>"),
        ("<input {{#if isOn}}checked{{else}}disabled{{/if}} name=\"a\">", "<input checked name=\"a\">"),
        ("<p class=\"a{{#if isOn}} b{{/if}}\">{{value}}", "<p class=\"a b\">v"),
        ("<p{{#if isOn}} class=\"{{value}}\"{{/if}}>{{value}}", "<p class=\"v\">v"),
        ("<!doctype html><!-- a > b --><p>{{value}}", "<!doctype html><!-- a > b --><p>v"),
        ("<script>if (a < b) '</p>'</script>{{value}}", "<script>if (a < b) '</p>'</script>v"),
        ("<title>a < {{value}}</title>{{value}}", "<title>a < v</title>v"),
        ("a < b {{value}}", "a < b v"),
        ("<BR/>{{value}}</p >{{value}}", "<BR/>v</p >v"),
        ("<p a = \"{{value}}\" b='{{value}}' c>", "<p a = \"v\" b='v' c>"),
    ])
    func `markup is followed through tags, comments and scripts`(template: String, output: String) throws {
        #expect(try show("v", in: template) == output)
    }
}
