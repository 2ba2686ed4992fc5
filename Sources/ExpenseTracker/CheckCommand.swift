import Glibc
import Storage
import Web

/// The integrity check of the database and of every total derived from it. Exit status 1 with the findings, if any.
enum CheckCommand {
    static func run(_ configuration: Configuration) throws {
        guard unsafe access(configuration.database, F_OK) == 0 else {
            throw StartError("--database: there is no file \(configuration.database)")
        }
        let storage = try Serve.openStorage(configuration)
        defer { storage.close() }
        let findings = try storage.check().findings
        for finding in findings { Terminal.print(finding) }
        guard findings.isEmpty else {
            throw StartError("\(configuration.database) has \(findings.count) faults, listed above")
        }
        Terminal.print("\(configuration.database) is sound.")
    }
}
