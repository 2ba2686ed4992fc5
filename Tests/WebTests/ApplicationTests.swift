import HTTP
import Testing
import Web

@Suite struct ApplicationTests {
    @Test func `the home page leads to registering and logging in`() async throws {
        let answer = await (try TestApp()).browser().get("/")
        #expect(answer.status == 200)
        #expect(answer.headers["Content-Type"] == "text/html; charset=utf-8")
        #expect(answer.body.contains("href=\"/register\""))
        #expect(answer.body.contains("href=\"/login\""))
    }

    @Test func `the database answers for the program's health`() async throws {
        let answer = await (try TestApp()).browser().get("/healthz")
        #expect(answer.status == 200)
        #expect(answer.body == "ok\n")
    }

    @Test(arguments: ["/nowhere", "/expenses/", "//", "/expenses/%00/edit", "/..", "/healthz/x"])
    func `an address that does not exist is a page of the app`(target: String) async throws {
        let answer = await (try TestApp()).browser().get(target)
        #expect(answer.status == 404)
        #expect(answer.body.contains("Page not found"))
        #expect(answer.body.contains("app.css"))
    }

    @Test func `another method is answered with those there are`() async throws {
        let browser = try TestApp().browser()
        let answer = await browser.send(.delete, "/")
        #expect(answer.status == 405)
        #expect(answer.headers["Allow"] == "GET, HEAD, OPTIONS")
        let options = await browser.send(.options, "/")
        #expect(options.status == 204)
        #expect(options.headers["Allow"] == "GET, HEAD, OPTIONS")
    }

    @Test(arguments: ["/", "/nowhere", "/healthz", "/login", "/expenses"])
    func `every answer carries the security headers, once`(target: String) async throws {
        let answer = await (try TestApp()).browser().get(target)
        #expect(answer.headers.values("X-Content-Type-Options") == ["nosniff"])
        #expect(answer.headers.values("X-Frame-Options") == ["DENY"])
        #expect(answer.headers.values("Referrer-Policy") == ["same-origin"])
        #expect(answer.headers.values("Cache-Control") == ["no-store"])
        let policy = try #require(answer.headers["Content-Security-Policy"])
        #expect(policy.contains("default-src 'none'"))
        #expect(!policy.contains("unsafe"))
    }

    @Test func `an unreadable request gets a page as well`() async throws {
        let app = try TestApp()
        let response = app.application.respond(to: RequestError(.uriTooLong, "The address is too long."))
        #expect(response.status == .uriTooLong)
        #expect(response.headers["X-Content-Type-Options"] == "nosniff")
    }
}
