import Expenses
import HTTP
import Templating

/// The settings as they were chosen.
struct SettingsForm: Sendable, Equatable {
    /// An ISO 4217 code.
    var currency: String
    var numberFormat: String
    /// An IANA name; empty means the server's own.
    var zone: String
    var firstWeekday: String
    /// A day of the month, 1 to 28.
    var monthStart: String
    /// A code of RFC 5646; empty means as the browser asks.
    var language: String
    /// What becomes of stored amounts in a currency with other decimals; nil while that is to be asked.
    var decimals: Decimals?

    enum Decimals: String, Sendable {
        /// Their digits are read in the new currency: $1,500.00 shows as ¥150,000.
        case reread = "yes"
        /// They are rescaled: $1,500.00 becomes ¥1,500.
        case keep
    }

    /// - Parameter languages: those that there are.
    func validated(among languages: [Language]) -> Result<Preferences, FormProblems> {
        var problems: FormProblems = [:]
        let known = Currency(code: currency)
        let format = NumberFormat(rawValue: numberFormat)
        let weekday = Weekday(rawValue: firstWeekday)
        if known == nil { problems["currency"] = Message("Choose one of the currencies.") }
        if !language.isEmpty && !languages.contains(where: { $0.code == language }) {
            problems["language"] = Message("Choose one of the languages.")
        }
        if format == nil { problems["number_format"] = Message("Choose one of the formats.") }
        if !zone.isEmpty && Zone(identifier: zone) == nil {
            problems["zone"] = Message("Choose one of the time zones.")
        }
        if weekday == nil { problems["first_weekday"] = Message("Choose a day of the week.") }
        let months = Int(monthStart).flatMap { MonthCalendar(start: $0) }
        if months == nil { problems["month_start"] = Message("Choose a day from 1 to 28.") }
        guard problems.isEmpty, let known, let format, let weekday, let months else {
            return .failure(problems)
        }
        return .success(
            Preferences(
                currency: known, numberFormat: format, zone: zone, firstWeekday: weekday, language: language,
                months: months))
    }
}

extension SettingsForm {
    /// - Parameter preferences: what a field that is not there leaves as it is.
    init(_ fields: FormData, changing preferences: Preferences) {
        currency = fields["currency"] ?? ""
        numberFormat = fields["number_format"] ?? ""
        zone = fields["zone"] ?? ""
        firstWeekday = fields["first_weekday"] ?? ""
        monthStart = fields["month_start"] ?? String(preferences.months.start)
        language = fields["language"] ?? preferences.language
        decimals = fields["accept_decimals"].flatMap { Decimals(rawValue: $0) }
    }

    init(_ preferences: Preferences) {
        currency = preferences.currency.code
        numberFormat = preferences.numberFormat.rawValue
        zone = preferences.zone
        firstWeekday = preferences.firstWeekday.rawValue
        monthStart = String(preferences.months.start)
        language = preferences.language
    }
}
