import Expenses
import Templating

/// A filter as the many links of a page write it, made once for all of them.
///
/// Each link carries the whole filter, so that it can be kept, sent and opened by itself. A page has some 130 of them: what
/// that costs is bounded by the request line that the filter came in, and is small where people choose filters
/// (PageWeightTests).
///
/// A class, so that a link holds one reference to it.
final class FilterLinks: Sendable {
    /// The field of the categories, as HTML writes it; empty for any. A link may have its own category instead.
    let category: String
    /// The fields of all other conditions but the days, which are each link's own.
    let others: String
    /// Whether they lead to a list with boxes.
    let isSelecting: Bool

    init(_ query: FilterQuery, isSelecting: Bool = false) {
        self.isSelecting = isSelecting
        guard !query.isOfDaysAlone else {
            (category, others) = ("", "")
            return
        }
        var rest = query.on(.any)
        rest.categories = []
        category = String(showing: Fields(query: FilterQuery(categories: query.categories)))
        others = String(showing: Fields(query: rest))
    }

    func address(_ days: DayFilter, after: Cursor? = nil, category: Category.ID? = nil) -> FilterAddress {
        FilterAddress(links: self, days: days, after: after, category: category)
    }

    private struct Fields: TemplateValue {
        let query: FilterQuery

        func write(to output: inout Output) {
            var fields = AddressFields(start: "")
            for condition in FilterQuery.conditions { condition.write(query, &fields, to: &output) }
        }
    }
}
