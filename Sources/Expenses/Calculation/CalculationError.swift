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
}
