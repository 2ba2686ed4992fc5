import Foundation

/// A program of the system that checks what ours has made.
enum Tool {
    /// Nil where it is not installed, except in the check of everything, where that is a failure.
    static func run(_ name: String, _ arguments: [String], in folder: URL) throws -> Program.Outcome? {
        let places = ["/usr/bin/", "/bin/"].map { $0 + name }
        guard let path = places.first(where: FileManager.default.isExecutableFile) else {
            guard ProcessInfo.processInfo.environment["CI"] == nil else { throw Missing(name: name) }
            return nil
        }
        let process = Process()
        process.executableURL = URL(fileURLWithPath: path)
        process.arguments = arguments
        process.currentDirectoryURL = folder
        return try Program.run(process, input: "")
    }

    struct Missing: Error {
        let name: String
    }
}
