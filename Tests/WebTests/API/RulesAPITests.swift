import Expenses
import HTTP
import Testing

@Suite struct RulesAPITests {
    @Test func `rules are added, moved, changed and deleted`() async throws {
        let account = try await Account(in: TestApp())
        let client = APIClient(account)
        let id = try #require(account.categories.first { $0.name == "Groceries" }).id.description
        let added = await client.post(
            "/api/v1/rules", #"{"text":"rewe","category":"\#(id)","new_description":"Rewe","tag":"food"}"#)
        #expect(added.status == 201)
        #expect(added.location == "/api/v1/rules/1")
        let first =
            #"{"id":"1","text":"rewe","category":"\#(id)","new_description":"Rewe","tag":"food","leave_out":false,"position":1}"#
        #expect(added.body == first)
        _ = await client.post("/api/v1/rules", #"{"text":"own account","leave_out":true,"position":1}"#)
        #expect(
            await client.get("/api/v1/rules").body
                == #"{"items":[{"id":"2","text":"own account","category":null,"new_description":"","tag":"","leave_out":true,"position":1},"#
                + first.replacing(#""position":1"#, with: #""position":2"#) + "]}")
        let changed = await client.send(
            .put, "/api/v1/rules/1", #"{"text":"rewe","category":null,"tag":"food","position":1}"#)
        #expect(
            changed.body
                == #"{"id":"1","text":"rewe","category":null,"new_description":"","tag":"food","leave_out":false,"position":1}"#
        )
        #expect(await client.send(.delete, "/api/v1/rules/1").status == 204)
        #expect(await client.send(.delete, "/api/v1/rules/1").status == 404)
        #expect(await client.send(.put, "/api/v1/rules/1", #"{"text":"a","tag":"b"}"#).status == 404)
    }

    @Test(arguments: [
        ("{}", "text"), (#"{"text":" "}"#, "text"), (#"{"text":"a"}"#, "category"),
        (#"{"text":"a","tag":"1"}"#, "tag"),
        (#"{"text":"a","leave_out":"yes"}"#, "leave_out"),
        (#"{"text":"a","tag":"b","position":0}"#, "position"),
        (#"{"text":"a","tag":"b","position":"1"}"#, "position"),
        (#"{"text":"a","category":"99"}"#, "category"),
    ])
    func `what makes no sense is refused at its field`(body: String, field: String) async throws {
        let client = APIClient(try await Account(in: TestApp()))
        let answer = await client.post("/api/v1/rules", body)
        #expect(answer.status == 422 && answer.isProblem)
        #expect(answer.body.contains(#""errors":[{"field":"\#(field)""#))
    }
}
