package import SQLite

/// The tables of a SQLite file. A new one gets them as `Tables` describes them; an older one is led there by scripts, one
/// from each version of the schema to the next, of which earlier ones never change.
package enum Schema {
    /// "ExpT" in ASCII.
    package static let migrator = Migrator(
        applicationID: 0x4578_7054, scripts: scripts, current: definition())

    /// What the scripts call `searchKey`.
    static let foldingFunctions = ["description_key", "search_key"]

    private static let scripts = [
        PackageResources.v0001_sql, PackageResources.v0002_sql, PackageResources.v0003_sql,
        PackageResources.v0004_sql, PackageResources.v0005_sql, PackageResources.v0006_sql,
        PackageResources.v0007_sql, PackageResources.v0008_sql, PackageResources.v0009_sql,
        PackageResources.v0010_sql, PackageResources.v0011_sql, PackageResources.v0012_sql,
    ].map { String(decoding: $0, as: UTF8.self) }

    /// Everything as it is now: `schema.sql`, or the same for a server.
    package static func definition(onServer: Bool = false) -> String {
        let dialect: Dialect = onServer ? .postgreSQL : .sqlite
        let tables = Tables.all.filter { $0.engines.contain(dialect) }.map { $0.definition(in: dialect) }
        let rest =
            onServer ? [Totals.view, Totals.serverTriggers] : [textIndex, Totals.view, Totals.triggers]
        return (tables + rest).joined(separator: "\n")
    }

    private static let textIndex = """
        -- The trigrams in the keys of descriptions. rowid = owner * 2^32 + id: one range per user. DescriptionStore maintains
        -- it; FTS5 is barred from triggers of an untrusted schema.
        CREATE VIRTUAL TABLE description_index USING fts5 (key, content = '', tokenize = 'trigram case_sensitive 1');

        """

    /// How a few rows of an owner go of each table.
    package static var removals: [String] { RemovalSteps.removals(in: .sqlite).map(\.sql) }
}
