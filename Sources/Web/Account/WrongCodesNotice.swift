import Expenses
import Storage
import Templating

/// Tells a user that somebody knows the password, until it is changed or the user dismisses this.
enum WrongCodesNotice {
    static func all(_ visit: UserVisit, form: String) throws -> [Notice] {
        guard visit.session.hasWrongCodes else { return [] }
        let wrong = try visit.read { try $0.twoFactors.wrongCodes(of: visit.user.id) }
        guard wrong.count > 0 else { return [] }
        let zone = visit.zone
        let time = zone.time(at: wrong.last)
        let text = Message(
            "Someone who knows your password tried to log in on {date} at {time}, but had no right code.",
            plural:
                "Someone who knows your password tried {count} times to log in, the last time on {date} at {time}, but had no right code.",
            count: wrong.count,
            ["count": wrong.count, "date": ShownDate(day: time.day), "time": time.clock])
        return [
            Notice(
                text: text, kind: .error, more: Message("If it was not you, change your password."),
                undo: ButtonForm(
                    action: "\(TwoFactorController.path)/seen", form: form, label: Message("Dismiss")),
                links: [Link(label: Message("Change password"), address: "/account/password")])
        ]
    }
}
