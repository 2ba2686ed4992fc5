/// Which of a language's plural forms goes with a count, as a `.po` file's `Plural-Forms` says it in C's syntax
/// (gettext manual, 11.2.6).
struct PluralRule: Sendable {
    struct Unreadable: Error {}

    private indirect enum Expression: Sendable {
        case count
        case number(Int)
        case not(Expression)
        case operation(Operator, Expression, Expression)
        case choice(Expression, then: Expression, otherwise: Expression)
    }

    private enum Operator: String, Sendable {
        case or = "||"
        case and = "&&"
        case equal = "=="
        case notEqual = "!="
        case lessOrEqual = "<="
        case greaterOrEqual = ">="
        case less = "<"
        case greater = ">"
        case plus = "+"
        case minus = "-"
        case times = "*"
        case divided = "/"
        case remainder = "%"
    }

    let forms: Int
    private let expression: Expression

    /// One form for one, another for all other counts.
    static let english = PluralRule(
        forms: 2, expression: .operation(.notEqual, .count, .number(1)))

    private init(forms: Int, expression: Expression) {
        self.forms = forms
        self.expression = expression
    }

    /// Reads `nplurals=2; plural=(n != 1);`.
    init(_ text: String) throws(Unreadable) {
        var parts: [String: Substring] = [:]
        for part in text.split(separator: ";") {
            guard let equals = part.firstIndex(of: "=") else { continue }
            let name = part[..<equals].filter { $0 != " " }
            parts[String(name)] = part[part.index(after: equals)...]
        }
        guard let forms = parts["nplurals"].flatMap({ Int($0.filter { $0 != " " }) }),
            (1...6).contains(forms),
            let rule = parts["plural"]
        else { throw Unreadable() }
        var reader = Reader(rest: rule.utf8.filter { $0 != UInt8(ascii: " ") }[...])
        let expression = try reader.choice()
        guard reader.rest.isEmpty else { throw Unreadable() }
        self.init(forms: forms, expression: expression)
    }

    /// 0 to `forms` - 1.
    func form(for count: Int) -> Int {
        min(max(PluralRule.value(of: expression, Int(min(count.magnitude, 1 << 62))), 0), forms - 1)
    }

    private static func value(of expression: Expression, _ count: Int) -> Int {
        switch expression {
        case .count: return count
        case .number(let number): return number
        case .not(let inner): return value(of: inner, count) == 0 ? 1 : 0
        case .choice(let test, let then, let otherwise):
            return value(of: value(of: test, count) != 0 ? then : otherwise, count)
        case .operation(let operation, let left, let right):
            return apply(operation, value(of: left, count), value(of: right, count))
        }
    }

    private static func apply(_ operation: Operator, _ left: Int, _ right: Int) -> Int {
        switch operation {
        case .or: left != 0 || right != 0 ? 1 : 0
        case .and: left != 0 && right != 0 ? 1 : 0
        case .equal: left == right ? 1 : 0
        case .notEqual: left != right ? 1 : 0
        case .lessOrEqual: left <= right ? 1 : 0
        case .greaterOrEqual: left >= right ? 1 : 0
        case .less: left < right ? 1 : 0
        case .greater: left > right ? 1 : 0
        case .plus: left &+ right
        case .minus: left &- right
        case .times: left &* right
        case .divided: right > 0 ? left / right : 0
        case .remainder: right > 0 ? left % right : 0
        }
    }

    private struct Reader {
        var rest: ArraySlice<UInt8>
        private var depth = 0

        init(rest: ArraySlice<UInt8>) {
            self.rest = rest
        }

        /// The weakest first; of those that begin alike, the longer one first.
        private static let levels: [[Operator]] = [
            [.or], [.and], [.equal, .notEqual], [.lessOrEqual, .greaterOrEqual, .less, .greater],
            [.plus, .minus], [.times, .divided, .remainder],
        ]

        mutating func choice() throws(Unreadable) -> Expression {
            depth += 1
            defer { depth -= 1 }
            guard depth < 50 else { throw Unreadable() }
            let test = try operation(0)
            guard take("?") else { return test }
            let then = try choice()
            guard take(":") else { throw Unreadable() }
            return .choice(test, then: then, otherwise: try choice())
        }

        private mutating func operation(_ level: Int) throws(Unreadable) -> Expression {
            guard level < Self.levels.count else { return try operand() }
            var left = try operation(level + 1)
            while let found = Self.levels[level].first(where: { rest.starts(with: $0.rawValue.utf8) }) {
                rest = rest.dropFirst(found.rawValue.utf8.count)
                left = .operation(found, left, try operation(level + 1))
            }
            return left
        }

        private mutating func operand() throws(Unreadable) -> Expression {
            if take("!") { return .not(try operand()) }
            if take("n") { return .count }
            if take("(") {
                let inner = try choice()
                guard take(")") else { throw Unreadable() }
                return inner
            }
            let digits = rest.prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
            guard let number = Int(String(decoding: digits, as: UTF8.self)) else { throw Unreadable() }
            rest = rest.dropFirst(digits.count)
            return .number(number)
        }

        private mutating func take(_ sign: String) -> Bool {
            guard rest.starts(with: sign.utf8) else { return false }
            rest = rest.dropFirst(sign.utf8.count)
            return true
        }
    }
}
