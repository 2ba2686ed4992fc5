import Foundation
import Testing

/// What the program says when it cannot do what it was told, word for word.
@Suite(.serialized) struct MessageTests {
    struct Row: Sendable {
        let arguments: [String]
        let status: Int32
        let sentence: String

        init(_ arguments: [String], _ status: Int32, _ sentence: String) {
            (self.arguments, self.status, self.sentence) = (arguments, status, sentence)
        }
    }

    /// `{user}` is who runs the tests.
    static let table: [Row] = [
        // Settings.
        Row(
            ["--backup-every", "6h"], 64,
            """
            --backup-every: --backup-folder is missing, without which it means nothing
            """),
        Row(
            ["--backup-keep", "3"], 64,
            """
            --backup-keep: --backup-folder is missing, without which it means nothing
            """),
        Row(
            ["--certificate", "cert.pem"], 64,
            """
            --certificate: --certificate-key is missing, without which it means nothing
            """),
        Row(["--check=yes"], 64, "--check: takes no value"),
        Row(["check", "--check"], 64, "--check: only serve takes this option"),
        // Files and folders.
        Row(
            ["--database", "nowhere/expenses.sqlite"], 1,
            """
            --database: there is no folder nowhere; make it with: mkdir -p nowhere
            """),
        Row(["--database", "."], 1, "--database: . is a folder; name a file in it: ./expenses.sqlite"),
        Row(["--database", "text"], 1, "--database: text: not a SQLite database"),
        Row(
            ["--database", "unreadable"], 1,
            """
            --database: user {user} may not read and write unreadable, which belongs to {user}; allow it \
            with: chmod u+rwX unreadable
            """),
        Row(
            ["--database", "locked/expenses.sqlite"], 1,
            """
            --database: user {user} may not write in the folder locked, which belongs to {user}; allow \
            it with: chmod u+rwX locked
            """),
        Row(["--backup-folder", "text"], 1, "--backup-folder: text is not a folder"),
        Row(
            ["--backup-folder", "nowhere/backups"], 1,
            """
            --backup-folder: there is no folder nowhere; make it with: mkdir -p nowhere
            """),
        Row(
            ["--backup-folder", "locked"], 1,
            """
            --backup-folder: user {user} may not write in the folder locked, which belongs to {user}; \
            allow it with: chmod u+rwX locked
            """),
        Row(["check"], 1, "--database: there is no file expenses.sqlite"),
        Row(["backup", "copy.sqlite"], 1, "--database: there is no file expenses.sqlite"),
        Row(
            ["backup", "nowhere/copy.sqlite", "--database", "text"], 1,
            """
            backup: there is no folder nowhere; make it with: mkdir -p nowhere
            """),
        Row(["restore", "copy.sqlite"], 1, "restore: there is no file copy.sqlite"),
        Row(["copy", "--to", "copy.sqlite"], 1, "--database: there is no file expenses.sqlite"),
        // The key that signs log-ins.
        Row(["--secret-file", "short"], 1, "--secret-file: short has 31 bytes; a key needs 32 or more"),
        Row(
            ["--secret-file", "open"], 1,
            """
            --secret-file: others can read open; make it private with: chmod 600 open
            """),
        Row(["--previous-secret-file", "missing"], 1, "--previous-secret-file: there is no file missing"),
        // Where it listens.
        Row(["--host", "192.0.2.1"], 1, "--host: this machine has no address 192.0.2.1"),
        // https.
        Row(
            ["--certificate", "missing", "--certificate-key", "ec.key"], 1,
            """
            --certificate: there is no file missing
            """),
        Row(
            ["--certificate", "text", "--certificate-key", "ec.key"], 1,
            """
            --certificate: text holds no certificate in PEM
            """),
        Row(
            ["--certificate", "rsa.pem", "--certificate-key", "ec.key"], 1,
            """
            --certificate-key: ec.key is not the key of the certificate in rsa.pem
            """),
        Row(
            ["--certificate", "rsa.pem", "--certificate-key", "text"], 1,
            """
            --certificate-key: text holds no key in PEM, or one with a passphrase; write one without \
            with: openssl pkey -in text -out NEW
            """),
        Row(
            ["--certificate", "rsa.pem", "--certificate-key", "unreadable"], 1,
            """
            --certificate-key: user {user} may not read unreadable, which belongs to {user}; allow it \
            with: chmod u+rwX unreadable
            """),
        Row(
            ["--certificate", "rsa.pem", "--certificate-key", "closed/ec.key"], 1,
            """
            --certificate-key: user {user} may not read closed/ec.key, as it may not enter closed; put a \
            copy where it may
            """),
    ]

    @Test(arguments: table)
    func `what stands in the way is told in one sentence that says what to do`(_ row: Row) async throws {
        let (arguments, status, sentence) = (row.arguments, row.status, row.sentence)
        try await Program.inFolder { folder in
            guard try prepare(folder) else { return }
            let user = NSUserName()
            let before = try names(in: folder)
            let isServer = arguments.first?.hasPrefix("--") ?? false
            let outcome = try Program.run(
                Program.weak(arguments + (isServer ? ["--port", "0"] : []), in: folder), input: "")
            #expect(outcome.errors == "expense-tracker: \(sentence.replacing("{user}", with: user))\n")
            #expect(outcome.status == status)
            #expect(outcome.output.isEmpty)
            #expect(try names(in: folder) == before)
            try allowAll(folder)
        }
    }

    @Test func `a variable that is misspelt is told, and stops the start`() async throws {
        try await Program.inFolder { folder in
            let outcome = try Program.run([], in: folder, environment: ["EXPENSE_TRACKER_PROT": "80"])
            #expect(outcome.status == 64)
            #expect(
                outcome.errors
                    == "expense-tracker: EXPENSE_TRACKER_PROT: there is no such variable; see expense-tracker help\n"
            )
        }
    }

    @Test func `a port in use is told with what to do`() async throws {
        try await Program.inFolder { folder in
            let (socket, port) = try Client.listener()
            defer { close(socket) }
            let outcome = try Program.run(["--port", String(port)], in: folder)
            #expect(outcome.status == 1)
            #expect(
                outcome.errors
                    == "expense-tracker: --port: \(port) is in use by another program; stop that one, or choose "
                    + "another port, or 0 for any that is free\n")
        }
    }

    @Test func `a certificate that is over is served, and the log and a check say so`() async throws {
        try await Program.inFolder { folder in
            // `req -days -1` is refused since OpenSSL 3.
            let request = [
                "req", "-new", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-subj",
                "/CN=localhost", "-keyout", "ec.key", "-out", "ec.csr",
            ]
            guard let made = try Tool.run("openssl", request, in: folder) else { return }
            try #require(made.status == 0, "\(made.errors)")
            let sign = [
                "x509", "-req", "-in", "ec.csr", "-signkey", "ec.key", "-set_serial", "0x0AFF", "-days", "-1",
                "-out", "ec.pem",
            ]
            let signed = try #require(try Tool.run("openssl", sign, in: folder))
            try #require(signed.status == 0, "\(signed.errors)")
            let options = ["--port", "0", "--certificate", "ec.pem", "--certificate-key", "ec.key"]
            let server = try Server(options, in: folder)
            #expect(server.stop() == 0)
            let log = try String(contentsOf: folder.appendingPathComponent("log"), encoding: .utf8)
            let sentence =
                /serial 0AFF, valid until \d{4}-\d\d-\d\d, which is over: browsers refuse it; renew it, then reload the server\n/
            #expect(log.contains(sentence), "\(log)")
            let check = try Program.run(["--check"] + options, in: folder)
            #expect(check.errors.contains(sentence), "\(check.errors)")
            // As it starts with it.
            #expect(check.status == 0)
            #expect(check.output.hasSuffix("The server would start.\n"))
        }
    }

    @Test func `what only prints a text does so whatever the variables are`() async throws {
        try await Program.inFolder { folder in
            for command in ["help", "version"] {
                let outcome = try Program.run(
                    [command], in: folder, environment: ["EXPENSE_TRACKER_PORT": "tcp://10.0.0.1:80"])
                #expect(outcome.status == 0)
                #expect(outcome.errors.isEmpty, "\(outcome.errors)")
                #expect(!outcome.output.isEmpty)
            }
        }
    }

    @Test func `a check tries everything, says what it found, and makes nothing`() async throws {
        try await Program.inFolder { folder in
            let good = try Program.run(["--check"], in: folder)
            #expect(good.status == 0, "\(good.errors)")
            #expect(
                good.output.hasSuffix(
                    """

                    addresses: 127.0.0.1
                    database: expenses.sqlite is not there; the start makes it
                    key: expenses.sqlite.secret is not there; the start makes it
                    The server would start.

                    """))
            #expect(try names(in: folder).isEmpty)

            _ = try Program.run(["demo", "--expenses", "1"], in: folder)
            let made = try Program.run(["--check"], in: folder)
            #expect(made.output.contains("database: expenses.sqlite has the schema of this release\n"))
            let before = try names(in: folder)
            let more = try Program.run(
                ["--check", "--host", "unix:http", "--host", "127.0.0.1", "--backup-folder", "backups"],
                in: folder)
            #expect(more.status == 0, "\(more.errors)")
            #expect(more.output.contains("addresses: 127.0.0.1, http\n"))
            #expect(try names(in: folder) == before)

            let host = try Program.run(["--check", "--host", "no-such-host.invalid"], in: folder)
            #expect(host.status == 1)
            #expect(host.errors.contains("no-such-host.invalid"), "\(host.errors)")
            let bad = try Program.run(
                [
                    "--check", "--database", "nowhere/x", "--backup-folder", "nowhere/y", "--root", ".",
                    "--host",
                    "unix:nowhere/http",
                ],
                in: folder)
            #expect(bad.status == 1)
            #expect(
                bad.errors == """
                    expense-tracker: --root: . has no Templates and Public folders
                    expense-tracker: --host: there is no folder nowhere; make it with: mkdir -p nowhere
                    expense-tracker: --database: there is no folder nowhere; make it with: mkdir -p nowhere
                    expense-tracker: --secret-file: there is no folder nowhere; make it with: mkdir -p nowhere
                    expense-tracker: --backup-folder: there is no folder nowhere; make it with: mkdir -p nowhere
                    expense-tracker: the server would not start: 5 faults, see above

                    """)
        }
    }

    private func names(in folder: URL) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
    }

    /// An RSA and an EC certificate with their keys, by their files' names; none where there is no openssl.
    private static let certificates: [String: String] = {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("certificates-\(UUID())")
        try? FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        var files: [String: String] = [:]
        for (name, key) in [("rsa", ["rsa:2048"]), ("ec", ["ec", "-pkeyopt", "ec_paramgen_curve:P-256"])] {
            let make =
                [
                    "req", "-x509", "-nodes", "-subj", "/CN=localhost", "-keyout", name + ".key", "-out",
                    name + ".pem", "-newkey",
                ] + key
            _ = try? Tool.run("openssl", make, in: folder)
            for file in [name + ".key", name + ".pem"] {
                files[file] = try? String(contentsOf: folder.appendingPathComponent(file), encoding: .utf8)
            }
        }
        return files
    }()

    /// Files that are wrong in different ways. Returns false where there is no openssl to make certificates.
    private func prepare(_ folder: URL) throws -> Bool {
        guard !Self.certificates.isEmpty || ProcessInfo.processInfo.environment["CI"] != nil else {
            return false
        }
        func write(_ text: String, to name: String, mode: Int) throws {
            let file = folder.appendingPathComponent(name)
            try Data(text.utf8).write(to: file)
            try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: file.path)
        }
        for (name, contents) in Self.certificates {
            try write(contents, to: name, mode: 0o600)
        }
        try write("this is no database, however long it is made to be", to: "text", mode: 0o600)
        try write(String(repeating: "k", count: 31), to: "short", mode: 0o600)
        try write(String(repeating: "k", count: 32), to: "open", mode: 0o640)
        try write("", to: "unreadable", mode: 0o000)
        for (name, mode) in [("locked", 0o555), ("closed", 0o000)] {
            let place = folder.appendingPathComponent(name)
            try FileManager.default.createDirectory(at: place, withIntermediateDirectories: false)
            try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: place.path)
        }
        return true
    }

    private func allowAll(_ folder: URL) throws {
        for name in ["locked", "closed"] {
            try FileManager.default.setAttributes(
                [.posixPermissions: 0o700], ofItemAtPath: folder.appendingPathComponent(name).path)
        }
    }
}
