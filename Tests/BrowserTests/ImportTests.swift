import Foundation
import Testing

extension BrowserTests {
    struct ImportTests {
        @Test(arguments: [true, false])
        func `a file is uploaded, a guess changed, its rows added and taken back`(scripts: Bool) async throws
        {
            let file = FileManager.default.temporaryDirectory.appendingPathComponent("import-\(UUID()).csv")
            try Data("Date;Text;Amount\n03.04.2026;Lunch;-12,50\n05.04.2026;Book;-20,00\n".utf8).write(
                to: file)
            defer { try? FileManager.default.removeItem(at: file) }
            try await AppUnderTest.run { app in
                try await Browser.open(scripts: scripts) { browser in
                    let anna = Person(app: app, browser: browser)
                    try await anna.register("anna")
                    try await anna.logIn("anna")
                    try await browser.press(.link("Import a CSV file"))
                    try await browser.find(.css("#file")).type(file.path)
                    try await browser.press(.button("Show what is in it"))
                    #expect(try await browser.text.contains("2026-04-03"))
                    try await browser.choose("month, day, year", in: "Dates")
                    try await browser.choose("Text", in: "Description")
                    try await browser.press(.button("Read it this way"))
                    #expect(try await browser.text.contains("2026-03-04"))
                    try await browser.press(.button("Add them"))
                    #expect(try await browser.text.contains("This import has added 2 expenses"))
                    try await anna.visit("/expenses?year=2026")
                    #expect(try await anna.list == ["Book $20.00", "Lunch $12.50"])
                    try await browser.back()
                    try await browser.press(.button("Undo the import"))
                    #expect(try await browser.text.contains("Took back 2 expenses."))
                    try await anna.visit("/expenses?year=2026")
                    #expect(try await anna.list == [])
                }
            }
        }
    }
}
