import Expenses
import HTTP
import Storage
import Templating

/// What can be done with an expense that repeats by one button.
enum RepeatingChange: String, CaseIterable, Sendable {
    case pause, resume, skip, delete

    /// Throws `AppError.notFound`. What cannot be done once more is left as it is.
    func make(
        _ id: RepeatingExpense.ID, owner: User.ID, today: Day, at now: Int64, in stores: Stores
    ) throws {
        guard var rule = try stores.repeating.find(id, owner: owner) else { throw AppError.notFound }
        switch self {
        case .pause:
            guard !rule.isPaused else { return }
            rule.isPaused = true
        case .resume:
            guard rule.isPaused else { return }
            rule.resume(today: today)
        case .skip:
            guard rule.skip() else { return }
        case .delete: return try stores.repeating.remove(id, owner: owner, at: now)
        }
        try stores.repeating.update(rule, owner: owner, at: now)
        _ = try stores.repeating.recordDue(through: today, of: owner, at: now)
    }

    /// The field of the next page's address that says what was done.
    var told: String {
        switch self {
        case .pause: "paused"
        case .resume: "resumed"
        case .skip: "skipped"
        case .delete: "deleted"
        }
    }
}

/// What the page of expenses that repeat tells about what has just happened.
enum RepeatingNotice {
    /// Nil where the address tells nothing that makes sense. `form`: the one-time id of the button that takes it back.
    static func of(
        _ query: FormData, owner: User.ID, form: String, wording: Wording, in stores: Stores
    ) throws -> Notice? {
        if query["unchanged"] != nil {
            return Notice(
                text: Message("There is nothing to take back: it was changed since."), kind: .info)
        }
        for kind in ["added", "changed", "paused", "resumed", "skipped", "deleted", "restored"] {
            guard let id = query[kind].flatMap({ RepeatingExpense.ID($0) }),
                let rule = try stores.repeating.find(id, owner: owner, mayBeDeleted: true)
            else { continue }
            var notice = Notice(text: text(kind, rule, wording))
            var more: [Message] = []
            if let reading = ToldAmount(query)?.reading(of: [rule.amount], wording) {
                more.append(reading)
                notice.links.append(Link(label: Message("Change"), address: "/repeating/\(id)/edit"))
            }
            if let recorded = query["recorded"].flatMap({ Int($0) }), recorded > 0 {
                more.append(
                    Message(
                        "{count} expense was recorded.", plural: "{count} expenses were recorded.",
                        count: recorded, ["count": wording.number(recorded)]))
                notice.links.append(Link(label: Message("Show them"), address: "/expenses?repeating=\(id)"))
            }
            notice.more = Message(list: more, separator: Message(verbatim: " "))
            if kind != "added", kind != "restored" {
                notice.undo = ButtonForm(
                    action: "/repeating/\(id)/restore?change=\(rule.changes)", form: form)
            }
            return notice
        }
        return nil
    }

    private static func text(_ kind: String, _ rule: RepeatingExpense, _ wording: Wording) -> Message {
        let name = wording.name(of: rule)
        return switch kind {
        case "added":
            rule.nextDay.map {
                Message("{expense} repeats, next on {date}.", ["expense": name, "date": wording.date($0)])
            } ?? Message("Added {expense}. No day of it is to come.", ["expense": name])
        case "changed": Message("Changed {expense} from now on.", ["expense": name])
        case "paused": Message("Paused {expense}.", ["expense": name])
        case "resumed":
            rule.nextDay.map {
                Message("Resumed {expense}, next on {date}.", ["expense": name, "date": wording.date($0)])
            } ?? Message("Resumed {expense}.", ["expense": name])
        case "skipped":
            rule.nextDay.map {
                Message(
                    "Skipped once: {expense}, next on {date}.", ["expense": name, "date": wording.date($0)])
            } ?? Message("Skipped once: {expense}.", ["expense": name])
        case "deleted":
            Message("{expense} no longer repeats. What it has recorded stays.", ["expense": name])
        default: Message("{expense} is as it was before.", ["expense": name])
        }
    }
}

extension Wording {
    /// "$12.99, Netflix", or the amount alone where there is no description.
    func name(of rule: RepeatingExpense) -> String { expense(rule.expense(on: rule.repetition.first)) }
}

extension Repetition {
    /// "Every 3 months"
    var words: Message {
        switch unit {
        case .day: Message("Every day", plural: "Every {count} days", count: every, ["count": every])
        case .week: Message("Every week", plural: "Every {count} weeks", count: every, ["count": every])
        case .month: Message("Every month", plural: "Every {count} months", count: every, ["count": every])
        case .year: Message("Every year", plural: "Every {count} years", count: every, ["count": every])
        }
    }
}

extension Repetition.Unit {
    /// What follows a number in a form.
    var words: Message {
        switch self {
        case .day: Message("days")
        case .week: Message("weeks")
        case .month: Message("months")
        case .year: Message("years")
        }
    }
}
