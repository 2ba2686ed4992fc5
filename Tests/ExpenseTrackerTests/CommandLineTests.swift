import Foundation
import Testing

@Suite struct CommandLineTests {
    @Test(arguments: [
        (["--prot", "80"], "--prot"),
        (["-x"], "-x"),
        (["serve", "--port"], "--port"),
        (["--port", "eighty"], "--port"),
        (["--port", "65536"], "--port"),
        (["--port=-1"], "--port"),
        (["--port="], "--port"),
        (["--access-token-lifetime", "0"], "--access-token-lifetime"),
        (["--refresh-token-lifetime", "3 days"], "--refresh-token-lifetime"),
        (["--secure-cookies", "yes"], "--secure-cookies"),
        (["--cookie-prefix", "a b"], "--cookie-prefix"),
        (["--cookie-prefix", "__Host-money_"], "--secure-cookies always"),
        (["--cookie-prefix", "__Secure-", "--secure-cookies", "never"], "--secure-cookies always"),
        (
            ["--cookie-prefix", "__Host-", "--secure-cookies", "always", "--base-path", "/money"],
            "begin it with __Secure-"
        ),
        (["--base-path", "money"], "--base-path"), (["--base-path", "/static/x"], "addresses of its own"),
        (["--trusted-proxy", "proxy.example"], "--trusted-proxy"),
        (["--identity-header", "Remote-User"], "--trusted-proxy is missing"),
        (["--trusted-proxy", "127.0.0.1", "--identity-header", "Remote User"], "--identity-header"),
        (["--trusted-proxy", "127.0.0.1", "--identity-logout", "/out"], "--identity-header is missing"),
        (
            [
                "--trusted-proxy", "127.0.0.1", "--identity-header", "Remote-User", "--identity-logout",
                "//evil.example",
            ], "--identity-logout"
        ),
        (["--threads", "0"], "--threads"),
        (["--registration", "maybe"], "--registration"),
        (["--log-level", "loud"], "--log-level"),
        (["--log-format", "xml"], "--log-format"),
        (["dance"], "dance"),
        (["serve", "twice"], "twice"),
        (["backup"], "FILE"),
        (["reset-password"], "NAME"),
        (["--users", "3"], "--users"),
        (["demo", "--users", "none"], "--users"),
        (["demo", "--expenses", "-5"], "--expenses"),
    ])
    func `a wrong command line is one line that names what is wrong, and status 64`(
        arguments: [String], culprit: String
    ) async throws {
        try await Program.inFolder { folder in
            let outcome = try Program.run(arguments, in: folder)
            #expect(outcome.status == 64)
            #expect(outcome.output.isEmpty)
            #expect(outcome.errors.contains(culprit))
            #expect(outcome.errors.filter { $0 == "\n" }.count == 1)
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).isEmpty)
        }
    }

    @Test func `a wrong variable is named, and an option wins over it`() async throws {
        try await Program.inFolder { folder in
            let wrong = ["EXPENSE_TRACKER_PORT": "eighty"]
            let refused = try Program.run([], in: folder, environment: wrong)
            #expect(refused.status == 64)
            #expect(refused.errors.contains("EXPENSE_TRACKER_PORT"))
            // The option is right, so what stops this start is the next wrong thing.
            let other = try Program.run(["--port", "0", "--threads", "none"], in: folder, environment: wrong)
            #expect(other.errors.contains("--threads"))
        }
    }

    @Test(arguments: [["help"], ["--help"], ["serve", "--help"], ["-h"]])
    func `help names every option and command`(arguments: [String]) async throws {
        try await Program.inFolder { folder in
            let outcome = try Program.run(arguments, in: folder)
            #expect(outcome.status == 0)
            for word in [
                "backup", "check", "reset-password", "demo", "--port", "--previous-secret-file",
                "--log-level",
            ] {
                #expect(outcome.output.contains(word))
            }
        }
    }

    @Test func `the version is one line`() async throws {
        try await Program.inFolder { folder in
            let outcome = try Program.run(["--version"], in: folder)
            #expect(outcome.status == 0)
            #expect(outcome.output.hasPrefix("Expense Tracker "))
            #expect(outcome.output.filter { $0 == "\n" }.count == 1)
        }
    }
}
