import Foundation
import Testing

extension BrowserTests {
    /// The client itself, on pages that need no server.
    struct ClientTests {
        private static let page = page(
            """
            <title>Trial</title><style>@media (prefers-color-scheme: dark) { h1 { color: rgb(1, 2, 3) } }</style>
            <h1>Hello</h1><p id="who">nobody</p>
            <form><label for="n">Name <small>optional</small></label><input id="n" name="n" value="old">
            <label>Colour <select name="c"><option>Red<option value="b">Blue</select></label>
            <label><input type="checkbox" name="k"> It's fine</label>
            <button aria-label="Send Lunch $5.00">Send</button></form>
            <a href="about:blank#there">There</a><a href="about:blank#away" aria-label="Away, far">x</a><div id="there" hidden>hidden</div>
            <script>document.getElementById('who').textContent = 'script'</script>
            """)

        private static func page(_ body: String) -> URL {
            let encoded = Data("<!DOCTYPE html><meta charset=utf-8>\(body)".utf8).base64EncodedString()
            guard let url = URL(string: "data:text/html;base64,\(encoded)") else {
                preconditionFailure("base64 is fine in an address")
            }
            return url
        }

        @Test func `pages are read, filled in and pressed`() async throws {
            try await Browser.open { browser in
                try await browser.open(Self.page)
                #expect(try await browser.title == "Trial")
                #expect(try await browser.find(.css("h1")).text == "Hello")
                #expect(try await browser.text.contains("script"))
                #expect(try await browser.source.contains("<h1>Hello</h1>"))

                try await browser.fill("Name", "Zoë & co")
                #expect(try await browser.find(.field("Name")).value == "Zoë & co")
                try await browser.choose("Blue", in: "Colour")
                #expect(try await browser.find(.field("Colour")).value == "b")
                let box = try await browser.find(.field("It's fine"))
                #expect(try await !box.isSelected)
                try await box.click()
                #expect(try await box.isSelected)
                #expect(try await browser.find(.css("#there")).isDisplayed == false)
                #expect(try await browser.all(.css("a")).count == 2)
                #expect(try await browser.all(.css("table")).isEmpty)

                try await browser.press(.link("There"))
                #expect(try await browser.address == "about:blank#there")
                try await browser.back()
                try await browser.press(.link("Away"))
                #expect(try await browser.address == "about:blank#away")
                try await browser.back()
                #expect(
                    try await browser.find(.button("Send Lunch")).attribute("aria-label")
                        == "Send Lunch $5.00")
                #expect(try await browser.find(.button("Send")).attribute("title") == nil)
            }
        }

        @Test func `without scripts a page's own do not run while the test's do`() async throws {
            try await Browser.open(scripts: false) { browser in
                try await browser.open(Self.page)
                #expect(try await browser.find(.css("#who")).text == "nobody")
                #expect(try await browser.run("return 1 + arguments[0]", 2) == 3)
                try await browser.fill("Name", "still works")
                #expect(try await browser.find(.field("Name")).value == "still works")
                try await browser.press(.link("There"))
                #expect(try await browser.address == "about:blank#there")
            }
        }

        @Test func `the window's size and the system's colours can be chosen`() async throws {
            try await Browser.open { browser in
                try await browser.open(Self.page)
                try await browser.prefer(.light)
                #expect(try await browser.find(.css("h1")).css("color") == "rgba(0, 0, 0, 1)")
                try await browser.prefer(.dark)
                #expect(try await browser.find(.css("h1")).css("color") == "rgba(1, 2, 3, 1)")
                try await browser.resize(width: 600, height: 700)
                #expect(try await browser.run("return [innerWidth, innerHeight]") == [600, 700])
                let png: [UInt8] = [0x89, 0x50, 0x4E, 0x47]
                #expect(try await Array(browser.screenshot.prefix(4)) == png)
            }
        }

        @Test func `a failure says what was asked, where, and what stood there`() async throws {
            try await Browser.open { browser in
                try await browser.open(Self.page)
                let error = await #expect(throws: BrowserError.self) {
                    try await browser.press(.button("Pay"))
                }
                let message = error?.description ?? ""
                #expect(message.hasPrefix("find the button “Pay”: no such element"))
                #expect(message.contains("at data:text/html"))
                #expect(message.contains("Hello"))
            }
        }
    }
}
