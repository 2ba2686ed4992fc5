import Templating

/// A length of a picture, with one decimal at most.
struct SVGLength: TemplateValue {
    private let tenths: Int

    init(_ length: Double) { tenths = Int((length * 10).rounded()) }

    static var writing: TemplateWriting { .plain }

    func write(to output: inout Output) {
        if tenths < 0 { output.append(UInt8(ascii: "-")) }
        let (whole, rest) = tenths.magnitude.quotientAndRemainder(dividingBy: 10)
        output.append(Int(whole))
        guard rest > 0 else { return }
        output.append(UInt8(ascii: "."))
        output.append(Int(rest))
    }
}
