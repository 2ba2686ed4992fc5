import Expenses
import HTTP
import JSON
import Templating

/// A month, a year, days from and to, and a period: see `DayFilter`.
enum DayCondition: Condition {
    private static let aDay = "This is a day from 1900-01-01 to 2999-12-31."

    static let parameters = [
        Operation.Parameter(
            name: "month",
            description: "A month, of every year where there is no year. " + Operation.Parameter.months,
            schema: APISchemas.orEmpty(["type": "integer", "minimum": 1, "maximum": 12]),
            problem: "This is a month from 1 to 12."),
        Operation.Parameter(
            name: "year", description: "A year: the twelve months that are named so.",
            schema: APISchemas.orEmpty(["type": "integer", "minimum": 1900, "maximum": 2999]),
            problem: "This is a year from 1900 to 2999."),
        Operation.Parameter(
            name: "from", description: "The first day.", schema: APISchemas.orEmpty(APISchemas.date),
            problem: aDay),
        Operation.Parameter(
            name: "to", description: "The last day.", schema: APISchemas.orEmpty(APISchemas.date),
            problem: aDay),
        Operation.Parameter(
            name: "period", description: "The 7, 30, 90 or 365 days that end today.",
            schema: APISchemas.orEmpty([
                "type": "string", "enum": .array(Period.allCases.map { .string($0.rawValue) }),
            ]),
            problem: "This is one of " + Period.allCases.map(\.rawValue).joined(separator: ", ") + "."),
    ]

    static func read(_ fields: FormData, into query: inout FilterQuery, ignored: inout [Message]) {
        query.days = DayFilter(
            month: fields.read("month", month) {
                ignored.append(Message("month “{text}”", ["text": $0]))
            },
            year: fields.read("year", year) {
                ignored.append(Message("year “{text}”", ["text": $0]))
            },
            from: fields.read("from", Day.init) {
                ignored.append(Message("first day “{text}”", ["text": $0]))
            },
            through: fields.read("to", Day.init) {
                ignored.append(Message("last day “{text}”", ["text": $0]))
            },
            period: fields.read("period", Period.init(rawValue:)) {
                ignored.append(Message("period “{text}”", ["text": $0]))
            })
    }

    static func write(_ query: FilterQuery, _ fields: inout AddressFields, to output: inout Output) {
        write(query.days, &fields, to: &output)
    }

    static func write(_ days: DayFilter, _ fields: inout AddressFields, to output: inout Output) {
        if let month = days.month {
            fields.begin("month=", in: &output)
            output.append(month)
        }
        if let year = days.year {
            fields.begin("year=", in: &output)
            output.append(year)
        }
        if days.fromNumber > 0 {
            fields.begin("from=", in: &output)
            output.append(date: Int(days.fromNumber))
        }
        if days.throughNumber > 0 {
            fields.begin("to=", in: &output)
            output.append(date: Int(days.throughNumber))
        }
        if let period = days.period {
            fields.begin("period=", in: &output)
            output.append(period.rawValue)
        }
    }

    static func narrow(_ filter: inout Filter, to query: FilterQuery, today: Day) {
        query.days.narrow(&filter, today: today)
    }

    static func chips(of query: FilterQuery, _ names: ConditionNames) -> [FilterChip] {
        let days = query.days
        if let month = days.singleMonth { return [FilterChip(label: month.words, removal: "days")] }
        var chips: [FilterChip] = []
        if let month = days.month {
            let name = Message(date: .monthAlone, month: month)
            chips.append(
                FilterChip(
                    label: days.year == nil ? Message("{month} of every year", ["month": name]) : name,
                    removal: "month"))
        }
        if let year = days.year {
            chips.append(FilterChip(label: Message(verbatim: String(year)), removal: "year"))
        }
        if let period = days.period { chips.append(FilterChip(label: period.words, removal: "period")) }
        if let from = days.from {
            chips.append(
                FilterChip(label: Message("From {date}", ["date": ShownDate(day: from)]), removal: "from"))
        }
        if let through = days.through {
            chips.append(
                FilterChip(label: Message("To {date}", ["date": ShownDate(day: through)]), removal: "to"))
        }
        return chips
    }

    static func remove(_ chip: String, from query: inout FilterQuery) {
        switch chip {
        case "days": query.days = .any
        case "month": query.days.month = nil
        case "year": query.days.year = nil
        case "from": query.days.from = nil
        case "to": query.days.through = nil
        case "period": query.days.period = nil
        default: break
        }
    }

    private static func month(_ text: String) -> Int? { number(text, in: 1...12, digits: 1...2) }

    private static func year(_ text: String) -> Int? { number(text, in: 1900...2999, digits: 4...4) }

    private static func number(_ text: String, in range: ClosedRange<Int>, digits: ClosedRange<Int>) -> Int? {
        guard digits.contains(text.utf8.count), text.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
            let number = Int(text), range.contains(number)
        else { return nil }
        return number
    }
}
