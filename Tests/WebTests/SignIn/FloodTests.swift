import HTTP
import Platform
import Testing
import Web

/// What floods of registrations and log-ins can do, and what they cannot.
struct FloodTests {
    private static let flood = "203.0.113.1"
    private static let elsewhere = "192.0.2.7"

    private func from(_ address: String) -> Headers { ["X-Forwarded-For": address] }

    private func app(perSource: Int = 16) throws -> TestApp {
        try TestApp {
            $0.trustedProxies = [IPNetwork("127.0.0.1")!]
            $0.passwordThreads = 1
            $0.passwordQueuePerSource = perSource
        }
    }

    private func register(_ app: TestApp, _ name: String, from address: String) async -> TestBrowser.Answer {
        await app.browser().post(
            "/register",
            ["username": name, "email": "\(name)@example.com", "password": "correct horse \(name)"],
            headers: from(address))
    }

    private func logIn(_ app: TestApp, _ name: String, from address: String) async -> TestBrowser.Answer {
        await app.browser().post(
            "/login", ["email": name, "password": "correct horse \(name)"], headers: from(address))
    }

    /// Keeps the one thread that hashes passwords busy until the gate opens.
    private func hold(_ app: TestApp, _ gate: Gate) throws {
        let isHeld = Gate()
        try #require(
            app.application.workers.start {
                isHeld.open()
                gate.wait()
            })
        isHeld.wait()
    }

    private func waitUntil(_ app: TestApp, hasUnfinished count: Int) async {
        while app.application.workers.statistics.unfinished < count { await Task.yield() }
    }

    @Test(.timeLimit(.minutes(1)))
    func `a log-in from elsewhere is served before what a flood has waiting`() async throws {
        let app = try app()
        #expect(await register(app, "ada", from: Self.elsewhere).status == 303)
        let (start, rest) = (Gate(), Gate())
        try hold(app, start)
        await withTaskGroup(of: Void.self) { group in
            group.addTask { #expect(await register(app, "flood1", from: Self.flood).status == 303) }
            await waitUntil(app, hasUnfinished: 2)
            // Whatever stands behind this in the flood's line waits for the second gate.
            group.addTask { try? await app.application.workers.run(for: Self.flood) { rest.wait() } }
            await waitUntil(app, hasUnfinished: 3)
            group.addTask { #expect(await logIn(app, "ada", from: Self.flood).status == 303) }
            await waitUntil(app, hasUnfinished: 4)
            async let answer = logIn(app, "ada", from: Self.elsewhere)
            await waitUntil(app, hasUnfinished: 5)
            start.open()
            #expect(await answer.status == 303)
            rest.open()
        }
    }

    @Test(.timeLimit(.minutes(1)))
    func `a logged-in user can change the password during a flood from the same address`() async throws {
        let app = try app(perSource: 1)
        #expect(await register(app, "ada", from: Self.flood).status == 303)
        let ada = app.browser()
        _ = await ada.post(
            "/login", ["email": "ada", "password": "correct horse ada"], headers: from(Self.flood))
        let start = Gate()
        try hold(app, start)
        await withTaskGroup(of: Void.self) { group in
            group.addTask { _ = await register(app, "flood1", from: Self.flood) }
            await waitUntil(app, hasUnfinished: 2)
            #expect(await register(app, "flood2", from: Self.flood).status == 429)
            group.addTask {
                let answer = await ada.post(
                    "/account/password",
                    ["current_password": "correct horse ada", "new_password": "battery staple ada"],
                    headers: from(Self.flood))
                #expect(answer.status == 303)
            }
            await waitUntil(app, hasUnfinished: 3)
            start.open()
        }
    }

    @Test(.timeLimit(.minutes(1)))
    func `a network with too much waiting is refused, and the form is kept`() async throws {
        let app = try app(perSource: 2)
        let start = Gate()
        try hold(app, start)
        await withTaskGroup(of: Void.self) { group in
            for number in 1...2 {
                group.addTask { _ = await register(app, "flood\(number)", from: "2001:db8::\(number)") }
                await waitUntil(app, hasUnfinished: 1 + number)
            }
            let registration = await register(app, "ben", from: "2001:db8::9")
            #expect(registration.status == 429)
            #expect(registration.headers["Retry-After"] == "2")
            #expect(registration.body.contains("value=\"ben@example.com\""))
            let logIn = await logIn(app, "ben", from: "2001:db8::9")
            #expect(logIn.status == 429)
            #expect(logIn.headers["Retry-After"] == "2")
            #expect(logIn.body.contains("value=\"ben\""))
            let call = await APIClient(app, token: nil).post(
                "/api/v1/login", #"{"email":"ben","password":"correct horse"}"#, headers: from("2001:db8::9"))
            #expect(call.status == 429)
            #expect(call.headers["Retry-After"] == "2")
            #expect(call.headers["Content-Type"] == "application/problem+json")
            start.open()
        }
    }

    @Test(.timeLimit(.minutes(1)))
    func `attempts turned away by a network's full queue do not count as failures`() async throws {
        let app = try app(perSource: 1)
        let start = Gate()
        try hold(app, start)
        await withTaskGroup(of: Void.self) { group in
            group.addTask { #expect(await register(app, "ada", from: Self.flood).status == 303) }
            await waitUntil(app, hasUnfinished: 2)
            for number in 0..<130 {
                let answer = await register(app, "user\(number)", from: Self.flood)
                #expect(answer.headers["Retry-After"] == "2")
                #expect(await logIn(app, "user\(number)", from: Self.flood).headers["Retry-After"] == "2")
            }
            start.open()
        }
        #expect(await register(app, "ben", from: Self.flood).status == 303)
        #expect(await logIn(app, "ben", from: Self.flood).status == 303)
    }

    @Test func `a network registers sixty accounts at once, then one in ten seconds`() async throws {
        let app = try app()
        for number in 0..<60 {
            #expect(await register(app, "user\(number)", from: Self.flood).status == 303)
        }
        let page = await register(app, "late", from: Self.flood)
        #expect(page.status == 429)
        #expect(page.headers["Retry-After"] == "10")
        #expect(page.body.contains("value=\"late@example.com\""))
        let call = await APIClient(app, token: nil).post(
            "/api/v1/register",
            #"{"username":"late","email":"late@example.com","password":"correct horse"}"#,
            headers: from(Self.flood))
        #expect(call.status == 429)
        #expect(call.headers["Retry-After"] == "10")
        #expect(call.headers["Content-Type"] == "application/problem+json")
        #expect(await register(app, "elsewhere", from: Self.elsewhere).status == 303)
        #expect(await logIn(app, "user1", from: Self.flood).status == 303)
        app.clock.advance(by: 10)
        #expect(await register(app, "late", from: Self.flood).status == 303)
    }

    @Test func `a network logs in a hundred and twenty times at once, then once a second`() async throws {
        let app = try app()
        #expect(await register(app, "ada", from: Self.elsewhere).status == 303)
        for _ in 0..<120 { #expect(await logIn(app, "ada", from: Self.flood).status == 303) }
        let refused = await logIn(app, "ada", from: Self.flood)
        #expect(refused.status == 429)
        #expect(refused.headers["Retry-After"] == "1")
        #expect(await logIn(app, "ada", from: Self.elsewhere).status == 303)
        app.clock.advance(by: 1)
        #expect(await logIn(app, "ada", from: Self.flood).status == 303)
    }
}
