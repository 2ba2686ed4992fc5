import Expenses
import HTTP

/// The categories and the text of a filter, encoded once for the many links of a page that keep them.
///
/// A class, so that a link holds one reference to it.
final class FilterLinks: Sendable {
    /// What a link says of the categories and the text.
    enum Kept: Sendable {
        /// The categories, and "q=bread"; empty for any.
        case written(categories: [Category.ID], text: String)
        /// Nothing: they are those of the page that holds the link, as are the days where they are these.
        case same(DayFilter)
    }

    let kept: Kept

    /// The field that stands for what is not written. Whoever follows such a link comes from the page that has it in
    /// its address, and the browser says so (`Referer`): so a page does not hold a long text a hundred times.
    static let same = "same"
    /// The field's value where the days are the same too.
    static let all = "all"
    private static let longest = 100

    /// With the categories and the text themselves, however long.
    init(whole query: FilterQuery) {
        kept = .written(
            categories: query.categories,
            text: query.text.isEmpty ? "" : "q=" + PercentEncoding.encodeQueryComponent(query.text))
    }

    /// For the links of the page that shows the filter.
    init(on query: FilterQuery) {
        let whole = FilterLinks(whole: query)
        let length =
            switch whole.kept {
            // Enough for ids of up to eight digits.
            case .written(let categories, let text): categories.count * 18 + text.utf8.count
            case .same: 0
            }
        kept = length > FilterLinks.longest ? .same(query.days) : whole.kept
    }

    func address(_ days: DayFilter, after: Cursor? = nil, category: Category.ID? = nil) -> FilterAddress {
        FilterAddress(links: self, days: days, after: after, category: category)
    }
}
