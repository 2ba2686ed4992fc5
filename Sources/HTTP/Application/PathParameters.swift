/// What a path had in place of a pattern's parameters, percent-decoded.
package struct PathParameters: Hashable, Sendable {
    private var values: [(name: String, value: String)] = []

    package init(_ values: [(name: String, value: String)] = []) {
        self.values = values
    }

    package subscript(_ name: String) -> String? {
        values.first { $0.name == name }?.value
    }

    package static func == (a: PathParameters, b: PathParameters) -> Bool {
        a.values.elementsEqual(b.values) { $0 == $1 }
    }

    package func hash(into hasher: inout Hasher) {
        for (name, value) in values {
            hasher.combine(name)
            hasher.combine(value)
        }
    }
}
