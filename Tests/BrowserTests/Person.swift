import Foundation
import Templating
import Testing

/// Somebody who uses the program with a browser.
struct Person: Sendable {
    let app: AppUnderTest
    let browser: Browser
    /// In which the program's pages are.
    var words = Translation.english

    static let password = "correct horse battery"

    func visit(_ path: String) async throws { try await browser.open(app.url(path)) }

    /// What stands on a page in this language for a text in English.
    func says(_ english: String) -> String { words.forms(of: english, context: "").first ?? english }

    func fill(_ label: String, _ value: String) async throws {
        try await browser.fill(says(label), value)
    }

    /// A button.
    func press(_ name: String) async throws { try await browser.press(.button(says(name))) }

    func register(_ name: String) async throws {
        try await visit("/")
        try await browser.press(.link("Register"))
        try await fill("Username", name)
        try await fill("Email", "\(name)@example.com")
        try await fill("Password", Person.password)
        try await press("Register")
    }

    func logIn(_ name: String, password: String = Person.password) async throws {
        try await visit("/login")
        try await fill("Email or username", "\(name)@example.com")
        try await fill("Password", password)
        try await press("Log in")
    }

    /// Fills in the form that is on the page and sends it.
    func add(_ amount: String, _ category: String, _ day: String, _ description: String) async throws {
        try await write(amount, category, day, description)
        try await browser.press(.button("Add"))
    }

    func write(_ amount: String, _ category: String, _ day: String, _ description: String) async throws {
        try await browser.fill("Amount", amount)
        try await browser.choose(category, in: "Category")
        try await enter(day, into: "Date")
        try await browser.fill("Description", description)
    }

    /// On the page where a file is chosen; `file` is written as in a script's text.
    func choose(file: String) async throws {
        try await visit("/expenses/import")
        _ = try await browser.run(
            """
            const chosen = new DataTransfer();
            chosen.items.add(new File(["\(file)"], "a.csv"));
            document.getElementById("file").files = chosen.files;
            return "";
            """)
    }

    /// Dates are typed as an American browser asks for them: month, day, year.
    private func enter(_ day: String, into label: String) async throws {
        let parts = day.split(separator: "-")
        try await browser.find(.field(label)).type(parts[1...].joined() + parts[0])
        #expect(try await browser.find(.field(label)).value == day)
    }

    /// Waits until the browser has what it needs to keep expenses without a connection.
    func waitForIDs() async throws {
        try await browser.wait("keep ids") {
            try await browser.run("return Object.keys(localStorage).some(key => key.startsWith('offline '))")
                == true
        }
    }

    /// The list as it reads: "Market $12.50", newest first.
    var list: [String] {
        get async throws {
            var rows: [String] = []
            for row in try await browser.all(.css(".days li")) {
                let description = try await row.find(.css("p")).text
                let amount = try await row.find(.css("a")).text
                rows.append("\(description) \(amount)")
            }
            return rows
        }
    }

    /// How many expenses match, and their total: "3 expenses, $20.00".
    var match: String {
        get async throws {
            let count = try await browser.find(.css("#list-heading")).text
            return try await "\(count), \(browser.find(.css(".match strong")).text)"
        }
    }

    /// The table of categories: "Groceries $12.50".
    var categories: [String] {
        get async throws {
            var rows: [String] = []
            for row in try await browser.all(.css("table.bars tr:has(td)")) {
                let name = try await row.find(.css("th")).text
                rows.append(try await "\(name) \(row.find(.css("td")).text)")
            }
            return rows
        }
    }

    /// Waits until the access token has run out, as it says itself.
    func letTheSessionPause() async throws {
        let token = try #require(try await browser.cookies.first { $0.name == "access_token" }?.value)
        let encoded = token.split(separator: ".")[1].replacing("-", with: "+").replacing("_", with: "/")
        let padding = String(repeating: "=", count: (4 - encoded.count % 4) % 4)
        let payload = try #require(Data(base64Encoded: encoded + padding))
        let claims = try JSONDecoder().decode(JSON.self, from: payload)
        guard case .number(let end)? = claims["exp"] else { throw TokenWithoutEnd() }
        while Date().timeIntervalSince1970 < end + 1 { try await Task.sleep(for: .milliseconds(50)) }
    }

    private struct TokenWithoutEnd: Error {}
}
