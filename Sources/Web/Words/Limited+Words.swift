import Expenses
import Templating

extension AppError.Limited {
    var heading: Message {
        switch self {
        case .categories: Message("No room for more categories")
        case .rules: Message("No room for more rules")
        case .targets: Message("No room for more targets")
        case .repeating: Message("No room for more repeating expenses")
        }
    }

    /// How many there may be, and what to do about it.
    var sentence: Message {
        switch self {
        case .categories:
            Message(
                "You have {most} categories, as many as an account may have. Merge or delete one first, or use one that you have.",
                ["most": Category.most])
        case .rules:
            Message(
                "An account may have {most} rules, and these would be more. Change or delete some first.",
                ["most": Rule.most])
        case .targets:
            Message(
                "An account may have {most} targets, those of earlier months included, and these would be more.",
                ["most": Target.most])
        case .repeating:
            Message(
                "You have {most} repeating expenses, as many as an account may have. Delete one first.",
                ["most": RepeatingExpense.most])
        }
    }
}
