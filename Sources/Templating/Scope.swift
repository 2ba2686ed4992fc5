/// The models whose fields a template can name at one place, the page's own first.
struct Scope {
    private(set) var tables: [FieldTable]

    /// A field, and the level of the model that has it.
    struct Found {
        let field: Field
        let level: Int
    }

    struct Problem: Error { let message: String }

    /// The level of the next model that is opened.
    var depth: Int { tables.count }

    func opening(_ table: FieldTable) -> Scope {
        Scope(tables: tables + [table])
    }

    /// Looks in the innermost model first, then outward.
    func find(_ path: Path) throws(Problem) -> Found {
        let first = path.segments[0]
        guard let level = tables.lastIndex(where: { $0[first] != nil }), let outer = tables[level][first]
        else {
            throw unknown(path.description, first, among: tables.reversed().flatMap(\.names))
        }
        var field = outer
        var name = first
        for segment in path.segments.dropFirst() {
            let record = try record(field, named: name)
            let table = record.fields()
            guard let inner = table[segment] else {
                throw unknown(path.description, segment, among: table.names, of: name)
            }
            field = .field(inner, of: record)
            name += "." + segment
        }
        return Found(field: field, level: level)
    }

    private func record(_ field: Field, named name: String) throws(Problem) -> NestedField {
        switch field {
        case .record(let record): return record
        case .optional: throw Problem(message: "`\(name)` may be absent; open it with {{#with \(name)}}")
        case .list: throw Problem(message: "`\(name)` is a list; use {{#each \(name)}}")
        case .text: throw Problem(message: "`\(name)` is a text and has no fields")
        case .flag: throw Problem(message: "`\(name)` is a flag and has no fields")
        }
    }

    private func unknown(_ path: String, _ name: String, among names: [String], of owner: String? = nil)
        -> Problem
    {
        var seen: Set<String> = []
        let names = names.filter { seen.insert($0).inserted }
        let near = names.filter { distance($0, name) <= (name.count + 2) / 3 }
            .min { distance($0, name) < distance($1, name) }
        let guess = near.map { "; did you mean `\($0)`?" } ?? ";"
        let list = names.isEmpty ? "nothing" : names.joined(separator: ", ")
        let place = owner.map { "`\($0)` has" } ?? "there are here"
        return Problem(message: "unknown variable `\(path)`\(guess) \(place): \(list)")
    }

    /// How many letters have to be put in, taken out or changed.
    private func distance(_ first: String, _ second: String) -> Int {
        let second = Array(second)
        var row = Array(0...second.count)
        for (line, letter) in first.enumerated() {
            var diagonal = row[0]
            row[0] = line + 1
            for column in second.indices {
                let changed = diagonal + (letter == second[column] ? 0 : 1)
                diagonal = row[column + 1]
                row[column + 1] = min(changed, row[column] + 1, diagonal + 1)
            }
        }
        return row[second.count]
    }
}
