import Expenses
import HTTP
import Storage
import Testing

@Suite struct ExpensesAPITests {
    private static let lunch =
        #"{"amount":"12.50","category":"groceries","date":"2026-11-22","description":"Lunch"}"#

    @Test func `an expense is added, read, changed and deleted`() async throws {
        let client = APIClient(try await Account(in: TestApp()))
        let added = await client.post("/api/v1/expenses", Self.lunch)
        #expect(added.status == 201)
        let location = try #require(added.location)
        #expect(location == "/api/v1/expenses/1")
        let body =
            #"{"id":"1","amount":"12.50","category":"Groceries","date":"2026-11-22","description":"Lunch"}"#
        #expect(added.body == body)

        let shown = await client.get(location)
        #expect(shown.status == 200 && shown.body == body && shown.headers["ETag"] == added.headers["ETag"])

        let changed = await client.send(
            .put, location, #"{"amount":"-3","category":"Health","date":"2024-02-29"}"#)
        #expect(changed.status == 200)
        #expect(
            changed.body
                == #"{"id":"1","amount":"-3.00","category":"Health","date":"2024-02-29","description":""}"#)
        #expect(changed.headers["ETag"] != added.headers["ETag"])

        #expect(await client.send(.delete, location).status == 204)
        #expect(await client.get(location).status == 404)
        #expect(await client.send(.delete, location).status == 404)
    }

    @Test func `a category left out is the one last used with the description`() async throws {
        let account = try await Account(in: TestApp())
        try await account.spend(500, "Leisure", on: "2026-11-01", "Cinema")
        try await account.spend(500, "Health", on: "2026-11-02", "Dentist")
        let answer = await APIClient(account).post(
            "/api/v1/expenses", #"{"amount":"9","date":"2026-11-22","description":"cinema"}"#)
        #expect(try answer.member("category") == "Leisure")
    }

    @Test(arguments: [
        ("0", "zero"), ("0.00", "zero"), ("1e3", "decimal string"), ("+5", "decimal string"),
        ("1,234.00", "decimal string"), ("12,50", "decimal string"), ("$5", "decimal string"),
        ("", "decimal string"), (".5", "decimal string"), ("5.", "decimal string"), ("- 5", "decimal string"),
        (" 5", "decimal string"), ("1.234", "2 decimals"), ("1000000000", "largest"),
    ])
    func `an amount in another than the plain form is refused`(amount: String, words: String) async throws {
        let account = try await Account(in: TestApp())
        let answer = await APIClient(account).post(
            "/api/v1/expenses", #"{"amount":"\#(amount)","date":"2026-11-22"}"#)
        #expect(answer.status == 422 && answer.isProblem)
        #expect(answer.body.contains(#""errors":[{"field":"amount","message":"#))
        #expect(answer.body.contains(words))
        #expect(try account.expenses().isEmpty)
    }

    @Test(arguments: [
        (#"{"amount":12.5,"date":"2026-11-22"}"#, ["amount"]),
        (#"{"amount":null,"date":[]}"#, ["amount", "date"]), ("{}", ["amount", "date"]),
        (#"{"amount":"1","date":"2026-02-30","category":"Nonsense"}"#, ["category", "date"]),
    ])
    func `every field that is wrong is named`(json: String, fields: [String]) async throws {
        let account = try await Account(in: TestApp())
        let answer = await APIClient(account).post("/api/v1/expenses", json)
        #expect(answer.status == 422)
        #expect(answer.all(#"{"field":""#, "\"") == fields)
    }

    @Test(arguments: [
        "", "nonsense", "[]", "{", #"{"amount":"1","amount":"2","date":"2026-11-22"}"#, "{\"a\":\"\\ud800\"}",
    ])
    func `what is no JSON object, or says something twice, is 400`(json: String) async throws {
        let answer = await APIClient(try await Account(in: TestApp())).post("/api/v1/expenses", json)
        #expect(answer.status == 400 && answer.isProblem)
    }

    @Test func `unknown members are ignored`() async throws {
        let answer = await APIClient(try await Account(in: TestApp())).post(
            "/api/v1/expenses", #"{"amount":"1","date":"2026-11-22","x":{"y":[1,2]},"id":"77"}"#)
        #expect(answer.status == 201)
        #expect(try answer.member("id") == "1")
    }

    @Test func `a body of another type is 415`() async throws {
        let client = APIClient(try await Account(in: TestApp()))
        for type in ["text/plain", "application/x-www-form-urlencoded"] {
            let answer = await client.post("/api/v1/expenses", Self.lunch, headers: ["Content-Type": type])
            #expect(answer.status == 415 && answer.isProblem)
        }
        let answer = await client.post(
            "/api/v1/expenses", Self.lunch, headers: ["Content-Type": "Application/JSON; charset=utf-8"])
        #expect(answer.status == 201)
    }

    @Test func `pages follow one another to the end`() async throws {
        let account = try await Account(in: TestApp())
        for day in 1...5 { try await account.spend(100, on: "2026-11-0\(day)", "n\(day)") }
        let client = APIClient(account)
        var (address, seen): (String, [String]) = ("/api/v1/expenses?limit=2", [])
        while true {
            let page = await client.get(address)
            seen += page.all(#""description":""#, "\"")
            guard let next = try page.member("next") else { break }
            address = "/api/v1/expenses?limit=2&after=\(next)"
        }
        #expect(seen == ["n5", "n4", "n3", "n2", "n1"])
    }

    @Test func `filters are those of the dashboard`() async throws {
        let account = try await Account(in: TestApp())
        try await account.spend(1250, on: "2026-11-22", "Lunch")
        try await account.spend(300, "Leisure", on: "2026-10-01", "Cinema")
        let client = APIClient(account)
        for (query, found) in [
            ("month=11&year=2026", ["Lunch"]), ("q=cin", ["Cinema"]), ("period=week", ["Lunch"]),
            ("category=\(account.category("Leisure"))", ["Cinema"]), ("from=2026-10-02", ["Lunch"]),
            ("to=2026-10-01", ["Cinema"]),
            // An empty value means any.
            ("q=&category=&month=&year=&from=&to=&period=&after=", ["Lunch", "Cinema"]),
        ] {
            let answer = await client.get("/api/v1/expenses?\(query)")
            #expect(answer.all(#""description":""#, "\"") == found, "\(query)")
        }
    }

    @Test(arguments: [
        "month=13", "year=20", "from=tomorrow", "to=2026-02-30", "period=decade", "after=x",
        "category=1000", "limit=0", "limit=501", "limit=x", "limit=+5", "limit=",
    ])
    func `a filter that makes no sense is 422 and names its field`(query: String) async throws {
        let answer = await APIClient(try await Account(in: TestApp())).get("/api/v1/expenses?\(query)")
        #expect(answer.status == 422)
        #expect(answer.all(#"{"field":""#, "\"") == [String(query.prefix { $0 != "=" })])
    }

    @Test func `a change of a state that is no longer current is 412 and changes nothing`() async throws {
        let account = try await Account(in: TestApp())
        let client = APIClient(account)
        let added = await client.post("/api/v1/expenses", Self.lunch)
        let (address, tag) = (try #require(added.location), try #require(added.headers["ETag"]))
        let other = Self.lunch.replacing("12.50", with: "13.00")

        #expect(await client.send(.put, address, other, headers: ["If-Match": "\"x\""]).status == 412)
        #expect(await client.send(.put, address, other, headers: ["If-Match": "W/\(tag)"]).status == 412)
        #expect(await client.send(.delete, address, headers: ["If-Match": "\"x\""]).status == 412)
        for tags in ["*", "\"x\", \(tag)", "W/\(tag)"] {
            let headers: Headers = ["If-None-Match": tags]
            #expect(await client.send(.put, address, other, headers: headers).status == 412)
            #expect(await client.send(.delete, address, headers: headers).status == 412)
        }
        #expect(try account.expenses().map(\.amount.minorUnits) == [1250])

        #expect(await client.send(.put, address, other, headers: ["If-Match": "\"x\", \(tag)"]).status == 200)
        let late = await client.send(.put, address, Self.lunch, headers: ["If-Match": tag])
        #expect(late.status == 412 && late.isProblem)
        #expect(try account.expenses().map(\.amount.minorUnits) == [1300])
        #expect(await client.send(.delete, address, headers: ["If-Match": "*"]).status == 204)
    }

    @Test func `what the client has already is 304`() async throws {
        let client = APIClient(try await Account(in: TestApp()))
        let added = await client.post("/api/v1/expenses", Self.lunch)
        let (address, tag) = (try #require(added.location), try #require(added.headers["ETag"]))
        let answer = await client.get(address, headers: ["If-None-Match": tag])
        #expect(answer.status == 304 && answer.body.isEmpty && answer.headers["ETag"] == tag)
        #expect(await client.get(address, headers: ["If-None-Match": "\"x\""]).status == 200)
    }

    @Test func `the same key with the same body adds once and is answered the same for a day`() async throws {
        let account = try await Account(in: TestApp())
        let client = APIClient(account)
        let key: Headers = ["Idempotency-Key": "k-1"]
        let first = await client.post("/api/v1/expenses", Self.lunch, headers: key)
        // Also after the expense has been changed and its category renamed.
        _ = await client.send(.put, "/api/v1/expenses/1", Self.lunch.replacing("12.50", with: "1.00"))
        _ = await client.send(
            .put, "/api/v1/categories/\(account.category("Groceries"))", #"{"name":"Food","color":"green"}"#)
        account.app.clock.advance(by: 1500)
        let again = await client.post("/api/v1/expenses", Self.lunch, headers: key)
        #expect(again.status == 201 && again.body == first.body && again.location == first.location)
        #expect(again.headers["ETag"] == first.headers["ETag"])
        #expect(try account.expenses().count == 1)
    }

    @Test func `a key is free again after a day, and is another user's own`() async throws {
        let app = try TestApp()
        let account = try await Account(in: app)
        let client = try await APIClient.personal(account, mayWrite: true)
        let key: Headers = ["Idempotency-Key": "k-1"]
        _ = await client.post("/api/v1/expenses", Self.lunch, headers: key)
        let bob = try await Account(in: app, "bob")
        _ = await APIClient(bob).post("/api/v1/expenses", Self.lunch, headers: key)
        #expect(try bob.expenses().count == 1)
        app.clock.advance(by: 86_400)
        #expect(await client.post("/api/v1/expenses", Self.lunch, headers: key).status == 201)
        #expect(try account.expenses().count == 2)
    }

    @Test func `a key that comes with another request is 422 and adds nothing`() async throws {
        let account = try await Account(in: TestApp())
        let client = APIClient(account)
        let key: Headers = ["Idempotency-Key": "k-1"]
        _ = await client.post("/api/v1/expenses", Self.lunch, headers: key)
        let other = await client.post(
            "/api/v1/expenses", Self.lunch.replacing("12", with: "13"), headers: key)
        #expect(other.status == 422 && other.body.contains("Idempotency-Key"))
        #expect(await client.post("/api/v1/categories", #"{"name":"Pets"}"#, headers: key).status == 422)
        #expect(try account.expenses().count == 1)
    }

    @Test func `many requests with one key at once add one expense`() async throws {
        let account = try await Account(in: TestApp())
        let client = APIClient(account)
        let bodies = await withTaskGroup(of: String.self) { group in
            for _ in 0..<20 {
                group.addTask {
                    await client.post("/api/v1/expenses", Self.lunch, headers: ["Idempotency-Key": "k"]).body
                }
            }
            return await group.reduce(into: Set<String>()) { $0.insert($1) }
        }
        #expect(bodies.count == 1)
        #expect(try account.expenses().count == 1)
    }

    @Test(arguments: ["", "a b", "ä", String(repeating: "k", count: 256)])
    func `an Idempotency-Key that is empty, too long or not printable is 422`(key: String) async throws {
        let answer = await APIClient(try await Account(in: TestApp())).post(
            "/api/v1/expenses", Self.lunch, headers: ["Idempotency-Key": key])
        #expect(answer.status == 422)
    }

    @Test func `nobody reaches another user's expenses`() async throws {
        let app = try TestApp()
        let id = try await Account(in: app).spend(100, on: "2026-11-22")
        let bob = APIClient(try await Account(in: app, "bob"))
        let address = "/api/v1/expenses/\(id)"
        #expect(await bob.get(address).status == 404)
        #expect(await bob.send(.put, address, Self.lunch).status == 404)
        #expect(await bob.send(.delete, address).status == 404)
        #expect(await bob.get("/api/v1/expenses").body == #"{"items":[],"next":null}"#)
    }

    @Test func `the list's address with json behind it gives every row`() async throws {
        let account = try await Account(in: TestApp())
        let owner = account.user.id
        let draft = ExpenseDraft(
            amount: Money(minorUnits: 100), category: account.category("Health"),
            day: try #require(Day("2026-11-22")), description: "x")
        try await account.app.storage.write(of: nil) { stores in
            for _ in 0..<1201 { _ = try stores.expenses.insert(draft, owner: owner, form: nil, at: 0) }
        }
        let answer = await account.browser.get("/expenses.json?year=2026")
        #expect(answer.status == 200 && answer.headers["Content-Type"] == "application/json")
        let numbers = (1...1201).reversed().map { "\($0)" }
        #expect(answer.all(#""id":""#, "\"") == numbers)
        #expect(await account.browser.get("/expenses.json?year=1999").body == #"{"items":[]}"#)
        #expect(await account.app.browser().get("/expenses.json").status == 401)
    }

    @Test func `a currency without decimals has amounts without`() async throws {
        let yen = try #require(Currency(code: "JPY"))
        let account = try await Account(in: TestApp(), "ada", Preferences(currency: yen))
        let client = APIClient(account)
        let answer = await client.post("/api/v1/expenses", #"{"amount":"1250","date":"2026-11-22"}"#)
        #expect(try answer.member("amount") == "1250")
        #expect(
            await client.post("/api/v1/expenses", #"{"amount":"12.5","date":"2026-11-22"}"#).status == 422)
    }
}
