import Expenses
import Templating

/// The filters: the form to choose them, what is chosen, and the ways to the next month and year.
struct FilterBar: TemplateModel {
    var categories: [CategoryChoice]
    var months: [MonthChoice]
    var years: [YearChoice]
    var periods: [Choice]
    var from: Day?
    var through: Day?
    var text: String
    /// Those that are asked for.
    var tags: [TagChoice]
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

struct MonthChoice: TemplateModel {
    /// 1 to 12.
    var month: Int
    var isSelected: Bool

    static let fields: TemplateFields<Self> = [
        "value": .field { $0.month },
        "label": .field { Message(date: .monthAlone, month: $0.month) },
        "isSelected": .field { $0.isSelected },
    ]
}

struct YearChoice: TemplateModel {
    var year: Int
    var isSelected: Bool

    static let fields: TemplateFields<Self> = [
        "year": .field { $0.year },
        "isSelected": .field { $0.isSelected },
    ]
}

/// A tag that is asked for, as a box that takes it away.
struct TagChoice: TemplateModel {
    var key: String
    var name: String

    static let fields: TemplateFields<Self> = [
        "value": .field { $0.key },
        "label": .field { "#" + $0.name },
    ]
}

extension FilterBar {
    /// - Parameter known: the months that hold an expense, whose years can be chosen.
    init(
        _ query: FilterQuery, _ links: FilterLinks, _ names: ConditionNames,
        known: ClosedRange<YearMonth>?, wording: Wording
    ) {
        categories = names.categories.map {
            CategoryChoice(category: $0, isSelected: query.categories.contains($0.id))
        }
        months = (1...12).map { MonthChoice(month: $0, isSelected: query.days.month == $0) }
        years = FilterBar.years(query, known: known, current: wording.month.year).map {
            YearChoice(year: $0, isSelected: query.days.year == $0)
        }
        periods = Period.allCases.map {
            Choice(value: $0.rawValue, label: $0.words, isSelected: query.days.period == $0)
        }
        from = query.days.from
        through = query.days.through
        text = query.text
        tags = zip(query.tags, names.tags).map { TagChoice(key: $0, name: $1) }
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
