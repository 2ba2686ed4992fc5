import Expenses
import Templating

/// The part of a positive whole in percent, rounded: "42%", "<1%"; nothing where it is no part of it.
struct Percentage: TemplateValue {
    private static let sign = Message("%", context: "behind a number")

    private let percent: Int64?

    init(_ part: Money, of whole: Money) {
        percent = part.minorUnits > 0 ? Percentage.percent(part, of: whole) : nil
    }

    var isEmpty: Bool { percent == nil }

    func write(to output: inout Output) {
        guard let percent else { return }
        if percent == 0 { output.append("<1") } else { output.append(Int(percent)) }
        Percentage.sign.write(to: &output)
    }

    /// Rounded half up; nil where the whole is not positive, or so small beside the part that the figure says nothing.
    static func percent(_ part: Money, of whole: Money) -> Int64? {
        let (part, whole) = (part.minorUnits, whole.minorUnits)
        guard part >= 0, whole > 0, part / whole < 1000 else { return nil }
        let product = (part % whole).multipliedFullWidth(by: 100)
        let (quotient, remainder) = whole.dividingFullWidth(product)
        return part / whole * 100 + quotient + (remainder >= whole - remainder ? 1 : 0)
    }
}
