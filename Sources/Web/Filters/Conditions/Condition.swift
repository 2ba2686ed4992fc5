import Expenses
import HTTP
import Templating

/// One condition of the filter: what it is called, how it is read and written, and what is said of it.
///
/// `FilterQuery` has its value, and the list of all conditions. What it means is said by `Filter`, and in SQL by Storage's
/// `FilterCondition`.
protocol Condition: SendableMetatype {
    /// Its fields in an address, in a form, and in the API.
    static var parameters: [Operation.Parameter] { get }
    /// Whether it may take long to find what matches, so that it is done on a thread of its own.
    static var isSearch: Bool { get }
    /// Reads what a browser sent. What makes no sense is left out, and named in `ignored` in words for the user.
    static func read(_ fields: FormData, into query: inout FilterQuery, ignored: inout [Message])
    /// Writes what `read` reads.
    static func write(_ query: FilterQuery, _ fields: inout AddressFields, to output: inout Output)
    /// What the filters' form sends without showing it.
    static func hiddenFields(of query: FilterQuery) -> [HiddenField]
    static func narrow(_ filter: inout Filter, to query: FilterQuery, today: Day)
    static func chips(of query: FilterQuery, _ names: ConditionNames) -> [FilterChip]
    /// Takes away what the chip names, where it is one of this condition.
    static func remove(_ chip: String, from query: inout FilterQuery)
}

extension Condition {
    static var isSearch: Bool { false }
    static func hiddenFields(of query: FilterQuery) -> [HiddenField] { [] }
}

/// What the user calls what a filter names by number or key.
struct ConditionNames {
    /// All that the user has.
    var categories: [Category]
    /// Of the query's tags, as they were typed last.
    var tags: [String]
    /// The one that the query names; nil where there is none.
    var repeating: RepeatingExpense?
}
