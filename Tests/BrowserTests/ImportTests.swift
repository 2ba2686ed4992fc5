import Testing

extension BrowserTests {
    /// A bank's file comes in, on a phone, with and without scripts.
    struct ImportTests {
        private static let file =
            "Datum;Text;Betrag\\n03/04/2026;Tea House;-3,50\\n04/04/2026;Rent;-700,00\\n05/04/2026;Salary;2.500,00\\n"
            + "06/04/2026;Tea House 2;-4,50\\n"

        @Test(arguments: [true, false])
        func `what is ticked and typed survives every step, and the second file is read like the first`(
            scripts: Bool
        ) async throws {
            try await AppUnderTest.run { app in
                try await Browser.open(scripts: scripts) { browser in
                    try await browser.resize(width: 390, height: 800)
                    let anna = Person(app: app, browser: browser)
                    try await anna.register("anna")
                    try await anna.logIn("anna")
                    try await anna.choose(file: Self.file)
                    try await browser.press(.button("Show what is in it"))
                    try await fitsTheScreen(browser)

                    // A tick and a category, then the question that the file leaves open.
                    try await browser.find(.css("input[name='row'][value='3']")).click()
                    try await browser.find(.css("input[name='category-2']")).fill("Drinks")
                    try await browser.find(.css("input[name='date_order'][value='dmy']")).click()
                    try await browser.press(.button("Read it this way"))
                    try await browser.find(.text("Add 2 expenses, $8.00")).expectDisplayed()
                    try await browser.press(.button("Use what I typed for all rows of the same payees"))
                    #expect(try await browser.find(.css("input[name='category-5']")).value == "Drinks")
                    try await browser.press(.button("Add, too: Money in"))
                    try await browser.press(.button("Leave out: Money in"))
                    try await fitsTheScreen(browser)
                    try await browser.press(.button("Add 2 expenses, $8.00"))
                    try await browser.find(.text("2 imported expenses are in your list. See my expenses"))
                        .expectDisplayed()
                    try await anna.visit("/expenses?year=2026")
                    #expect(try await anna.list == ["Tea House 2 $4.50", "Tea House $3.50"])

                    // The same file again: nothing is asked, and what is there is not added twice.
                    try await anna.choose(file: Self.file)
                    try await browser.press(.button("Show what is in it"))
                    try await browser.find(.link("Read it as the file shows it")).expectDisplayed()
                    try await browser.find(.text("Add 1 expense, $700.00")).expectDisplayed()
                    try await fitsTheScreen(browser)
                }
            }
        }

        private func fitsTheScreen(_ browser: Browser) async throws {
            let width = try await browser.run("return String(document.documentElement.scrollWidth);")
            #expect(width == .string("390"))
        }
    }
}

extension Element {
    fileprivate func expectDisplayed() async throws { #expect(try await isDisplayed) }
}
