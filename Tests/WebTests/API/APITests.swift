import Crypto
import Expenses
import HTTP
import JSON
import Storage
import TestDatabase
import Testing
import Web

@Suite struct APITests {
    @Test func `an API address that does not exist is 404 as problem details`() async throws {
        let client = APIClient(try await Account(in: TestApp()))
        for path in [
            "/api/v1/", "/api/v1/nothing", "/api/v1/expenses/0", "/api/v1/expenses/x", "/api/v1/expenses/1",
        ] {
            let answer = await client.get(path)
            #expect(answer.status == 404 && answer.isProblem, "\(path)")
            #expect(try answer.member("title") == "Not Found")
        }
    }

    @Test func `a method that an address does not take is 405 with those it takes`() async throws {
        let client = APIClient(try await Account(in: TestApp()))
        let answer = await client.send(.patch, "/api/v1/expenses")
        #expect(answer.status == 405 && answer.isProblem)
        #expect(answer.headers["Allow"] == "GET, HEAD, POST, OPTIONS")
        #expect(await client.send(.options, "/api/v1/expenses").status == 204)
    }

    @Test(arguments: [
        "", "Bearer", "Basic YTpi", "Bearer x", "Bearer a b", "Bearer et_", "Bearer et_unknown",
    ])
    func `without a valid token every API call is 401`(field: String) async throws {
        let client = APIClient(try TestApp(), token: nil)
        let headers: Headers = field.isEmpty ? [:] : ["Authorization": field]
        for (method, path) in [
            (HTTP.Method.get, "/api/v1/expenses"), (.post, "/api/v1/categories"), (.post, "/api/v1/logout"),
        ] {
            let answer = await client.send(method, path, headers: headers)
            #expect(answer.status == 401 && answer.isProblem)
            #expect(answer.headers["WWW-Authenticate"]?.hasPrefix("Bearer") == true)
        }
    }

    @Test func `a request with two Authorization headers is 401`() async throws {
        let account = try await Account(in: TestApp())
        let token = try #require(account.browser.cookie("access_token"))
        var headers: Headers = ["Authorization": "Bearer \(token)"]
        headers.add("Authorization", "Bearer \(token)")
        #expect(await account.app.browser().get("/api/v1/expenses", headers: headers).status == 401)
    }

    @Test func `a bearer token decides, not the cookie beside it`() async throws {
        let account = try await Account(in: TestApp())
        let answer = await account.browser.get("/api/v1/expenses", headers: ["Authorization": "Bearer x"])
        #expect(answer.status == 401)
    }

    @Test func `the scheme's case does not matter`() async throws {
        let account = try await Account(in: TestApp())
        let token = try #require(account.browser.cookie("access_token"))
        let answer = await account.app.browser().get(
            "/api/v1/expenses", headers: ["Authorization": "bearer \(token)"])
        #expect(answer.status == 200)
    }

    @Test func `an expired token says that it has expired`() async throws {
        let account = try await Account(in: TestApp())
        account.app.clock.advance(by: 1800)
        let answer = await APIClient(account).get("/api/v1/expenses")
        #expect(answer.status == 401)
        #expect(answer.headers["WWW-Authenticate"]?.contains("error=\"invalid_token\"") == true)
    }

    @Test func `the cookie reads, and writes where the write does not come from another site`() async throws {
        let account = try await Account(in: TestApp())
        #expect(await account.browser.get("/api/v1/expenses").status == 200)
        func add(_ headers: Headers) async -> Int {
            var headers = headers
            headers["Content-Type"] = "application/json"
            return await account.browser.send(
                .post, "/api/v1/expenses", headers: headers,
                body: Array(#"{"amount":"1","date":"2026-11-22"}"#.utf8)
            ).status
        }
        #expect(await add(["Sec-Fetch-Site": "cross-site"]) == 403)
        #expect(await add(["Sec-Fetch-Site": "same-site"]) == 403)
        #expect(await add(["Origin": "https://elsewhere.example", "Host": "here.example"]) == 403)
        #expect(try account.expenses().isEmpty)
        #expect(await add(["Sec-Fetch-Site": "same-origin"]) == 201)
    }

    @Test func `a personal token reads and, where it may, writes`() async throws {
        let account = try await Account(in: TestApp())
        let reader = try await APIClient.personal(account, mayWrite: false)
        let writer = try await APIClient.personal(account, mayWrite: true)
        let json = #"{"amount":"1","date":"2026-11-22"}"#
        #expect(await reader.get("/api/v1/expenses").status == 200)
        let refused = await reader.post("/api/v1/expenses", json)
        #expect(refused.status == 403 && refused.isProblem)
        #expect(await reader.send(.delete, "/api/v1/expenses/1").status == 403)
        #expect(await writer.post("/api/v1/expenses", json).status == 201)
        #expect(await writer.send(.post, "/api/v1/logout").status == 403)
    }

    @Test(.enabled(if: TestDatabase.isFile))
    func `a personal token reads also where its use cannot be noted`() async throws {
        let account = try await Account(in: TestApp())
        let reader = try await APIClient.personal(account, mayWrite: false)
        try RawDatabase(account.app.storage.path).execute(
            "CREATE TRIGGER full BEFORE UPDATE ON api_tokens BEGIN SELECT RAISE(ABORT, 'full'); END")
        #expect(await reader.get("/api/v1/expenses").status == 200)
    }

    @Test func `registering, logging in, refreshing and logging out`() async throws {
        let app = try TestApp()
        let nobody = APIClient(app, token: nil)
        let credentials = #"{"username":"ada","email":"ada@example.com","password":"correct horse ada"}"#
        let registered = await nobody.post("/api/v1/register", credentials)
        #expect(registered.status == 201)
        #expect(registered.body == #"{"id":"1","username":"ada","email":"ada@example.com"}"#)
        let taken = await nobody.post("/api/v1/register", credentials)
        #expect(taken.status == 409 && taken.all(#"{"field":""#, "\"") == ["username", "email"])
        let wrong = await nobody.post(
            "/api/v1/register", #"{"username":"a","email":"x","password":"short"}"#)
        #expect(wrong.status == 422 && wrong.all(#"{"field":""#, "\"") == ["username", "email", "password"])

        let opened = await nobody.post("/api/v1/login", #"{"email":"ada","password":"correct horse ada"}"#)
        #expect(opened.status == 200 && opened.headers["Set-Cookie"] == nil)
        #expect(try opened.member("token_type") == "Bearer")
        #expect(opened.body.hasSuffix(#""expires_in":1800}"#))
        let access = try #require(try opened.member("access_token"))
        let refresh = try #require(try opened.member("refresh_token"))
        #expect(await APIClient(app, token: access).get("/api/v1/expenses").status == 200)
        // A refresh token is no access token.
        #expect(await APIClient(app, token: refresh).get("/api/v1/expenses").status == 401)

        let renewed = await nobody.post("/api/v1/refresh", #"{"refresh_token":"\#(refresh)"}"#)
        let newAccess = try #require(try renewed.member("access_token"))
        #expect(await APIClient(app, token: newAccess).send(.post, "/api/v1/logout").status == 204)
        #expect(await APIClient(app, token: newAccess).get("/api/v1/expenses").status == 401)
        #expect(await nobody.post("/api/v1/refresh", #"{"refresh_token":"\#(refresh)"}"#).status == 401)
    }

    @Test(arguments: [("", 422), (" ", 401), (#"\u000b"#, 401)])
    func `a log-in without a name is invalid, and blanks are a name that nobody has`(
        name: String, status: Int
    )
        async throws
    {
        let nobody = APIClient(try TestApp(), token: nil)
        let answer = await nobody.post("/api/v1/login", #"{"email":"\#(name)","password":"correct horse"}"#)
        #expect(answer.status == status && answer.isProblem)
    }

    @Test func `guessing passwords is slowed down as on the page`() async throws {
        let app = try TestApp()
        _ = try await app.loggedIn()
        let nobody = APIClient(app, token: nil)
        for _ in 0..<10 {
            let answer = await nobody.post("/api/v1/login", #"{"email":"ada","password":"wrong"}"#)
            #expect(answer.status == 401 && answer.headers["WWW-Authenticate"] == "Bearer")
        }
        let refused = await nobody.post("/api/v1/login", #"{"email":"ada","password":"correct horse ada"}"#)
        #expect(refused.status == 429 && refused.headers["Retry-After"] == "60" && refused.isProblem)
    }

    @Test func `registration that is closed is 403`() async throws {
        let app = try TestApp { $0.registration = .closed }
        let answer = await APIClient(app, token: nil).post(
            "/api/v1/register", #"{"username":"ada","email":"a@b.c","password":"correct horse"}"#)
        #expect(answer.status == 403 && answer.isProblem)
    }

    @Test func `logging in by the API ends no session of the browser that does it`() async throws {
        let app = try TestApp()
        let browser = try await app.loggedIn()
        let answer = await browser.send(
            .post, "/api/v1/login", headers: ["Content-Type": "application/json"],
            body: Array(#"{"email":"ada","password":"correct horse ada"}"#.utf8))
        #expect(answer.status == 200)
        #expect(await browser.get("/expenses").status == 200)
    }

    @Test(.enabled(if: TestDatabase.isFile))
    func `a full disk is 507, and too many writes are 503 with a time`() async throws {
        let app = try TestApp(
            storage: {
                var options = Storage.Options()
                options.maxPages = 80
                return options
            }())
        let account = try await Account(in: app)
        let client = APIClient(account)
        let text = String(repeating: "x", count: 500)
        var last = await client.get("/api/v1/categories")
        for day in 1...28 where last.status != 507 {
            for _ in 0..<20 where last.status != 507 {
                last = await client.post(
                    "/api/v1/expenses",
                    #"{"amount":"1","date":"2026-01-\#(day < 10 ? "0" : "")\#(day)","description":"\#(text)"}"#
                )
            }
        }
        #expect(last.status == 507 && last.isProblem)
    }

    @Test func `the summary has totals by category and by month`() async throws {
        let account = try await Account(in: TestApp())
        try await account.spend(1250, on: "2026-11-22")
        try await account.spend(-250, "Leisure", on: "2026-10-01")
        let answer = await APIClient(account).get("/api/v1/summary?year=2026")
        let (food, fun) = (account.category("Groceries"), account.category("Leisure"))
        #expect(
            answer.body
                == #"{"currency":"USD","count":2,"total":"10.00","categories":["#
                + #"{"id":"\#(food)","name":"Groceries","count":1,"total":"12.50"},"#
                + #"{"id":"\#(fun)","name":"Leisure","count":1,"total":"-2.50"}],"#
                + #""months":[{"month":"2026-10","count":1,"total":"-2.50"},"#
                + #"{"month":"2026-11","count":1,"total":"12.50"}]}"#)
        #expect(await APIClient(account).get("/api/v1/summary?year=26").status == 422)
        #expect(
            await APIClient(account).get("/api/v1/summary?year=1999").body
                == #"{"currency":"USD","count":0,"total":"0.00","categories":[],"months":[]}"#)
    }

    @Test func `categories are added, changed and deleted with somewhere for their expenses to go`()
        async throws
    {
        let account = try await Account(in: TestApp())
        let client = APIClient(account)
        let added = await client.post("/api/v1/categories", #"{"name":" Pets "}"#)
        #expect(added.status == 201 && added.location?.hasPrefix("/api/v1/categories/") == true)
        #expect(try added.member("name") == "Pets")
        let address = try #require(added.location)
        #expect(await client.post("/api/v1/categories", #"{"name":"pets"}"#).status == 409)
        #expect(await client.post("/api/v1/categories", #"{"name":" ","color":"beige"}"#).status == 422)
        let changed = await client.send(.put, address, #"{"name":"Cats","color":"teal"}"#)
        #expect(changed.status == 200)
        #expect(try changed.member("color") == "teal")
        #expect(await client.send(.put, address, #"{"name":"Health","color":"teal"}"#).status == 409)
        #expect(await client.get("/api/v1/categories").all(#""name":""#, "\"").last == "Cats")

        _ = await client.post("/api/v1/expenses", #"{"amount":"1","category":"Cats","date":"2026-11-22"}"#)
        let refused = await client.send(.delete, address)
        #expect(refused.status == 409 && refused.isProblem)
        #expect(await client.send(.delete, address + "?move_to=999").status == 422)
        let health = account.category("Health")
        let expense = try #require(try account.expenses().first).id
        _ = await client.send(.delete, "/api/v1/expenses/\(expense)")
        #expect(await client.send(.delete, address).status == 409)
        #expect(await client.send(.delete, address + "?move_to=\(health)").status == 204)
        _ = await account.browser.post("/expenses/\(expense)/restore")
        #expect(try account.expenses().map(\.category) == [health])
        #expect(await client.send(.delete, address).status == 404)
    }

    @Test func `the last category stays`() async throws {
        let account = try await Account(in: TestApp())
        let client = APIClient(account)
        for category in account.categories.dropLast() {
            #expect(await client.send(.delete, "/api/v1/categories/\(category.id)").status == 204)
        }
        let last = try #require(account.categories.last)
        #expect(await client.send(.delete, "/api/v1/categories/\(last.id)").status == 409)
    }

    @Test func `the description names every address and the page links to it`() async throws {
        let app = try TestApp()
        let answer = await app.browser().get("/api/v1/openapi.json")
        #expect(answer.status == 200 && answer.headers["Content-Type"] == "application/json")
        var paths: [String] = []
        var reader = JSONReader(Array(answer.body.utf8))
        try reader.object { reader, name throws(JSONError) in
            guard name == "paths" else {
                _ = try reader.value()
                return
            }
            try reader.object { reader, path throws(JSONError) in
                paths.append(path)
                _ = try reader.value()
            }
        }
        #expect(
            paths == [
                "/api/v1/register", "/api/v1/login", "/api/v1/refresh", "/api/v1/logout", "/api/v1/expenses",
                "/api/v1/expenses/{id}", "/api/v1/summary", "/api/v1/categories", "/api/v1/categories/{id}",
                "/api/v1/targets", "/api/v1/rules", "/api/v1/rules/{id}", "/api/v1/tags", "/api/v1/repeating",
                "/api/v1/repeating/{id}", "/api/v1/repeating/{id}/pause", "/api/v1/repeating/{id}/resume",
                "/api/v1/repeating/{id}/skip", "/api/v1/import", "/expenses.json", "/categories.json",
                "/api/v1/openapi.json",
            ])
        let page = await app.browser().get("/api/v1", headers: ["Host": "money.example:8080"])
        #expect(page.body.contains("href=\"/api/v1/openapi.json\""))
        #expect(page.body.contains("http://money.example:8080/api/v1/expenses"))
    }

    @Test func `a host that is more than a name and a port does not get into the commands`() async throws {
        let page = try await TestApp().browser().get("/api/v1", headers: ["Host": "x$(reboot)"])
        #expect(page.status == 200 && !page.body.contains("reboot"))
    }

    @Test func `a CSV file is imported without duplicates, or not at all`() async throws {
        let account = try await Account(in: TestApp())
        let client = APIClient(account)
        let csv: Headers = ["Content-Type": "text/csv; charset=utf-8"]
        let file =
            "date,amount,category,description\n2026-11-20,4.50,Pets,Food\n2026-11-21,12.00,Leisure,Cinema\n"
        let empty = await client.post("/api/v1/import", "", headers: csv)
        #expect(empty.status == 422)
        #expect(try empty.member("detail") == "The body is empty.")
        let added = await client.post("/api/v1/import", file, headers: csv)
        #expect(added.status == 200 && added.body == #"{"imported":2,"duplicates":0,"left_out":[]}"#)
        let again = await client.post("/api/v1/import", file, headers: csv)
        let left = #"[{"line":2,"reason":"possible duplicate"},{"line":3,"reason":"possible duplicate"}]"#
        #expect(again.status == 200 && again.body == #"{"imported":0,"duplicates":2,"left_out":\#(left)}"#)
        let wrong = await client.post(
            "/api/v1/import", file + "2026-02-30,1.00,Pets,x\n2026-11-22,9.00,Pets,y\n", headers: csv)
        #expect(
            wrong.status == 422 && wrong.isProblem
                && wrong.body.contains(#""errors":[{"line":4,"field":"date""#))
        #expect(try account.expenses().count == 2)
        #expect(await client.post("/api/v1/import", file).status == 415)
        #expect(await client.post("/api/v1/import", "nothing", headers: csv).status == 422)
        let third = await client.post("/api/v1/import?duplicates=add", file, headers: csv)
        #expect(third.body == #"{"imported":2,"duplicates":0,"left_out":[]}"#)
    }

    @Test func `what a CSV file leaves open is asked, and answered by a parameter`() async throws {
        let account = try await Account(in: TestApp())
        let client = APIClient(account)
        let csv: Headers = ["Content-Type": "text/csv"]
        let file =
            "Date,Payee,Amount\n03/04/2026,Tea,-3.00\n05/04/2026,Salary,900.00\n06/04/2026,Bun,-2.00\nEnd,,\n"
        let asked = await client.post("/api/v1/import", file, headers: csv)
        #expect(asked.status == 422 && asked.body.contains(#""question":"date_order""#))
        #expect(await client.post("/api/v1/import?date_order=dym", file, headers: csv).status == 422)
        #expect(try account.expenses().isEmpty)
        let added = await client.post("/api/v1/import?date_order=mdy", file, headers: csv)
        #expect(
            added.body.hasPrefix(#"{"imported":2,"duplicates":0,"left_out":[{"line":3,"reason":"money in"}"#))
        #expect(try account.expenses().map(\.day.description) == ["2026-06-04", "2026-03-04"])
        _ = await client.post("/api/v1/import?date_order=mdy&money_in=add", file, headers: csv)
        #expect(try account.expenses().count == 3)
    }

    @Test func `a CSV file of more rows than the limit is refused as a whole`() async throws {
        let account = try await Account(in: TestApp())
        let rows = String(repeating: "2026-01-31,1.00,a,b\n", count: 200_001)
        let answer = await APIClient(account).post(
            "/api/v1/import", "date,amount,category,description\n" + rows,
            headers: ["Content-Type": "text/csv"])
        #expect(answer.status == 413 && answer.body.contains("200,000"))
        #expect(try account.expenses().isEmpty)
    }
}
