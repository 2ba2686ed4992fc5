import Expenses
import Templating

/// What is meant to be spent in a month, and how far it has come.
struct TargetsPage: FramedPage {
    var frame: Frame
    var problems: [FieldProblem] = []
    /// The month that is shown.
    var month: YearMonth
    var bars: [TargetBar]
    var fields: TargetFields

    static let fields: TemplateFields<Self> = [
        "frame": .field { $0.frame },
        "problems": .field { $0.problems },
        "month": .field { $0.month },
        "targets": .field { $0.bars },
        "fields": .field { $0.fields },
    ]
}

struct TargetFields: TemplateModel {
    var stamp: String
    var form: TargetForm
    /// "Amount $"
    var currency: String
    var categories: [TargetChoice]
    var problems = TargetForm.Problems()
    /// Each category with what was spent in a month on average.
    var averages: [TargetAverage]

    static let fields: TemplateFields<Self> = [
        "form": .field { $0.stamp },
        "amount": .field { $0.form.amount.forRedisplay },
        "month": .field { $0.form.month.forRedisplay },
        "currency": .field { $0.currency },
        "categories": .field { $0.categories },
        "categoryProblem": .field { $0.problems.category },
        "amountProblem": .field { $0.problems.amount },
        "monthProblem": .field { $0.problems.month },
        "averages": .field { $0.averages },
    ]
}

/// A category, or all, with the target that it has.
struct TargetChoice: TemplateModel {
    var value: String
    var label: Message
    var isSelected: Bool

    static let fields: TemplateFields<Self> = [
        "value": .field { $0.value },
        "label": .field { $0.label },
        "isSelected": .field { $0.isSelected },
    ]
}

/// What the last six whole months had on average; one press fills the form with it.
struct TargetAverage: TemplateModel {
    /// The category's id; empty for all.
    var value: String
    var name: Message
    var amount: ShownMoney
    /// As it is typed.
    var typed: String

    static let fields: TemplateFields<Self> = [
        "value": .field { $0.value },
        "name": .field { $0.name },
        "amount": .field { $0.amount },
        "typed": .field { $0.typed },
    ]
}

extension TargetsPage {
    /// Whole months that an average is made of.
    static let averagedMonths = 6

    /// What the page is made from.
    struct Contents {
        var categories: [Category]
        var targets: Targets
        /// Of the month that is shown.
        var spent: Summary
        /// Of the whole months before this one.
        var before: Summary
    }

    init(_ contents: Contents, _ visit: UserVisit, month: YearMonth, stamp: String, _ form: TargetForm) {
        let wording = Wording(preferences: visit.preferences, today: visit.today)
        frame = visit.frame(Message("Targets"), section: .expenses)
        self.month = month
        bars = TargetBar.all(
            contents.targets, in: month, total: contents.spent.total.amount,
            byCategory: contents.spent.byCategory, categories: contents.categories,
            FilterLinks(FilterQuery()), wording: wording)
        let all = TargetChoice(value: "", label: Message("All spending"), isSelected: form.category.isEmpty)
        let choices = contents.categories.map {
            TargetChoice(
                value: $0.id.description, label: Message(verbatim: $0.name),
                isSelected: $0.id.description == form.category)
        }
        func average(_ value: String, _ name: Message, _ total: Money) -> TargetAverage? {
            let amount = total.divided(by: TargetsPage.averagedMonths)
            guard amount > .zero else { return nil }
            return TargetAverage(
                value: value, name: name, amount: wording.money(amount),
                typed: amount.typed(visit.preferences))
        }
        let ofAll = average("", Message("All spending"), contents.before.total.amount)
        let ofEach = contents.categories.compactMap { category in
            average(
                category.id.description, Message(verbatim: category.name),
                contents.before.total(of: category.id)?.amount ?? .zero)
        }
        fields = TargetFields(
            stamp: stamp, form: form, currency: visit.preferences.currency.symbol,
            categories: [all] + choices,
            averages: [ofAll].compactMap(\.self) + ofEach)
    }
}
