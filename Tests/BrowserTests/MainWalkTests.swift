import Foundation
import Testing

extension BrowserTests {
    /// What the program is for, from beginning to end, with and without scripts.
    struct MainWalkTests {
        @Test(arguments: [true, false])
        func `a person registers, logs in, adds, edits, deletes, undoes, filters and logs out`(scripts: Bool)
            async throws
        {
            try await AppUnderTest.run { app in
                try await Browser.open(scripts: scripts) { browser in
                    let anna = Person(app: app, browser: browser)
                    try await registersAndLogsIn(anna)
                    try await addsThree(anna)
                    try await editsByPressingTheAmount(anna)
                    try await movesWithTwoPresses(anna)
                    try await deletesAndUndoes(anna)
                    try await filters(anna)
                    try await seesTheSummaryChange(anna)
                    try await logsOutAndIsRefused(anna)
                }
            }
        }

        @Test(arguments: [true, false])
        func `a session that runs out asks for one press and loses nothing`(scripts: Bool) async throws {
            try await AppUnderTest.run(["--access-token-lifetime", "2"]) { app in
                try await Browser.open(scripts: scripts) { browser in
                    let anna = Person(app: app, browser: browser)
                    try await anna.register("anna")
                    try await anna.logIn("anna")
                    try await usesThePrompt(anna)
                    try await submitsAfterTheEnd(anna)
                    try await logsOutAndIsRefused(anna)
                }
            }
        }

        @Test(arguments: [true, false])
        func `a session that is gone asks for the password and loses nothing`(scripts: Bool) async throws {
            try await AppUnderTest.run { app in
                try await Browser.open(scripts: scripts) { browser in
                    let anna = Person(app: app, browser: browser)
                    try await anna.register("anna")
                    try await anna.logIn("anna")
                    try await anna.write("12.40", "Groceries", "2026-11-20", "Lunch")
                    try await browser.forgetCookies()
                    try await browser.press(.button("Add"))
                    try await logsInAndSavesWhatWasKept(anna)
                }
            }
        }

        private func registersAndLogsIn(_ anna: Person) async throws {
            try await anna.visit("/")
            #expect(try await anna.browser.title.contains("Expense Tracker"))
            #expect(try await anna.browser.find(.link("Log in")).isDisplayed)
            try await anna.register("anna")
            #expect(try await anna.browser.path.hasPrefix("/login"))
            #expect(try await anna.browser.find(.css("[role=status]")).text.contains("account"))
            try await anna.logIn("anna")
            #expect(try await anna.browser.path == "/expenses")
            #expect(try await anna.browser.find(.css("h1")).text == "My expenses")

            // A script tells the time zone in a cookie of its own.
            let cookies = try await anna.browser.cookies.filter { $0.name != "zone" }
            #expect(cookies.map(\.name) == ["access_token"])
            #expect(cookies.allSatisfy { $0.isHTTPOnly && $0.sameSite == "Lax" && $0.path == "/" })
        }

        private func addsThree(_ anna: Person) async throws {
            try await anna.add("12,50", "Groceries", "2026-11-02", "Market")
            #expect(try await anna.browser.find(.css("[role=status]")).text.contains("$12.50"))
            try await anna.add("$8", "Leisure", "2025-11-20", "Cinema")
            try await anna.add("1.234,56", "Electronics", "2026-10-15", "Laptop")
            #expect(try await anna.list == ["Market $12.50", "Laptop $1,234.56", "Cinema $8.00"])
            #expect(try await anna.match == "3 expenses, $1,255.06")
        }

        private func editsByPressingTheAmount(_ anna: Person) async throws {
            try await anna.browser.press(.css(".days li > a"))
            #expect(try await anna.browser.path.contains("/edit"))
            #expect(try await anna.browser.find(.field("Amount")).value == "12.50")
            #expect(try await anna.browser.find(.field("Date")).value == "2026-11-02")
            try await anna.browser.fill("Amount", "0")
            try await anna.browser.press(.button("Save"))
            #expect(try await anna.browser.text.contains("The amount can't be zero."))
            #expect(try await anna.browser.find(.field("Description")).value == "Market")
            try await anna.browser.fill("Amount", "15")
            try await anna.browser.press(.button("Save"))
            #expect(try await anna.list == ["Market $15.00", "Laptop $1,234.56", "Cinema $8.00"])
        }

        private func movesWithTwoPresses(_ anna: Person) async throws {
            let before = try await anna.categories
            for category in ["Health", "Groceries"] {
                try await anna.browser.press(.css(".days li > a"))
                try await anna.browser.press(.button(category))
                #expect(
                    try await anna.browser.find(.css("[role=status]")).text
                        == "Changed $15.00, Market, in \(category).")
            }
            #expect(try await anna.categories == before)
        }

        private func deletesAndUndoes(_ anna: Person) async throws {
            try await anna.browser.press(.css(".days ul:last-of-type button"))
            #expect(try await anna.list == ["Market $15.00", "Laptop $1,234.56"])
            #expect(try await anna.match == "2 expenses, $1,249.56")
            try await anna.browser.press(.button("Undo"))
            #expect(try await anna.list == ["Market $15.00", "Laptop $1,234.56", "Cinema $8.00"])
        }

        private func filters(_ anna: Person) async throws {
            let browser = anna.browser
            try await browser.find(.field("Groceries")).click()
            try await browser.press(.button("Filter"))
            #expect(try await anna.list == ["Market $15.00"])
            #expect(try await anna.match == "1 expense, $15.00")
            #expect(try await browser.find(.field("Groceries")).isSelected)
            #expect(try await browser.path.contains("category="))

            try await anna.visit("/expenses")
            try await browser.choose("November", in: "Month")
            try await browser.press(.button("Filter"))
            #expect(try await anna.list == ["Market $15.00", "Cinema $8.00"])
            try await browser.choose("2025", in: "Year")
            try await browser.press(.button("Filter"))
            #expect(try await anna.list == ["Cinema $8.00"])
            try await browser.choose("Any", in: "Month")
            try await browser.choose("2026", in: "Year")
            try await browser.press(.button("Filter"))
            #expect(try await anna.list == ["Market $15.00", "Laptop $1,234.56"])
            #expect(try await anna.match == "2 expenses, $1,249.56")
        }

        private func seesTheSummaryChange(_ anna: Person) async throws {
            try await anna.visit("/expenses")
            #expect(
                try await anna.categories == ["Electronics $1,234.56", "Groceries $15.00", "Leisure $8.00"])
            try await anna.add("-34.56", "Electronics", "2026-11-03", "Laptop, money back")
            #expect(
                try await anna.categories == ["Electronics $1,200.00", "Groceries $15.00", "Leisure $8.00"])
            #expect(try await anna.match == "4 expenses, $1,223.00")
            // A figure leads to the rows behind it.
            try await anna.browser.press(.link("$15.00"))
            #expect(try await anna.list == ["Market $15.00"])
        }

        private func usesThePrompt(_ anna: Person) async throws {
            try await anna.letTheSessionPause()
            try await anna.visit("/expenses?year=2026")
            #expect(try await anna.browser.path.hasPrefix("/refresh?next="))
            #expect(try await anna.browser.all(.field("Password")).isEmpty)
            try await anna.browser.press(.button("Continue"))
            #expect(try await anna.browser.path == "/expenses?year=2026")
        }

        private func submitsAfterTheEnd(_ anna: Person) async throws {
            try await anna.write("12.40", "Groceries", "2026-11-20", "Lunch & <more>")
            try await anna.letTheSessionPause()
            try await anna.browser.press(.button("Add"))
            let kept = try await anna.browser.text
            #expect(kept.contains("$12.40") && kept.contains("Lunch & <more>"))
            try await expectNoBarrier(anna)
            try await anna.browser.press(.css("form[action='/refresh'] button"))
            #expect(try await anna.list == ["Lunch & <more> $12.40"])
            #expect(try await anna.match == "1 expense, $12.40")

            try await anna.browser.reload()
            #expect(try await anna.list == ["Lunch & <more> $12.40"])
        }

        private func logsInAndSavesWhatWasKept(_ anna: Person) async throws {
            // As typed: whose currency it is, is not known yet.
            #expect(try await anna.browser.text.contains("Save 12.40, Lunch"))
            try await expectNoBarrier(anna)
            try await anna.browser.fill("Email or username", "anna")
            try await anna.browser.fill("Password", Person.password)
            try await anna.browser.press(.button("Log in"))
            #expect(try await anna.browser.text.contains("Save $12.40, Lunch"))
            try await expectNoBarrier(anna)
            try await anna.browser.press(.button("Save"))
            #expect(try await anna.list == ["Lunch $12.40"])
        }

        /// The pages that only a session's end shows are checked here; all others on the tour of every page.
        private func expectNoBarrier(_ anna: Person) async throws {
            guard Axe.isTested, anna.browser.runsScripts else { return }
            #expect(try await Axe.violations(in: anna.browser) == [])
        }

        private func logsOutAndIsRefused(_ anna: Person) async throws {
            try await anna.browser.press(.button("Log out"))
            #expect(try await anna.browser.path.hasPrefix("/"))
            #expect(try await anna.browser.all(.button("Log out")).isEmpty)
            #expect(try await anna.browser.find(.css("[role=status]")).text == "You are logged out.")
            try await anna.visit("/expenses")
            #expect(try await anna.browser.path.hasPrefix("/login?next="))
            #expect(try await anna.browser.cookies.allSatisfy { $0.name == "zone" })
        }
    }
}
