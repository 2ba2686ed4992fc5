/// An `Accept-Language` field (RFC 9110 §12.5.4).
package enum AcceptLanguage {
    /// More are not looked at: browsers send a handful.
    private static let mostRanges = 20

    /// Of the languages that there are (RFC 5646), the one that a client with this value wants most; nil where it wants
    /// none of them.
    ///
    /// By lookup (RFC 4647 §3.4): `de-AT` takes `de`. Where that finds nothing, another variety of the same language is
    /// better than none: `pt` and `pt-PT` take `pt-BR`. Not another script: `zh-TW` does not take `zh-Hans`.
    package static func best(among available: [String], in value: String) -> String? {
        for range in ranges(of: value) {
            if let found = best(among: available, for: range) { return found }
        }
        return nil
    }

    /// The language that a client with this value wants most and, where it says so, in which region (ISO 3166): `de-AT` is
    /// `de` and `AT`. Nil where it wants any.
    package static func first(in value: String) -> (language: String, region: String?)? {
        guard let subtags = ranges(of: value).first?.split(separator: "-"), let language = subtags.first
        else { return nil }
        let region = subtags.dropFirst().first { $0.utf8.count == 2 }
        return (String(language), region?.uppercased())
    }

    /// In the order of their weights, those of the same weight in that of the field; without those of weight 0 and `*`.
    private static func ranges(of value: String) -> [String] {
        var ranges: [(range: String, weight: Int)] = []
        for item in value.split(separator: ",").prefix(mostRanges) {
            let parts = item.split(separator: ";")
            guard let range = parts.first?.filter({ $0 != " " && $0 != "\t" }), !range.isEmpty, range != "*"
            else { continue }
            let weight = parts.dropFirst().map { $0.filter { $0 != " " } }.first { $0.hasPrefix("q=") }
            let thousandths = weight.map { Self.thousandths($0.dropFirst(2)) } ?? 1000
            guard thousandths > 0 else { continue }
            let place = ranges.firstIndex { $0.weight < thousandths } ?? ranges.count
            ranges.insert((range.lowercased(), thousandths), at: place)
        }
        return ranges.map(\.range)
    }

    /// `0.8` is 800; what is no weight counts as 0.
    private static func thousandths(_ weight: Substring) -> Int {
        let parts = weight.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count <= 2, let whole = Int(parts[0]), (0...1).contains(whole) else { return 0 }
        guard parts.count == 2, !parts[1].isEmpty else { return whole * 1000 }
        let digits = parts[1].prefix(3)
        guard var decimals = Int(digits), decimals >= 0 else { return 0 }
        for _ in digits.count..<3 { decimals *= 10 }
        return min(whole * 1000 + decimals, 1000)
    }

    private static func best(among available: [String], for range: String) -> String? {
        var subtags = range.split(separator: "-")
        guard let language = subtags.first else { return nil }
        let script = script(of: subtags)
        if language == "zh", script != "hant" {
            subtags = ["zh", "hans"]
        }
        while !subtags.isEmpty {
            let wanted = subtags.joined(separator: "-")
            if let found = available.first(where: { $0.lowercased() == wanted }) { return found }
            subtags.removeLast()
        }
        return available.first { candidate in
            let others = candidate.lowercased().split(separator: "-")
            guard others.first == language else { return false }
            let its = Self.script(of: others)
            return its == nil || script == nil || its == script
        }
    }

    /// The script that a tag names, or that is usual where Chinese is written (Unicode CLDR, likely subtags).
    private static func script(of subtags: [Substring]) -> Substring? {
        if let script = subtags.dropFirst().first(where: { $0.utf8.count == 4 }) { return script }
        guard subtags.first == "zh" else { return nil }
        return subtags.contains { ["tw", "hk", "mo"].contains($0) } ? "hant" : "hans"
    }
}
