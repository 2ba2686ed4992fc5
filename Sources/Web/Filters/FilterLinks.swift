import Expenses
import HTTP

/// The categories, the text and the tags of a filter, written once for the many links of a page that keep them.
///
/// A class, so that a link holds one reference to it.
final class FilterLinks: Sendable {
    /// Empty for any, and where links are short.
    let categories: [Category.ID]
    /// Percent-encoded. Empty for any, and where links are short.
    let text: String
    /// Likewise.
    let tags: [String]
    /// Whether they lead to a list with boxes.
    let isSelecting: Bool
    let repeating: RepeatingExpense.ID?
    /// The days of the page, where links are short: they leave out the categories, the text and the tags, which are those of the
    /// page that holds the link, and the days where they are these.
    let inheritedDays: DayFilter?

    /// The field that stands for what is not written. Whoever follows such a link comes from the page that has it in
    /// its address, and the browser says so (`Referer`): so a page does not hold a long text a hundred times.
    static let inherit = "same"
    /// The field's value where the days are the same too.
    static let all = "all"
    private static let longest = 100

    /// With the categories, the text and the tags themselves, however long.
    init(whole query: FilterQuery) {
        categories = query.categories
        text = PercentEncoding.encodeQueryComponent(query.text)
        tags = query.tags.map(PercentEncoding.encodeQueryComponent)
        repeating = query.repeating
        inheritedDays = nil
        isSelecting = false
    }

    /// For the links of the page that shows the filter.
    init(on query: FilterQuery, isSelecting: Bool = false) {
        let text = PercentEncoding.encodeQueryComponent(query.text)
        let tags = query.tags.map(PercentEncoding.encodeQueryComponent)
        // Enough for ids of up to eight digits.
        let length = query.categories.count * 18 + text.utf8.count + tags.reduce(0) { $0 + $1.utf8.count + 9 }
        let isShort = length > FilterLinks.longest
        categories = isShort ? [] : query.categories
        self.text = isShort ? "" : text
        self.tags = isShort ? [] : tags
        self.isSelecting = isSelecting
        repeating = query.repeating
        inheritedDays = isShort ? query.days : nil
    }

    func address(_ days: DayFilter, after: Cursor? = nil, category: Category.ID? = nil) -> FilterAddress {
        FilterAddress(links: self, days: days, after: after, category: category)
    }
}
