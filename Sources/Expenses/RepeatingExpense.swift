/// An expense that comes again, and is recorded by itself when its day has come.
package struct RepeatingExpense: Hashable, Sendable {
    package typealias ID = Identifier<RepeatingExpense>

    package var id: ID
    package var amount: Money
    package var category: Category.ID
    /// As an expense's.
    package var description: String
    package var repetition: Repetition
    /// The number of the day that is recorded next.
    package var next = 0
    package var isPaused = false
    /// The newest day that has been recorded: none up to it is recorded again. Nil where none has been.
    package var recordedThrough: Day?
    /// How many expenses have been recorded, those that were deleted since included.
    package var recorded = 0
    /// How often its owner has changed it.
    package var changes: Int64 = 0

    package init(
        id: ID = ID(0), amount: Money, category: Category.ID, description: String, repetition: Repetition
    ) {
        self.id = id
        self.amount = amount
        self.category = category
        self.description = description
        self.repetition = repetition
    }

    /// What `draft` says, again and again.
    package init(_ draft: ExpenseDraft, _ repetition: Repetition) {
        self.init(
            amount: draft.amount, category: draft.category, description: draft.description,
            repetition: repetition)
    }

    /// From now on it is what `draft` says, on the same days.
    package mutating func become(_ draft: ExpenseDraft) {
        (amount, category, description) = (draft.amount, draft.category, draft.description)
    }

    /// The expense of a day; without a number it is none of those that are stored.
    package func expense(_ id: Expense.ID = Expense.ID(0), on day: Day) -> Expense {
        Expense(id: id, amount: amount, category: category, day: day, description: description)
    }

    /// An account may have that many.
    package static let most = 200

    /// The day that is recorded next; nil while it is paused, and after its end.
    package var nextDay: Day? { isPaused ? nil : repetition.day(next) }

    /// Whether no day is left, paused or not.
    package var hasEnded: Bool { repetition.day(next) == nil }

    /// The days that come after that one and no later than the other one, as far as they are not recorded.
    package func days(after day: Day, through last: Day) -> [Day] {
        guard !isPaused else { return [] }
        var days: [Day] = []
        var number = max(next, repetition.number(after: day))
        while let day = repetition.day(number), day <= last {
            days.append(day)
            number += 1
        }
        return days
    }

    /// What it comes to in a month of average length, rounded to the nearest minor unit.
    package var monthly: Money {
        // 400 years have 4,800 months and 146,097 days.
        let (months, units) =
            switch repetition.unit {
            case .day: (4_800, 146_097)
            case .week: (4_800 * 7, 146_097)
            case .month: (1, 1)
            case .year: (12, 1)
            }
        return Money(minorUnits: amount.minorUnits * Int64(units)).divided(by: months * repetition.every)
    }
}

extension RepeatingExpense {
    /// What becomes of days that have passed.
    package enum Past: String, CaseIterable, Sendable {
        case record, skip
    }

    /// Days in the past, for which the user has not chosen yet between recording and skipping.
    package struct PastDays: Hashable, Sendable {
        /// How many expenses would be recorded at once.
        package let count: Int
        package let first: Day
        package let last: Day
    }

    /// Begins to follow its repetition, which is new. Returns what has to be asked, and changes nothing then.
    ///
    /// - Parameter isFirstRecorded: there is an expense for the first day already.
    package mutating func begin(
        _ past: Past?, today: Day, isFirstRecorded: Bool = false
    ) -> PastDays? {
        let start = recordedThrough.map(repetition.number(after:)) ?? (isFirstRecorded ? 1 : 0)
        let yesterday = today.advanced(by: -1)
        switch past {
        case .record: next = start
        case .skip: next = max(start, repetition.number(after: yesterday))
        // What has been recorded up to now was for the days up to now.
        case nil where recordedThrough != nil: next = max(start, repetition.number(after: today))
        case nil:
            let last = repetition.count(through: today) - 1
            if repetition.count(through: yesterday) - start > 1, let firstDay = repetition.day(start),
                let lastDay = repetition.day(last)
            {
                return PastDays(count: last - start + 1, first: firstDay, last: lastDay)
            }
            next = start
        }
        return nil
    }

    /// The same with another repetition. Another end alone leaves everything as it is.
    package mutating func follow(_ new: Repetition, _ past: Past?, today: Day) -> PastDays? {
        let old = repetition
        repetition = new
        guard (old.first, old.every, old.unit) != (new.first, new.every, new.unit) || past != nil else {
            return nil
        }
        return begin(past, today: today)
    }

    /// What fell into the pause is not made up.
    package mutating func resume(today: Day) {
        next = max(next, repetition.number(after: today.advanced(by: -1)))
        isPaused = false
    }

    /// Leaves the next day out. False where none is left.
    package mutating func skip() -> Bool {
        guard !hasEnded else { return false }
        next += 1
        return true
    }

    /// The day that is next has been recorded. Nil where none is due by that day.
    package mutating func takeDay(through last: Day) -> Day? {
        guard let day = nextDay, day <= last else { return nil }
        next += 1
        recorded += 1
        recordedThrough = day
        return day
    }
}
