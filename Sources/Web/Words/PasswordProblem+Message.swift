package import Expenses
import Templating

extension PasswordProblem {
    /// In English, for a terminal.
    package var sentence: String { message.english }

    /// For the person who chose the password.
    var message: Message {
        let (least, most) = (PasswordRules.length.lowerBound, PasswordRules.length.upperBound)
        switch self {
        case .missing: return Message("Choose a password.")
        case .tooShort(let count):
            return Message(
                "A password needs at least {least} characters; this one has {count}.",
                ["least": least, "count": count])
        case .tooLong(let count):
            return Message(
                "A password can have at most {most} characters; this one has {count}.",
                ["most": most, "count": count])
        case .tooManyBytes:
            return Message("A password can have at most {most} characters (1,024 bytes).", ["most": most])
        case .isName:
            return Message("Your name or email is the first thing others would try. Choose something else.")
        case .isCommon:
            return Message(
                "This is one of the most common passwords, which others try first. Choose something else.")
        case .repeats:
            return Message(
                "This password repeats a few characters, which is easy to guess. Choose something else.")
        }
    }
}
