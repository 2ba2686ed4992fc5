/// Which of a user's expenses are meant. Every condition has to hold; the empty filter means all of them.
package struct Filter: Hashable, Sendable {
    /// Any of these; empty means every category.
    package var categories: [Category.ID]
    /// Both ends included. An upper end before the lower one matches nothing.
    package var from: Day
    package var through: Day
    /// 1 to 12: that month, of those of `months`, of every year in the range; nil means all months.
    package var monthOfYear: Int?
    /// Text the description contains, regardless of case; empty means any description.
    package var text: String
    /// The keys of tags that the description has, all of them; empty means any description.
    package var tags: [String]
    /// Recorded by this one; nil means any expense.
    package var repeating: RepeatingExpense.ID?
    /// The account's months: by them totals are kept.
    package var months: MonthCalendar

    package init(
        categories: [Category.ID] = [], from: Day = .first, through: Day = .last, monthOfYear: Int? = nil,
        text: String = "", tags: [String] = [], repeating: RepeatingExpense.ID? = nil,
        months: MonthCalendar = .civil
    ) {
        self.categories = categories
        self.from = from
        self.through = through
        self.monthOfYear = monthOfYear
        self.text = text
        self.tags = tags
        self.repeating = repeating
        self.months = months
    }

    /// Whether everything matches.
    package var isEmpty: Bool { self == Filter(months: months) }

    /// Whether it asks for something in the description.
    package var looksAtDescriptions: Bool { !tags.isEmpty || !SearchTerms(text).keys.isEmpty }

    /// Whether the range consists of whole months, so that the monthly totals know the answer.
    package var coversWholeMonths: Bool {
        from == months.first(of: months.month(of: from))
            && through == months.last(of: months.month(of: through))
    }
    /// Whether it is about few days, from one to 31, so that a chart can show each.
    package var isOfDays: Bool {
        from <= through && through.daysSinceEpoch - from.daysSinceEpoch < 31
    }
}
