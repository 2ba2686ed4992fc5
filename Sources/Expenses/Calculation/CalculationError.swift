/// Why something to calculate was not calculated. Places count characters from 1.
package enum CalculationError: Error, Hashable {
    case tooLong
    /// What stands between two signs is no number.
    case number(String, place: Int)
    /// A sign, or a number, where another one has to be.
    case unexpected(String, place: Int)
    /// It ends with a sign after which something is missing.
    case unfinished(String)
    case unclosedBracket(place: Int)
    case unopenedBracket(place: Int)
    case tooManyBrackets(place: Int)
    case divisionByZero(place: Int)
    case overflow

    /// - Parameter example: "12.50", as the user writes figures.
    func message(_ example: String) -> String {
        switch self {
        case .tooLong: "Use at most \(Calculation.longest) characters to calculate an amount."
        case .number(let text, let place): "“\(text)” at place \(place) can't be read as a number."
        case .unexpected(let sign, let place):
            "“\(sign)” at place \(place) does not fit there. Write it like 3*\(example) or (8+4)/2."
        case .unfinished(let sign): "A number is missing after “\(sign)” at the end."
        case .unclosedBracket(let place): "The bracket “(” at place \(place) is not closed."
        case .unopenedBracket(let place): "The bracket “)” at place \(place) was never opened."
        case .tooManyBrackets(let place):
            "At place \(place) there are more than \(Calculation.deepest) open brackets. Use fewer."
        case .divisionByZero(let place): "The sign at place \(place) divides by zero."
        case .overflow: "The numbers are too large to calculate with."
        }
    }
}
