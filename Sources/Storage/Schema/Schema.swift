package import SQLite

/// The tables of a SQLite file, as scripts that lead from one version of the schema to the next: earlier ones never
/// change. `Tables` says what they have led to.
package enum Schema {
    /// "ExpT" in ASCII.
    package static let migrator = Migrator(applicationID: 0x4578_7054, scripts: scripts)

    /// Folds a text as `descriptionKey` does; the scripts alone call it.
    static let foldingFunction = "description_key"

    private static let scripts = [
        PackageResources.v0001_sql, PackageResources.v0002_sql, PackageResources.v0003_sql,
        PackageResources.v0004_sql, PackageResources.v0005_sql, PackageResources.v0006_sql,
        PackageResources.v0007_sql, PackageResources.v0008_sql,
    ].map { String(decoding: $0, as: UTF8.self) }

    /// The tables and their indexes as they are now: `schema.sql`, or the same for a server.
    package static func definition(onServer: Bool = false) -> String {
        let dialect: Dialect = onServer ? .postgreSQL : .sqlite
        return Tables.all.filter { $0.engines.contain(dialect) }
            .map { $0.definition(in: dialect) }.joined(separator: "\n")
    }

    /// How a few rows of an owner go of each table.
    package static var removals: [String] { RemovalSteps.removals(in: .sqlite) }
}
