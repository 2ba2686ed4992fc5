/// An amount to calculate, as people type it into a form: `12.50+3.20`, `3*4,50`, `(8+4)/2`, `100÷3=`.
///
///     sum     = product *( ("+" / "-") product )
///     product = factor *( ("*" / "/") factor )
///     factor  = ["-"] ( number / "(" sum ")" )
///
/// A number is read as an amount is. The result is exact until it is rounded, once, to the currency's decimals.
package struct Calculation {
    /// In bytes.
    package static let longest = 100
    /// Brackets inside each other.
    package static let deepest = 10

    let amount: Money
    /// How it was understood, in the account's own way of writing figures: `12.50 + 3.20`.
    let text: String

    /// Nil for what has nothing to calculate.
    init?(_ typed: String, _ preferences: Preferences) throws(MoneyError) {
        guard typed.utf8.count <= 1000 else { throw .unreadable }
        var rest = Array(typed)
        while rest.last?.isWhitespace == true { rest.removeLast() }
        let isClosed = rest.last.flatMap { Sign(rawValue: $0) } == .equals
        if isClosed { rest.removeLast() }
        // A single minus before everything else is a refund's.
        let first = rest.firstIndex { !$0.isWhitespace } ?? 0
        let signs = rest.indices.filter { Sign(rawValue: rest[$0]) != nil }
        let hasSigns = signs.contains { $0 != first || Sign(rawValue: rest[$0]) != .minus }
        guard isClosed || hasSigns else { return nil }
        guard typed.utf8.count <= Calculation.longest else { throw .calculation(.tooLong) }
        guard rest.contains(where: { !$0.isWhitespace }) else { throw .missing }
        do throws(CalculationError) {
            var parser = Parser(try Calculation.tokens(rest, preferences))
            let value = try parser.all()
            text = parser.text
            amount = try Calculation.rounded(value, preferences.currency)
        } catch {
            throw .calculation(error)
        }
        guard amount != .zero else { throw .zero }
        guard amount.magnitude <= Money.largest(in: preferences.currency) else { throw .tooLarge }
    }

    private static func rounded(_ value: Rational, _ currency: Currency) throws(CalculationError) -> Money {
        do {
            let scale: Int128 = (0..<currency.decimals).reduce(1) { scale, _ in scale * 10 }
            guard let factor = Rational(scale, over: 1) else { throw CalculationError.overflow }
            // A larger result is too large as well.
            let units = try (value * factor).rounded
            return Money(minorUnits: Int64(clamping: max(units, -Int128(Int64.max))))
        } catch {
            throw .overflow
        }
    }

    enum Sign {
        case plus, minus, times, over, open, close, equals

        init?(rawValue: Character) {
            switch rawValue {
            case "+", "＋": self = .plus
            case "-", "\u{2212}", "\u{2010}", "\u{2011}", "\u{2013}", "\u{FE63}", "\u{FF0D}": self = .minus
            case "*", "×", "＊", "\u{22C5}", "·": self = .times
            case "/", "÷", "／": self = .over
            case "(", "（": self = .open
            case ")", "）": self = .close
            case "=", "＝": self = .equals
            default: return nil
            }
        }

        /// As it is shown again.
        var text: String {
            switch self {
            case .plus: "+"
            case .minus: "−"
            case .times: "×"
            case .over: "÷"
            case .open: "("
            case .close: ")"
            case .equals: "="
            }
        }
    }

    /// With its place, and as it was typed.
    struct Token {
        enum Kind {
            case sign(Sign)
            /// With the number as it is shown again.
            case number(Rational, String)
        }

        let kind: Kind
        let place: Int
        let typed: String
    }

    private static func tokens(
        _ characters: [Character], _ preferences: Preferences
    ) throws(CalculationError) -> [Token] {
        var tokens: [Token] = []
        var start = 0
        while start < characters.count {
            if characters[start].isWhitespace {
                start += 1
            } else if let sign = Sign(rawValue: characters[start]) {
                let typed = String(characters[start])
                tokens.append(Token(kind: .sign(sign), place: start + 1, typed: typed))
                start += 1
            } else {
                let end = characters[start...].firstIndex { Sign(rawValue: $0) != nil } ?? characters.count
                tokens.append(try number(characters[start..<end], preferences))
                start = end
            }
        }
        return tokens
    }

    /// Of at most twelve digits, and six behind the decimal mark.
    private static func number(
        _ characters: ArraySlice<Character>, _ preferences: Preferences
    ) throws(CalculationError) -> Token {
        var characters = characters
        while characters.last?.isWhitespace == true { characters.removeLast() }
        let (typed, place) = (String(characters), characters.startIndex + 1)
        guard let read = try? TypedAmount(typed, currency: preferences.currency),
            let (whole, fraction) = try? read.divided(decimals: preferences.currency.decimals),
            whole.count <= 12, fraction.count <= 6
        else { throw .number(typed, place: place) }
        let digits = (whole + fraction).reduce(Int64(0)) { $0 * 10 + Int64($1) }
        let denominator: Int128 = fraction.reduce(1) { scale, _ in scale * 10 }
        guard let value = Rational(Int128(digits), over: denominator) else { throw .overflow }
        let format = MoneyFormat(decimals: fraction.count, preferences.numberFormat, isGrouped: true)
        let shown = String(describing: format.figures(Money(minorUnits: digits)))
        return Token(kind: .number(value, shown), place: place, typed: typed)
    }
}

extension Calculation {
    /// Recursive descent; brackets bound how deep it goes.
    private struct Parser {
        private var rest: ArraySlice<Token>
        private(set) var text = ""

        init(_ tokens: [Token]) { rest = tokens[...] }

        mutating func all() throws(CalculationError) -> Rational {
            let value = try sum(depth: 0)
            guard let next = rest.first else { return value }
            if case .sign(.close) = next.kind { throw .unopenedBracket(place: next.place) }
            throw .unexpected(next.typed, place: next.place)
        }

        private mutating func sum(depth: Int) throws(CalculationError) -> Rational {
            var value = try product(depth: depth)
            while let (sign, _) = take([.plus, .minus]) {
                let right = try product(depth: depth)
                value = try exact { () throws(Rational.Overflow) in
                    try value + (sign == .plus ? right : -right)
                }
            }
            return value
        }

        private mutating func product(depth: Int) throws(CalculationError) -> Rational {
            var value = try factor(depth: depth)
            while let (sign, place) = take([.times, .over]) {
                var right = try factor(depth: depth)
                if sign == .over {
                    guard let inverse = right.inverse else { throw .divisionByZero(place: place) }
                    right = inverse
                }
                value = try exact { () throws(Rational.Overflow) in try value * right }
            }
            return value
        }

        private mutating func factor(depth: Int) throws(CalculationError) -> Rational {
            var isNegative = false
            if case .sign(.minus) = rest.first?.kind {
                rest.removeFirst()
                text += Sign.minus.text
                isNegative = true
            }
            guard let next = rest.popFirst() else { throw .unfinished(isNegative ? Sign.minus.text : last) }
            var value: Rational
            switch next.kind {
            case .number(let number, let shown):
                value = number
                text += shown
            case .sign(.open):
                guard depth < Calculation.deepest else { throw .tooManyBrackets(place: next.place) }
                text += "("
                last = "("
                value = try sum(depth: depth + 1)
                guard let close = rest.popFirst() else { throw .unclosedBracket(place: next.place) }
                guard case .sign(.close) = close.kind else {
                    throw .unexpected(close.typed, place: close.place)
                }
                text += ")"
            case .sign: throw .unexpected(next.typed, place: next.place)
            }
            return isNegative ? -value : value
        }

        /// The sign after which something has to come.
        private var last = ""

        /// Takes the next token where it is one of these signs.
        private mutating func take(_ signs: [Sign]) -> (sign: Sign, place: Int)? {
            guard let next = rest.first, case .sign(let sign) = next.kind, signs.contains(sign) else {
                return nil
            }
            rest.removeFirst()
            last = next.typed
            text += " \(sign.text) "
            return (sign, next.place)
        }

        private func exact(
            _ body: () throws(Rational.Overflow) -> Rational
        ) throws(CalculationError) -> Rational {
            do { return try body() } catch { throw .overflow }
        }
    }
}
