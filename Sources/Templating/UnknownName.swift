/// A name that no field has, with those that there are.
struct UnknownName {
    private let name: String
    private let names: [String]

    init(_ name: String, among names: [String]) {
        self.name = name
        self.names = names
    }

    /// - Parameter owner: the record that was looked in; nil for the model that is open.
    func message(_ path: Path, _ owner: String?) -> String {
        let near = names.filter { distance($0, name) <= (name.count + 2) / 3 }
            .min { distance($0, name) < distance($1, name) }
        let guess = near.map { "; did you mean `\($0)`?" } ?? ";"
        let list = names.isEmpty ? "nothing" : names.joined(separator: ", ")
        let place = owner.map { "`\($0)` has" } ?? "there are here"
        return "unknown variable `\(path)`\(guess) \(place): \(list)"
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
