/// An `Accept-Encoding` field (RFC 9110 §12.5.3).
package struct AcceptEncoding: Sendable {
    private let weights: [String: Double]

    package init(_ value: String) {
        var weights: [String: Double] = [:]
        for item in value.split(separator: ",") {
            let parts = item.split(separator: ";").map { part in
                String(decoding: part.utf8.filter { !$0.isBlank }.map(\.lowercased), as: UTF8.self)
            }
            guard let coding = parts.first else { continue }
            let weight = parts.dropFirst().first { $0.hasPrefix("q=") }.map { Double($0.dropFirst(2)) ?? 0 }
            weights[coding] = weight ?? 1
        }
        self.weights = weights
    }

    /// Whether the client takes a body in that coding, which is not `identity`; in lower case.
    package func accepts(_ coding: String) -> Bool {
        (weights[coding] ?? weights["x-" + coding] ?? weights["*"] ?? 0) > 0
    }
}
