/// What each column of a file is: the second of three steps, which knows nothing of bookings.
package struct ImportRoles: Sendable {
    /// Where amounts stand, and what tells money in from money out.
    package enum Amounts: Hashable, Sendable {
        case signed(Int)
        case directed(Int, by: Int)
        case pair(out: Int, in: Int)

        package var columns: [Int] {
            switch self {
            case .signed(let column), .directed(let column, _): [column]
            case .pair(let out, let into): [out, into]
            }
        }
    }

    /// An amount in a currency of its own: of a column, that of its heading, or that of the whole file.
    struct Priced: Sendable {
        let column: Int
        let currencyColumn: Int?
        /// Those that the name in the heading, or that of the file, may stand for; empty where there is none.
        let currencies: [Currency]
    }

    /// The names of the columns; empty where they have none.
    package internal(set) var titles: [String] = []
    /// The line of the headings; nil where there are none.
    package internal(set) var headerLine: Int?
    package internal(set) var date: Int?
    package internal(set) var amounts: Amounts?
    package internal(set) var category: Int?
    /// What a row's text is taken from: the first of these that holds one.
    package internal(set) var texts: [Int] = []
    package internal(set) var fee: Int?
    package internal(set) var dateOrder = DateOrder.dayFirst
    /// Dates are a spreadsheet's counts of days.
    var isSerial = false
    package internal(set) var mark = DecimalMark.point
    package internal(set) var sign = AmountSign.spendingPositive
    package internal(set) var questions: [ImportQuestion] = []
    /// Ways to read the amounts that were compared: bounded, whatever the file is.
    package internal(set) var comparedReadings = 0

    var subcategory: Int?
    /// Those of the texts that name who paid, and who was paid: the other side is one or the other.
    var senders: [Int] = []
    var recipients: [Int] = []
    var statuses: [Int] = []
    var kinds: [Int] = []
    var balance: Int?
    /// Whether the balances are explained by the amounts.
    var hasRunningBalance = false
    /// The amount that is booked, with its currency.
    var booked: Priced?
    /// Other amounts, one of which may be in the account's currency where the booked one is not.
    var others: [Priced] = []
    /// Of a pair: the columns in which a minus is usual, so that it says no more than the column does.
    var negativeColumns: Set<Int> = []
    /// The same for what stands in the column of directions.
    var negativeDirections: Set<String> = []
    /// What each text in the column of directions says, an empty one too.
    var directions: [String: BookingDirection] = [:]
    /// All rows are of a card: money in is a shop's credit, or the payment of its bill.
    var isCard = false
    /// Kinds tell spending, income and transfers apart, as trackers do.
    var hasTrackerKinds = false
    /// The account that each row is of.
    var account: Int?
}

extension ImportRoles {
    /// The place of a column that can be chosen; nil where the file has none.
    package func place(of column: ImportChoices.Column) -> Int? {
        switch (column, amounts) {
        case (.date, _): date
        case (.amount, .signed(let place)), (.amount, .directed(let place, _)): place
        case (.direction, .directed(_, let place)): place
        case (.moneyOut, .pair(let place, _)): place
        case (.moneyIn, .pair(_, let place)): place
        case (.amount, _), (.direction, _), (.moneyOut, _), (.moneyIn, _): nil
        case (.category, _): category
        case (.text, _): texts.first
        }
    }
}

extension ImportRoles {
    /// Those of the program's own download.
    static var ownExport: ImportRoles {
        var roles = ImportRoles()
        roles.titles = ["date", "amount", "category", "description"]
        roles.headerLine = 1
        roles.date = 0
        roles.amounts = .signed(1)
        roles.category = 2
        roles.texts = [3]
        roles.dateOrder = .yearFirst
        return roles
    }
}
