import Foundation
import Testing

extension BrowserTests {
    /// Expenses that are added while the server cannot be reached.
    struct OfflineTests {
        @Test(arguments: ["", "/money"])
        func `what is added without a connection waits, and is saved once when there is one`(base: String)
            async throws
        {
            try await withAnna(["--base-path", base.isEmpty ? "/" : base]) { anna, disconnect, connect in
                let browser = anna.browser
                try await anna.visit("\(base)/expenses")
                try await anna.waitForIDs()
                try await anna.write("12.40", "Leisure", "2026-11-20", "Cinema & <more>")
                try await disconnect()

                try await browser.find(.button("Add")).click()
                try await browser.wait("keep the form that was sent") {
                    try await waiting(browser) == ["12.40 · Cinema & <more> · 2026-11-20"]
                }
                try await anna.visit("\(base)/expenses/new?amount=3&description=Tea")
                #expect(try await browser.find(.css("h1")).text == "Without a connection")
                #expect(try await browser.find(.field("Description")).value == "Tea")
                try await browser.find(.button("Add expense")).click()
                try await browser.wait("keep another") { try await waiting(browser).count == 2 }
                try await anna.visit("\(base)/summary")
                try await browser.wait("show both again") { try await waiting(browser).count == 2 }
                let kept = try await browser.runWaiting(Self.everythingKept).string ?? ""
                #expect(!kept.contains("Cinema") && !kept.contains("Tea") && !kept.contains("anna"))
                #expect(kept.contains("\(base)/offline") && !kept.contains("\(base)/expenses "))

                try await connect()
                try await anna.visit("\(base)/expenses")
                try await browser.wait("save both") { try await anna.list.count == 2 }
                #expect(try await anna.match == "2 expenses, $15.40")
                #expect(try await browser.find(.css(".notice-success")).text.hasPrefix("Saved $3.00, Tea"))
                #expect(try await browser.find(.css("#waiting")).isDisplayed == false)
                try await browser.reload()
                #expect(try await anna.match == "2 expenses, $15.40")
                #expect(try await anna.categories == ["Leisure $15.40"])
            }
        }

        @Test func `where the session has run out, the prompt comes first`() async throws {
            try await withAnna(["--access-token-lifetime", "2"]) { anna, disconnect, connect in
                let browser = anna.browser
                try await anna.waitForIDs()
                try await disconnect()
                try await anna.visit("/expenses/new")
                try await add("5", "Bread", browser)
                try await Task.sleep(for: .seconds(3))
                try await connect()
                // What a browser says when it is in a network again.
                _ = try await browser.run("dispatchEvent(new Event('online'))")
                try await browser.wait("ask") {
                    try await browser.path.hasPrefix("/refresh?next=")
                }
                try await browser.press(.button("Continue"))
                try await browser.wait("save it") { try await anna.list == ["Bread $5.00"] }
            }
        }

        @Test func `what waits is sealed from others, and saved when its user is back`() async throws {
            try await withAnna { anna, disconnect, connect in
                let browser = anna.browser
                try await anna.waitForIDs()
                try await disconnect()
                try await anna.visit("/expenses/new")
                try await add("5", "Secret gift", browser)
                // Before there is a connection, or the page might save it.
                try await browser.forgetCookies()
                try await connect()
                try await anna.register("bob")
                try await browser.wait("say that something waits") {
                    try await browser.find(.css("#waiting")).isDisplayed
                }
                try await anna.logIn("bob")
                try await anna.waitForIDs()
                try await browser.wait("say that something waits") {
                    try await browser.find(.css("#waiting")).isDisplayed
                }
                #expect(try await anna.list.isEmpty)
                try await browser.press(.link("Expenses wait in this browser"))
                try await browser.wait("show a sealed entry") {
                    try await waiting(browser) == ["Added by somebody who is not logged in"]
                }
                #expect(try await !browser.source.contains("Secret gift"))
                try await browser.find(.button("Take out")).click()
                _ = try await browser.command("POST", "alert/dismiss", nil, "refuse")

                try await anna.visit("/expenses")
                try await browser.press(.button("Log out"))
                try await anna.logIn("anna")
                try await browser.wait("save it") { try await anna.list == ["Secret gift $5.00"] }
                #expect(try await browser.find(.css("#waiting")).isDisplayed == false)
            }
        }

        @Test func `what waits can be thrown away, also by somebody else`() async throws {
            try await withAnna { anna, disconnect, connect in
                let browser = anna.browser
                try await anna.waitForIDs()
                try await disconnect()
                try await anna.visit("/expenses/new")
                try await add("5", "Bread", browser)
                try await add("6", "Milk", browser)
                try await browser.find(.button("Take out")).click()
                try await browser.wait("take it out") { try await waiting(browser).count == 1 }
                #expect(try await browser.find(.field("Description")).value == "Bread")
                // Before there is a connection, or the page might save it.
                try await browser.forgetCookies()
                try await connect()
                try await anna.visit("/login")
                try await anna.visit("/offline")
                #expect(try await browser.find(.css("#closed")).isDisplayed)
                try await browser.wait("show a sealed entry") { try await waiting(browser).count == 1 }
                try await browser.find(.button("Take out")).click()
                _ = try await browser.command("POST", "alert/accept", nil, "accept")
                try await browser.wait("throw it away") { try await waiting(browser).isEmpty }
                try await anna.logIn("anna")
                try await anna.visit("/expenses")
                #expect(try await anna.list.isEmpty)
            }
        }

        @Test func `what is taken out names its category, however it was chosen`() async throws {
            try await withAnna { anna, disconnect, connect in
                let browser = anna.browser
                try await anna.waitForIDs()
                try await anna.write("12.40", "Leisure", "2026-11-20", "Cinema")
                try await disconnect()
                try await browser.find(.button("Add")).click()
                for _ in 0..<2 {
                    try await browser.wait("keep it") { try await waiting(browser).count == 1 }
                    try await browser.find(.button("Take out")).click()
                    try await browser.wait("take it out") { try await waiting(browser).isEmpty }
                    #expect(try await browser.find(.field("Category")).value == "Leisure")
                    try await browser.find(.button("Add expense")).click()
                }
                try await browser.wait("keep it") { try await waiting(browser).count == 1 }
                try await connect()
                try await anna.visit("/expenses")
                try await browser.wait("save it") { try await anna.list == ["Cinema $12.40"] }
                #expect(try await anna.categories == ["Leisure $12.40"])
            }
        }

        /// Another site's may be so encoded that its text stands in the body as it is.
        @Test func `a form that was sent puts no element into the page`() async throws {
            try await withAnna { anna, disconnect, _ in
                let browser = anna.browser
                try await anna.waitForIDs()
                try await disconnect()
                _ = try await browser.run(
                    """
                    document.body.insertAdjacentHTML("beforeend", `<form id="other" method="post" action="/expenses"
                        enctype="text/plain"><input name='"><i id="planted"></i>' value="$&"></form>`);
                    document.getElementById("other").submit();
                    """)
                try await browser.wait("open the page without a connection") {
                    try await browser.find(.css("h1")).text == "Without a connection"
                }
                #expect(try await browser.source.contains("data-sent="))
                #expect(try await !browser.source.contains("<i id"))
            }
        }

        @Test func `what cannot be saved says why, and is changed in the form`() async throws {
            try await withAnna { anna, disconnect, connect in
                let browser = anna.browser
                try await anna.waitForIDs()
                try await disconnect()
                try await anna.visit("/expenses/new")
                try await browser.fill("Category", "Trips")
                try await add("5x", "Bus", browser)
                try await connect()
                try await anna.visit("/expenses")
                try await browser.wait("say that something waits") {
                    try await browser.find(.css("#waiting")).isDisplayed
                }
                try await browser.press(.link("Expenses wait in this browser"))
                try await browser.wait("say why") {
                    try await browser.text.contains("Choose one of your categories.")
                }
                try await browser.find(.button("Take out")).click()
                try await browser.wait("fill in the form") {
                    try await browser.find(.field("Amount")).value == "5x"
                }
                try await browser.fill("Amount", "5")
                try await browser.fill("Category", "leisure")
                try await browser.find(.button("Add expense")).click()
                try await browser.wait("save it") { try await browser.path.hasPrefix("/expenses?saved=") }
                #expect(try await anna.list == ["Bus $5.00"])
                #expect(try await anna.categories == ["Leisure $5.00"])
            }
        }

        @Test func `without scripts nothing is kept, and nothing of it is seen`() async throws {
            try await AppUnderTest.run { app in
                try await Browser.open(scripts: false) { browser in
                    let anna = Person(app: app, browser: browser)
                    try await anna.register("anna")
                    try await anna.logIn("anna")
                    try await anna.add("5", "Leisure", "2026-10-05", "Cinema")
                    #expect(try await browser.find(.css("#waiting")).isDisplayed == false)
                    #expect(try await browser.run("return localStorage.length") == 0)
                    try await anna.visit("/offline")
                    #expect(try await browser.find(.css("#closed")).isDisplayed)
                    #expect(try await browser.find(.css("form")).isDisplayed == false)
                }
            }
        }

        private func add(_ amount: String, _ description: String, _ browser: Browser) async throws {
            let before = try await waiting(browser).count
            try await browser.fill("Amount", amount)
            try await browser.fill("Description", description)
            try await browser.find(.button("Add expense")).click()
            try await browser.wait("keep it") { try await waiting(browser).count == before + 1 }
        }

        /// The entries that the page lists.
        private func waiting(_ browser: Browser) async throws -> [String] {
            let list = try await browser.run(
                "return [...document.querySelectorAll('#waits strong')].map(each => each.textContent)")
            return list.array?.compactMap(\.string) ?? []
        }

        /// All that a browser keeps for the site, as text.
        private static let everythingKept = """
            const [done] = arguments;
            (async () => {
              const all = [JSON.stringify({ ...localStorage, ...sessionStorage })];
              for (const name of await caches.keys()) {
                const cache = await caches.open(name);
                for (const request of await cache.keys()) {
                  all.push(request.url + " " + await (await cache.match(request)).text());
                }
              }
              done(all.join("\\n"));
            })();
            """

        /// Anna is logged in. The first function stops the server; the second starts it again, on the same port and database.
        private func withAnna(
            _ options: [String] = [],
            _ body: (
                Person, _ disconnect: () async throws -> Void, _ connect: () async throws -> Void
            ) async throws -> Void
        ) async throws {
            let folder = try TemporaryFolder()
            try await Browser.open { browser in
                var app = try AppUnderTest.start(options, in: folder)
                let port = try #require(app.address.port)
                do {
                    let anna = Person(app: app, browser: browser)
                    try await anna.register("anna")
                    try await anna.logIn("anna")
                    try await body(anna) {
                        await app.end()
                    } _: {
                        app = try AppUnderTest.start(options + ["--port", "\(port)"], in: folder)
                    }
                } catch {
                    await app.end()
                    throw error
                }
                await app.end()
            }
        }
    }
}
