import Expenses

/// What is said about a file: its kind, what is asked, why lines are left out.
enum ImportWords {
    /// What the file is, and what to do.
    static func sentence(_ file: ForeignFile) -> String {
        switch file {
        case .workbook:
            "This is a workbook of a spreadsheet. Open it there, save the sheet as CSV, and choose that file."
        case .archive: "This is an archive. Unpack it, and choose the CSV file in it."
        case .pdf:
            "This is a PDF, which has no columns to read. Your bank's site may offer the same list as CSV."
        case .picture: "This is a picture. Choose a CSV file; your bank's site may offer one."
        case .webPage:
            "This is a web page, whatever its name says. Open it in a spreadsheet, save it as CSV, and choose that file."
        case .xml: "This is an XML file. Choose a CSV file; your bank's site may offer one beside it."
        case .json: "This is a JSON file. Choose a CSV file; the program it comes from may offer one."
        case .statement:
            "This is a file for accounting programs (OFX, QIF or MT940). Choose a CSV file; your bank's site may offer one."
        case .binary: "This is no text, so it has no lines to read. Choose a CSV file."
        }
    }

    /// Why nothing of a file can be added; for a file with rows, nil.
    static func nothingFound(_ reading: ImportReading) -> String? {
        guard reading.rows.isEmpty else { return nil }
        guard reading.text.isDivided else {
            return "Nothing divides the lines of this file into columns: no comma, semicolon, tab or bar."
                + " Choose a CSV file."
        }
        return "No line of this file has a date and an amount. Choose a CSV file."
    }

    static let tooManyRows =
        "This file has more than 200,000 rows, the most that one import takes. Divide it, and import each part."

    static let changedMeanwhile =
        "What would be added has changed since this page was shown. Nothing is added yet: look at the rows, and press Add again."

    static let tooManyCategories =
        "With these rows you would have more than \(Category.most) categories. Choose ones that you have, or read the file without its column of categories."

    /// The question, and for now the answer to it.
    static func question(_ question: ImportQuestion, _ reading: ImportReading) -> String {
        let roles = reading.roles
        switch question {
        case .encoding:
            return "Some letters may be wrong. Choose the one in which the texts below read well."
        case .date: return "Which column has the date? None looks like one."
        case .dateOrder:
            let parts = reading.openDateOrders.map { order in
                switch order {
                case .yearFirst: "the year"
                case .dayFirst: "the day"
                case .monthFirst: "the month"
                }
            }
            return "Do the dates begin with \(parts.joined(separator: " or "))?"
                + " “\(reading.openDate)” can be read in \(parts.count == 2 ? "either way" : "more ways than one")."
        case .decimalMark:
            return "Is the mark in these amounts before decimals, or between thousands? Both are possible."
        case .amount:
            guard case .some(let amounts) = roles.amounts, let column = amounts.columns.first else {
                return "Which column has the amount? None looks like one."
            }
            return "Which column has the amount? Another one fits as well as \(name(of: column, roles))."
        case .direction: return "Which column is money out? The two columns of amounts have no names."
        case .directionColumn:
            let column = roles.place(of: .direction).map { name(of: $0, roles) } ?? "a column"
            return "Does \(column) say which way money goes? Its letters may mean something else."
        case .sign:
            return
                "Is spending positive or negative in this file? Choose the one in which the kinds below are right;"
                + " if a column says which way money goes, choose it as “In or out”."
        }
    }

    static func name(of column: Int, _ roles: ImportRoles) -> String {
        let title = column < roles.titles.count ? roles.titles[column] : ""
        return title.isEmpty ? "column \(column + 1)" : "“\(Wording.shortened(title, to: 40))”"
    }

    static func reason(_ reason: LeftOutLine.Reason, _ preferences: Preferences) -> String {
        switch reason {
        case .noBooking: "No date and amount: a title, a total or a note."
        case .noDate: "There is no date. If it is a booking, add it by hand."
        case .unreadableDate(let order): "Not a valid date (expected \(self.order(order)))."
        case .noAmount: "There is no amount. If another column has it, choose that column."
        case .unreadableAmount(let error): error.message(for: preferences)
        case .amountsInBothColumns:
            "There is an amount in both columns. Empty one of them in the file, or add it by hand."
        case .unknownDirection: "It does not say whether it is money in or out. Add it by hand."
        case .moreCellsThanHeading:
            "More cells than headings. Put quotes around a text with the delimiter in it."
        case .partOfBookingAbove: "A part of the booking above, which has the whole amount."
        case .notBookedYet: "Not booked yet."
        case .aboveHeadings: "It stands above the headings."
        case .otherTable: "A second table with other headings. Import it as a file of its own."
        case .openQuote:
            "A quote is opened here and never closed. Close it, or write it twice, and choose the file again."
        case .linesInQuotes:
            "A quote is opened here and closed in a later line, so that other lines stand in it. Close it in its own line."
        case .tooManyCells(let most): "More than \(most) cells. Leave out columns that are not needed."
        case .longCategory: "A category's name has at most \(Category.longestName) characters."
        case .categoryOfSeveralLines: "A category's name is one line of text."
        case .longDescription: "A description has at most \(Expense.longestDescription) characters."
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
    static func reason(_ row: ImportRow, _ group: ImportGroup, _ currency: Currency) -> String {
        switch group {
        case .expenses: ""
        case .duplicates: "possible duplicate"
        case .deleted: "in the bin"
        case .leftOutByRule: "left out by a rule"
        case .moneyIn: "money in"
        case .ownTransfers: "own transfer"
        case .otherCurrency: "in \(row.currency), not \(currency.code)"
        case .notBooked: "not booked"
        case .balances: "a balance or a total"
        }
    }

    static func title(_ group: ImportGroup) -> String {
        switch group {
        case .expenses: "Expenses"
        case .moneyIn: "Money in"
        case .ownTransfers: "Own transfers"
        case .otherCurrency: "Other currencies"
        case .duplicates: "Possible duplicates"
        case .deleted: "In the bin"
        case .leftOutByRule: "Left out by your rules"
        case .notBooked: "Not booked"
        case .balances: "Balances and totals"
        }
    }

    /// What a group is, and why its rows are left out.
    static func explanation(_ group: ImportGroup) -> String {
        switch group {
        case .expenses: ""
        case .moneyIn: "Income and other money in would lower your totals."
        case .ownTransfers: "Between accounts of your own, or the payment of a card's bill."
        case .otherCurrency:
            "The file has no amount in your currency for them. Added, they count as if they were in it."
        case .duplicates:
            "You have an expense with the same day, amount and description, or one that was imported with them."
        case .deleted: "You have deleted these."
        case .leftOutByRule: "To have them read as usual, change the rule."
        case .notBooked: "Pending, cancelled or reversed."
        case .balances: "No payments, though they have a date and an amount."
        }
    }

    static func order(_ order: DateOrder) -> String {
        switch order {
        case .yearFirst: "year, month, day"
        case .dayFirst: "day, month, year"
        case .monthFirst: "month, day, year"
        }
    }

    static func mark(_ mark: DecimalMark) -> String {
        switch mark {
        case .point: "a point, as in 1,234.56"
        case .comma: "a comma, as in 1.234,56"
        }
    }

    static func name(_ encoding: TextEncoding) -> String {
        switch encoding {
        case .utf8: "UTF-8"
        case .utf16LittleEndian: "UTF-16"
        case .utf16BigEndian: "UTF-16, high byte first"
        case .windows1252: "Western (Windows-1252)"
        case .isoLatin9: "Western (ISO 8859-15)"
        case .windows1250: "Central European (Windows-1250)"
        case .isoLatin2: "Central European (ISO 8859-2)"
        case .windows1251: "Cyrillic (Windows-1251)"
        case .windows1253: "Greek (Windows-1253)"
        case .windows1254: "Turkish (Windows-1254)"
        case .macRoman: "Western (Macintosh)"
        case .shiftJIS: "Japanese (Shift_JIS)"
        case .gb18030: "Chinese (GB 18030)"
        }
    }

    static func name(delimiter: UInt8) -> String {
        switch delimiter {
        case UInt8(ascii: ","): "comma"
        case UInt8(ascii: ";"): "semicolon"
        case 9: "tab"
        default: "bar"
        }
    }
}
