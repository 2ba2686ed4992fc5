import Expenses
import Templating

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
            case .encoding: ImportChoice.encodings
            case .dateOrder:
                ImportChoice.orders.filter { order in
                    reading.openDateOrders.contains { $0.rawValue == order.value }
                }
            case .decimalMark: ImportChoice.marks
            case .sign: ImportChoice.signs
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
