import Expenses
import HTTP
import JSON
import Templating

/// Tags that the description has, all of them.
enum TagCondition: Condition {
    static let parameters = [
        Operation.Parameter(
            name: "tag", description: "A tag of the description, without its number sign; may repeat.",
            schema: ["type": "array", "items": APISchemas.tag],
            problem:
                "This is a tag: a letter, then letters, digits, - and _, at most \(Tag.longest) characters.")
    ]

    static var isSearch: Bool { true }

    static func read(_ fields: FormData, into query: inout FilterQuery, ignored: inout [Message]) {
        for text in fields.values("tag") where !text.isEmpty {
            guard let tag = Tag.normalized(text), !tag.isEmpty else {
                ignored.append(Message("tag “{text}”", ["text": text.prefix(40)]))
                continue
            }
            let key = searchKey(tag)
            if !query.tags.contains(key) { query.tags.append(key) }
        }
    }

    static func write(_ query: FilterQuery, _ fields: inout AddressFields, to output: inout Output) {
        for tag in query.tags {
            fields.begin("tag=", in: &output)
            output.append(PercentEncoding.encodeQueryComponent(tag))
        }
    }

    static func narrow(_ filter: inout Filter, to query: FilterQuery, today: Day) {
        filter.tags = query.tags
    }

    static func chips(of query: FilterQuery, _ names: ConditionNames) -> [FilterChip] {
        zip(query.tags, names.tags).map { key, name in
            FilterChip(label: Message(verbatim: "#" + name), removal: "#" + key)
        }
    }

    static func remove(_ chip: String, from query: inout FilterQuery) {
        query.tags.removeAll { "#" + $0 == chip }
    }
}
