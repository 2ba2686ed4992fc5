import Expenses
import HTTP
import JSON
import Templating

/// What one expense that repeats has recorded.
enum RepeatingCondition: Condition {
    static let parameters = [
        Operation.Parameter(
            name: "repeating", description: "The id of the repeating expense that has recorded them.",
            schema: APISchemas.orEmpty(APISchemas.id), problem: "This is the id of a repeating expense.")
    ]

    static var isSearch: Bool { true }

    static func read(_ fields: FormData, into query: inout FilterQuery, ignored: inout [Message]) {
        query.repeating = fields.read("repeating", RepeatingExpense.ID.init(_:)) {
            ignored.append(Message("repeating expense “{text}”", ["text": $0]))
        }
    }

    static func write(_ query: FilterQuery, _ fields: inout AddressFields, to output: inout Output) {
        guard let id = query.repeating else { return }
        fields.begin("repeating=", in: &output)
        id.write(to: &output)
    }

    static func hiddenFields(of query: FilterQuery) -> [HiddenField] {
        query.repeating.map { [HiddenField(name: "repeating", value: $0.description)] } ?? []
    }

    static func narrow(_ filter: inout Filter, to query: FilterQuery, today: Day) {
        filter.repeating = query.repeating
    }

    static func chips(of query: FilterQuery, _ names: ConditionNames) -> [FilterChip] {
        guard query.repeating != nil else { return [] }
        let name = names.repeating?.description ?? ""
        let label =
            name.isEmpty
            ? Message("Repeating expense")
            : Message("Repeating: {name}", ["name": Wording.shortened(name, to: 40)])
        return [FilterChip(label: label, removal: "repeating")]
    }

    static func remove(_ chip: String, from query: inout FilterQuery) {
        if chip == "repeating" { query.repeating = nil }
    }
}
