import Expenses
import HTTP
import JSON
import Templating

/// Any of some categories.
enum CategoryCondition: Condition {
    static let parameters = [
        Operation.Parameter(
            name: "category", description: "The id of a category; may repeat.",
            schema: ["type": "array", "items": APISchemas.orEmpty(APISchemas.id)],
            problem: "This is the id of one of your categories.")
    ]

    /// More than these share one chip; each can be taken away in the form above.
    private static let maxChips = 10

    /// A form of boxes sends the field once for each. Addresses that we write have it once, with all, which is shorter.
    static func read(_ fields: FormData, into query: inout FilterQuery, ignored: inout [Message]) {
        for text in fields.values("category").flatMap({ $0.split(separator: " ") }) {
            guard let id = Category.ID(String(text)) else {
                ignored.append(Message("category “{text}”", ["text": text.prefix(40)]))
                continue
            }
            if !query.categories.contains(id) { query.categories.append(id) }
        }
    }

    static func write(_ query: FilterQuery, _ fields: inout AddressFields, to output: inout Output) {
        for (index, id) in query.categories.enumerated() {
            if index == 0 {
                fields.begin("category=", in: &output)
            } else {
                output.append(UInt8(ascii: "+"))
            }
            id.write(to: &output)
        }
    }

    static func narrow(_ filter: inout Filter, to query: FilterQuery, today: Day) {
        filter.categories = query.categories
    }

    static func chips(of query: FilterQuery, _ names: ConditionNames) -> [FilterChip] {
        let count = query.categories.count
        guard count <= maxChips else {
            let label = Message(
                "{count} category", plural: "{count} categories", count: count, ["count": count])
            return [FilterChip(label: label, removal: "categories")]
        }
        return query.categories.map { id in
            let name = names.categories.first { $0.id == id }?.name
            return FilterChip(
                label: name.map { Message(verbatim: $0) } ?? Message("A category that is gone"),
                removal: id.description)
        }
    }

    static func remove(_ chip: String, from query: inout FilterQuery) {
        query.categories.removeAll { chip == "categories" || chip == $0.description }
    }
}
