import Expenses
import Templating

extension CalculationError {
    /// - Parameter example: "12.50", as the user writes figures.
    func message(_ example: String) -> Message {
        switch self {
        case .tooLong:
            Message("Use at most {most} characters to calculate an amount.", ["most": Calculation.longest])
        case .number(let text, let place):
            Message("“{text}” at place {place} can't be read as a number.", ["text": text, "place": place])
        case .unexpected(let sign, let place):
            Message(
                "“{sign}” at place {place} does not fit there. Write it like 3*{example} or (8+4)/2.",
                ["sign": sign, "place": place, "example": example])
        case .unfinished(let sign):
            Message("A number is missing after “{sign}” at the end.", ["sign": sign])
        case .unclosedBracket(let place):
            Message("The bracket “(” at place {place} is not closed.", ["place": place])
        case .unopenedBracket(let place):
            Message("The bracket “)” at place {place} was never opened.", ["place": place])
        case .tooManyBrackets(let place):
            Message(
                "At place {place} there are more than {most} open brackets. Use fewer.",
                ["place": place, "most": Calculation.deepest])
        case .divisionByZero(let place):
            Message("The sign at place {place} divides by zero.", ["place": place])
        case .overflow: Message("The numbers are too large to calculate with.")
        }
    }
}
