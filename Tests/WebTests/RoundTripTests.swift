import Expenses
import HTTP
import Storage
import TestDatabase
import Testing
import Web

/// How often a request waits for a server.
@Suite(.enabled(if: !TestDatabase.isFile, "needs a server: Tests/PostgreSQL/with-server"))
struct RoundTripTests {
    @Test func `the dashboard waits twice, adding an expense twice`() async throws {
        let app = try TestApp()
        let browser = try await app.loggedIn(as: "ada")
        func trips(_ body: () async -> Int) async -> (status: Int, trips: Int) {
            let before = app.storage.statistics.server?.roundTrips ?? 0
            let status = await body()
            return (status, (app.storage.statistics.server?.roundTrips ?? 0) - before)
        }
        func add(_ form: String, category: String?) async -> Int {
            var fields = [
                ("amount", "12.50"), ("date", "2026-11-20"), ("description", "Lunch"), ("form", form),
            ]
            if let category { fields.append(("category", category)) }
            return await browser.post("/expenses", FormData(fields)).status
        }
        let category = try app.storage.read { try $0.categories.all(of: .init(1)).first?.id.description }
        // The first ones open connections.
        for number in 0..<3 { _ = await add("first\(number)", category: category) }
        _ = await browser.get("/expenses")
        let added = await trips { await add("one", category: category) }
        #expect(added.status == 303 && added.trips == 2)
        let guessed = await trips { await add("two", category: nil) }
        #expect(guessed.status == 303 && guessed.trips <= 3)
        for path in ["/expenses", "/expenses?month=11&year=2026", "/expenses?category=\(category ?? "")"] {
            let shown = await trips { await browser.get(path).status }
            #expect(shown.status == 200 && shown.trips <= 3, "\(path): \(shown.trips)")
        }
        let dashboard = await trips { await browser.get("/expenses").status }
        #expect(dashboard.trips == 2)
        let edited = await trips {
            await browser.post(
                "/expenses/1",
                [
                    "amount": "13.50", "date": "2026-11-21", "description": "Dinner",
                    "category": category ?? "", "form": "edit",
                ]
            ).status
        }
        #expect(edited.status == 303 && edited.trips <= 9, "\(edited)")
        let deleted = await trips { await browser.post("/expenses/2/delete", ["form": "delete"]).status }
        #expect(deleted.status == 303 && deleted.trips <= 8, "\(deleted)")
        let visitor = app.browser()
        let loggedIn = await trips {
            await visitor.post("/login", ["email": "ada", "password": "correct horse ada"]).status
        }
        #expect(loggedIn.status == 303 && loggedIn.trips <= 15, "\(loggedIn)")
    }
    @Test func `what is refused by its head, on an event loop, does not wait for a server`() async throws {
        let app = try TestApp { $0.registration = .first }
        let browser = try await app.loggedIn(as: "ada")
        for cookie in ["", "access_token=\(browser.cookie("access_token") ?? "")"] {
            var error = RequestError(.contentTooLarge, "The body is too large.")
            error.request = Request(method: .post, target: "/expenses/import", headers: ["Cookie": cookie])
            let before = app.storage.statistics.server?.roundTrips
            #expect(app.application.respond(to: error).status == .contentTooLarge)
            #expect(app.storage.statistics.server?.roundTrips == before)
        }
    }
}
