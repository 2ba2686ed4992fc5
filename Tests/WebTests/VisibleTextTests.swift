import Demo
import Expenses
import Glibc
import HTTP
import Storage
import Testing

/// What each page of the demo data says, line by line, against Tests/VisibleText.txt.
///
/// A change of words shows there as a change of lines. `UPDATE_VISIBLE_TEXT=1 swift test --filter VisibleText`
/// writes the file anew.
@Suite struct VisibleTextTests {
    private static let file = TestApp.packageRoot + "/Tests/VisibleText.txt"

    private static let addresses = [
        "/", "/login", "/register", "/expenses", "/expenses?month=10&year=2026",
        "/expenses?category=1&category=2&q=e&from=2025-01-01&to=2026-06-30&period=year",
        "/expenses?category=3", "/expenses?q=market&year=2025", "/expenses?month=2&year=1950",
        "/expenses?q=nothing+has+this", "/expenses?month=13&category=999", "/expenses?saved=900&as=latest",
        "/expenses/new", "/expenses/new?again=900", "/expenses/900/edit?year=2026", "/expenses/deleted",
        "/expenses?deleted=901", "/expenses/import", "/summary", "/summary?year=2025", "/summary?year=1999",
        "/categories",
        "/categories?edit=2", "/rules", "/rules?text=tea", "/tags",
        "/expenses?select=1&month=10&year=2026", "/repeating", "/targets", "/account", "/account/settings",
        "/account/password", "/account/delete", "/account/two-factor",
        "/nowhere",
    ]

    @Test func `every page says what it said before`() async throws {
        let app = try TestApp()
        let today = try #require(Day("2026-11-23"))
        try DemoData(users: 1, expenses: 1000, passwordHash: "", today: today).fill(app.storage)
        try await app.storage.write(of: nil) {
            _ = try $0.twoFactors.insert(
                secret: [1], usedStep: 1, recoveryHashes: [[1], [2]], owner: User.ID(1), at: TestApp.noon)
        }
        let visitor = try await Account(of: "demo1", in: app).browser
        let guest = app.browser()
        for id in 901...903 { _ = await visitor.post("/expenses/\(id)/delete", ["form": "x\(id)"]) }
        var pages = ""
        for address in Self.addresses {
            let isForGuests = ["/", "/login", "/register"].contains(address)
            let answer = await (isForGuests ? guest : visitor).get(address)
            pages += "\n=== \(address)\n\(VisibleText(of: answer.body))"
        }
        if unsafe getenv("UPDATE_VISIBLE_TEXT") != nil { try Self.write(pages) }
        let now = pages.split(separator: "\n")
        let before = try Self.read().split(separator: "\n")
        for (line, (old, new)) in zip(before, now).enumerated() where old != new {
            Issue.record("line \(line + 1) was “\(old)” and is “\(new)”")
            return
        }
        #expect(now.count == before.count)
    }

    private static func read() throws -> String {
        let stream = unsafe try #require(fopen(file, "r"))
        defer { unsafe fclose(stream) }
        var text = [UInt8](repeating: 0, count: 1 << 20)
        let count = unsafe fread(&text, 1, text.count, stream)
        return String(decoding: text[..<count], as: UTF8.self)
    }

    private static func write(_ text: String) throws {
        let stream = unsafe try #require(fopen(file, "w"))
        defer { unsafe fclose(stream) }
        try #require(unsafe fwrite(text, 1, text.utf8.count, stream) == text.utf8.count)
    }
}
