import CSQLiteTesting
import Storage
import TestDatabase
import Testing

/// What the dashboard costs, in what does not depend on the machine.
@Suite(.enabled(if: TestDatabase.isFile)) struct DashboardCostTests {
    @Test func `the dashboard takes seven statements, with the session's`() async throws {
        unsafe statements_count("")
        let app = try TestApp()
        let account = try await Account(in: app)
        // A history of more than a year asks for the first month as well.
        for day in ["2025-01-05", "2026-10-03", "2026-11-02", "2026-11-20"] {
            try await account.spend(500, "Leisure", on: day, "Lunch")
        }
        #expect(await account.browser.get("/expenses").status == 200)
        let path = app.storage.path
        unsafe statements_count(path)
        #expect(await account.browser.get("/expenses").status == 200)
        // The beginning and the end of the transaction.
        let statements = unsafe statements_counted(path) - 2
        #expect(statements <= 7)
        #expect(statements > 3)
    }
}
