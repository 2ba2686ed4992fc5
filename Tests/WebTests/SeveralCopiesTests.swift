import Expenses
import HTTP
import Storage
import TestDatabase
import Testing
import Web

/// Copies of the program that share a server: whichever gets the next request, a user sees one program.
@Suite(.enabled(if: !TestDatabase.isFile, "needs a server: Tests/PostgreSQL/with-server"))
struct SeveralCopiesTests {
    private let copies: [TestApp]
    /// Ada's browser, whose requests go to one copy or the other.
    private let browsers: [TestBrowser]

    init() async throws {
        let app = try TestApp()
        copies = [app, try app.otherCopy()]
        let account = try await Account(in: app)
        let other = copies[1].browser()
        other.cookies = account.browser.cookies
        browsers = [account.browser, other]
    }

    private func locations(
        of path: String, _ fields: KeyValuePairs<String, String>, from browsers: [TestBrowser]? = nil
    ) async -> Set<String?> {
        let browsers = browsers ?? self.browsers
        return await withTaskGroup(of: String?.self) { group in
            for index in 0..<8 {
                group.addTask {
                    await browsers[index % 2].post(path, FormData(fields.map { ($0, $1) })).location
                }
            }
            return await group.reduce(into: Set()) { $0.insert($1) }
        }
    }

    @Test func `who is logged in with one is logged in with the other, and logged out as well`() async throws
    {
        #expect(await browsers[1].get("/expenses").status == 200)
        _ = await browsers[0].post("/logout")
        #expect(await browsers[1].get("/expenses").status != 200)
    }

    @Test func `a form that goes to both at once adds one expense`() async throws {
        let fields: KeyValuePairs = [
            "amount": "12.50", "date": "2026-11-20", "description": "Lunch", "form": "once",
        ]
        #expect(await locations(of: "/expenses", fields).count <= 2)
        let contents = try copies[0].storage.contents()
        #expect(contents.expenses == 1)
        #expect(try copies[1].storage.check().findings == [])
    }

    @Test
    func `a category that is added, and then deleted, by both at once: all answers are the first one's`()
        async throws
    {
        let added = await locations(of: "/categories", ["name": "Books", "color": "blue", "form": "a"])
        #expect(added.count == 1)
        let first = try #require(added.first)
        let location = try #require(first)
        #expect(location.hasPrefix("/categories?added="))
        let id = try #require(location.split(separator: "=").last)
        let deleted = await locations(of: "/categories/\(id)/delete", ["form": "b"])
        #expect(deleted.count == 1, "\(deleted)")
        #expect(deleted.first??.hasPrefix("/categories?") == true)
    }

    @Test func `expenses of one user through both at once are all there, and the totals say so`() async throws
    {
        await withTaskGroup(of: Void.self) { group in
            for number in 1...60 {
                group.addTask {
                    let answer = await browsers[number % 2].post(
                        "/expenses",
                        ["amount": "1.\(number + 10)", "date": "2026-11-20", "form": "f\(number)"])
                    #expect(answer.status == 303)
                }
            }
        }
        #expect(try copies[0].storage.contents().expenses == 60)
        #expect(try copies[0].storage.check().findings == [])
    }

    @Test func `guesses at a password count wherever they are made`() async throws {
        for number in 0..<10 {
            let answer = await copies[number % 2].browser().post(
                "/login", ["email": "ada", "password": "wrong"])
            #expect(answer.status == 422)
        }
        for copy in copies {
            #expect(await copy.browser().post("/login", ["email": "ada", "password": "wrong"]).status == 429)
        }
    }

    @Test func `a refresh token that both get at once renews the session once`() async throws {
        let browsers = [try await copies[0].loggedIn(as: "bob"), copies[1].browser()]
        browsers[1].cookies = browsers[0].cookies
        #expect(await locations(of: "/refresh", [:], from: browsers) == ["/expenses"])
        #expect(await browsers[0].get("/expenses").status == 200)
        #expect(await browsers[1].get("/expenses").status == 200)
    }

    @Test func `only one can be the first to register`() async throws {
        let app = try TestApp { $0.registration = .first }
        let other = try app.otherCopy()
        let statuses = await withTaskGroup(of: Int.self) { group in
            for number in 0..<6 {
                group.addTask {
                    await (number % 2 == 0 ? app : other).browser().post(
                        "/register",
                        [
                            "username": "user\(number)", "email": "u\(number)@example.com",
                            "password": "correct horse \(number)",
                        ]
                    ).status
                }
            }
            return await group.reduce(into: []) { $0.append($1) }
        }
        #expect(statuses.filter { $0 == 303 }.count == 1)
        #expect(try app.storage.contents().users == 1)
    }
}
