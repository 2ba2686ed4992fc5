/// What stands between `{{` and `}}`.
enum Tag: Sendable, Equatable {
    case variable(Path)
    case openIf(Condition)
    case elseIf(Condition)
    case otherwise
    case openEach(Path)
    case openWith(Path)
    case openBlock(String)
    case block(String)
    case layout(String)
    case partial(String)
    case close(String)
    case comment

    /// Whether a line that holds nothing else vanishes from the output.
    var vanishesFromItsLine: Bool {
        if case .variable = self { false } else { true }
    }
}
