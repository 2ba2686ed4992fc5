import Expenses
import Templating

/// ‹ September 2026 · October 2026 · November 2026 ›
struct MonthSteps: TemplateModel {
    var title: Message
    var previous: FilterLink
    var next: FilterLink

    static let fields: TemplateFields<Self> = [
        "title": .field { $0.title },
        "previous": .field { $0.previous },
        "next": .field { $0.next },
    ]
}

extension MonthSteps {
    /// Nil where the filter names neither one month nor one year alone.
    init?(_ query: FilterQuery, _ links: FilterLinks, wording: Wording) {
        if let month = query.singleMonth {
            func step(_ count: Int) -> FilterLink {
                let other = month.advanced(by: count)
                let label = other.year == month.year ? other.name : other.words
                return FilterLink(label: label, address: links.address(DayFilter(other)))
            }
            self.init(title: wording.title(of: month), previous: step(-1), next: step(1))
            return
        }
        guard let year = query.days.singleYear else { return nil }
        func step(_ count: Int) -> FilterLink {
            let other = min(max(year + count, 1900), 2999)
            return FilterLink(
                label: Message(verbatim: String(year + count)), address: links.address(DayFilter(year: other))
            )
        }
        self.init(title: wording.title(ofYear: year), previous: step(-1), next: step(1))
    }
}
