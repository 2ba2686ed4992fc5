import Expenses
import Templating

/// How the parts of a file are read, each with the other ways.
enum ImportGuess {
    static let encodings = TextEncoding.allCases.map {
        Choice(value: $0.rawValue, label: ImportWords.name($0))
    }
    static let orders = DateOrder.allCases.map { Choice(value: $0.rawValue, label: ImportWords.order($0)) }
    static let marks = DecimalMark.allCases.map { Choice(value: $0.rawValue, label: ImportWords.mark($0)) }
    static let signs = [
        Choice(value: AmountSign.spendingPositive.rawValue, label: Message("positive")),
        Choice(value: AmountSign.spendingNegative.rawValue, label: Message("negative")),
    ]

    /// Everything that can be read in another way, but what is asked above the rows.
    static func all(_ reading: ImportReading, _ choices: ImportChoices) -> [FormField] {
        let roles = reading.roles
        var guesses = [
            guess(
                "encoding", Message("Text", context: "encoding of a file"), encodings,
                found: reading.text.encoding.rawValue, choices),
            guess(
                "delimiter", Message("Between columns"),
                ImportText.delimiters.map {
                    Choice(value: String($0), label: ImportWords.name(delimiter: $0))
                }, found: String(reading.text.delimiter), choices),
            guess(
                "header", Message("Names of columns"),
                [
                    Choice(value: "yes", label: Message("in a line above")),
                    Choice(value: "no", label: Message("none")),
                ],
                found: roles.headerLine == nil ? "no" : "yes", choices),
        ]
        guard !reading.isOwnExport else { return guesses }
        guesses += [
            guess("date_order", Message("Dates"), orders, found: roles.dateOrder.rawValue, choices),
            guess("decimal_mark", Message("Decimals after"), marks, found: roles.mark.rawValue, choices),
        ]
        if case .signed = roles.amounts {
            guesses.append(guess("sign", Message("Spending is"), signs, found: roles.sign.rawValue, choices))
        }
        let columnChoices =
            [Choice(value: "none", label: Message("none"))]
            + roles.titles.indices.map {
                Choice(value: String($0 + 1), label: ImportWords.name(of: $0, roles))
            }
        for column in ImportChoices.Column.allCases {
            let found = roles.place(of: column).map { String($0 + 1) } ?? "none"
            guesses.append(guess(column.rawValue, label(column), columnChoices, found: found, choices))
        }
        let asked = Set(reading.questions.map(\.rawValue))
        return guesses.filter { !asked.contains($0.name) }
    }

    /// What was found has no value, so that it is found again and not taken for a choice.
    private static func guess(
        _ name: String, _ label: Message, _ values: [Choice], found: String, _ choices: ImportChoices
    ) -> FormField {
        let chosen = choices.value(of: name)
        var values = values.map { choice in
            var choice = choice
            choice.isSelected = choice.value == chosen
            if chosen == nil, choice.value == found { (choice.value, choice.isSelected) = ("", true) }
            return choice
        }
        if chosen != nil { values.insert(Choice(value: "", label: Message("as the file shows it")), at: 0) }
        return FormField(name: name, label: label, choices: values)
    }

    private static func label(_ column: ImportChoices.Column) -> Message {
        switch column {
        case .date: Message("Date")
        case .amount: Message("Amount")
        case .moneyOut: Message("Money out")
        case .moneyIn: Message("Money in")
        case .direction: Message("In or out")
        case .category: Message("Category")
        case .text: Message("Description")
        }
    }
}

/// What the file leaves open, with the possible answers.
struct ImportQuestionFields: TemplateModel {
    struct Answer: TemplateModel {
        var name: String
        var choice: Choice

        static let fields: TemplateFields<Self> = [
            "name": .field { $0.name },
            "value": .field { $0.choice.value },
            "label": .field { $0.choice.label },
        ]
    }

    var text: Message
    var answers: [Answer]

    static let fields: TemplateFields<Self> = [
        "text": .field { $0.text },
        "answers": .field { $0.answers },
    ]

    init(_ question: ImportQuestion, _ reading: ImportReading) {
        text = ImportWords.question(question, reading)
        let numbers = reading.roles.titles.indices.map {
            Choice(value: String($0 + 1), label: ImportWords.name(of: $0, reading.roles))
        }
        let choices =
            switch question {
            case .encoding: ImportGuess.encodings
            case .dateOrder:
                ImportGuess.orders.filter { order in
                    reading.openDateOrders.contains { $0.rawValue == order.value }
                }
            case .decimalMark: ImportGuess.marks
            case .sign: ImportGuess.signs
            case .date, .amount: numbers
            case .direction:
                reading.roles.amounts.map { amounts in amounts.columns.sorted().map { numbers[$0] } }
                    ?? numbers
            case .directionColumn:
                (reading.roles.place(of: .direction).map { [numbers[$0]] } ?? numbers)
                    + [Choice(value: "none", label: Message("no column"))]
            }
        answers = choices.map { Answer(name: question.rawValue, choice: $0) }
    }
}
