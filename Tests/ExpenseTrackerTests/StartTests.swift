import Foundation
import Testing

@Suite struct StartTests {
    @Test
    func `the first start makes a private database and key, says where it listens, and stops on SIGTERM`()
        async throws
    {
        try await Program.inFolder { folder in
            let server = try Server(["--port", "0"], in: folder)
            #expect(server.line.hasPrefix("Expense Tracker is listening on http://127.0.0.1:"))
            let secret = folder.appendingPathComponent("expenses.sqlite.secret")
            let attributes = try FileManager.default.attributesOfItem(atPath: secret.path)
            #expect(attributes[.posixPermissions] as? Int == 0o600)
            #expect(try Data(contentsOf: secret).count >= 32)
            #expect(server.stop() == 0)
            // Closing wrote the log back into the one file.
            #expect(
                try Set(FileManager.default.contentsOfDirectory(atPath: folder.path))
                    == ["expenses.sqlite", "expenses.sqlite.secret", "log"])
        }
    }

    @Test func `a log that nobody reads keeps no request waiting, nor the stop`() async throws {
        try await Program.inFolder { folder in
            let unread = Pipe()
            let server = try Server(["--port", "0"], in: folder, level: "info", errors: unread)
            let port = try server.port
            // 700 KB of lines: more than the pipe and the log's buffer hold.
            let long = "/" + String(repeating: "x", count: 7000)
            for _ in 0..<100 { _ = try Client.get(long, port: port) }
            #expect(try Client.get("/healthz", port: port).hasSuffix("ok\n"))
            #expect(server.stop() == 0)
        }
    }

    @Test func `under journald each line has its priority in front, also what ends the start`() async throws {
        try await Program.inFolder { folder in
            // What the shell opens is what $JOURNAL_STREAM has to name.
            let start = """
                exec 2>log; export JOURNAL_STREAM=$(stat -L -c %d:%i /dev/stderr)
                "$0" --port 0 --database nowhere/x; "$0" --port 0 & sleep 1; kill $!; wait $!
                """
            let outcome = try #require(
                try Tool.run("bash", ["-c", start, Program.executable.path], in: folder))
            #expect(outcome.status == 0)
            let log = try String(contentsOf: folder.appendingPathComponent("log"), encoding: .utf8)
            let lines = log.split(separator: "\n")
            #expect(lines.first?.hasPrefix("<3>expense-tracker: --database: ") == true)
            #expect(lines.last?.hasPrefix("<6>info: signal 15: ") == true)
        }
    }

    @Test func `the name of a new key has reached the disk before it is used`() async throws {
        try await Program.inFolder { folder in
            let trace = [
                "-f", "-y", "-o", "trace", "-e", "trace=link,fsync", Program.executable.path, "--port", "0",
            ]
            guard try Tool.run("strace", ["-V"], in: folder) != nil else { return }
            let start = "timeout --preserve-status -s TERM 3 strace \"$@\""
            _ = try Tool.run("bash", ["-c", start, "bash"] + trace, in: folder)
            let lines = try String(contentsOf: folder.appendingPathComponent("trace"), encoding: .utf8)
                .split(separator: "\n")
            let link = try #require(lines.firstIndex { $0.contains("link(\"expenses.sqlite.secret.") })
            let name = folder.resolvingSymlinksInPath().path
            #expect(lines[link...].contains { $0.contains("fsync(") && $0.contains("<\(name)>") }, "\(lines)")
        }
    }

    @Test func `Ctrl-C at the question for a password gives the terminal its echo back`() async throws {
        try await Program.inFolder { folder in
            _ = try Program.run(["demo", "--expenses", "1"], in: folder)
            let script = """
                import fcntl, os, signal, sys, termios, time
                terminal, end = os.openpty()
                results, tell = os.pipe()
                over, hold = os.pipe()
                if os.fork() == 0:
                    # The shell, as it were, which goes on: at its end the kernel would set the terminal back.
                    os.setsid()
                    fcntl.ioctl(end, termios.TIOCSCTTY, 0)
                    child = os.fork()
                    if child == 0:
                        for number in range(3): os.dup2(end, number)
                        os.execv(sys.argv[1], [sys.argv[1], "reset-password", "demo1"])
                    signal.signal(signal.SIGINT, signal.SIG_IGN)
                    os.write(tell, bytes([os.WTERMSIG(os.waitpid(child, 0)[1])]))
                    os.close(hold)
                    os.read(over, 1)
                    os._exit(0)
                def shows(): return bool(termios.tcgetattr(terminal)[3] & termios.ECHO)
                text = b""
                while b"New password" not in text: text += os.read(terminal, 100)
                limit = time.time() + 10
                while shows() and time.time() < limit: time.sleep(0.01)
                print(shows())
                os.write(terminal, b"secret\\x03")
                print(os.read(results, 1)[0], shows())
                """
            let outcome = try #require(
                try Tool.run(
                    "env", ["timeout", "60", "python3", "-c", script, Program.executable.path], in: folder))
            #expect(outcome.output == "False\n2 True\n", "\(outcome.errors)")
        }
    }

    @Test func `a log in JSON is written to its end`() async throws {
        try await Program.inFolder { folder in
            let log = Pipe()
            let server = try Server(
                ["--port", "0", "--log-format", "json"], in: folder, level: "info", errors: log)
            #expect(server.stop() == 0)
            let line = try #require(try log.fileHandleForReading.readToEnd())
            let object = try JSONDecoder().decode([String: String].self, from: line)
            #expect(object["level"] == "info")
            #expect(object["message"] == "signal 15: finishing what is in flight, then stopping")
        }
    }

    @Test func `a port in use is one line that names the option, and status 1`() async throws {
        try await Program.inFolder { folder in
            let server = try Server(["--port", "0"], in: folder)
            let port = String(try server.port)
            let second = try Program.run(["--port", port, "--database", "other.sqlite"], in: folder)
            #expect(second.status == 1)
            #expect(second.errors.contains("--port"))
            let files = try FileManager.default.contentsOfDirectory(atPath: folder.path)
            #expect(!files.contains { $0.hasPrefix("other") })
            #expect(second.errors.filter { $0 == "\n" }.count == 1)
            #expect(server.stop() == 0)
        }
    }

    @Test(arguments: ["tags/index.html", "frame/layout.html"])
    func `a mistake in a template ends the start, and is found by --check`(name: String) async throws {
        try await Program.inFolder { folder in
            let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
                .deletingLastPathComponent()
            for part in ["Templates", "Public"] {
                try FileManager.default.copyItem(
                    at: root.appendingPathComponent(part), to: folder.appendingPathComponent(part))
            }
            let file = folder.appendingPathComponent("Templates/" + name)
            try Data("<p>{{#if x}}".utf8).write(to: file)
            for arguments in [["--port", "0"], ["--check"]] {
                let outcome = try Program.run(["--root", "."] + arguments, in: folder)
                #expect(outcome.status == 1)
                #expect(outcome.errors.contains("Templates/\(name):1:4: "), "\(outcome.errors)")
                #expect(!outcome.output.contains("listening"))
            }
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
            #expect(Set(files) == ["short", "open", "text"])
        }
    }

    private func write(_ text: String, to name: String, mode: Int, in folder: URL) throws {
        let file = folder.appendingPathComponent(name)
        try Data(text.utf8).write(to: file)
        try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: file.path)
    }
}
