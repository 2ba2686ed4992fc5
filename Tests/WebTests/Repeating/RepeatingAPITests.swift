import Expenses
import HTTP
import Storage
import Testing
import Web

/// It is Monday, 23 November 2026.
@Suite struct RepeatingAPITests {
    private let account: Account
    private let api: APIClient
    private static let body =
        #"{"amount":"12.99","category":"Leisure","description":"Netflix","first":"2026-12-04","every":1,"unit":"month"}"#

    init() async throws {
        account = try await Account(in: TestApp())
        api = APIClient(account)
    }

    @Test func `one is added, shown, changed, paused, resumed, skipped and deleted`() async throws {
        let added = await api.post("/api/v1/repeating", Self.body)
        #expect(added.status == 201)
        #expect(added.headers["Location"] == "/api/v1/repeating/1")
        let item =
            #"{"id":"1","amount":"12.99","category":"Leisure","description":"Netflix","first":"2026-12-04","every":1,"unit":"month","until":null,"next":"2026-12-04","paused":false,"recorded":0}"#
        #expect(added.body == item)
        #expect(await api.get("/api/v1/repeating/1").body == item)
        #expect(await api.get("/api/v1/repeating").body == #"{"items":[\#(item)]}"#)
        // What was got can be put.
        let put = await api.send(.put, "/api/v1/repeating/1", item).body
        #expect(put == item)
        let changed = item.replacing("12.99", with: "14.99").replacing(
            #""until":null"#, with: #""until":"2027-01-31""#)
        #expect(await api.send(.put, "/api/v1/repeating/1", changed).body == changed)
        #expect(try await api.send(.post, "/api/v1/repeating/1/skip").member("next") == "2027-01-04")
        let paused = await api.send(.post, "/api/v1/repeating/1/pause")
        #expect(paused.body.contains(#""next":null,"paused":true"#))
        #expect(await api.send(.post, "/api/v1/repeating/1/resume").body.contains(#""paused":false"#))
        #expect(await api.send(.delete, "/api/v1/repeating/1").status == 204)
        #expect(await api.get("/api/v1/repeating/1").status == 404)
        #expect(await api.get("/api/v1/repeating").body == #"{"items":[]}"#)
    }

    @Test func `past days are recorded or skipped as is said, before anything else is answered`() async throws
    {
        let late = Self.body.replacing("2026-12-04", with: "2026-09-04")
        let question = await api.post("/api/v1/repeating", late)
        #expect(question.status == 422)
        #expect(question.body.contains(#""field":"past""#))
        #expect(question.body.contains("3 expenses would be recorded at once, from 2026-09-04 to 2026-11-04"))
        let recorded = await api.post("/api/v1/repeating", late.dropLast() + #","past":"record"}"#)
        #expect(recorded.body.contains(#""next":"2026-12-04","paused":false,"recorded":3"#))
        #expect(await api.get("/api/v1/expenses?repeating=1").body.components(of: "Netflix") == 3)
        #expect(await api.get("/api/v1/summary?repeating=1").body.contains(#""count":3,"total":"38.97""#))
        #expect(await api.get("/expenses.json?repeating=1").body.components(of: "Netflix") == 3)
        #expect(await api.get("/api/v1/expenses?repeating=2").body.contains(#""items":[]"#))
        #expect(await api.get("/api/v1/expenses?repeating=x").status == 422)
        account.app.clock.advance(by: 12 * 86_400)
        let later = APIClient(try await Account(of: "ada", in: account.app))
        #expect(await later.get("/api/v1/expenses").body.components(of: "Netflix") == 4)
        let token = try await APIClient.personal(account, mayWrite: false)
        account.app.clock.advance(by: 31 * 86_400)
        #expect(
            await token.get("/api/v1/repeating").body.contains(
                #""next":"2027-02-04","paused":false,"recorded":5"#))
        #expect(await token.post("/api/v1/repeating", Self.body).status == 403)
    }

    @Test(arguments: [
        (#""every":1"#, #""every":0"#, "every"), (#""every":1"#, #""every":"1.5""#, "every"),
        (#""every":1"#, #""every":true"#, "every"), (#""unit":"month""#, #""unit":"moon""#, "unit"),
        ("2026-12-04", "2026-13-04", "first"), ("12.99", "0", "amount"), ("Leisure", "Pleasure", "category"),
        (#""every":1"#, #""every":1,"until":"2026-12-03""#, "until"),
        (#""every":1"#, #""every":1,"past":"forget""#, "past"),
        (#""every":1"#, #""every":1,"until":"""#, "until"), (#""every":1"#, #""every":1,"past":"""#, "past"),
    ])
    func `what is wrong is named`(part: String, other: String, field: String) async throws {
        let answer = await api.post("/api/v1/repeating", Self.body.replacing(part, with: other))
        #expect(answer.status == 422)
        #expect(answer.body.contains("\"field\":\"\(field)\""), "\(answer.body)")
        #expect(await api.get("/api/v1/repeating").body == #"{"items":[]}"#)
    }

    @Test func `an idempotency key adds one, and another user's is not found`() async throws {
        for _ in 0..<2 {
            let answer = await api.send(
                .post, "/api/v1/repeating", Self.body, headers: ["Idempotency-Key": "k"])
            #expect(answer.headers["Location"] == "/api/v1/repeating/1")
        }
        #expect(await api.get("/api/v1/repeating").body.components(of: "Netflix") == 1)
        let bob = APIClient(try await Account(in: account.app, "bob"))
        #expect(await bob.get("/api/v1/repeating/1").status == 404)
        for action in ["pause", "resume", "skip"] {
            #expect(await bob.send(.post, "/api/v1/repeating/1/\(action)").status == 404)
        }
        #expect(await bob.send(.put, "/api/v1/repeating/1", Self.body).status == 404)
        #expect(await bob.send(.delete, "/api/v1/repeating/1").status == 404)
    }
}

extension String {
    /// How often a text stands in it.
    fileprivate func components(of text: String) -> Int {
        split(separator: text, omittingEmptySubsequences: false).count - 1
    }
}
