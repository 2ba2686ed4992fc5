import Foundation
import Testing

/// What is printed for other programs to read.
@Suite struct PrintedTextTests {
    private static let commands = [
        "serve", "backup", "check", "reset-password", "reset-two-factor", "restore", "copy", "install",
        "systemd-unit",
        "completions", "man-page", "messages", "demo", "help",
    ]
    private static let options = [
        "--port", "--certificate-key", "--backup-folder", "--user-quota", "--to", "--users", "--check",
    ]

    @Test(arguments: [["completions", "bash"], ["completions", "zsh"], ["man-page"]])
    func `every command and option is there`(arguments: [String]) async throws {
        try await Program.inFolder { folder in
            let outcome = try Program.run(arguments, in: folder)
            #expect(outcome.status == 0)
            let text = outcome.output.replacingOccurrences(of: "\\-", with: "-")
            for word in Self.commands + Self.options { #expect(text.contains(word), "\(word)") }
        }
    }

    @Test(arguments: [
        (["man-page"], "mandoc", ["-T", "lint"]),
        (["completions", "bash"], "bash", ["-n"]),
        (["completions", "zsh"], "zsh", ["-n"]),
    ])
    func `the shell and man(1) accept what is printed`(
        arguments: [String], reader: String, readerArguments: [String]
    ) async throws {
        try await Program.inFolder { folder in
            let file = folder.appendingPathComponent("expense-tracker.1")
            try Data(try Program.run(arguments, in: folder).output.utf8).write(to: file)
            guard let outcome = try Tool.run(reader, readerArguments + [file.path], in: folder) else {
                return
            }
            #expect(outcome.status == 0, "\(outcome.output)\(outcome.errors)")
            #expect(outcome.output.isEmpty)
        }
    }

    @Test func `the README says of each command and option what the help says`() async throws {
        try await Program.inFolder { folder in
            let help = try Program.run(["help"], in: folder).output.split(separator: "\n")
            let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
                .deletingLastPathComponent()
            let readme = try String(contentsOf: root.appendingPathComponent("README.md"), encoding: .utf8)
            let rows = help.compactMap { $0.wholeMatch(of: /( {2}--.*?|expense-tracker .*?) {2,}(.*)/) }
            #expect(rows.count > 30)
            for row in rows {
                let term = String(row.1).trimmingCharacters(in: .whitespaces).replacing("|", with: "\\|")
                let line = "| `\(term)` | \(row.2) |\n"
                #expect(readme.contains(line), "README.md lacks: \(line)")
            }
        }
    }

    @Test func `bash completes commands, options and their values`() async throws {
        try await Program.inFolder { folder in
            let script = folder.appendingPathComponent("completions")
            try Data(try Program.run(["completions", "bash"], in: folder).output.utf8).write(to: script)
            for (words, expected) in [
                ("expense-tracker res", "reset-password reset-two-factor restore"),
                ("expense-tracker completions z", "zsh"),
                ("expense-tracker --log-level w", "warning"),
                ("expense-tracker --log-level = w", "warning"),
                ("expense-tracker --log-level =", "error warning info debug"),
                ("expense-tracker --backup-k", "--backup-keep"),
            ] {
                let line = """
                    source completions; COMP_WORDS=(\(words)); COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
                    _expense_tracker; echo "${COMPREPLY[@]}"
                    """
                let outcome = try #require(try Tool.run("bash", ["-c", line], in: folder))
                #expect(outcome.output == expected + "\n")
            }
        }
    }

    @Test(arguments: ["fish", ""])
    func `completions for an unknown shell are refused`(shell: String) async throws {
        try await Program.inFolder { folder in
            let outcome = try Program.run(["completions", shell], in: folder)
            #expect(outcome.status == 64)
            #expect(outcome.errors.contains("bash"))
        }
    }

    @Test func `a program that needs Swift's libraries is not installed, and one line says how to build it`()
        async throws
    {
        try await Program.inFolder { folder in
            let outcome = try Program.run(["install", "here"], in: folder)
            #expect(outcome.status == 1)
            #expect(outcome.errors.contains("swift build -c release"))
            #expect(outcome.errors.filter { $0 == "\n" }.count == 1)
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).isEmpty)
        }
    }
}
