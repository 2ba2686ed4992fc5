import Storage

/// The integrity check of the database and of every total derived from it. Exit status 1 with the findings, if any.
enum CheckCommand {
    static func run(_ configuration: Configuration) throws {
        let storage = try Database.openExisting(configuration)
        defer { storage.close() }
        let findings = try storage.check().findings
        for finding in findings { Terminal.print(finding) }
        guard findings.isEmpty else {
            throw StartError(
                "\(Database.name(configuration.database)) has \(findings.count) faults, listed above")
        }
        Terminal.print("\(Database.name(configuration.database)) is sound.")
    }
}
