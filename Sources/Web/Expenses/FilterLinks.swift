import Expenses
import HTTP

/// The categories and the text of a filter, written once for the many links of a page that keep them.
///
/// A class, so that a link holds one reference to it.
final class FilterLinks: Sendable {
    /// Empty for any, and where links are short.
    let categories: [Category.ID]
    /// Percent-encoded. Empty for any, and where links are short.
    let text: String
    let repeating: RepeatingExpense.ID?
    /// The days of the page, where links are short: they leave out the categories and the text, which are those of the
    /// page that holds the link, and the days where they are these.
    let inheritedDays: DayFilter?

    /// The field that stands for what is not written. Whoever follows such a link comes from the page that has it in
    /// its address, and the browser says so (`Referer`): so a page does not hold a long text a hundred times.
    static let inherit = "same"
    /// The field's value where the days are the same too.
    static let all = "all"
    private static let longest = 100

    /// With the categories and the text themselves, however long.
    init(whole query: FilterQuery) {
        categories = query.categories
        text = PercentEncoding.encodeQueryComponent(query.text)
        repeating = query.repeating
        inheritedDays = nil
    }

    /// For the links of the page that shows the filter.
    init(on query: FilterQuery) {
        let text = PercentEncoding.encodeQueryComponent(query.text)
        // Enough for ids of up to eight digits.
        let isShort = query.categories.count * 18 + text.utf8.count > FilterLinks.longest
        categories = isShort ? [] : query.categories
        self.text = isShort ? "" : text
        repeating = query.repeating
        inheritedDays = isShort ? query.days : nil
    }

    func address(_ days: DayFilter, after: Cursor? = nil, category: Category.ID? = nil) -> FilterAddress {
        FilterAddress(links: self, days: days, after: after, category: category)
    }
}
