import Foundation
import Testing

@Suite struct StartTests {
    @Test
    func `the first start makes a private database and key, says where it listens, and stops on SIGTERM`()
        async throws
    {
        try await Program.inFolder { folder in
            let (process, line) = try start(["--port", "0", "--log-level", "error"], in: folder)
            #expect(line.hasPrefix("Expense Tracker is listening on http://127.0.0.1:"))
            let secret = folder.appendingPathComponent("expenses.sqlite.secret")
            let attributes = try FileManager.default.attributesOfItem(atPath: secret.path)
            #expect(attributes[.posixPermissions] as? Int == 0o600)
            #expect(try Data(contentsOf: secret).count >= 32)
            process.terminate()
            process.waitUntilExit()
            #expect(process.terminationStatus == 0)
            #expect(process.terminationReason == .exit)
            // Closing wrote the log back into the one file.
            #expect(
                try Set(FileManager.default.contentsOfDirectory(atPath: folder.path))
                    == ["expenses.sqlite", "expenses.sqlite.secret"])
        }
    }

    @Test func `a log that nobody reads keeps no request waiting, nor the stop`() async throws {
        try await Program.inFolder { folder in
            let unread = Pipe()
            let (process, line) = try start(["--port", "0"], in: folder, errors: unread)
            let port = try #require(line.split(separator: ":").last.flatMap { Int($0.dropLast()) })
            // 700 KB of lines: more than the pipe and the log's buffer hold.
            let long = "/" + String(repeating: "x", count: 7000)
            for _ in 0..<100 { _ = try Client.get(long, port: port) }
            #expect(try Client.get("/healthz", port: port).hasSuffix("ok\n"))
            process.terminate()
            process.waitUntilExit()
            #expect(process.terminationStatus == 0)
            #expect(process.terminationReason == .exit)
        }
    }

    @Test func `a log in JSON is written to its end`() async throws {
        try await Program.inFolder { folder in
            let log = Pipe()
            let (process, _) = try start(["--port", "0", "--log-format", "json"], in: folder, errors: log)
            process.terminate()
            process.waitUntilExit()
            let line = try #require(try log.fileHandleForReading.readToEnd())
            let object = try JSONDecoder().decode([String: String].self, from: line)
            #expect(object["level"] == "info")
            #expect(object["message"] == "signal 15: finishing what is in flight, then stopping")
        }
    }

    @Test func `a port in use is one line that names the option, and status 1`() async throws {
        try await Program.inFolder { folder in
            let (process, line) = try start(["--port", "0", "--log-level", "error"], in: folder)
            let port = try #require(
                line.split(separator: ":").last.map { $0.trimmingCharacters(in: .whitespacesAndNewlines) })
            let second = try Program.run(["--port", port, "--database", "other.sqlite"], in: folder)
            #expect(second.status == 1)
            #expect(second.errors.contains("--port"))
            let files = try FileManager.default.contentsOfDirectory(atPath: folder.path)
            #expect(!files.contains { $0.hasPrefix("other") })
            #expect(second.errors.filter { $0 == "\n" }.count == 1)
            process.terminate()
            process.waitUntilExit()
        }
    }

    @Test(arguments: [
        (["--secret-file", "short"], "--secret-file"),
        (["--secret-file", "open"], "--secret-file"),
        (["--secret-file", "nowhere/key"], "--secret-file"),
        (["--previous-secret-file", "missing"], "--previous-secret-file"),
        (["--database", "nowhere/expenses.sqlite"], "--database"),
        (["--database", "text"], "--database"),
        (["--root", "."], "--root"),
        (["--host", "no.such.host.invalid"], "--host"),
    ])
    func `an unusable file, folder or key is told in one line that names the option, with status 1`(
        arguments: [String], option: String
    ) async throws {
        try await Program.inFolder { folder in
            try write(String(repeating: "k", count: 31), to: "short", mode: 0o600, in: folder)
            try write(String(repeating: "k", count: 32), to: "open", mode: 0o640, in: folder)
            try write(
                "this is no database, however long it is made to be", to: "text", mode: 0o600, in: folder)
            let outcome = try Program.run(["--port", "0"] + arguments, in: folder)
            #expect(outcome.status == 1)
            #expect(outcome.output.isEmpty)
            #expect(outcome.errors.contains(option))
            #expect(outcome.errors.filter { $0 == "\n" }.count == 1, "\(outcome.errors)")
            let files = try FileManager.default.contentsOfDirectory(atPath: folder.path)
            // A new database is whole, and ready for the next start; a key is made after it.
            let made: Set = arguments == ["--secret-file", "nowhere/key"] ? ["expenses.sqlite"] : []
            #expect(Set(files) == made.union(["short", "open", "text"]))
        }
    }

    private func write(_ text: String, to name: String, mode: Int, in folder: URL) throws {
        let file = folder.appendingPathComponent(name)
        try Data(text.utf8).write(to: file)
        try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: file.path)
    }

    /// The server, once it has said where it listens.
    private func start(
        _ arguments: [String], in folder: URL, errors: Pipe? = nil
    ) throws -> (Process, line: String) {
        let process = Program.process(arguments, in: folder)
        let output = Pipe()
        process.standardOutput = output
        if let errors { process.standardError = errors }
        try process.run()
        var line = ""
        while !line.hasSuffix("\n") {
            guard let byte = try output.fileHandleForReading.read(upToCount: 1), !byte.isEmpty else { break }
            line += String(decoding: byte, as: UTF8.self)
        }
        return (process, line)
    }
}
