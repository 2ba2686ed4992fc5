import Expenses
import Templating

/// What is said about a file: its kind, what is asked, why lines are left out.
enum ImportWords {
    /// What the file is, and what to do.
    static func sentence(_ file: ForeignFile) -> Message {
        switch file {
        case .workbook:
            Message(
                "This is a workbook of a spreadsheet. Open it there, save the sheet as CSV, and choose that file."
            )
        case .archive: Message("This is an archive. Unpack it, and choose the CSV file in it.")
        case .pdf:
            Message(
                "This is a PDF, which has no columns to read. Your bank's site may offer the same list as CSV."
            )
        case .picture: Message("This is a picture. Choose a CSV file; your bank's site may offer one.")
        case .webPage:
            Message(
                "This is a web page, whatever its name says. Open it in a spreadsheet, save it as CSV, and choose that file."
            )
        case .xml:
            Message("This is an XML file. Choose a CSV file; your bank's site may offer one beside it.")
        case .json:
            Message("This is a JSON file. Choose a CSV file; the program it comes from may offer one.")
        case .statement:
            Message(
                "This is a file for accounting programs (OFX, QIF or MT940). Choose a CSV file; your bank's site may offer one."
            )
        case .binary: Message("This is no text, so it has no lines to read. Choose a CSV file.")
        }
    }

    /// Why nothing of a file can be added; for a file with rows, nil.
    static func nothingFound(_ reading: ImportReading) -> Message? {
        guard reading.rows.isEmpty else { return nil }
        guard reading.text.isDivided else {
            return Message(
                "Nothing divides the lines of this file into columns: no comma, semicolon, tab or bar. Choose a CSV file."
            )
        }
        return Message("No line of this file has a date and an amount. Choose a CSV file.")
    }

    static let tooManyRows =
        Message(
            "This file has more than 200,000 rows, the most that one import takes. Divide it, and import each part."
        )

    static let changedMeanwhile =
        Message(
            "What would be added has changed since this page was shown. Nothing is added yet: look at the rows, and press Add again."
        )

    static let tooManyCategories =
        Message(
            "With these rows you would have more than {most} categories. Choose ones that you have, or read the file without its column of categories.",
            ["most": Category.most])

    /// The question, and for now the answer to it.
    static func question(_ question: ImportQuestion, _ reading: ImportReading) -> Message {
        let roles = reading.roles
        switch question {
        case .encoding:
            return Message("Some letters may be wrong. Choose the one in which the texts below read well.")
        case .date: return Message("Which column has the date? None looks like one.")
        case .dateOrder:
            return Set(reading.openDateOrders) == [.dayFirst, .monthFirst]
                ? Message(
                    "Do the dates begin with the day or the month? “{date}” can be read in either way.",
                    ["date": reading.openDate])
                : Message(
                    "In which order are the parts of the dates? “{date}” can be read in more ways than one.",
                    ["date": reading.openDate])
        case .decimalMark:
            return Message(
                "Is the mark in these amounts before decimals, or between thousands? Both are possible.")
        case .amount:
            guard case .some(let amounts) = roles.amounts, let column = amounts.columns.first else {
                return Message("Which column has the amount? None looks like one.")
            }
            return Message(
                "Which column has the amount? Another one fits as well as {name}.",
                ["name": name(of: column, roles)])
        case .direction:
            return Message("Which column is money out? The two columns of amounts have no names.")
        case .directionColumn:
            let column = roles.place(of: .direction).map { name(of: $0, roles) } ?? Message("a column")
            return Message(
                "Does {column} say which way money goes? Its letters may mean something else.",
                ["column": column])
        case .sign:
            return
                Message(
                    "Is spending positive or negative in this file? Choose the one in which the kinds below are right; if a column says which way money goes, choose it as “In or out”."
                )
        }
    }

    static func name(of column: Int, _ roles: ImportRoles) -> Message {
        let title = column < roles.titles.count ? roles.titles[column] : ""
        return title.isEmpty
            ? Message("column {number}", ["number": column + 1])
            : Message("“{text}”", ["text": Wording.shortened(title, to: 40)])
    }

    static func name(_ column: ImportChoices.Column) -> Message {
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

    static func reason(_ reason: LeftOutLine.Reason, _ preferences: Preferences) -> Message {
        switch reason {
        case .noBooking: Message("No date and amount: a title, a total or a note.")
        case .noDate: Message("There is no date. If it is a booking, add it by hand.")
        case .unreadableDate(let order):
            Message("Not a valid date (expected {order}).", ["order": self.order(order)])
        case .noAmount: Message("There is no amount. If another column has it, choose that column.")
        case .unreadableAmount(let error): error.message(for: preferences)
        case .amountsInBothColumns:
            Message("There is an amount in both columns. Empty one of them in the file, or add it by hand.")
        case .unknownDirection: Message("It does not say whether it is money in or out. Add it by hand.")
        case .moreCellsThanHeading:
            Message("More cells than headings. Put quotes around a text with the delimiter in it.")
        case .partOfBookingAbove: Message("A part of the booking above, which has the whole amount.")
        case .notBookedYet: Message("Not booked yet.")
        case .aboveHeadings: Message("It stands above the headings.")
        case .otherTable: Message("A second table with other headings. Import it as a file of its own.")
        case .openQuote:
            Message(
                "A quote is opened here and never closed. Close it, or write it twice, and choose the file again."
            )
        case .linesInQuotes:
            Message(
                "A quote is opened here and closed in a later line, so that other lines stand in it. Close it in its own line."
            )
        case .tooManyCells(let most):
            Message("More than {most} cells. Leave out columns that are not needed.", ["most": most])
        case .longCategory:
            Message("A category's name has at most {most} characters.", ["most": Category.longestName])
        case .categoryOfSeveralLines: Message("A category's name is one line of text.")
        case .longDescription:
            Message("A description has at most {most} characters.", ["most": Expense.longestDescription])
        }
    }

    /// The field that a problem is about, for the API.
    static func field(_ reason: LeftOutLine.Reason) -> String {
        switch reason {
        case .noDate, .unreadableDate: "date"
        case .noAmount, .unreadableAmount, .amountsInBothColumns, .unknownDirection: "amount"
        case .longCategory, .categoryOfSeveralLines: "category"
        case .longDescription: "description"
        case .noBooking, .moreCellsThanHeading, .partOfBookingAbove, .notBookedYet, .openQuote,
            .linesInQuotes,
            .tooManyCells, .aboveHeadings, .otherTable:
            "row"
        }
    }

    /// Why a row is left out unless somebody ticks it.
    static func reason(_ row: ImportRow, _ group: ImportGroup, _ currency: Currency) -> Message {
        switch group {
        case .expenses: .empty
        case .duplicates: Message("possible duplicate")
        case .deleted: Message("in the bin")
        case .leftOutByRule: Message("left out by a rule")
        case .moneyIn: Message("money in")
        case .ownTransfers: Message("own transfer")
        case .otherCurrency: Message("in {other}, not {own}", ["other": row.currency, "own": currency.code])
        case .notBooked: Message("not booked")
        case .balances: Message("a balance or a total")
        }
    }

    static func title(_ group: ImportGroup) -> Message {
        switch group {
        case .expenses: Message("Expenses")
        case .moneyIn: Message("Money in")
        case .ownTransfers: Message("Own transfers")
        case .otherCurrency: Message("Other currencies")
        case .duplicates: Message("Possible duplicates")
        case .deleted: Message("In the bin")
        case .leftOutByRule: Message("Left out by your rules")
        case .notBooked: Message("Not booked")
        case .balances: Message("Balances and totals")
        }
    }

    /// What a group is, and why its rows are left out.
    static func explanation(_ group: ImportGroup) -> Message {
        switch group {
        case .expenses: .empty
        case .moneyIn: Message("Income and other money in would lower your totals.")
        case .ownTransfers: Message("Between accounts of your own, or the payment of a card's bill.")
        case .otherCurrency:
            Message(
                "The file has no amount in your currency for them. Added, they count as if they were in it.")
        case .duplicates:
            Message(
                "You have an expense with the same day, amount and description, or one that was imported with them."
            )
        case .deleted: Message("You have deleted these.")
        case .leftOutByRule: Message("To have them read as usual, change the rule.")
        case .notBooked: Message("Pending, cancelled or reversed.")
        case .balances: Message("No payments, though they have a date and an amount.")
        }
    }

    static func order(_ order: DateOrder) -> Message {
        switch order {
        case .yearFirst: Message("year, month, day")
        case .dayFirst: Message("day, month, year")
        case .monthFirst: Message("month, day, year")
        }
    }

    static func mark(_ mark: DecimalMark) -> Message {
        switch mark {
        case .point: Message("a point, as in 1,234.56")
        case .comma: Message("a comma, as in 1.234,56")
        }
    }

    static func name(_ encoding: TextEncoding) -> Message {
        switch encoding {
        case .utf8: Message(verbatim: "UTF-8")
        case .utf16LittleEndian: Message(verbatim: "UTF-16")
        case .utf16BigEndian: Message("UTF-16, high byte first")
        case .windows1252: Message("Western (Windows-1252)")
        case .isoLatin9: Message("Western (ISO 8859-15)")
        case .windows1250: Message("Central European (Windows-1250)")
        case .isoLatin2: Message("Central European (ISO 8859-2)")
        case .windows1251: Message("Cyrillic (Windows-1251)")
        case .windows1253: Message("Greek (Windows-1253)")
        case .windows1254: Message("Turkish (Windows-1254)")
        case .macRoman: Message("Western (Macintosh)")
        case .shiftJIS: Message("Japanese (Shift_JIS)")
        case .gb18030: Message("Chinese (GB 18030)")
        }
    }

    static func name(delimiter: UInt8) -> Message {
        switch delimiter {
        case UInt8(ascii: ","): Message("comma", context: "between columns")
        case UInt8(ascii: ";"): Message("semicolon", context: "between columns")
        case 9: Message("tab", context: "between columns")
        default: Message("bar", context: "between columns, the sign |")
        }
    }
}
