import Storage

/// The integrity check of the database and of everything derived from what is in it. Exit status 1 with the findings, if any.
enum CheckCommand {
    static func run(_ configuration: Configuration, repairs: Bool) throws {
        let storage = try Database.openExisting(configuration)
        defer { storage.close() }
        let name = Database.name(configuration.database)
        guard repairs else {
            let findings = try storage.check().findings
            for finding in findings { Terminal.print(finding) }
            return try tell(findings.count, of: name)
        }
        let (before, after) = try storage.repair()
        for finding in before { Terminal.print(finding) }
        if !before.isEmpty, after.isEmpty {
            return Terminal.print("\(name) had \(before.count) faults, listed above. They are repaired.")
        }
        if !after.isEmpty { Terminal.print("What is still wrong:") }
        for finding in after { Terminal.print(finding) }
        try tell(after.count, of: name)
    }

    private static func tell(_ count: Int, of name: String) throws(StartError) {
        guard count == 0 else { throw StartError("\(name) has \(count) faults, listed above") }
        Terminal.print("\(name) is sound.")
    }
}
