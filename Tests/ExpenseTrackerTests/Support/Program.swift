import Foundation

/// The built executable, run as a person runs it.
struct Program {
    struct Outcome: Sendable {
        let status: Int32
        let output: String
        let errors: String
    }

    /// Beside the test bundle.
    static var executable: URL {
        var folder = URL(fileURLWithPath: CommandLine.arguments[0]).resolvingSymlinksInPath()
        for _ in 0..<6 {
            folder.deleteLastPathComponent()
            let candidate = folder.appendingPathComponent("expense-tracker")
            if FileManager.default.isExecutableFile(atPath: candidate.path) { return candidate }
        }
        return Bundle.main.bundleURL.deletingLastPathComponent().appendingPathComponent("expense-tracker")
    }

    /// A folder of its own, removed by `body`'s end.
    static func inFolder<Value>(_ body: (URL) async throws -> Value) async throws -> Value {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(
            "expense-tracker-\(UUID())")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        return try await body(folder)
    }

    /// Runs to the end in `folder`; input is given on standard input.
    static func run(
        _ arguments: [String], in folder: URL, environment: [String: String] = [:], input: String = ""
    ) throws -> Outcome {
        try run(process(arguments, in: folder, environment: environment), input: input)
    }

    /// One at a time: Foundation crashes now and then where many threads start processes at once.
    static func start(_ process: Process) throws {
        starting.lock()
        defer { starting.unlock() }
        try process.run()
    }

    private static let starting = NSLock()

    static func run(_ process: Process, input: String) throws -> Outcome {
        let output = Pipe()
        let errors = Pipe()
        let source = Pipe()
        process.standardOutput = output
        process.standardError = errors
        process.standardInput = source
        try start(process)
        let limit = TimeLimit(of: process)
        defer { limit.cancel() }
        try source.fileHandleForWriting.write(contentsOf: Data(input.utf8))
        try source.fileHandleForWriting.close()
        let printed = output.fileHandleForReading.readDataToEndOfFile()
        let complained = errors.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return Outcome(
            status: process.terminationStatus, output: String(decoding: printed, as: UTF8.self),
            errors: String(decoding: complained, as: UTF8.self))
    }

    /// A process to which the permissions of files apply, also where root runs the tests.
    static func weak(_ arguments: [String], in folder: URL) -> Process {
        let process = process(arguments, in: folder)
        guard geteuid() == 0 else { return process }
        process.executableURL = URL(fileURLWithPath: "/usr/bin/setpriv")
        process.arguments =
            ["--bounding-set=-dac_override,-dac_read_search", executable.path] + arguments
        return process
    }

    static func process(_ arguments: [String], in folder: URL, environment: [String: String] = [:]) -> Process
    {
        let process = Process()
        process.executableURL = executable
        process.arguments = arguments
        process.currentDirectoryURL = folder
        var variables = ProcessInfo.processInfo.environment.filter { !$0.key.hasPrefix("EXPENSE_TRACKER_") }
        variables.merge(environment) { $1 }
        process.environment = variables
        return process
    }
}
