import Expenses
import Templating

/// Why the list is empty, and what leads to one that is not.
struct EmptyState: TemplateModel {
    var heading: Message
    var explanation: Message
    var links: [Link]
    /// Fills a new account with expenses to look at; nil for one that has some.
    var samples: ButtonForm?

    static let fields: TemplateFields<Self> = [
        "samples": .field { $0.samples },
        "heading": .field { $0.heading },
        "explanation": .field { $0.explanation },
        "links": .field { $0.links },
    ]
}

extension EmptyState {
    /// - Parameters:
    ///   - known: the months that hold any expense of the user's; nil for a new account.
    ///   - missingWord: a word of the filter's text that no description has.
    init(
        _ query: FilterQuery, _ links: FilterLinks, known: ClosedRange<YearMonth>?, missingWord: String?,
        form: String, wording: Wording
    ) {
        guard let known else {
            self.init(
                heading: Message("Nothing here yet"),
                explanation: Message("Type an amount above and press Enter: that is your first expense."),
                links: [.currency(wording.preferences.currency)],
                samples: ButtonForm(
                    action: "/expenses/samples", form: form, label: Message("Look at sample expenses")))
            return
        }
        if query.after != nil {
            self.init(
                heading: Message("No older expenses"),
                explanation: Message("The list ends before this page."),
                links: [Link(label: Message("Newest"), address: links.address(query.days).description)])
            return
        }
        let newest = Link(
            label: known.upperBound.words, address: links.address(DayFilter(known.upperBound)).description)
        let span =
            query.singleMonth?.words ?? query.days.singleYear.map { Message(verbatim: String($0)) }
        if let span, query.isOfDaysAlone {
            self.init(
                heading: Message("No expenses in {span}", ["span": span]),
                explanation: Message(
                    "The newest month with expenses is {month}.", ["month": known.upperBound.words]),
                links: [newest, Link(label: Message("All expenses"), address: "/expenses")])
            return
        }
        if let from = query.days.from, let through = query.days.through, from > through {
            var swapped = query.days
            (swapped.from, swapped.through) = (through, from)
            self.init(
                heading: Message("No expense matches"),
                explanation: Message(
                    "The first day, {first}, is later than the last, {last}.",
                    ["first": wording.date(from), "last": wording.date(through)]),
                links: [
                    Link(label: Message("Swap the days"), address: links.address(swapped).description),
                    Link(label: Message("Clear all filters"), address: "/expenses"),
                ])
            return
        }
        if let missingWord {
            let word = Wording.shortened(missingWord, to: 40)
            var without = query
            without.text = TextCondition.text(query.text, without: missingWord)
            self.init(
                heading: Message("No expense matches"),
                explanation: Message("No description has “{word}”.", ["word": word]),
                links: [
                    Link(
                        label: Message("Search without “{word}”", ["word": word]),
                        address: without.address.description),
                    Link(label: Message("Clear all filters"), address: "/expenses"),
                ])
            return
        }
        self.init(
            heading: Message("No expense matches"),
            explanation: Message("Nothing matches all these filters. Remove one."),
            links: [Link(label: Message("Clear all filters"), address: "/expenses")])
    }
}
