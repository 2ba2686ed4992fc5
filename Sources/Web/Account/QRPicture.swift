import QRCodes
import Templating

/// What a path of SVG draws of a QR code: a module is one unit wide, and the margin is left free.
struct QRPicture: TemplateValue {
    private let code: QRCode

    /// Nil for more text than a QR code holds.
    init?(_ text: String) {
        guard let code = QRCode(Array(text.utf8)) else { return nil }
        self.code = code
    }

    static var writing: TemplateWriting { .plain }

    /// Units on a side, with the margin.
    var side: Int { code.size + 2 * QRCode.margin }

    /// A bar for each row of dark modules beside each other: `M4 4h7v1h-7`.
    func write(to output: inout Output) {
        for y in 0..<code.size {
            var x = 0
            while x < code.size {
                let start = x
                while x < code.size, code[x, y] { x += 1 }
                if x > start { write(x - start, modulesAt: start, y, to: &output) }
                x += 1
            }
        }
    }

    private func write(_ length: Int, modulesAt x: Int, _ y: Int, to output: inout Output) {
        output.append(UInt8(ascii: "M"))
        output.append(x + QRCode.margin)
        output.append(UInt8(ascii: " "))
        output.append(y + QRCode.margin)
        output.append(UInt8(ascii: "h"))
        output.append(length)
        output.append("v1h-" as StaticString)
        output.append(length)
    }
}
