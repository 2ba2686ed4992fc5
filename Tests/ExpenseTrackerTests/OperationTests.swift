import Foundation
import Testing

/// What keeps a server running for years: backups, supervision, upgrades.
@Suite struct OperationTests {
    @Test func `a backup is restored only while no server runs, and nothing is lost`() async throws {
        try await Program.inFolder { folder in
            _ = try Program.run(["demo", "--expenses", "20"], in: folder)
            _ = try Program.run(["backup", "copy.sqlite"], in: folder)
            let server = try Server(["--port", "0"], in: folder)
            let refused = try Program.run(["restore", "copy.sqlite"], in: folder)
            #expect(refused.status == 1)
            #expect(refused.errors.contains("expenses.sqlite is in use"))
            #expect(server.stop() == 0)
            let restored = try Program.run(["restore", "copy.sqlite"], in: folder)
            #expect(restored.status == 0, "\(restored.errors)")
            #expect(restored.output.contains("What was there is kept as expenses.sqlite.before-restore-"))
            #expect(try Program.run(["check"], in: folder).output == "expenses.sqlite is sound.\n")
        }
    }

    @Test func `copy makes an equal database, and says what this build cannot do`() async throws {
        try await Program.inFolder { folder in
            _ = try Program.run(["demo", "--expenses", "20"], in: folder)
            let copied = try Program.run(["copy", "--to", "other.sqlite"], in: folder)
            #expect(copied.output.contains("other.sqlite holds the same. Users: 1"))
            #expect(
                try Program.run(["check", "--database", "other.sqlite"], in: folder).output
                    == "other.sqlite is sound.\n")
            for arguments in [["copy", "--to", "postgresql://db/x"], ["--database", "postgresql://db/x"]] {
                let refused = try Program.run(arguments, in: folder)
                #expect(refused.status == 1)
                #expect(refused.errors.contains("PostgreSQL"))
                #expect(refused.errors.filter { $0 == "\n" }.count == 1)
            }
        }
    }

    /// In the program itself: in a process that has Dispatch's threads, Dispatch ends it where no file can be opened.
    @Test func `with no descriptor left, the oldest idle connection makes room for a new one`() async throws {
        try await Program.inFolder { folder in
            let server = try Server(["--port", "0"], in: folder, descriptors: 20, level: "warning")
            var clients: [Int32] = []
            defer { for client in clients { close(client) } }
            for _ in 0..<100 {
                let client = try Client.asking(for: "/login", port: server.port)
                clients.append(client)
                let answer = try String(decoding: Client.received(from: client), as: UTF8.self)
                #expect(answer.hasPrefix("HTTP/1.1 200 "))
            }
            #expect(server.stop() == 0)
            let log = try String(contentsOf: folder.appendingPathComponent("log"), encoding: .utf8)
            #expect((1...2).contains(log.components(separatedBy: "No descriptor").count - 1))
        }
    }

    @Test func `the server makes its first backup at once, and none again after a restart`() async throws {
        try await Program.inFolder { folder in
            let backups = folder.appendingPathComponent("backups")
            func made() -> [String] {
                let names = (try? FileManager.default.contentsOfDirectory(atPath: backups.path)) ?? []
                return names.filter { $0.hasSuffix(".sqlite") }
            }
            for _ in 0..<2 {
                let server = try Server(["--port", "0", "--backup-folder", "backups"], in: folder)
                let end = ContinuousClock.now + .seconds(30)
                while made().isEmpty, ContinuousClock.now < end { usleep(10_000) }
                #expect(server.stop() == 0)
                #expect(made().count == 1)
            }
            let name = try #require(made().first)
            #expect(
                try Program.run(["check", "--database", "backups/\(name)"], in: folder).output
                    == "backups/\(name) is sound.\n")
        }
    }

    @Test func `systemd is told of the start, of the watchdog and of the stop`() async throws {
        try await Program.inFolder { folder in
            let path = folder.appendingPathComponent("notify").path
            let socket = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue), 0)
            defer { close(socket) }
            var timeLimit = timeval(tv_sec: 30, tv_usec: 0)
            unsafe setsockopt(
                socket, SOL_SOCKET, SO_RCVTIMEO, &timeLimit, socklen_t(MemoryLayout<timeval>.size))
            var place = sockaddr_un()
            place.sun_family = sa_family_t(AF_UNIX)
            unsafe withUnsafeMutableBytes(of: &place.sun_path) { unsafe $0.copyBytes(from: path.utf8) }
            let bound = unsafe withUnsafePointer(to: &place) { place in
                unsafe place.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                    unsafe bind(socket, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
                }
            }
            try #require(bound == 0)
            func message() -> String {
                var buffer = [UInt8](repeating: 0, count: 1000)
                let count = unsafe recv(socket, &buffer, buffer.count, 0)
                return String(decoding: buffer.prefix(max(0, count)), as: UTF8.self)
            }
            let server = try Server(
                ["--port", "0"], in: folder,
                environment: ["NOTIFY_SOCKET": path, "WATCHDOG_USEC": "3000000"])
            // The start may take long, where the schema of a large database changes.
            var next = message()
            #expect(next == "EXTEND_TIMEOUT_USEC=60000000\nSTATUS=Opening the database")
            while next.hasPrefix("EXTEND_TIMEOUT_USEC=") { next = message() }
            #expect(next.hasPrefix("READY=1\n"))
            #expect(message() == "WATCHDOG=1")
            #expect(message() == "WATCHDOG=1")
            kill(server.process.processIdentifier, SIGHUP)
            next = message()
            while next == "WATCHDOG=1" { next = message() }
            #expect(next.hasPrefix("RELOADING=1\nMONOTONIC_USEC="))
            #expect(message() == "READY=1")
            server.process.terminate()
            next = message()
            while next == "WATCHDOG=1" { next = message() }
            #expect(next.hasPrefix("STOPPING=1"))
            // A second signal would end it at once.
            server.process.waitUntilExit()
            #expect(server.process.terminationReason == .exit)
        }
    }

    @Test func `requests in flight have their time at once, not after a sweep that waits for the database`()
        async throws
    {
        try await Program.inFolder { folder in
            _ = try Program.run(["demo", "--expenses", "1"], in: folder)
            // Holds the lock for which the first sweep then waits up to ten seconds.
            let hold = """
                import sqlite3, sys
                database = sqlite3.connect("expenses.sqlite", isolation_level=None)
                database.execute("BEGIN IMMEDIATE")
                print("held", flush=True)
                sys.stdin.read()
                """
            let holder = Process()
            holder.executableURL = URL(fileURLWithPath: "/usr/bin/env")
            holder.arguments = ["python3", "-c", hold]
            holder.currentDirectoryURL = folder
            let (input, output) = (Pipe(), Pipe())
            holder.standardInput = input
            holder.standardOutput = output
            try Program.start(holder)
            try #require(output.fileHandleForReading.read(upToCount: 4) != nil)
            let server = try Server(["--port", "0"], in: folder)
            let port = try server.port
            usleep(500_000)
            server.process.terminate()
            let begin = ContinuousClock.now
            while (try? Client.asking(for: "/login", port: port)).map({ close($0) }) != nil,
                ContinuousClock.now < begin + .seconds(5)
            { usleep(10_000) }
            // The sweep still waits, and no new connection is taken.
            #expect(server.process.isRunning)
            #expect(ContinuousClock.now < begin + .seconds(5))
            try input.fileHandleForWriting.close()
            holder.waitUntilExit()
            // A second signal would end it at once.
            server.process.waitUntilExit()
            #expect(server.stop() == 0)
        }
    }

    @Test func `no request fails while one process hands its socket to the next`() async throws {
        try await Program.inFolder { folder in
            let (socket, port) = try Client.listener()
            defer { close(socket) }
            var running = try Server([], in: folder, listening: socket)
            #expect(running.line == "Expense Tracker is listening on http://127.0.0.1:\(port)\n")
            let load = Load(port: port, clients: 4)
            for _ in 0..<3 {
                let next = try Server([], in: folder, listening: socket)
                #expect(running.stop() == 0)
                running = next
            }
            let (answered, failures) = load.stop()
            #expect(failures == [])
            #expect(answered > 0)
            #expect(running.stop() == 0)
        }
    }

    @Test func `the server listens on several addresses, with one port`() async throws {
        try await Program.inFolder { folder in
            let server = try Server(
                ["--port", "0", "--host", "127.0.0.1", "--host", "127.0.0.2"], in: folder)
            let port = try server.port
            #expect(
                server.line
                    == "Expense Tracker is listening on http://127.0.0.1:\(port), http://127.0.0.2:\(port)\n")
            for host in ["127.0.0.1", "127.0.0.2"] {
                let page = try Tool.run("curl", ["-s", "http://\(host):\(port)/healthz"], in: folder)
                #expect(page == nil || page?.output == "ok\n")
            }
            #expect(server.stop() == 0)
        }
    }

    @Test func `a Unix socket is made, served, taken over when nobody listens on it, and removed`()
        async throws
    {
        try await Program.inFolder { folder in
            let arguments = ["--host", "unix:http", "--host", "127.0.0.1", "--port", "0"]
            let path = folder.appendingPathComponent("http").path
            for kills in [true, false] {
                let server = try Server(arguments, in: folder)
                let port = server.line.firstMatch(of: /:(\d+),/).map { Int($0.1) }
                let place = "http://127.0.0.1:\(try #require(port ?? nil))"
                #expect(server.line == "Expense Tracker is listening on \(place), unix:http\n")
                let page = try Tool.run(
                    "curl", ["-s", "--unix-socket", path, "http://h/healthz"], in: folder)
                #expect(page == nil || page?.output == "ok\n")
                let second = try Program.run(["--host", "unix:http", "--database", "other"], in: folder)
                #expect(
                    second.errors
                        == "expense-tracker: --host: http is in use by another program; stop that one, or choose "
                        + "another path\n")
                if kills { kill(server.process.processIdentifier, SIGKILL) }
                #expect(server.stop() == (kills ? -1 : 0))
                #expect(FileManager.default.fileExists(atPath: path) == kills)
            }
        }
    }

    @Test func `only a dead Unix socket is replaced, and only the program's own one is removed`() async throws
    {
        try await Program.inFolder { folder in
            func path(_ name: String) -> String { folder.appendingPathComponent(name).path }
            try Data("mine".utf8).write(to: folder.appendingPathComponent("file"))
            try FileManager.default.createSymbolicLink(atPath: path("link"), withDestinationPath: "file")
            for name in ["file", "link"] {
                let outcome = try Program.run(["--host", "unix:\(name)"], in: folder)
                #expect(outcome.status == 1)
                #expect(
                    outcome.errors
                        == "expense-tracker: --host: \(name) is there already and is no socket; choose another path\n"
                )
                #expect(try String(contentsOfFile: path(name), encoding: .utf8) == "mine")
            }
            // The second address cannot be had; the first one's socket does not stay behind.
            for second in ["unix:file", "unix:first"] {
                let outcome = try Program.run(["--host", "unix:first", "--host", second], in: folder)
                #expect(outcome.status == 1)
                #expect(!FileManager.default.fileExists(atPath: path("first")))
            }
            let server = try Server(["--host", "unix:http"], in: folder)
            // Another program has put its own there meanwhile.
            try FileManager.default.removeItem(atPath: path("http"))
            let next = try Server(["--host", "unix:http", "--database", "other"], in: folder)
            #expect(server.stop() == 0)
            #expect(FileManager.default.fileExists(atPath: path("http")))
            #expect(next.stop() == 0)
            #expect(!FileManager.default.fileExists(atPath: path("http")))
        }
    }

    @Test func `a Unix socket of systemd is served, and named`() async throws {
        try await Program.inFolder { folder in
            let path = folder.appendingPathComponent("http").path
            let socket = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
            defer { close(socket) }
            var place = sockaddr_un()
            place.sun_family = sa_family_t(AF_UNIX)
            unsafe withUnsafeMutableBytes(of: &place.sun_path) { unsafe $0.copyBytes(from: path.utf8) }
            let result = unsafe withUnsafePointer(to: &place) { place in
                unsafe place.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                    unsafe bind(socket, $0, socklen_t(MemoryLayout<sockaddr_un>.size)) + listen(socket, 16)
                }
            }
            try #require(result == 0)
            let server = try Server([], in: folder, listening: socket)
            #expect(server.line == "Expense Tracker is listening on unix:\(path)\n")
            let page = try Tool.run("curl", ["-s", "--unix-socket", path, "http://h/healthz"], in: folder)
            #expect(page == nil || page?.output == "ok\n")
            #expect(server.stop() == 0)
        }
    }

    @Test func `metrics are what Prometheus reads, in both of its formats`() async throws {
        try await Program.inFolder { folder in
            // Free a moment ago, and so most likely still.
            let (socket, port) = try Client.listener()
            close(socket)
            let server = try Server(
                ["--port", "0", "--metrics-port", String(port), "--backup-folder", "backups"], in: folder)
            let own = try server.port
            // Of the addresses of this machine it listens on one that nobody reaches from outside (proc(5), "/proc/net/tcp").
            let listening = try String(contentsOfFile: "/proc/net/tcp", encoding: .utf8)
            let place = String(port, radix: 16, uppercase: true)
            let padded = String(repeating: "0", count: 4 - place.count) + place
            #expect(listening.contains(" 0100007F:\(padded) 00000000:0000 0A "))
            #expect(!listening.contains(" 00000000:\(padded) "))
            for path in [
                "/login", "/login", "/static/app.css", "/nowhere", "/api/v1/expenses/7", "/api/v1/nothing",
            ] {
                _ = try Client.get(path, port: own)
            }
            let text = try Client.get("/metrics", port: port)
            let open = try Client.get("/metrics", port: port, accept: "application/openmetrics-text")
            for line in [
                "expense_tracker_requests_total{route=\"GET /login\",status=\"200\"} 2",
                "expense_tracker_requests_total{route=\"static files\",status=\"200\"} 1",
                "expense_tracker_requests_total{route=\"GET /api/v1/expenses/{id}\",status=\"401\"} 1",
                "expense_tracker_requests_total{route=\"others\",status=\"404\"} 2",
                "expense_tracker_request_duration_seconds_count{route=\"GET /login\"} 2",
                "expense_tracker_connections{loop=\"0\",state=\"answering\"} 0",
                "expense_tracker_queued_writes 0", "expense_tracker_database_up 1",
                "expense_tracker_build_info{version=\"1.0.0\"} 1",
            ] {
                #expect(text.contains("\n\(line)\n"), "\(line)")
                #expect(open.contains("\n\(line)\n"), "\(line)")
            }
            let numbers = Dictionary(
                text.split(separator: "\n").compactMap { line -> (String, Double)? in
                    let words = line.split(separator: " ")
                    return words.count == 2 ? Double(words[1]).map { (String(words[0]), $0) } : nil
                }, uniquingKeysWith: { first, _ in first })
            let now = Date().timeIntervalSince1970
            for (name, range) in [
                ("process_start_time_seconds", now - 60...now), ("process_cpu_seconds_total", 0.001...60),
                ("process_resident_memory_bytes", 1e6...1e9), ("process_virtual_memory_bytes", 1e6...1e13),
                ("process_open_fds", 5...200), ("process_max_fds", 64...1e9),
                ("expense_tracker_free_disk_bytes{path=\"expenses.sqlite\"}", 1...1e18),
                ("expense_tracker_last_backup_timestamp_seconds", 0...now),
                ("expense_tracker_backup_failures_total", 0...0),
            ] {
                #expect(numbers[name].map(range.contains) == true, "\(name)")
            }
            #expect(text.contains("\n# TYPE expense_tracker_requests_total counter\n"))
            #expect(open.contains("\n# TYPE expense_tracker_requests counter\n"))
            #expect(!text.contains("# EOF"))
            #expect(open.hasSuffix("\n# EOF\n"))
            #expect(try Client.get("/", port: port).hasPrefix("HTTP/1.1 404 "))
            let second = try Program.run(["--port", "0", "--metrics-port", String(port)], in: folder)
            #expect(second.errors.contains("--metrics-port"))
            #expect(server.stop() == 0)
            let file = folder.appendingPathComponent("metrics")
            let body = text.split(separator: "\r\n\r\n", maxSplits: 1)[1]
            try Data(body.utf8).write(to: file)
            let check = ["-c", "promtool check metrics < metrics"]
            if try Tool.run("promtool", ["--version"], in: folder) != nil {
                #expect(try Tool.run("bash", check, in: folder)?.status == 0)
            }
        }
    }

    @Test func `with a certificate the server speaks https, marks its cookies, and reads it again on SIGHUP`()
        async throws
    {
        try await Program.inFolder { folder in
            let make = [
                "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-subj",
                "/CN=localhost", "-keyout", "key.pem", "-out", "cert.pem",
            ]
            guard let made = try Tool.run("openssl", make, in: folder) else { return }
            #expect(made.status == 0, "\(made.errors)")
            let server = try Server(
                ["--port", "0", "--certificate", "cert.pem", "--certificate-key", "key.pem"], in: folder)
            #expect(server.line.hasPrefix("Expense Tracker is listening on https://127.0.0.1:"))
            let address = try #require(server.line.split(separator: " ").last?.dropLast())
            func ask(_ arguments: [String]) throws -> String? {
                try Tool.run("curl", ["-sik"] + arguments, in: folder)?.output
            }
            guard let page = try ask(["\(address)/login"]) else {
                _ = server.stop()
                return
            }
            #expect(page.hasPrefix("HTTP/1.1 200 "))
            #expect(page.contains("\r\nStrict-Transport-Security: max-age=31536000\r\n"))
            let person = ["-d", "username=ada&email=ada@example.com&password=a long password"]
            #expect(try ask(person + ["\(address)/register"])?.hasPrefix("HTTP/1.1 303 ") ?? false)
            let login = ["-d", "email=ada&password=a long password", "\(address)/login"]
            let cookies = try #require(try ask(login)).split(separator: "\r\n").filter {
                $0.hasPrefix("Set-Cookie: ")
            }
            #expect(cookies.count == 2)
            #expect(cookies.allSatisfy { $0.contains("; Secure") })
            kill(server.process.processIdentifier, SIGHUP)
            #expect(try ask(["\(address)/healthz"])?.hasSuffix("ok\n") ?? false)
            #expect(server.stop() == 0)
        }
    }

    @Test(arguments: [
        (["--certificate", "cert.pem"], "--certificate-key is missing"),
        (["--certificate", "none", "--certificate-key", "none"], "--certificate: there is no file none"),
        (["--backup-every", "soon"], "--backup-every"),
        (["--backup-every", "1s"], "--backup-every"),
        (["--backup-keep", "0"], "--backup-keep"),
        (["--user-quota", "0"], "--user-quota"),
    ])
    func `a wrong value is told in one line that names the option`(
        arguments: [String], words: String
    ) async throws {
        try await Program.inFolder { folder in
            let outcome = try Program.run(["--port", "0"] + arguments, in: folder)
            #expect(outcome.status != 0)
            #expect(outcome.errors.contains(words), "\(outcome.errors)")
            #expect(outcome.errors.filter { $0 == "\n" }.count == 1)
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).isEmpty)
        }
    }
}
