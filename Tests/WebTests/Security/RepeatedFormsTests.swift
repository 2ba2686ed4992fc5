import HTTP
import Storage
import Testing
import Web

struct RepeatedFormsTests {
    @Test func `a form sent twice gets the answer of the first time`() async throws {
        let ada = try await Account(in: TestApp())
        let fields: KeyValuePairs = ["name": "Books", "color": "blue", "form": "once"]
        let first = await ada.browser.post("/categories", fields)
        #expect(first.status == 303)
        #expect(await ada.browser.post("/categories", fields).location == first.location)
        ada.app.clock.advance(by: 3)
        #expect(await ada.browser.post("/categories", fields).status == 422)
    }

    @Test func `many of the same form at once get one answer`() async throws {
        let ada = try await Account(in: TestApp())
        let locations = await withTaskGroup(of: String?.self) { group in
            for _ in 0..<50 {
                group.addTask {
                    await ada.browser.post("/categories", ["name": "Books", "color": "blue", "form": "once"])
                        .location
                }
            }
            return await group.reduce(into: Set()) { $0.insert($1) }
        }
        #expect(locations.count == 1)
        #expect(locations.first??.hasPrefix("/categories?added=") == true)
    }

    @Test func `another id, another field, another user and no id are other forms`() async throws {
        let app = try TestApp()
        let ada = try await Account(in: app)
        let bob = try await Account(in: app, "bob")
        func post(_ account: Account, _ name: String, _ form: String?) async -> String? {
            var fields = FormData([("name", name), ("color", "blue")])
            if let form { fields.append("form", form) }
            return await account.browser.post("/categories", fields).location
        }
        let first = try #require(await post(ada, "Books", "once"))
        #expect(await post(ada, "Books", "twice") == nil)
        #expect(await post(ada, "Books", nil) == nil)
        #expect(await post(bob, "Books", "once") != first)
        #expect(await post(ada, "Novels", "once") != first)
    }

    @Test func `a form that came back with messages can be sent again at once`() async throws {
        let ada = try await Account(in: TestApp())
        let fields: KeyValuePairs = ["name": "", "color": "blue", "form": "once"]
        #expect(await ada.browser.post("/categories", fields).status == 422)
        #expect(await ada.browser.post("/categories", fields).status == 422)
    }
}
