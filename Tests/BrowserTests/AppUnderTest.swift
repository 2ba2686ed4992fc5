import Foundation
import Testing

/// The program itself, as built, on a free port with a database of its own.
final class AppUnderTest: Sendable {
    private let process: ChildProcess
    private let folder: TemporaryFolder
    private let log: URL
    let address: URL

    /// Runs the test's body beside the started program, which has to end cleanly afterwards.
    static func run<Value>(
        _ options: [String] = [], environment: [String: String] = [:], in folder: TemporaryFolder? = nil,
        _ body: (AppUnderTest) async throws -> Value
    ) async throws -> Value {
        let app = try AppUnderTest(options, environment, folder ?? TemporaryFolder())
        do {
            let value = try await body(app)
            await app.end()
            return value
        } catch {
            _ = await app.process.stop()
            print("What the program said:\n\(app.messages.suffix(4000))")
            throw error
        }
    }

    /// Starts the program for a test that ends it itself.
    static func start(_ options: [String], in folder: TemporaryFolder) throws -> AppUnderTest {
        try AppUnderTest(options, [:], folder)
    }

    func end() async {
        #expect(await process.stop() == 0, "the program did not end cleanly:\n\(messages)")
    }

    /// Runs another of its commands to its end, on the database of that folder.
    static func command(_ arguments: [String], in folder: TemporaryFolder) async throws {
        let process = try ChildProcess(
            executable, arguments + ["--database", folder.path("expenses.sqlite")],
            log: folder.url.appending(path: "command.log"))
        #expect(await process.end() == 0)
    }

    private init(_ options: [String], _ environment: [String: String], _ folder: TemporaryFolder) throws {
        self.folder = folder
        log = folder.url.appending(path: "server.log")
        process = try ChildProcess(
            AppUnderTest.executable,
            (options.contains("--port") ? [] : ["--port", "0"])
                + ["--database", folder.path("expenses.sqlite"), "--root", AppUnderTest.root]
                + options,
            environment: environment, log: log)
        let line = process.line(containing: "listening on")
        guard let place = line?.split(separator: " ").last, let address = URL(string: String(place)) else {
            let messages = (try? String(contentsOf: log, encoding: .utf8)) ?? ""
            throw BrowserError(action: "start the program", reason: messages)
        }
        self.address = address
    }

    func url(_ path: String) -> URL {
        guard let url = URL(string: path, relativeTo: address) else {
            preconditionFailure("\(path) is no path")
        }
        return url.absoluteURL
    }

    /// What it wrote to standard error.
    var messages: String { (try? String(contentsOf: log, encoding: .utf8)) ?? "" }

    /// SwiftPM puts the program into the folder of the tests.
    private static let executable: String = {
        let tests = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? ""
        return URL(fileURLWithPath: tests).deletingLastPathComponent().appending(path: "expense-tracker").path
    }()

    /// The package's folder, which holds the templates.
    static let root: String = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().path
}
