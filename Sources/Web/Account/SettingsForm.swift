import Expenses
import HTTP

/// The settings as they were chosen.
struct SettingsForm: Sendable, Equatable {
    /// An ISO 4217 code.
    var currency: String
    var numberFormat: String
    /// An IANA name; empty means the server's own.
    var zone: String
    var firstWeekday: String
    /// What becomes of stored amounts in a currency with other decimals; nil while that is to be asked.
    var decimals: Decimals?

    enum Decimals: String, Sendable {
        /// Their digits are read in the new currency: $1,500.00 shows as ¥150,000.
        case reread = "yes"
        /// They are rescaled: $1,500.00 becomes ¥1,500.
        case keep
    }

    /// What is wrong with each field; nil where it is right.
    struct Problems: Error, Equatable {
        var currency: String?
        var numberFormat: String?
        var zone: String?
        var firstWeekday: String?

        /// In the order of the fields.
        var list: [FieldProblem] {
            [
                ("currency", currency), ("number_format", numberFormat), ("zone", zone),
                ("first_weekday", firstWeekday),
            ]
            .compactMap { field, message in message.map { FieldProblem(field: field, message: $0) } }
        }
    }

    func validated() -> Result<Preferences, Problems> {
        var problems = Problems()
        let known = Currency(code: currency)
        let format = NumberFormat(rawValue: numberFormat)
        let weekday = Weekday(rawValue: firstWeekday)
        if known == nil { problems.currency = "Choose one of the currencies." }
        if format == nil { problems.numberFormat = "Choose one of the formats." }
        if weekday == nil { problems.firstWeekday = "Choose a day of the week." }
        if !zone.isEmpty && Zone(identifier: zone) == nil { problems.zone = "Choose one of the time zones." }
        guard problems == Problems(), let known, let format, let weekday else { return .failure(problems) }
        return .success(
            Preferences(currency: known, numberFormat: format, zone: zone, firstWeekday: weekday))
    }
}

extension SettingsForm {
    init(_ fields: FormData) {
        currency = fields["currency"] ?? ""
        numberFormat = fields["number_format"] ?? ""
        zone = fields["zone"] ?? ""
        firstWeekday = fields["first_weekday"] ?? ""
        decimals = fields["accept_decimals"].flatMap { Decimals(rawValue: $0) }
    }

    init(_ preferences: Preferences) {
        currency = preferences.currency.code
        numberFormat = preferences.numberFormat.rawValue
        zone = preferences.zone
        firstWeekday = preferences.firstWeekday.rawValue
    }
}
