/// Brings a database to the schema of this program: one script per version, run in order, each version once.
package struct Migrator: Sendable {
    /// Tells this program's files from other SQLite databases (`PRAGMA application_id`).
    package let applicationID: Int64
    /// The script at index n leads from version n to version n + 1 (`PRAGMA user_version`).
    package let scripts: [String]
    /// Makes in an empty file what the scripts lead to; nil where they do that themselves.
    private let current: String?

    package init(applicationID: Int64, scripts: [String], current: String? = nil) {
        self.applicationID = applicationID
        self.scripts = scripts
        self.current = current
    }

    /// How a database stands to this program's schema.
    package enum State: Hashable, Sendable {
        /// No schema yet.
        case empty
        case current
        case older(Int)
        /// A later release of this program has written the file.
        case newer(Int)
        /// The file is a database, but another program's.
        case foreign
    }

    package func state(of connection: Connection) throws(SQLiteError) -> State {
        let version = Int(try connection.integer("PRAGMA user_version") ?? 0)
        let application = try connection.integer("PRAGMA application_id") ?? 0
        if application != applicationID {
            let objects = try connection.integer("SELECT count(*) FROM sqlite_schema") ?? 0
            return application == 0 && version == 0 && objects == 0 ? .empty : .foreign
        }
        if version == scripts.count { return .current }
        return version > scripts.count ? .newer(version) : .older(version)
    }

    /// Runs the scripts that are missing, in one transaction: all or none. Does nothing where none is missing, for
    /// instance because another process was faster; a file that is foreign, or newer than this program, stays as it is.
    package func migrate(_ connection: Connection) throws(SQLiteError) {
        try connection.begin(.writing)
        do throws(SQLiteError) {
            switch try state(of: connection) {
            case .empty:
                for script in current.map({ [$0] }) ?? scripts { try connection.execute(script: script) }
            case .older(let version):
                for script in scripts[version...] { try connection.execute(script: script) }
            case .current, .newer, .foreign: return connection.rollBack()
            }
            try connection.execute(script: "PRAGMA user_version = \(scripts.count)")
            try connection.execute(script: "PRAGMA application_id = \(applicationID)")
            try connection.commit()
        } catch {
            connection.rollBack()
            throw error
        }
    }
}
