import Foundation
import Testing

extension BrowserTests {
    /// Sessions as a person with several tabs meets them.
    struct SessionTests {
        @Test func `tabs that refresh at once all go on, and nobody is logged out`() async throws {
            try await AppUnderTest.run(["--access-token-lifetime", "2"]) { app in
                try await Browser.open(scripts: true) { browser in
                    let anna = Person(app: app, browser: browser)
                    try await anna.register("anna")
                    try await anna.logIn("anna")
                    try await anna.letTheSessionPause()
                    try await anna.visit("/expenses")
                    let first = try await browser.command("GET", "window", nil, "name the tab")
                    let opened = try await browser.command(
                        "POST", "window/new", ["type": "tab"], "open a tab")
                    let second = try #require(opened["handle"])
                    try await switchTo(second, browser)
                    try await anna.visit("/expenses?year=2026")

                    // Five requests on their way at the same time, with the same token.
                    let script = """
                        return Promise.all(Array.from({ length: 5 }, () => fetch("/refresh", { method: "POST" })))
                            .then(answers => answers.map(answer => new URL(answer.url).pathname).join(" "))
                        """
                    let places = try await browser.run(script)
                    #expect(places.string == Array(repeating: "/expenses", count: 5).joined(separator: " "))

                    // The prompts that both tabs still show work as well.
                    try await browser.press(.button("Continue"))
                    #expect(try await browser.path == "/expenses?year=2026")
                    try await switchTo(first, browser)
                    try await browser.press(.button("Continue"))
                    #expect(try await browser.path == "/expenses")
                }
            }
        }

        @Test(arguments: [true, false])
        func `a form sent after both tokens have died is done once, after the log-in`(scripts: Bool)
            async throws
        {
            try await AppUnderTest.run { app in
                try await Browser.open(scripts: scripts) { browser in
                    let anna = Person(app: app, browser: browser)
                    try await anna.register("anna")
                    try await anna.logIn("anna")
                    let first = try await browser.command("GET", "window", nil, "name the tab")
                    try await anna.write("12.40", "Groceries", "2026-11-20", "Lunch & <more>")

                    let opened = try await browser.command(
                        "POST", "window/new", ["type": "tab"], "open a tab")
                    try await switchTo(#require(opened["handle"]), browser)
                    try await anna.visit("/expenses")
                    try await browser.press(.button("Log out"))
                    try await switchTo(first, browser)

                    try await browser.press(.button("Add"))
                    #expect(try await browser.text.contains("Lunch & <more>"))
                    try await browser.fill("Email or username", "anna")
                    try await browser.fill("Password", "not the password")
                    try await browser.press(.button("Log in"))
                    #expect(try await browser.text.contains("Lunch & <more>"))
                    try await browser.fill("Password", Person.password)
                    try await browser.press(.button("Log in"))
                    #expect(try await browser.text.contains("Save $12.40, Lunch & <more>"))
                    try await browser.press(.button("Save"))
                    #expect(try await anna.list == ["Lunch & <more> $12.40"])
                    try await browser.reload()
                    #expect(try await anna.match == "1 expense, $12.40")
                }
            }
        }

        private func switchTo(_ tab: JSON, _ browser: Browser) async throws {
            _ = try await browser.command("POST", "window", ["handle": tab], "switch to the tab")
        }
    }
}
