import Expenses
import Templating

/// How money and days are shown and read.
struct SettingsPage: FramedPage {
    var frame: Frame
    var problems: [FieldProblem] = []
    var form: String
    var currencies: [Choice]
    var numberFormats: [Choice]
    var zones: [Choice]
    /// The name of the server's own zone.
    var serverZone: String
    var weekdays: [Choice]
    /// On which day a month may begin.
    var monthStarts: [Choice]
    var languages: [Choice]
    var fieldProblems = SettingsForm.Problems()
    /// Asked when the new currency has other decimals than the stored figures.
    var decimals: DecimalsQuestion?

    static let fields: TemplateFields<Self> = [
        "frame": .field { $0.frame },
        "problems": .field { $0.problems },
        "form": .field { $0.form },
        "currencies": .field { $0.currencies },
        "numberFormats": .field { $0.numberFormats },
        "zones": .field { $0.zones },
        "serverZone": .field { $0.serverZone },
        "weekdays": .field { $0.weekdays },
        "monthStarts": .field { $0.monthStarts },
        "languages": .field { $0.languages },
        "languageProblem": .field { $0.fieldProblems.language },
        "currencyProblem": .field { $0.fieldProblems.currency },
        "numberFormatProblem": .field { $0.fieldProblems.numberFormat },
        "zoneProblem": .field { $0.fieldProblems.zone },
        "monthStartProblem": .field { $0.fieldProblems.monthStart },
        "firstWeekdayProblem": .field { $0.fieldProblems.firstWeekday },
        "decimals": .field { $0.decimals },
    ]
}

extension SettingsPage {
    mutating func ask(_ question: DecimalsQuestion) {
        decimals = question
        let message =
            question.kept == nil
            ? Message("Tick the box to confirm.") : Message("Choose what happens to your saved amounts.")
        problems = [FieldProblem(field: "accept_decimals", message: message)]
    }

    init(_ settings: SettingsForm, languages: [Language], frame: Frame, form: String) {
        self.frame = frame
        self.form = form
        self.languages = languages.map {
            Choice(
                value: $0.code, label: Message(verbatim: $0.name), isSelected: $0.code == settings.language)
        }
        currencies = Currency.all.map { currency in
            let sign = currency.symbol == currency.code ? "" : " (\(currency.symbol))"
            return Choice(
                value: currency.code, label: Message(verbatim: "\(currency.code) \(currency.name)\(sign)"),
                isSelected: currency.code == settings.currency)
        }
        numberFormats = NumberFormat.allCases.map {
            Choice(
                value: $0.rawValue, label: Message(verbatim: $0.rawValue),
                isSelected: $0.rawValue == settings.numberFormat)
        }
        var names = Zone.identifiers
        if !settings.zone.isEmpty, !names.contains(settings.zone), Zone(identifier: settings.zone) != nil {
            names.insert(settings.zone, at: 0)
        }
        zones = names.map { Choice(value: $0, label: Message(verbatim: $0), isSelected: $0 == settings.zone) }
        serverZone = Zone.system.identifier
        weekdays = Weekday.allCases.map {
            Choice(value: $0.rawValue, label: $0.words, isSelected: $0.rawValue == settings.firstWeekday)
        }
        monthStarts = MonthCalendar.starts.map {
            Choice(
                value: String($0), label: Message(verbatim: String($0)),
                isSelected: String($0) == settings.monthStart)
        }
    }
}
