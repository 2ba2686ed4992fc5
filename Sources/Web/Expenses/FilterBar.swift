import Expenses
import Templating

/// The filters: the form to choose them, what is chosen, and the ways to the next month and year.
struct FilterBar: TemplateModel {
    var categories: [Choice]
    var months: [Choice]
    var years: [Choice]
    var periods: [Choice]
    /// `YYYY-MM-DD` or empty.
    var from: String
    var through: String
    var text: String
    /// Each takes one condition away.
    var chips: [Link]
    /// The span that is shown, where one can step to the one before and after.
    var steps: Steps?
    var shortcuts: [Link]
    /// Whether one of the less common conditions holds.
    var showsMore: Bool

    static let fields: TemplateFields<Self> = [
        "categories": .list { $0.categories },
        "months": .list { $0.months },
        "years": .list { $0.years },
        "periods": .list { $0.periods },
        "from": .text { $0.from },
        "through": .text { $0.through },
        "text": .text { $0.text },
        "chips": .list { $0.chips },
        "steps": .optional { $0.steps },
        "shortcuts": .list { $0.shortcuts },
        "showsMore": .flag { $0.showsMore },
    ]
}

/// ‹ September 2026 · October 2026 · November 2026 ›
struct Steps: TemplateModel {
    var title: String
    var previous: Link
    var next: Link

    static let fields: TemplateFields<Self> = [
        "title": .text { $0.title },
        "previous": .record { $0.previous },
        "next": .record { $0.next },
    ]
}

extension FilterBar {
    /// - Parameter known: the months that hold an expense, whose years can be chosen.
    init(_ query: FilterQuery, categories: [Category], known: ClosedRange<YearMonth>?, wording: Wording) {
        self.categories = categories.map { Choice($0, isSelected: query.categories.contains($0.id)) }
        months = YearMonth.names.enumerated().map { index, name in
            Choice(value: String(index + 1), label: name, isSelected: query.month == index + 1)
        }
        years = FilterBar.years(query, known: known, today: wording.today).map { year in
            Choice(value: String(year), label: String(year), isSelected: query.year == year)
        }
        periods = Period.allCases.map {
            Choice(value: $0.rawValue, label: $0.name, isSelected: query.period == $0)
        }
        from = query.from?.description ?? ""
        through = query.through?.description ?? ""
        text = query.text
        chips = FilterBar.chips(query, categories: categories, wording: wording)
        steps = Steps(query)
        shortcuts = FilterBar.shortcuts(query, wording: wording)
        showsMore = query.period != nil || query.from != nil || query.through != nil
    }

    /// Newest first: those with expenses, this one, and the one that is chosen.
    private static func years(_ query: FilterQuery, known: ClosedRange<YearMonth>?, today: Day) -> [Int] {
        let first = min(known?.lowerBound.year ?? today.year, today.year)
        let last = max(known?.upperBound.year ?? today.year, today.year)
        var years = Array((first...last).reversed().prefix(100))
        if let year = query.year, !years.contains(year) { years.append(year) }
        return years
    }

    private static func chips(_ query: FilterQuery, categories: [Category], wording: Wording) -> [Link] {
        func without(_ change: (inout FilterQuery) -> Void) -> String {
            var rest = query
            rest.after = nil
            change(&rest)
            return rest.address
        }
        var chips = query.categories.compactMap { id in
            categories.first { $0.id == id }.map { category in
                Link(label: category.name, address: without { $0.categories.removeAll { $0 == id } })
            }
        }
        if let month = query.singleMonth {
            chips.append(Link(label: month.title, address: query.onAnyDay.address))
            return chips + FilterBar.textChip(query, without)
        }
        if let month = query.month {
            let name = YearMonth.names[month - 1]
            chips.append(
                Link(
                    label: query.year == nil ? "\(name) of every year" : name,
                    address: without { $0.month = nil }))
        }
        if let year = query.year {
            chips.append(Link(label: String(year), address: without { $0.year = nil }))
        }
        if let period = query.period {
            chips.append(Link(label: period.name, address: without { $0.period = nil }))
        }
        if let from = query.from {
            chips.append(Link(label: "From \(wording.date(from))", address: without { $0.from = nil }))
        }
        if let through = query.through {
            chips.append(Link(label: "To \(wording.date(through))", address: without { $0.through = nil }))
        }
        return chips + FilterBar.textChip(query, without)
    }

    private static func textChip(
        _ query: FilterQuery, _ without: ((inout FilterQuery) -> Void) -> String
    ) -> [Link] {
        guard !query.text.isEmpty else { return [] }
        let label = "“\(Wording.shortened(query.text, to: 40))”"
        return [Link(label: label, address: without { $0.text = "" })]
    }

    /// Spans that are asked for often; the one that is shown is left out.
    private static func shortcuts(_ query: FilterQuery, wording: Wording) -> [Link] {
        let today = wording.today
        let first = wording.preferences.firstWeekday
        let weekday = Weekday.allCases.firstIndex(of: today.weekday) ?? 0
        let start = Weekday.allCases.firstIndex(of: first) ?? 0
        var week = query.onAnyDay
        week.from = today.advanced(by: -((weekday - start + 7) % 7))
        week.through = week.from?.advanced(by: 6)
        var year = query.onAnyDay
        year.year = today.year
        let links = [
            ("This week", week), ("This month", query.moved(to: today.yearMonth)),
            ("Last month", query.moved(to: today.yearMonth.advanced(by: -1))), ("This year", year),
            ("All time", query.onAnyDay),
        ]
        return links.filter { $1 != query }.map { Link(label: $0, address: $1.address) }
    }
}

extension Steps {
    /// Nil where the filter names neither one month nor one year alone.
    fileprivate init?(_ query: FilterQuery) {
        if let month = query.singleMonth {
            self.init(title: month.title) { step in
                let other = month.advanced(by: step)
                let label = other.year == month.year ? other.monthName : other.title
                return Link(label: label, address: query.moved(to: other).address)
            }
            return
        }
        var yearOnly = query.onAnyDay
        yearOnly.year = query.year
        yearOnly.after = query.after
        guard let year = query.year, query == yearOnly else { return nil }
        self.init(title: String(year)) { step in
            var other = yearOnly
            other.after = nil
            other.year = min(max(year + step, 1900), 2999)
            return Link(label: String(year + step), address: other.address)
        }
    }

    private init(title: String, _ link: (Int) -> Link) {
        self.title = title
        previous = link(-1)
        next = link(1)
    }
}
