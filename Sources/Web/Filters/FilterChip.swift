import Expenses
import Templating

/// A condition that holds, as a button of the filters' form that takes it away.
struct FilterChip: TemplateModel {
    var label: Message
    var removal: Removal

    static let fields: TemplateFields<Self> = [
        "label": .field { $0.label },
        "removal": .field { $0.removal },
    ]

    /// The value of the form's field `less`.
    enum Removal: TemplateValue {
        case category(Category.ID)
        case categories, days, month, year, from, through, period, text, repeating
        /// By its key.
        case tag(String)

        func write(to output: inout Output) {
            switch self {
            case .category(let id): id.write(to: &output)
            case .tag(let key): output.append("#" + key)
            default: output.append("\(self)")
            }
        }
    }
}

extension FilterChip {
    /// More categories than these share one chip; each can be taken away in the form above.
    private static let maxCategories = 10

    /// - Parameters:
    ///   - tagNames: of the query's tags.
    ///   - repeating: the one that the query names; nil where there is none.
    static func all(
        of query: FilterQuery, among categories: [Category], tagNames: [String], repeating: RepeatingExpense?
    ) -> [FilterChip] {
        var chips = query.categories.map { id in
            FilterChip(
                label: categories.first { $0.id == id }.map { Message(verbatim: $0.name) }
                    ?? Message("A category that is gone"),
                removal: .category(id))
        }
        if chips.count > maxCategories {
            chips = [
                FilterChip(
                    label: Message(
                        "{count} category", plural: "{count} categories", count: chips.count,
                        ["count": chips.count]), removal: .categories)
            ]
        }
        if let month = query.singleMonth {
            chips.append(FilterChip(label: month.words, removal: .days))
        } else {
            chips += all(of: query.days)
        }
        if !query.text.isEmpty {
            chips.append(
                FilterChip(
                    label: Message("“{text}”", ["text": Wording.shortened(query.text, to: 40)]),
                    removal: .text))
        }
        for (key, name) in zip(query.tags, tagNames) {
            chips.append(FilterChip(label: Message(verbatim: "#" + name), removal: .tag(key)))
        }
        if query.repeating != nil {
            let name = repeating?.description ?? ""
            chips.append(
                FilterChip(
                    label: name.isEmpty
                        ? Message("Repeating expense")
                        : Message("Repeating: {name}", ["name": Wording.shortened(name, to: 40)]),
                    removal: .repeating))
        }
        return chips
    }

    private static func all(of days: DayFilter) -> [FilterChip] {
        var chips: [FilterChip] = []
        if let month = days.month {
            let name = Message(date: .monthAlone, month: month)
            chips.append(
                FilterChip(
                    label: days.year == nil ? Message("{month} of every year", ["month": name]) : name,
                    removal: .month))
        }
        if let year = days.year {
            chips.append(FilterChip(label: Message(verbatim: String(year)), removal: .year))
        }
        if let period = days.period { chips.append(FilterChip(label: period.words, removal: .period)) }
        if let from = days.from {
            chips.append(
                FilterChip(label: Message("From {date}", ["date": ShownDate(day: from)]), removal: .from))
        }
        if let through = days.through {
            chips.append(
                FilterChip(label: Message("To {date}", ["date": ShownDate(day: through)]), removal: .through))
        }
        return chips
    }
}

extension FilterQuery {
    /// Takes away what the pressed chip names; false where none was pressed.
    mutating func remove(_ removal: String?) -> Bool {
        guard let removal else { return false }
        after = nil
        switch removal {
        case "categories": categories = []
        case "days": days = .any
        case "month": days.month = nil
        case "year": days.year = nil
        case "from": days.from = nil
        case "through": days.through = nil
        case "period": days.period = nil
        case "text": text = ""
        case _ where removal.hasPrefix("#"): tags.removeAll { "#" + $0 == removal }
        case "repeating": repeating = nil
        default: categories.removeAll { $0.description == removal }
        }
        return true
    }
}
