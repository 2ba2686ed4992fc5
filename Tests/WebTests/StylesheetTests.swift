import FoundationEssentials
import Glibc
import Testing

/// The stylesheet's promise: text can be read and marks be told apart, in light and in dark.
@Suite struct StylesheetTests {
    private static let marks = [
        "green", "teal", "cyan", "blue", "indigo", "violet", "pink", "red", "orange", "amber", "olive",
        "gray",
        "column", "column-now", "edge",
    ]
    private static let texts = ["ink", "quiet", "accent", "bad"]

    @Test(arguments: [0, 1])
    func `text has a contrast of 4.5 to 1 and marks have 3 to 1`(scheme: Int) throws {
        let colors = try Self.colors(ofScheme: scheme)
        for ground in ["sheet", "ground"] {
            let below = try #require(colors[ground])
            for (names, least) in [(Self.texts, 4.5), (Self.marks, 3.0)] {
                for name in names {
                    let color = try #require(colors[name], "there is no --\(name)")
                    let contrast = Self.contrast(color, below)
                    let isMarkOnSheet = name.hasPrefix("column") && ground != "sheet"
                    #expect(contrast >= least || isMarkOnSheet, "\(name) on \(ground): \(contrast)")
                }
            }
        }
        for (text, ground) in [("accent-ink", "accent"), ("ink", "accent-soft"), ("bad", "bad-soft")] {
            let contrast = Self.contrast(try #require(colors[text]), try #require(colors[ground]))
            #expect(contrast >= 4.5, "\(text) on \(ground): \(contrast)")
        }
    }

    /// The custom properties that are colours: the light ones first, then the dark.
    private static func colors(ofScheme scheme: Int) throws -> [String: [Double]] {
        let bytes = try Data(contentsOf: URL(filePath: TestApp.packageRoot + "/Public/app.css"))
        let sheet = String(decoding: bytes, as: UTF8.self)
        let block = try #require(
            sheet.split(separator: ":root {").dropFirst().dropFirst(scheme).first?.split(separator: "}").first
        )
        var colors: [String: [Double]] = [:]
        for property in block.split(separator: ";") {
            let parts = property.split(separator: ": ", maxSplits: 1)
            guard parts.count == 2, let name = parts[0].split(separator: "--").last,
                parts[1].hasPrefix("#"), let color = rgb(parts[1].dropFirst())
            else { continue }
            colors[String(name)] = color
        }
        return colors
    }

    /// `fff` or `ffffff` as three numbers from 0 to 1.
    private static func rgb(_ digits: Substring) -> [Double]? {
        let full = digits.count == 3 ? digits.map { "\($0)\($0)" }.joined() : String(digits)
        guard full.count == 6, let number = Int(full, radix: 16) else { return nil }
        return [number >> 16, number >> 8 & 255, number & 255].map { Double($0) / 255 }
    }

    /// By the definition of WCAG 2.2.
    private static func contrast(_ one: [Double], _ other: [Double]) -> Double {
        let levels = [luminance(one), luminance(other)].sorted()
        return (levels[1] + 0.05) / (levels[0] + 0.05)
    }

    private static func luminance(_ color: [Double]) -> Double {
        let linear = color.map { $0 <= 0.04045 ? $0 / 12.92 : pow(($0 + 0.055) / 1.055, 2.4) }
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    }
}
