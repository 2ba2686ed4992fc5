import Crypto
import Expenses
import Glibc
import HTTP
import Platform
import Storage
import Synchronization
import TestDatabase
import Web

/// The application on a fresh database of its own, with a clock that stands still until it is moved.
final class TestApp: Sendable {
    /// Unix seconds: 2026-11-23 12:00 UTC, a Monday.
    static let noon: Int64 = 1_795_435_200

    let application: Application
    let storage: Storage
    private let configuration: Application.Configuration
    private let folder: String
    /// Whose database this one uses; nil where it is its own.
    private let original: TestApp?

    /// `configure` changes settings before the start. Passwords are hashed with a cheap cost.
    init(
        storage options: Storage.Options = Storage.Options(), log: Log = Log(level: .error),
        pages: Pages? = nil, _ configure: (inout Application.Configuration) -> Void = { _ in },
        stopwatch: @escaping @Sendable () -> Int64 = { 0 }
    ) throws {
        let name = "/tmp/expense-tracker-test-\(SecureRandom.token())"
        guard unsafe mkdir(name, 0o700) == 0 else { throw TestFailure("cannot make \(name)") }
        folder = name
        var configuration = Application.Configuration()
        configuration.passwordCost = .cheapForTests
        configure(&configuration)
        self.configuration = configuration
        original = nil
        let clock = TestClock(noon: TestApp.noon)
        self.clock = clock
        do {
            storage = try Storage(
                path: TestDatabase.name(file: folder + "/expenses.sqlite"), options: options)
            application = try Application(
                configuration, storage: storage, root: TestApp.packageRoot,
                secret: [UInt8](repeating: 7, count: 32),
                pages: try pages ?? TestApp.pages(for: configuration), log: log, clock: { clock.now },
                stopwatch: stopwatch)
        } catch {
            TestApp.remove(folder)
            throw error
        }
    }

    /// The application again on the same database and clock, with another key or other settings.
    private init(
        _ original: TestApp, storage: Storage? = nil, secret: [UInt8] = [UInt8](repeating: 7, count: 32),
        previousSecret: [UInt8]? = nil, log: Log = Log(level: .error),
        _ configure: (inout Application.Configuration) -> Void = { _ in }
    ) throws {
        self.original = original
        var configuration = original.configuration
        configure(&configuration)
        self.configuration = configuration
        folder = original.folder
        self.storage = storage ?? original.storage
        let clock = original.clock
        self.clock = clock
        application = try Application(
            configuration, storage: self.storage, root: TestApp.packageRoot, secret: secret,
            previousSecret: previousSecret, pages: TestApp.pages(for: configuration), log: log,
            clock: { clock.now })
    }

    /// Compiled once for all tests; nil for an application below a base path.
    private static func pages(for configuration: Application.Configuration) throws -> Pages? {
        configuration.basePath.text.isEmpty ? try compiledPages.get() : nil
    }

    private static let compiledPages = Result { try Pages(root: packageRoot) }

    func restarted(_ configure: (inout Application.Configuration) -> Void) throws -> TestApp {
        try TestApp(self, configure)
    }

    func restarted(secret: [UInt8], previousSecret: [UInt8]? = nil) throws -> TestApp {
        try TestApp(self, secret: secret, previousSecret: previousSecret)
    }

    /// Another copy of the program that has the same database on a server.
    func otherCopy() throws -> TestApp {
        try TestApp(self, storage: try Storage(path: storage.path))
    }

    deinit {
        guard original == nil else { return }
        storage.close()
        TestApp.remove(folder)
    }

    /// What lies beside the database.
    var folderNames: [String] { (try? Directory.names(in: folder)) ?? ["?"] }

    private static func remove(_ folder: String) {
        for file in ["expenses.sqlite", "expenses.sqlite-wal", "expenses.sqlite-shm"] {
            unsafe unlink(folder + "/" + file)
        }
        unsafe rmdir(folder)
    }

    let clock: TestClock

    /// Another visitor with an empty cookie jar.
    func browser() -> TestBrowser { TestBrowser(self) }

    /// A visitor who has registered and logged in.
    func loggedIn(as name: String = "ada") async throws -> TestBrowser {
        let browser = browser()
        let registered = await browser.post(
            "/register",
            ["username": name, "email": "\(name)@example.com", "password": "correct horse \(name)"])
        guard registered.status == 303 else {
            throw TestFailure("registration answered \(registered.status)")
        }
        let answer = await browser.post(
            "/login", ["email": "\(name)@example.com", "password": "correct horse \(name)"])
        guard answer.status == 303 else { throw TestFailure("log-in answered \(answer.status)") }
        return browser
    }

    static var packageRoot: String {
        // …/Tests/WebTests/Support/TestApp.swift
        #filePath.split(separator: "/").dropLast(4).reduce("") { $0 + "/" + $1 }
    }
}

/// Why a test could not be prepared.
struct TestFailure: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}

/// Unix seconds that only a test moves.
final class TestClock: Sendable {
    private let seconds: Mutex<Int64>

    init(noon: Int64) { seconds = Mutex(noon) }

    var now: Int64 { seconds.withLock { $0 } }

    func advance(by count: Int64) { seconds.withLock { $0 += count } }
}
