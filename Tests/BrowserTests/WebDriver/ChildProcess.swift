import Foundation
import Glibc

/// A program that a test has started, with the lines it prints.
final class ChildProcess: Sendable {
    private let process = Process()
    private let output = Pipe()
    private let exit: AsyncStream<Int32>

    /// Standard error goes to the file `log`, so that it can be read after a failure.
    init(_ executable: String, _ arguments: [String], environment: [String: String] = [:], log: URL) throws {
        let (exit, ended) = AsyncStream.makeStream(of: Int32.self)
        self.exit = exit
        process.executableURL = URL(fileURLWithPath: executable)
        process.arguments = arguments
        process.environment = ProcessInfo.processInfo.environment.merging(environment) { _, new in new }
        process.standardOutput = output
        _ = FileManager.default.createFile(atPath: log.path, contents: nil)
        process.standardError = try FileHandle(forWritingTo: log)
        process.terminationHandler = { process in
            // A signal counts as the shell counts it.
            ended.yield(
                process.terminationReason == .exit
                    ? process.terminationStatus : 128 + process.terminationStatus)
            ended.finish()
        }
        try process.run()
    }

    /// The first line of standard output that contains the text; nil when the program ends without one.
    func line(containing text: String) -> String? {
        var gathered = ""
        while true {
            let data = output.fileHandleForReading.availableData
            guard !data.isEmpty else { return nil }
            gathered += String(decoding: data, as: UTF8.self)
            let lines = gathered.split(separator: "\n", omittingEmptySubsequences: false)
            if let line = lines.dropLast().first(where: { $0.contains(text) }) { return String(line) }
        }
    }

    /// Ends it at once, whatever it is doing.
    func kill() async {
        Glibc.kill(process.processIdentifier, SIGKILL)
        _ = await end()
    }

    /// Sends SIGTERM and waits for the end.
    func stop() async -> Int32 {
        process.terminate()
        return await end()
    }

    /// The exit status, once it has ended; a signal that killed it counts as 128 and its number.
    func end() async -> Int32 {
        for await status in exit { return status }
        return process.terminationStatus
    }
}

/// A folder of a test's own, removed with all it holds when the test is over.
final class TemporaryFolder: Sendable {
    let url: URL

    init() throws {
        url = FileManager.default.temporaryDirectory.appending(path: "expense-tracker-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(at: url) }

    func path(_ name: String) -> String { url.appending(path: name).path }
}
