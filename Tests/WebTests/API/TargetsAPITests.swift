import Expenses
import HTTP
import Testing

@Suite struct TargetsAPITests {
    @Test func `a target is set, shown with what was spent, and removed`() async throws {
        let account = try await Account(in: TestApp())
        try await account.spend(6000, "Groceries", on: "2026-11-05")
        let client = APIClient(account)
        let id = try #require(account.categories.first { $0.name == "Groceries" }).id.description
        let set = await client.send(
            .put, "/api/v1/targets", #"{"category":"\#(id)","amount":"100","month":"2026-09"}"#)
        #expect(set.status == 200)
        let all = await client.send(.put, "/api/v1/targets", #"{"category":null,"amount":"50.00"}"#)
        #expect(all.status == 200)
        let items = """
            {"items":[{"category":null,"amount":"50.00","month":"2026-11","spent":"60.00","left":"-10.00"},\
            {"category":"\(id)","amount":"100.00","month":"2026-09","spent":"60.00","left":"40.00"}]}
            """
        #expect(await client.get("/api/v1/targets").body == items)
        #expect(
            await client.get("/api/v1/targets?month=2026-10").body
                == #"{"items":[{"category":"\#(id)","amount":"100.00","month":"2026-09","spent":"0.00","left":"100.00"}]}"#
        )
        _ = await client.send(
            .put, "/api/v1/targets", #"{"category":"\#(id)","amount":null,"month":"2026-09"}"#)
        #expect(await client.get("/api/v1/targets?month=2026-10").body == #"{"items":[]}"#)
    }

    @Test(arguments: [
        (#"{"amount":"1"}"#, "category"), (#"{"category":null}"#, "amount"),
        (#"{"category":null,"amount":1}"#, "amount"),
        (#"{"category":null,"amount":"-1"}"#, "amount"), (#"{"category":null,"amount":"1,5"}"#, "amount"),
        (#"{"category":"99","amount":"1"}"#, "category"),
        (#"{"category":null,"amount":"1","month":"11"}"#, "month"),
    ])
    func `what makes no sense is refused at its field`(body: String, field: String) async throws {
        let client = APIClient(try await Account(in: TestApp()))
        let answer = await client.send(.put, "/api/v1/targets", body)
        #expect(answer.status == 422 && answer.isProblem)
        #expect(answer.body.contains(#""errors":[{"field":"\#(field)""#))
    }

    @Test func `a month that is none is refused`() async throws {
        let client = APIClient(try await Account(in: TestApp()))
        #expect(await client.get("/api/v1/targets?month=2026-13").status == 422)
        #expect(await client.get("/api/v1/targets?month=").status == 200)
    }
}
