import Foundation
import Testing

/// A server, once it has said where it listens.
struct Server {
    let process: Process
    let line: String
    private let limit: TimeLimit

    /// With `socket`, that one is handed over as systemd does it. With `descriptors`, it may open no more files
    /// and sockets than that. What it logs, from `level` on, is in `folder`'s file "log", or goes to `errors`.
    init(
        _ arguments: [String], in folder: URL, environment: [String: String] = [:],
        listening socket: Int32? = nil, descriptors: Int? = nil, level: String = "error", errors: Pipe? = nil
    ) throws {
        let arguments = arguments + ["--log-level", level]
        process = Program.process(arguments, in: folder, environment: environment)
        var preparation = ""
        if let socket {
            preparation = "exec 3<&0 0</dev/null; export LISTEN_PID=$$ LISTEN_FDS=1; "
            process.standardInput = FileHandle(fileDescriptor: socket, closeOnDealloc: false)
        }
        if let descriptors { preparation += "ulimit -n \(descriptors); " }
        process.executableURL = URL(fileURLWithPath: "/bin/sh")
        process.arguments =
            [
                "-c", preparation + "exec \"$@\"" + (errors == nil ? " 2>log" : ""), "sh",
                Program.executable.path,
            ]
            + arguments
        let output = Pipe()
        process.standardOutput = output
        if let errors { process.standardError = errors }
        try Program.start(process)
        limit = TimeLimit(of: process)
        var line = ""
        while !line.hasSuffix("\n") {
            guard let byte = try output.fileHandleForReading.read(upToCount: 1), !byte.isEmpty else {
                break
            }
            line += String(decoding: byte, as: UTF8.self)
        }
        self.line = line
    }

    /// The port that its first line names.
    var port: Int {
        get throws { try #require(line.split(separator: ":").last.flatMap { Int($0.dropLast()) }) }
    }

    /// Returns the exit status; -1 where a signal has ended it.
    func stop() -> Int32 {
        if process.isRunning { process.terminate() }
        process.waitUntilExit()
        limit.cancel()
        return process.terminationReason == .exit ? process.terminationStatus : -1
    }
}
