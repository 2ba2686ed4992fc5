import Expenses
import HTTP

/// The categories, the text and the tags of a filter, written once for the many links of a page that keep them.
///
/// Each link carries the whole filter, so that it can be kept, sent and opened by itself. A page has some 130 of them: what
/// that costs is bounded by the request line that the filter came in, and is small where people choose filters
/// (PageWeightTests).
///
/// A class, so that a link holds one reference to it.
final class FilterLinks: Sendable {
    /// Empty for any.
    let categories: [Category.ID]
    /// Percent-encoded. Empty for any.
    let text: String
    /// Likewise.
    let tags: [String]
    /// Whether they lead to a list with boxes.
    let isSelecting: Bool
    let repeating: RepeatingExpense.ID?

    init(_ query: FilterQuery, isSelecting: Bool = false) {
        categories = query.categories
        text = PercentEncoding.encodeQueryComponent(query.text)
        tags = query.tags.map(PercentEncoding.encodeQueryComponent)
        self.isSelecting = isSelecting
        repeating = query.repeating
    }

    func address(_ days: DayFilter, after: Cursor? = nil, category: Category.ID? = nil) -> FilterAddress {
        FilterAddress(links: self, days: days, after: after, category: category)
    }
}
