/// Metrics as Prometheus reads them: OpenMetrics 1.0, or the older text format where that is what was asked for.
package struct MetricsText {
    package static let openMetrics = "application/openmetrics-text"

    private let isOpenMetrics: Bool
    private var lines: [String] = []

    package init(isOpenMetrics: Bool) { self.isOpenMetrics = isOpenMetrics }

    package enum Kind: String {
        case counter, gauge, histogram
    }

    package typealias Labels = KeyValuePairs<String, String>

    /// Begins a family; its samples follow. A counter's name goes without `_total`, which its samples have.
    package mutating func begin(_ kind: Kind, _ name: String, _ help: String) {
        let family = kind == .counter && !isOpenMetrics ? name + "_total" : name
        lines.append("# HELP \(family) \(help)")
        lines.append("# TYPE \(family) \(kind.rawValue)")
    }

    package mutating func add(_ name: String, _ labels: Labels, _ value: some CustomStringConvertible) {
        let pairs = labels.map { "\($0)=\"\(Self.escaped($1))\"" }
        lines.append(name + (pairs.isEmpty ? "" : "{\(pairs.joined(separator: ","))}") + " \(value)")
    }

    package mutating func add(_ name: String, _ value: some CustomStringConvertible) {
        add(name, [:], value)
    }

    /// A family of one sample.
    package mutating func add(
        _ kind: Kind, _ name: String, _ help: String, _ value: some CustomStringConvertible
    ) {
        begin(kind, name, help)
        add(kind == .counter ? name + "_total" : name, value)
    }

    package var text: String {
        (lines + (isOpenMetrics ? ["# EOF"] : [])).joined(separator: "\n") + "\n"
    }

    /// Six digits behind the point.
    package static func seconds(_ microseconds: Int64) -> String {
        "\(microseconds / 1_000_000)." + String(1_000_000 + microseconds % 1_000_000).dropFirst()
    }

    private static func escaped(_ text: String) -> String {
        text.map { character in
            switch character {
            case "\\": "\\\\"
            case "\"": "\\\""
            case "\n": "\\n"
            default: String(character)
            }
        }.joined()
    }
}
