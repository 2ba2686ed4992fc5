import Expenses
import Templating

/// What is meant to be spent in a month, and how far it has come.
struct TargetsPage: FramedPage {
    var frame: Frame
    var problems: FormProblems = [:]
    /// The month that is shown: "November 2026"
    var month: Message
    var bars: [TargetBar]
    var fields: TargetFields

    static let fields: TemplateFields<Self> = [
        "frame": .field { $0.frame },
        "problems": .field { $0.problems.list },
        "month": .field { $0.month },
        "targets": .field { $0.bars },
        "fields": .field { $0.fields },
    ]
}

struct TargetFields: TemplateModel {
    var stamp: String
    var form: TargetForm
    var currency: String
    var categories: [Category]
    var problems: FormProblems = [:]
    /// Each category with what was spent in a month on average.
    var averages: [TargetAverage]

    private var fields: [FormField] {
        let all = Choice(value: "", label: Message("All spending"), isSelected: form.category.isEmpty)
        return [
            FormField(
                name: "category", label: Message("For"),
                choices: [all] + [Choice](categories, selected: form.category)),
            FormField(
                name: "amount", label: Message("Amount a month"), unit: Message(verbatim: currency),
                value: form.amount, hint: Message("Empty removes the target."), inputMode: "decimal"),
            FormField(
                name: "month", label: Message("From the month"), kind: .month, value: form.month,
                placeholder: Message(verbatim: "2026-11")),
        ].telling(problems)
    }

    static let fields: TemplateFields<Self> = [
        "form": .field { $0.stamp },
        "fields": .field { $0.fields },
        "averages": .field { $0.averages },
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
        let wording = visit.wording
        frame = visit.frame(Message("Targets"), section: .expenses)
        self.month = wording.title(of: month)
        bars = TargetBar.all(
            contents.targets, in: month, total: contents.spent.total.amount,
            byCategory: contents.spent.byCategory, categories: contents.categories,
            FilterLinks(FilterQuery()), wording: wording)
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
            categories: contents.categories,
            averages: [ofAll].compactMap(\.self) + ofEach)
    }
}
