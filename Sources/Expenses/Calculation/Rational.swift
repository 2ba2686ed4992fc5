/// An exact fraction of 128-bit integers, in lowest terms.
struct Rational: Equatable {
    struct Overflow: Error {}

    let numerator: Int128
    /// 1 or more.
    let denominator: Int128

    /// Nil for a denominator of zero.
    init?(_ numerator: Int128, over denominator: Int128) {
        guard denominator != 0 else { return nil }
        let divisor = Rational.commonDivisor(numerator, denominator) * denominator.signum()
        self.numerator = numerator / divisor
        self.denominator = denominator / divisor
    }

    /// - Parameter denominator: 1 or more, without a divisor in common.
    private init(reduced numerator: Int128, over denominator: Int128) {
        self.numerator = numerator
        self.denominator = denominator
    }

    static prefix func - (value: Rational) -> Rational {
        Rational(reduced: -value.numerator, over: value.denominator)
    }

    static func + (left: Rational, right: Rational) throws(Overflow) -> Rational {
        let divisor = commonDivisor(left.denominator, right.denominator)
        let (ours, theirs) = (right.denominator / divisor, left.denominator / divisor)
        let sum = try exact(
            try exact(left.numerator.multipliedReportingOverflow(by: ours))
                .addingReportingOverflow(exact(right.numerator.multipliedReportingOverflow(by: theirs))))
        let denominator = try exact(left.denominator.multipliedReportingOverflow(by: ours))
        guard let result = Rational(sum, over: denominator) else { throw Overflow() }
        return result
    }

    static func * (left: Rational, right: Rational) throws(Overflow) -> Rational {
        // Divided first, so that no product is larger than it has to be.
        let first = commonDivisor(left.numerator, right.denominator)
        let second = commonDivisor(right.numerator, left.denominator)
        return Rational(
            reduced: try exact(
                (left.numerator / first).multipliedReportingOverflow(by: right.numerator / second)),
            over: try exact(
                (left.denominator / second).multipliedReportingOverflow(by: right.denominator / first)))
    }

    /// Nil for zero.
    var inverse: Rational? { Rational(denominator, over: numerator) }

    /// Rounded to the nearest integer; a half is rounded away from zero.
    var rounded: Int128 {
        let (quotient, remainder) = numerator.quotientAndRemainder(dividingBy: denominator)
        let isHalfOrMore = remainder.magnitude >= denominator.magnitude - remainder.magnitude
        return isHalfOrMore ? quotient + numerator.signum() : quotient
    }

    /// The least value has no magnitude of its type: it counts as too large.
    private static func exact(
        _ result: (partialValue: Int128, overflow: Bool)
    ) throws(Overflow) -> Int128 {
        guard !result.overflow, result.partialValue != .min else { throw Overflow() }
        return result.partialValue
    }

    /// 1 or more, unless both are zero.
    private static func commonDivisor(_ left: Int128, _ right: Int128) -> Int128 {
        var (left, right) = (left.magnitude, right.magnitude)
        while right != 0 { (left, right) = (right, left % right) }
        return Int128(left)
    }
}
