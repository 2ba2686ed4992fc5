import Expenses
import Templating

/// The filters: the form to choose them, what is chosen, and the ways to the next month and year.
struct FilterBar: TemplateModel {
    var categories: [Choice]
    var months: [Choice]
    var years: [Choice]
    var periods: [Choice]
    var from: Day?
    var through: Day?
    var text: String
    /// Those that are asked for, as boxes that take them away.
    var tags: [Choice]
    var hidden: [HiddenField]
    /// Each takes one condition away.
    var chips: [FilterChip]
    /// The span that is shown, where one can step to the one before and after.
    var steps: MonthSteps?
    /// Spans that are asked for often, that which is shown marked.
    var spans: [FilterLink]
    /// Whether one of the less common conditions holds.
    var showsMore: Bool

    static let fields: TemplateFields<Self> = [
        "categories": .field { $0.categories },
        "months": .field { $0.months },
        "years": .field { $0.years },
        "periods": .field { $0.periods },
        "from": .field { $0.from },
        "through": .field { $0.through },
        "text": .field { $0.text },
        "tags": .field { $0.tags },
        "hidden": .field { $0.hidden },
        "chips": .field { $0.chips },
        "steps": .field { $0.steps },
        "spans": .field { $0.spans },
        "showsMore": .field { $0.showsMore },
    ]
}

extension FilterBar {
    /// - Parameter known: the months that hold an expense, whose years can be chosen.
    init(
        _ query: FilterQuery, _ links: FilterLinks, _ names: ConditionNames,
        known: ClosedRange<YearMonth>?, wording: Wording
    ) {
        categories = names.categories.map {
            Choice($0, isSelected: query.categories.contains($0.id))
        }
        months = (1...12).map { month in
            Choice(
                value: String(month), label: Message(date: .monthAlone, month: month),
                isSelected: query.days.month == month)
        }
        years = FilterBar.years(query, known: known, current: wording.month.year).map {
            Choice(
                value: String($0), label: Message(verbatim: String($0)), isSelected: query.days.year == $0)
        }
        periods = Period.allCases.map {
            Choice(value: $0.rawValue, label: $0.words, isSelected: query.days.period == $0)
        }
        from = query.days.from
        through = query.days.through
        text = query.text
        tags = zip(query.tags, names.tags).map {
            Choice(value: $0, label: Message(verbatim: "#" + $1), isSelected: true)
        }
        hidden = FilterQuery.conditions.flatMap { $0.hiddenFields(of: query) }
        if links.isSelecting { hidden.append(HiddenField(name: "select", value: "1")) }
        chips = FilterQuery.conditions.flatMap { $0.chips(of: query, names) }
        steps = MonthSteps(query, links, wording: wording)
        spans = FilterBar.spans(query.days, links, wording: wording)
        showsMore = query.days.period != nil || from != nil || through != nil
    }

    /// Newest first: those with expenses, this one, and the one that is chosen.
    private static func years(_ query: FilterQuery, known: ClosedRange<YearMonth>?, current: Int) -> [Int] {
        let first = min(known?.lowerBound.year ?? current, current)
        let last = max(known?.upperBound.year ?? current, current)
        var years = Array((first...last).reversed().prefix(100))
        if let year = query.days.year, !years.contains(year) { years.append(year) }
        return years
    }

    private static func spans(_ shown: DayFilter, _ links: FilterLinks, wording: Wording) -> [FilterLink] {
        let today = wording.today
        let start = wording.preferences.firstWeekday.index
        let firstDay = today.advanced(by: -((today.weekday.index - start + 7) % 7))
        let spans = [
            (Message("All time"), DayFilter.any),
            (Message("This week"), DayFilter(from: firstDay, through: firstDay.advanced(by: 6))),
            (Message("This month"), DayFilter(wording.month)),
            (Message("Last month"), DayFilter(wording.month.advanced(by: -1))),
            (Message("This year"), DayFilter(year: wording.month.year)),
            (Message("Last year"), DayFilter(year: wording.month.year - 1)),
        ]
        return spans.map { label, days in
            FilterLink(label: label, address: links.address(days), isCurrent: days == shown)
        }
    }
}

extension Period {
    var words: Message {
        switch self {
        case .week: Message("Past week")
        case .month: Message("Past month")
        case .threeMonths: Message("Past 3 months")
        case .year: Message("Past year")
        }
    }
}
