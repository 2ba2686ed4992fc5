import Expenses
import HTTP

/// The categories and the text of a filter, encoded once for the many links of a page that keep them.
struct FilterLinks: Sendable {
    /// "category=3&category=5"; empty for any.
    let categories: String
    /// "q=bread"; empty for any.
    let text: String

    /// The field that stands for both where they are long. Whoever follows such a link comes from the page that has
    /// them in its address, and the browser says so (`Referer`): so a page does not hold a long text a hundred times.
    static let same = "same"
    private static let sameFilter = "same=filter"
    private static let longest = 100

    /// With the categories and the text themselves, however long.
    init(whole query: FilterQuery) {
        categories = query.categories.map { "category=\($0)" }.joined(separator: "&")
        text = query.text.isEmpty ? "" : "q=" + PercentEncoding.encodeQueryComponent(query.text)
    }

    /// For the links of the page that shows the filter.
    init(on query: FilterQuery) {
        let whole = FilterLinks(whole: query)
        let isShort = whole.categories.utf8.count + whole.text.utf8.count <= FilterLinks.longest
        self.init(categories: isShort ? whole.categories : "", text: isShort ? whole.text : FilterLinks.sameFilter)
    }

    private init(categories: String, text: String) {
        self.categories = categories
        self.text = text
    }

    func address(_ days: DayFilter, after: Cursor? = nil, category: Category.ID? = nil) -> FilterAddress {
        FilterAddress(links: self, days: days, after: after, category: category)
    }
}
