import Foundation
import SQLite
import Testing

@Suite struct CommandTests {
    @Test func `demo users have expenses that check finds sound and backup copies`() async throws {
        try await Program.inFolder { folder in
            let demo = try Program.run(["demo", "--users", "2", "--expenses", "300"], in: folder)
            #expect(demo.status == 0, "\(demo.errors)")
            #expect(demo.output.contains("demo1@example.com"))

            let check = try Program.run(["check"], in: folder)
            #expect(check.status == 0, "\(check.errors)")
            #expect(check.output == "expenses.sqlite is sound.\n")

            let backup = try Program.run(["backup", "copy.sqlite"], in: folder)
            #expect(backup.status == 0, "\(backup.errors)")
            #expect(backup.output.contains("Users: 2"))
            #expect(backup.output.contains("expenses: 600"))

            let again = try Program.run(["backup", "copy.sqlite"], in: folder)
            #expect(again.status == 1)
            #expect(again.errors.contains("copy.sqlite exists already"))

            let restored = try Program.run(["check", "--database", "copy.sqlite"], in: folder)
            #expect(restored.output == "copy.sqlite is sound.\n")
        }
    }

    @Test func `a wrong total is told by check and backup, and repaired`() async throws {
        try await Program.inFolder { folder in
            _ = try Program.run(["demo", "--expenses", "10"], in: folder)
            try Connection(path: folder.appendingPathComponent("expenses.sqlite").path, mode: .readWrite).run(
                "UPDATE totals SET sum = sum + 1 WHERE span = 1")
            let check = try Program.run(["check"], in: folder)
            #expect(check.status == 1)
            #expect(check.output.hasPrefix("totals: user 1, month "))
            let backup = try Program.run(["backup", "copy.sqlite"], in: folder)
            #expect(backup.status == 0, "\(backup.errors)")
            #expect(backup.output.hasPrefix("totals: user 1, month "))
            #expect(backup.output.contains("check --repair"))

            #expect(try Program.run(["check", "--repair=yes"], in: folder).status == 64)
            let repair = try Program.run(["check", "--repair"], in: folder)
            #expect(repair.status == 0, "\(repair.errors)")
            #expect(repair.output.hasSuffix("listed above. They are repaired.\n"))
            #expect(try Program.run(["check"], in: folder).output == "expenses.sqlite is sound.\n")
            let again = try Program.run(["check", "--repair"], in: folder)
            #expect(again.output == "expenses.sqlite is sound.\n")
        }
    }

    @Test func `demo does not touch users who are there`() async throws {
        try await Program.inFolder { folder in
            _ = try Program.run(["demo", "--expenses", "10"], in: folder)
            let again = try Program.run(["demo", "--users", "2", "--expenses", "10"], in: folder)
            #expect(again.status == 1)
            #expect(again.errors.contains("demo1"))
            let backup = try Program.run(["backup", "copy.sqlite"], in: folder)
            #expect(backup.output.contains("Users: 1"))
        }
    }

    @Test(arguments: ["check", "reset-password", "reset-two-factor"])
    func `a command on a database that is not there makes none`(command: String) async throws {
        try await Program.inFolder { folder in
            let arguments = command == "check" ? [command] : [command, "ada"]
            let outcome = try Program.run(arguments, in: folder, input: "correct horse\n")
            #expect(outcome.status == 1)
            #expect(outcome.errors.contains("--database"))
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).isEmpty)
        }
    }

    @Test(arguments: [
        ("demo1", "a new password\n", 0, "demo1 has a new password"),
        ("DEMO1@example.com", "another new one", 0, "demo1 has a new password"),
        ("nobody", "a new password\n", 1, "nobody has the name or email nobody"),
        ("demo1", "short\n", 1, "at least 8"),
        ("demo1", "", 1, "standard input"),
    ])
    func `a password is reset by name or email, by the rules of registration`(
        login: String, input: String, status: Int32, words: String
    ) async throws {
        try await Program.inFolder { folder in
            _ = try Program.run(["demo", "--expenses", "1"], in: folder)
            let outcome = try Program.run(["reset-password", login], in: folder, input: input)
            #expect(outcome.status == status)
            #expect((outcome.output + outcome.errors).contains(words))
        }
    }

    @Test func `two-factor log-in is reset by name or email, and nothing else`() async throws {
        try await Program.inFolder { folder in
            _ = try Program.run(["demo", "--users", "2", "--expenses", "1"], in: folder)
            let path = folder.appendingPathComponent("expenses.sqlite").path
            do {
                let connection = try Connection(path: path, mode: .readWrite)
                try connection.run(
                    """
                    INSERT INTO two_factors (owner, secret, used_step, since)
                    VALUES (1, x'00', 1, 1), (2, x'00', 1, 1)
                    """)
                try connection.run(
                    "INSERT INTO recovery_codes (owner, hash) VALUES (1, x'00'), (2, x'00')")
            }
            // A new password keeps it.
            _ = try Program.run(["reset-password", "demo1"], in: folder, input: "a new password\n")
            let reset = try Program.run(["reset-two-factor", "DEMO1@example.com"], in: folder)
            #expect(reset.status == 0)
            #expect(reset.output == "demo1 logs in with the password alone again.\n")
            let again = try Program.run(["reset-two-factor", "demo1"], in: folder)
            #expect(again.status == 0)
            #expect(again.output == "demo1 has no two-factor log-in; nothing was changed.\n")
            let connection = try Connection(path: path, mode: .readOnly)
            #expect(try connection.integer("SELECT sum(owner) FROM two_factors") == 2)
            #expect(try connection.integer("SELECT sum(owner) FROM recovery_codes") == 2)
            let nobody = try Program.run(["reset-two-factor", "nobody"], in: folder)
            #expect(nobody.status == 1)
            #expect(nobody.errors.contains("nobody has the name or email nobody"))
        }
    }
}
