import Templating
import Testing

/// A base path stands before what begins with one `/` where an address stands, and nowhere else.
struct BasePathInTemplatesTests {
    private struct Address: TemplateModel {
        var value: String

        static let fields: TemplateFields<Self> = ["value": .field { $0.value }]
    }

    @Test(arguments: [
        (#"<a href="/x">/x</a>"#, #"<a href="/money/x">/x</a>"#),
        (
            #"<link href="/x"><script src="/y" title="/"></script>"#,
            #"<link href="/money/x"><script src="/money/y" title="/"></script>"#
        ),
        (#"<a href="/">a</a>"#, #"<a href="/money/">a</a>"#),
        (#"<a href=" /x">a</a>"#, #"<a href=" /money/x">a</a>"#),
        (#"<img src='/x'><a href="b/c" title="/x">"#, #"<img src='/money/x'><a href="b/c" title="/x">"#),
        (
            #"<form action="//other/x"><button formaction="/{{value}}">"#,
            #"<form action="//other/x"><button formaction="/money//v">"#
        ),
        (#"<a href="{{value}}" title="{{value}}">{{value}}</a>"#, #"<a href="/money/v" title="/v">/v</a>"#),
        (
            #"<a href="{{#if value}}/x{{else}}{{value}}{{/if}}?{{value}}">a</a>"#,
            #"<a href="/money/x?/v">a</a>"#
        ),
    ])
    func `paths of addresses get it`(text: String, output: String) throws {
        let template = try TemplateLibrary(["page": text], basePath: "/money").template(
            "page", for: Address.self)
        #expect(template.render(Address(value: "/v")) == Array(output.utf8))
    }

    @Test(arguments: ["//other.example", "https://other.example", "x", ""])
    func `a value that is no path does not`(value: String) throws {
        let template = try TemplateLibrary(["page": #"<a href="{{value}}">"#], basePath: "/money").template(
            "page", for: Address.self)
        #expect(template.render(Address(value: value)) == Array("<a href=\"\(value)\">".utf8))
    }
}
