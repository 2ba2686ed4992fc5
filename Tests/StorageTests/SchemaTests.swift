import FoundationEssentials
import Glibc
import SQLite
import Storage
import TestDatabase
import Testing

/// What the scripts of the schema make, and what is said of it elsewhere.
@Suite struct SchemaTests {
    private let directory = TemporaryDirectory()
    private static let folder =
        #filePath.split(separator: "/").dropLast(3).map { "/" + $0 }.joined() + "/Sources/Storage/Schema"

    /// FNV-1a with 64 bits.
    private func digest(_ text: String) -> UInt64 {
        text.utf8.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
    }

    /// All but the newest of either engine, which may not have landed.
    private static let landed: [(name: String, digest: UInt64)] = [
        ("v0001.sql", 0x71d7_73ae_2f7c_fe37 as UInt64),
        ("v0002.sql", 0x9c7a_82d7_6587_25a1 as UInt64),
        ("v0003.sql", 0x3abb_a950_9304_9dca as UInt64),
        ("v0004.sql", 0x0130_cf6e_65f5_a58f as UInt64),
        ("v0005.sql", 0x5f0b_30ed_42a2_655e as UInt64),
        ("v0006.sql", 0x88ff_122d_5458_4aef as UInt64),
        ("v0007.sql", 0xb35a_2970_2a6c_93f0 as UInt64),
        ("v0008.sql", 0xe6de_6081_42a8_f5b4 as UInt64),
        ("v0009.sql", 0xe4c8_a50c_86ff_6324 as UInt64),
        ("v0010.sql", 0xb2f7_c707_ccd2_2139 as UInt64),
        ("v0011.sql", 0xcdc1_896e_e32a_d7ee as UInt64),
        ("server0001.sql", 0x386b_8cf9_def6_6a4f as UInt64),
        ("server0002.sql", 0xfb7c_6f13_8e34_60e4 as UInt64),
        ("server0003.sql", 0xaea8_a571_181f_e66a as UInt64),
        ("server0004.sql", 0x6670_9bdb_9a16_a334 as UInt64),
    ]

    @Test func `every script but the newest ones has to stay as it is`() throws {
        let names = try FileManager.default.contentsOfDirectory(atPath: SchemaTests.folder)
            .filter { $0.contains(/^(v|server)[0-9]+\.sql$/) }.sorted()
        for prefix in ["v", "server"] {
            let numbered = names.filter { $0.hasPrefix(prefix) }
            let known = SchemaTests.landed.map(\.name).filter { $0.hasPrefix(prefix) }
            #expect(known == Array(numbered.dropLast()))
        }
    }

    @Test(arguments: landed)
    func `a script that has landed stays as it is`(name: String, digest: UInt64) throws {
        let script = try String(contentsOfFile: SchemaTests.folder + "/" + name, encoding: .utf8)
        #expect(self.digest(script) == digest)
    }

    /// `UPDATE_SCHEMA=1 swift test --filter SchemaTests` writes the file anew.
    @Test func `schema.sql is what the tables are described as`() throws {
        let path = SchemaTests.folder + "/schema.sql"
        if unsafe getenv("UPDATE_SCHEMA") != nil {
            try Schema.definition().write(toFile: path, atomically: true, encoding: .utf8)
        }
        #expect(try String(contentsOfFile: path, encoding: .utf8) == Schema.definition())
    }

    @Test func `the scripts make the tables that are described`() throws {
        let made = try DatabaseFile(path: directory.file("made"), makesMissing: true)
            .open(schema: Migrator(applicationID: 7, scripts: Schema.migrator.scripts))
        let described = try DatabaseFile(path: directory.file("described"), makesMissing: true)
            .open(schema: Schema.migrator)
        let (there, here) = (try objects(of: made), try objects(of: described))
        #expect(Set(there.keys) == Set(here.keys))
        for (name, sql) in there { #expect(sql == here[name]) }
    }

    /// Tables, indexes, views and triggers by their names, as their statements without what does not matter.
    private func objects(of connection: Connection) throws -> [String: String] {
        var objects: [String: String] = [:]
        let statement = try connection.statement(
            """
            SELECT name, sql FROM sqlite_schema
            WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%'
            """)
        while try statement.step() {
            let sql = try statement.text(1).split(separator: "\n").map { $0.prefix(upTo: $0.comment) }
                .joined(separator: " ").replacing("\"", with: "")
            objects[try statement.text(0)] = sql.split(separator: " ").joined(separator: " ")
                .replacing("( ", with: "(").replacing(" )", with: ")").replacing(" ,", with: ",")
        }
        return objects
    }

    @Test(.enabled(if: !TestDatabase.isFile))
    func `the scripts of a server make the tables that are described`() throws {
        let made = TestDatabase.name(file: "")
        for name in [
            "server0001.sql", "server0002.sql", "server0003.sql", "server0004.sql", "server0005.sql",
        ] {
            try RawDatabase(made).execute(
                String(contentsOfFile: SchemaTests.folder + "/" + name, encoding: .utf8))
        }
        let described = TestDatabase.name(file: "")
        try Storage(path: described).close()
        // Columns, whether they may be null and what they begin with; then keys, references and bounds; then indexes, views and functions.
        for query in [
            """
            SELECT table_name || ' ' || column_name || ' ' || data_type || ' ' || is_nullable || ' '
                || coalesce(column_default, '') || is_identity || coalesce(collation_name, '')
            FROM information_schema.columns
            WHERE table_schema = current_schema() AND table_name <> 'expense_tracker_schema'
            """,
            """
            SELECT CAST(CAST(conrelid AS regclass) AS text) || ' ' || pg_get_constraintdef(oid) FROM pg_constraint
            WHERE connamespace = CAST(current_schema() AS regnamespace)
                AND CAST(CAST(conrelid AS regclass) AS text) <> 'expense_tracker_schema'
            """,
            """
            SELECT replace(indexdef, current_schema() || '.', '') FROM pg_indexes
            WHERE schemaname = current_schema() AND tablename <> 'expense_tracker_schema'
            """,
            """
            SELECT replace(definition, current_schema() || '.', '') FROM pg_views
            WHERE schemaname = current_schema()
            """,
            """
            SELECT regexp_replace(prosrc, '\\s+', ' ', 'g') FROM pg_proc
            WHERE pronamespace = CAST(current_schema() AS regnamespace)
            """,
        ] {
            let (there, here) = (try RawDatabase(made).texts(query), try RawDatabase(described).texts(query))
            #expect(!there.isEmpty)
            #expect(there.subtracting(here) == [])
            #expect(here.subtracting(there) == [])
        }
    }
}

extension Substring {
    /// Where a comment begins.
    fileprivate var comment: Index { firstRange(of: "--")?.lowerBound ?? endIndex }
}
