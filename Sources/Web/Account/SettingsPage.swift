import Expenses
import Templating

/// How money and days are shown and read.
struct SettingsPage: FramedPage {
    var frame: Frame
    var form: String
    var settings: SettingsForm
    /// Those that there are.
    var languages: [Language]
    var problems: FormProblems = [:]
    /// Asked when the new currency has other decimals than the stored figures.
    var decimals: DecimalsQuestion?

    static let fields: TemplateFields<Self> = [
        "frame": .field { $0.frame },
        "problems": .field { $0.problems.list },
        "form": .field { $0.form },
        "currency": .field { $0.currency },
        "fields": .field { $0.fields },
        "decimals": .field { $0.decimals },
    ]
}

extension SettingsPage {
    mutating func ask(_ question: DecimalsQuestion) {
        decimals = question
        problems["accept_decimals"] =
            question.kept == nil
            ? Message("Tick the box to confirm.") : Message("Choose what happens to your saved amounts.")
    }

    private var currency: FormField {
        let choices = Currency.all.map { currency in
            var label = [Message(verbatim: currency.code), currency.words]
            if currency.symbol != currency.code { label.append(Message(verbatim: "(\(currency.symbol))")) }
            return Choice(
                value: currency.code, label: Message(list: label, separator: Message(verbatim: " ")),
                isSelected: currency.code == settings.currency)
        }
        return FormField(name: "currency", label: Message("Currency"), choices: choices).telling(problems)
    }

    private var fields: [FormField] {
        let languages = languages.map {
            Choice(
                value: $0.code, label: Message(verbatim: $0.name), isSelected: $0.code == settings.language,
                isLanguage: true)
        }
        let formats = NumberFormat.allCases.map {
            Choice(
                value: $0.rawValue, label: Message(verbatim: $0.rawValue),
                isSelected: $0.rawValue == settings.numberFormat)
        }
        var names = Zone.identifiers
        if !settings.zone.isEmpty, !names.contains(settings.zone), Zone(identifier: settings.zone) != nil {
            names.insert(settings.zone, at: 0)
        }
        let zones = names.map {
            Choice(value: $0, label: Message(verbatim: $0), isSelected: $0 == settings.zone)
        }
        let serverZone = Message("The server’s own ({serverZone})", ["serverZone": Zone.system.identifier])
        let weekdays = Weekday.allCases.map {
            Choice(value: $0.rawValue, label: $0.words, isSelected: $0.rawValue == settings.firstWeekday)
        }
        let monthStarts = MonthCalendar.starts.map {
            Choice(
                value: String($0), label: Message(verbatim: String($0)),
                isSelected: String($0) == settings.monthStart)
        }
        return [
            FormField(
                name: "language", label: Message("Language"),
                choices: [Choice(value: "", label: Message("As the browser asks"))] + languages),
            FormField(
                name: "number_format", label: Message("Number format"), choices: formats,
                hint: Message("You can type amounts in any of these ways.")),
            FormField(
                name: "zone", label: Message("Time zone"),
                choices: [Choice(value: "", label: serverZone)] + zones,
                hint: Message("Used to decide what “today” is.")),
            FormField(name: "first_weekday", label: Message("A week starts on"), choices: weekdays),
            FormField(
                name: "month_start", label: Message("A month starts on day"), choices: monthStarts,
                hint: Message(
                    "Choose your payday, and every month, year, chart and target follows. A month that starts on the 16th or later is named after the one in which it ends."
                )),
        ].telling(problems)
    }
}
