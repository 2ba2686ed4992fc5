import Testing

extension BrowserTests {
    /// What the one script adds where scripts run.
    struct ScriptComfortTests {
        @Test func `keys jump to the amount, the search and the help, and type letters inside a field`()
            async throws
        {
            try await withAnna { anna in
                try await press("/", anna)
                #expect(try await focused(anna) == "q")
                try await press("n", anna)
                #expect(try await focused(anna) == "amount")
                try await anna.browser.find(.field("Description")).type("n/?")
                #expect(try await anna.browser.find(.field("Description")).value == "n/?")
                try await press("?", anna)
                #expect(try await anna.browser.text.contains("Outside of fields"))
                try await anna.visit("/summary")
                try await press("?", anna)
                #expect(try await anna.browser.text.contains("Outside of fields"))
                try await press("/", anna)
                try await anna.browser.wait("open the search") { try await focused(anna) == "q" }
                try await anna.visit("/summary")
                try await press("n", anna)
                try await anna.browser.wait("open the form to add") {
                    try await anna.browser.path == "/expenses/new"
                }
            }
        }

        @Test func `lines pasted into the amount are kept apart, and refused`() async throws {
            try await withAnna { anna in
                try await anna.visit("/expenses/new")
                _ = try await anna.browser.run(
                    """
                    const clipboardData = new DataTransfer();
                    clipboardData.setData("text", "12\\n13\\n");
                    const pasted = new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true });
                    document.getElementById("amount").dispatchEvent(pasted);
                    return "";
                    """)
                #expect(try await anna.browser.find(.field("Amount")).value == "12 ⏎ 13")
                try await anna.browser.press(.button("Add expense"))
                #expect(try await anna.browser.text.contains("can't be read as an amount"))
            }
        }

        @Test func `typing replaces the amount that is edited`() async throws {
            try await withAnna { anna in
                try await anna.visit("/expenses")
                try await anna.browser.press(.css(".days li > a"))
                try await anna.browser.wait("open the form to edit") { try await focused(anna) == "amount" }
                try await anna.browser.find(.field("Amount")).type("9")
                #expect(try await anna.browser.find(.field("Amount")).value == "9")
            }
        }

        @Test func `a box that is pressed with Shift ticks all between it and the one before`() async throws {
            try await withAnna { anna in
                for number in 1...4 {
                    try await anna.add("\(number)", "Leisure", "2026-11-0\(number)", "Thing")
                }
                try await anna.visit("/expenses?select=1")
                let boxes = try await anna.browser.all(.css("[name=expense]"))
                try await boxes[0].click()
                _ = try await anna.browser.run(
                    "document.querySelectorAll('[name=expense]')[3]"
                        + ".dispatchEvent(new MouseEvent('click', { bubbles: true, shiftKey: true }))")
                #expect(
                    try await anna.browser.run(
                        "return [...document.querySelectorAll('[name=expense]')].map(b => +b.checked).join('')"
                    )
                        == "11110")
            }
        }

        @Test func `Back after an edit shows the new amount, and keeps what was typed`() async throws {
            try await withAnna { anna in
                try await anna.visit("/expenses")
                try await anna.browser.press(.css(".days li > a"))
                try await anna.browser.fill("Amount", "7")
                try await anna.browser.press(.button("Save"))
                #expect(try await anna.list == ["Cinema $7.00"])
                try await anna.browser.back()
                #expect(try await anna.browser.find(.field("Amount")).value == "7")
                try await anna.browser.back()
                try await anna.browser.wait("show the new amount") {
                    try await anna.list == ["Cinema $7.00"]
                }
                try await anna.browser.fill("Description", "Half a word")
                try await anna.browser.press(.link("Summary"))
                try await anna.browser.back()
                #expect(try await anna.browser.find(.field("Description")).value == "Half a word")
            }
        }

        @Test func `a filter's address holds no empty fields`() async throws {
            try await withAnna { anna in
                try await anna.browser.choose("October", in: "Month")
                try await anna.browser.press(.button("Filter"))
                try await anna.browser.wait("show October") {
                    try await anna.browser.run("return location.search") == "?month=10"
                }
                #expect(try await anna.browser.text.contains("October of every year"))
            }
        }

        private func withAnna(_ body: (Person) async throws -> Void) async throws {
            try await AppUnderTest.run { app in
                try await Browser.open(scripts: true) { browser in
                    let anna = Person(app: app, browser: browser)
                    try await anna.register("anna")
                    try await anna.logIn("anna")
                    try await anna.add("5", "Leisure", "2026-10-05", "Cinema")
                    try await body(anna)
                }
            }
        }

        /// Outside of any field.
        private func press(_ key: String, _ anna: Person) async throws {
            _ = try await anna.browser.run("document.activeElement.blur()")
            try await anna.browser.find(.css("body")).type(key)
        }

        private func focused(_ anna: Person) async throws -> JSON {
            try await anna.browser.run("return document.activeElement.id")
        }
    }
}
