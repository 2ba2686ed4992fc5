import Expenses
import Templating

/// How money and days are shown and read.
struct SettingsPage: TemplateModel {
    var frame: Frame
    var problems: [FieldProblem] = []
    var form: String
    var currencies: [Choice]
    var numberFormats: [Choice]
    var zones: [Choice]
    /// The name of the server's own zone.
    var serverZone: String
    var weekdays: [Choice]
    var fieldProblems = SettingsForm.Problems()
    /// Asked when the new currency has other decimals than the stored figures.
    var decimals: DecimalsQuestion?

    static let fields: TemplateFields<Self> = [
        "frame": .record { $0.frame },
        "problems": .list { $0.problems },
        "form": .text { $0.form },
        "currencies": .list { $0.currencies },
        "numberFormats": .list { $0.numberFormats },
        "zones": .list { $0.zones },
        "serverZone": .text { $0.serverZone },
        "weekdays": .list { $0.weekdays },
        "currencyProblem": .text { $0.fieldProblems.currency ?? "" },
        "numberFormatProblem": .text { $0.fieldProblems.numberFormat ?? "" },
        "zoneProblem": .text { $0.fieldProblems.zone ?? "" },
        "firstWeekdayProblem": .text { $0.fieldProblems.firstWeekday ?? "" },
        "decimals": .optional { $0.decimals },
    ]
}

extension SettingsPage {
    mutating func ask(_ question: DecimalsQuestion) {
        decimals = question
        let message =
            question.kept == nil ? "Tick the box to confirm." : "Choose what happens to your saved amounts."
        problems = [FieldProblem(field: "accept_decimals", message: message)]
    }

    init(_ settings: SettingsForm, frame: Frame, form: String) {
        self.frame = frame
        self.form = form
        currencies = Currency.all.map { currency in
            let sign = currency.symbol == currency.code ? "" : " (\(currency.symbol))"
            return Choice(
                value: currency.code, label: "\(currency.code) \(currency.name)\(sign)",
                isSelected: currency.code == settings.currency)
        }
        numberFormats = NumberFormat.allCases.map {
            Choice(
                value: $0.rawValue, label: $0.rawValue, isSelected: $0.rawValue == settings.numberFormat)
        }
        var names = Zone.identifiers
        if !settings.zone.isEmpty, !names.contains(settings.zone), Zone(identifier: settings.zone) != nil {
            names.insert(settings.zone, at: 0)
        }
        zones = names.map { Choice(value: $0, label: $0, isSelected: $0 == settings.zone) }
        serverZone = Zone.system.identifier
        weekdays = Weekday.allCases.map {
            Choice(value: $0.rawValue, label: $0.name, isSelected: $0.rawValue == settings.firstWeekday)
        }
    }
}
