import Expenses
import FoundationEssentials
import HTTP
import Testing
import Web

/// What the log says of a request.
struct AccessLogTests {
    @Test
    func `a request has one line, with its number, client, address without the query, status and duration`()
        async throws
    {
        let written = WrittenLog(level: .info)
        // From one look at it to the next, 3.32 seconds pass.
        let stopwatch = TestClock(noon: 0)
        let app = try TestApp(
            log: written.log,
            stopwatch: {
                stopwatch.advance(by: 3_320_000)
                return stopwatch.now
            })
        let answer = await app.browser().get("/login?next=%2Fsecret")
        #expect(answer.headers.values("X-Request-Id") == ["1"])
        #expect(written.lines() == ["info: 1 127.0.0.1 GET /login 200 3320000 µs"])
    }

    @Test(arguments: ["/login", "/static/app.css", "/nowhere", "/expenses.csv"])
    func `the client is the one that a trusted proxy tells`(target: String) async throws {
        let written = WrittenLog(level: .info)
        let app = try TestApp(log: written.log) { $0.trustedProxies = [IPNetwork("127.0.0.1")!] }
        _ = await app.browser().get(target, headers: ["X-Forwarded-For": "6.6.6.6, 192.0.2.7"])
        let lines = written.lines()
        #expect(lines.count == 1)
        #expect(lines.first?.hasPrefix("info: 1 192.0.2.7 GET \(target) ") == true)
    }

    @Test func `a download is logged with its bytes, and one for HEAD with none`() async throws {
        let written = WrittenLog(level: .info, format: .json)
        let app = try TestApp(log: written.log)
        let ada = try await app.loggedIn()
        let cookie = try #require(ada.cookie("access_token"))
        var request = Request(
            method: .get, target: "/expenses.csv?year=2026", headers: ["Cookie": "access_token=\(cookie)"])
        let bytes = try await app.application.respond(to: request).body.collected()
        request.method = .head
        _ = await app.application.respond(to: request)
        let records = try written.records().suffix(2)
        #expect(records.map(\.path) == ["/expenses.csv", "/expenses.csv"])
        #expect(records.map(\.bytes) == [bytes.count, 0])
        #expect(bytes.count > 0)
    }

    @Test func `in JSON a request is one object, which names the user where there is one`() async throws {
        let written = WrittenLog(level: .info, format: .json)
        let app = try TestApp(log: written.log)
        let ada = try await app.loggedIn()
        let page = await ada.get("/expenses?q=secret")
        let file = await ada.get("/static/app.css")
        let records = try written.records()
        #expect(records.map(\.id) == ["1", "2", "3", "4"])
        #expect(records.map(\.path) == ["/register", "/login", "/expenses", "/static/app.css"])
        #expect(records.map(\.method) == ["POST", "POST", "GET", "GET"])
        #expect(records.map(\.status) == [303, 303, 200, 200])
        #expect(records.map(\.bytes) == [0, 0, page.body.utf8.count, file.body.utf8.count])
        #expect(records.map(\.user) == [nil, nil, "1", nil])
        #expect(records.allSatisfy { $0.level == "info" && $0.client == "127.0.0.1" })
        #expect(records.allSatisfy { ($0.microseconds ?? -1) >= 0 })
    }

    @Test func `health checks every few seconds do not fill the log`() async throws {
        for (level, lines) in [(Log.Level.info, 2), (.debug, 4)] {
            let written = WrittenLog(level: level)
            let app = try TestApp(log: written.log)
            app.application.setReady(true)
            let browser = app.browser()
            for target in ["/healthz", "/readyz", "/login"] { _ = await browser.get(target) }
            app.application.setReady(false)
            _ = await browser.get("/readyz")
            #expect(written.lines().count == lines)
        }
    }

    @Test func `copies of the program give their requests ids of their own`() async throws {
        let app = try TestApp { $0.requestIDPrefix = "4f7k2q-" }
        for id in ["4f7k2q-1", "4f7k2q-2"] {
            #expect(await app.browser().get("/login").headers["X-Request-Id"] == id)
        }
    }

    @Test func `every answer carries its request's id`() async throws {
        let written = WrittenLog(level: .info)
        let app = try TestApp(log: written.log)
        let browser = app.browser()
        var number = 0
        for target in ["/", "/nowhere", "/healthz", "/static/app.css", "/static/nothing.css", "/expenses"] {
            number += 1
            #expect(await browser.get(target).headers.values("X-Request-Id") == [String(number)])
        }
        let refused = app.application.respond(to: RequestError(.uriTooLong, "The address is too long."))
        #expect(refused.headers.values("X-Request-Id") == [String(number + 1)])
        #expect(written.lines().last == "info: \(number + 1) could not be read: 414 The address is too long.")
    }

    @Test func `a call with a bearer token names the user, as a request with a cookie does`() async throws {
        let written = WrittenLog(level: .info, format: .json)
        let app = try TestApp(log: written.log)
        let ada = try await Account(in: app)
        let personal = try await APIClient.personal(ada, mayWrite: true)
        #expect(await personal.get("/api/v1/categories").status == 200)
        #expect(await personal.post("/api/v1/categories", #"{"name":"Boats"}"#).status == 201)
        #expect(await APIClient(ada).get("/api/v1/categories").status == 200)
        #expect(await APIClient(app, token: "et_wrong").get("/api/v1/categories").status == 401)
        let user = String(ada.user.id.rawValue)
        #expect(try written.records().map(\.user) == [user, user, user, nil])
    }
}

/// A line of the log in JSON.
struct LogRecord: Decodable {
    let time: String
    let level: String
    var message: String?
    var id: String?
    var client: String?
    var method: String?
    var path: String?
    var status: Int?
    var bytes: Int?
    var microseconds: Int64?
    var user: String?
}

extension WrittenLog {
    func records() throws -> [LogRecord] {
        try lines().map { try JSONDecoder().decode(LogRecord.self, from: Data($0.utf8)) }
    }
}
