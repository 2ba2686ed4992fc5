import Expenses
import SQL

/// Texts with tags that are not expenses: the owner's rules and repeating expenses. They are few, and follow a tag that is
/// renamed or taken off in one write.
struct TaggedTexts {
    let connection: Connection
    let id: BulkChange.ID
    let owner: User.ID

    enum Place: String, CaseIterable {
        case ruleTag = "tag of a rule"
        case ruleText = "text of a rule"
        case ruleDescription = "description of a rule"
        case repeating = "repeating"
        /// As it was before its owner changed it: that can be taken back.
        case formerRepeating = "former repeating"

        fileprivate var reading: StaticString {
            switch self {
            case .ruleTag: "SELECT id, tag FROM rules WHERE owner = ?"
            case .ruleText: "SELECT id, text FROM rules WHERE owner = ?"
            case .ruleDescription: "SELECT id, new_description FROM rules WHERE owner = ?"
            case .repeating: "SELECT id, description FROM repeating WHERE owner = ? AND former = 0"
            case .formerRepeating: "SELECT id, description FROM repeating WHERE owner = ? AND former = 1"
            }
        }

        fileprivate var writing: StaticString {
            switch self {
            case .ruleTag: "UPDATE rules SET tag = ? WHERE owner = ? AND id = ?"
            case .ruleText: "UPDATE rules SET text = ? WHERE owner = ? AND id = ?"
            case .ruleDescription: "UPDATE rules SET new_description = ? WHERE owner = ? AND id = ?"
            case .repeating: "UPDATE repeating SET description = ? WHERE owner = ? AND id = ? AND former = 0"
            case .formerRepeating:
                "UPDATE repeating SET description = ? WHERE owner = ? AND id = ? AND former = 1"
            }
        }

        /// The text after the action; unchanged where it has not the tag, or would become too long.
        fileprivate func changed(_ text: String, by action: BulkChange.Action) -> String {
            let (key, name): (String, String?)
            switch action {
            case .rename(let old, to: let new): (key, name) = (searchKey(old), new)
            case .untag(let old): (key, name) = (searchKey(old), nil)
            case .move, .tag, .delete: return text
            }
            switch self {
            case .ruleTag: return searchKey(text) == key ? name ?? "" : text
            case .ruleText:
                // Without the tag it would fit other descriptions, or all.
                guard let name, let changed = Tag.replacing(key, with: name, in: text),
                    changed.count <= Rule.longestText
                else { return text }
                return changed
            case .ruleDescription, .repeating, .formerRepeating:
                return Tag.replacing(key, with: name, in: text) ?? text
            }
        }
    }

    /// Keeps what each was before.
    func change(_ action: BulkChange.Action) throws {
        for place in Place.allCases {
            for (number, text) in try texts(place.reading) {
                let changed = place.changed(text, by: action)
                guard changed != text else { continue }
                try write(changed, to: place, number)
                try connection.run(
                    "INSERT INTO bulk_texts (owner, change, place, id, text) VALUES (?, ?, ?, ?, ?)",
                    .id(owner), .id(id), .text(place.rawValue), .integer(number), .text(text))
            }
        }
    }

    /// What somebody has changed since stays.
    func undo(_ action: BulkChange.Action) throws {
        for place in Place.allCases {
            let now = Dictionary(uniqueKeysWithValues: try texts(place.reading))
            let former = try connection.statement(
                "SELECT id, text FROM bulk_texts WHERE owner = ? AND change = ? AND place = ?",
                [.id(owner), .id(id), .text(place.rawValue)]
            ).rows { try (number: $0.integer(0), text: $0.text(1)) }
            for (number, text) in former where now[number] == place.changed(text, by: action) {
                try write(text, to: place, number)
            }
        }
        try remove()
    }

    /// Of a change that can no longer be taken back.
    func remove() throws {
        try connection.run("DELETE FROM bulk_texts WHERE owner = ? AND change = ?", .id(owner), .id(id))
    }

    private func texts(_ reading: StaticString) throws -> [(Int64, String)] {
        try connection.statement(reading, [.id(owner)]).rows { try ($0.integer(0), $0.text(1)) }
    }

    private func write(_ text: String, to place: Place, _ number: Int64) throws {
        try connection.run(place.writing, .text(text), .id(owner), .integer(number))
    }
}
